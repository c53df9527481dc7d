// What colleagues do with a case. Each method is one RPC of wissel.cases.v1.CaseService whose name
// it shares, and one transaction: the key of the write, the case, its events, the mail that goes
// out and the notifier of the live screens are all there or none is.
//
// Errors of every method, before anything is read: INVALID_ARGUMENT with the field and `required`,
// `too_long`, `invalid_text`, `invalid_idempotency_key`. Then ALREADY_EXISTS
// `idempotency_key_reused`; NOT_FOUND `no_such_case` with field `reference`; what
// services/cases/lifecycle/case.h says; those of pg::Pool. After an error nothing has changed, but
// for UNAVAILABLE `commit_unknown`: the same call with the same key tells.
//
// Idempotency: the same key with the same request from the same account gets the first answer
// again, also when the case has moved on since.
//
// Mail (kinds in docs/queues.md) goes to the customer only if the contact gave an e-mail address,
// and to a team at its group mailbox; for a team without one to that of the KCC.

#ifndef WISSEL_SERVICES_CASES_ACTIONS_CASE_ACTIONS_H_
#define WISSEL_SERVICES_CASES_ACTIONS_CASE_ACTIONS_H_

#include "absl/status/status.h"
#include "libs/pg/pool.h"
#include "libs/rpc/call.h"
#include "services/cases/lifecycle/case.h"
#include "wissel/cases/v1/cases.pb.h"

namespace wissel::cases {

// Thread-safe; holds no state. `pool` outlives it and has the statements of the stores of cases,
// queues and idempotency keys.
class CaseActions {
 public:
  explicit CaseActions(pg::Pool& pool) : pool_(pool) {}

  absl::Status Claim(const rpc::Call& call, const v1::ClaimCaseRequest& request,
                     v1::ClaimCaseResponse* response);
  absl::Status Unclaim(const rpc::Call& call, const v1::UnclaimCaseRequest& request,
                       v1::UnclaimCaseResponse* response);
  absl::Status TakeOver(const rpc::Call& call, const v1::TakeOverCaseRequest& request,
                        v1::TakeOverCaseResponse* response);
  absl::Status RecordAttempt(const rpc::Call& call, const v1::RecordAttemptRequest& request,
                             v1::RecordAttemptResponse* response);
  // Also FAILED_PRECONDITION `no_address`.
  absl::Status SendInterimReply(const rpc::Call& call, const v1::SendInterimReplyRequest& request,
                                v1::SendInterimReplyResponse* response);
  absl::Status Answer(const rpc::Call& call, const v1::AnswerCaseRequest& request,
                      v1::AnswerCaseResponse* response);
  // Also INVALID_ARGUMENT `required` or `invalid_outcome` with field `outcome`.
  absl::Status Close(const rpc::Call& call, const v1::CloseCaseRequest& request,
                     v1::CloseCaseResponse* response);
  // Also NOT_FOUND `no_such_team` with field `suggested_team_id`.
  absl::Status Return(const rpc::Call& call, const v1::ReturnCaseRequest& request,
                      v1::ReturnCaseResponse* response);
  // Also NOT_FOUND `no_such_team` with field `team_id`.
  absl::Status Forward(const rpc::Call& call, const v1::ForwardCaseRequest& request,
                       v1::ForwardCaseResponse* response);
  absl::Status Reopen(const rpc::Call& call, const v1::ReopenCaseRequest& request,
                      v1::ReopenCaseResponse* response);

 private:
  // The transaction that all of them share.
  template <typename Request, typename Response>
  absl::Status Run(const rpc::Call& call, const Request& request, const Act& act,
                   Response* response);

  // The part of it after the key was found new.
  static absl::Status Perform(pg::Transaction& transaction, const rpc::Principal& who,
                              int64_t reference, const Act& act, v1::CaseSummary* summary);

  pg::Pool& pool_;
};

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_ACTIONS_CASE_ACTIONS_H_
