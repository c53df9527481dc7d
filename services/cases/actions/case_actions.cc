#include "services/cases/actions/case_actions.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/customer/contact_texts.h"
#include "libs/idempotency/request_hash.h"
#include "libs/municipality/municipality_snapshot.h"
#include "libs/text/typed.h"
#include "services/cases/actions/case_store.h"
#include "services/cases/queue/queue_store.h"
#include "services/cases/registration/case_response_store.h"

namespace wissel::cases {
namespace {

using text::Presence;
using text::Shape;

constexpr size_t kLongestNote = 1000;
constexpr size_t kLongestReply = customer::kReply.most;
constexpr size_t kLongestTeamId = 80;

absl::Status CheckOutcome(v1::CaseOutcome outcome) {
  switch (outcome) {
    case v1::CASE_OUTCOME_ANSWERED_ELSEWHERE:
    case v1::CASE_OUTCOME_WITHDRAWN:
    case v1::CASE_OUTCOME_ACQUISITION:
    case v1::CASE_OUTCOME_STEERED:
      return absl::OkStatus();
    case v1::CASE_OUTCOME_UNSPECIFIED:
      return InvalidField("outcome", "required", "an outcome is required");
    default:
      return InvalidField("outcome", "invalid_outcome",
                          "a case is closed as answered elsewhere, withdrawn, acquisition or "
                          "steered");
  }
}

absl::Status CheckNamedTeam(const Act& act, const TeamsForAction& teams) {
  if (act.team_id.empty() || teams.named_exists) return absl::OkStatus();
  return municipality::NoSuchTeam(act.action == Action::kReturn ? "suggested_team_id" : "team_id");
}

}  // namespace

template <typename Request, typename Response>
absl::Status CaseActions::Run(const rpc::Call& call, const Request& request, const Act& act,
                              Response* response) {
  WISSEL_RETURN_IF_ERROR(text::CheckIdempotencyKey(request.idempotency_key()));
  const std::string hash = idempotency::RequestHash(request, call.principal->account_id);
  return pool_.InTenant(
      call.tenant_id(), call.deadline, pg::Access::kWrite,
      [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(const auto answer,
                                CaseResponses().Find(transaction, request.idempotency_key(), hash));
        if (answer) {
          if (response->ParseFromString(*answer)) return absl::OkStatus();
          return absl::DataLossError("a stored answer cannot be read");
        }
        WISSEL_RETURN_IF_ERROR(Perform(transaction, *call.principal, request.reference(), act,
                                       response->mutable_case_()));
        return CaseResponses().Store(transaction, request.idempotency_key(),
                                     response->SerializeAsString());
      });
}

absl::Status CaseActions::Perform(pg::Transaction& transaction, const rpc::Principal& who,
                                  int64_t reference, const Act& act, v1::CaseSummary* summary) {
  WISSEL_ASSIGN_OR_RETURN(const StoredCase stored, LockCase(transaction, reference));
  WISSEL_ASSIGN_OR_RETURN(const TeamsForAction teams, ReadTeamsForAction(transaction, act.team_id));
  WISSEL_ASSIGN_OR_RETURN(const Change change, Decide(stored.facts, act, who, teams.kcc_team_id));
  WISSEL_RETURN_IF_ERROR(CheckNamedTeam(act, teams));
  if (act.action == Action::kInterimReply && !stored.has_reply_address) {
    return Error(absl::StatusCode::kFailedPrecondition, "no_address",
                 "the customer gave no e-mail address");
  }
  if (!change.events.empty()) {
    WISSEL_RETURN_IF_ERROR(WriteChange(transaction, stored, change, who));
  }
  WISSEL_ASSIGN_OR_RETURN(auto summaries, ReadSummaries(transaction, {reference}));
  if (summaries.size() != 1) return absl::InternalError("a case that was locked is not there");
  *summary = std::move(summaries.front());
  SetAllowedActions(who, teams.kcc_team_id, summary);
  return absl::OkStatus();
}

absl::Status CaseActions::Claim(const rpc::Call& call, const v1::ClaimCaseRequest& request,
                                v1::ClaimCaseResponse* response) {
  return Run(call, request, {.action = Action::kClaim}, response);
}

absl::Status CaseActions::Unclaim(const rpc::Call& call, const v1::UnclaimCaseRequest& request,
                                  v1::UnclaimCaseResponse* response) {
  return Run(call, request, {.action = Action::kUnclaim}, response);
}

absl::Status CaseActions::TakeOver(const rpc::Call& call, const v1::TakeOverCaseRequest& request,
                                   v1::TakeOverCaseResponse* response) {
  WISSEL_ASSIGN_OR_RETURN(std::string reason, text::Read("reason", request.reason(), kLongestNote,
                                                         Presence::kRequired, Shape::kText));
  return Run(
      call, request,
      {.action = Action::kTakeOver, .text = std::move(reason), .held_by = request.claimed_by()},
      response);
}

absl::Status CaseActions::RecordAttempt(const rpc::Call& call,
                                        const v1::RecordAttemptRequest& request,
                                        v1::RecordAttemptResponse* response) {
  WISSEL_ASSIGN_OR_RETURN(std::string note, text::Read("note", request.note(), kLongestNote,
                                                       Presence::kOptional, Shape::kText));
  return Run(call, request,
             {.action = Action::kAttempt, .text = std::move(note), .reached = request.reached()},
             response);
}

absl::Status CaseActions::SendInterimReply(const rpc::Call& call,
                                           const v1::SendInterimReplyRequest& request,
                                           v1::SendInterimReplyResponse* response) {
  WISSEL_ASSIGN_OR_RETURN(std::string text, text::Read("text", request.text(), kLongestReply,
                                                       Presence::kRequired, Shape::kText));
  return Run(call, request, {.action = Action::kInterimReply, .text = std::move(text)}, response);
}

absl::Status CaseActions::Answer(const rpc::Call& call, const v1::AnswerCaseRequest& request,
                                 v1::AnswerCaseResponse* response) {
  WISSEL_ASSIGN_OR_RETURN(std::string text, text::Read("text", request.text(), kLongestReply,
                                                       Presence::kRequired, Shape::kText));
  return Run(call, request, {.action = Action::kAnswer, .text = std::move(text)}, response);
}

absl::Status CaseActions::Close(const rpc::Call& call, const v1::CloseCaseRequest& request,
                                v1::CloseCaseResponse* response) {
  WISSEL_RETURN_IF_ERROR(CheckOutcome(request.outcome()));
  WISSEL_ASSIGN_OR_RETURN(std::string note, text::Read("note", request.note(), kLongestNote,
                                                       Presence::kOptional, Shape::kText));
  return Run(call, request,
             {.action = Action::kClose, .text = std::move(note), .outcome = request.outcome()},
             response);
}

absl::Status CaseActions::Return(const rpc::Call& call, const v1::ReturnCaseRequest& request,
                                 v1::ReturnCaseResponse* response) {
  WISSEL_ASSIGN_OR_RETURN(std::string reason, text::Read("reason", request.reason(), kLongestNote,
                                                         Presence::kRequired, Shape::kText));
  WISSEL_ASSIGN_OR_RETURN(std::string suggested_team_id,
                          text::Read("suggested_team_id", request.suggested_team_id(),
                                     kLongestTeamId, Presence::kOptional, Shape::kName));
  return Run(call, request,
             {.action = Action::kReturn,
              .text = std::move(reason),
              .team_id = std::move(suggested_team_id)},
             response);
}

absl::Status CaseActions::Forward(const rpc::Call& call, const v1::ForwardCaseRequest& request,
                                  v1::ForwardCaseResponse* response) {
  WISSEL_ASSIGN_OR_RETURN(
      std::string team_id,
      text::Read("team_id", request.team_id(), kLongestTeamId, Presence::kRequired, Shape::kName));
  WISSEL_ASSIGN_OR_RETURN(std::string note, text::Read("note", request.note(), kLongestNote,
                                                       Presence::kOptional, Shape::kText));
  return Run(call, request,
             {.action = Action::kForward, .text = std::move(note), .team_id = std::move(team_id)},
             response);
}

absl::Status CaseActions::Reopen(const rpc::Call& call, const v1::ReopenCaseRequest& request,
                                 v1::ReopenCaseResponse* response) {
  WISSEL_ASSIGN_OR_RETURN(std::string reason, text::Read("reason", request.reason(), kLongestNote,
                                                         Presence::kRequired, Shape::kText));
  return Run(call, request, {.action = Action::kReopen, .text = std::move(reason)}, response);
}

}  // namespace wissel::cases
