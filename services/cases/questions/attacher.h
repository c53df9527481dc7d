// The same question once more: a contact that belongs to a case that is open already.

#ifndef WISSEL_SERVICES_CASES_QUESTIONS_ATTACHER_H_
#define WISSEL_SERVICES_CASES_QUESTIONS_ATTACHER_H_

#include "absl/status/status.h"
#include "libs/pg/pool.h"
#include "libs/rpc/call.h"
#include "wissel/cases/v1/cases.pb.h"

namespace wissel::cases {

// Thread-safe; holds no state. `pool` outlives it and has AttachmentStatements() and the statements
// of the stores of cases, queues and idempotency keys.
class Attacher {
 public:
  explicit Attacher(pg::Pool& pool) : pool_(pool) {}

  // CaseService.AttachContact, in one transaction: the contact, the link to its customer, the event
  // CONTACT_ADDED, the receipt to the address that this contact gave, and the notice to the
  // screens. The case gets a new version, so that live screens show it anew; its team, state and
  // clock stay.
  //   INVALID_ARGUMENT               as CheckContact; `invalid_outcome` when it would close the
  //   case ALREADY_EXISTS                 `idempotency_key_reused` NOT_FOUND `no_such_case` with
  //   field `reference` FAILED_PRECONDITION            `closed`
  // and those of pg::Pool. The same key with the same hash gets the first answer, `repeated` set.
  absl::Status Attach(const rpc::Call& call, const v1::AttachContactRequest& request,
                      v1::AttachContactResponse* response);

 private:
  pg::Pool& pool_;
};

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_QUESTIONS_ATTACHER_H_
