#include "services/cases/questions/attacher.h"

#include <optional>
#include <string>
#include <utility>

#include "libs/base/status.h"
#include "libs/text/typed.h"
#include "services/cases/actions/case_store.h"
#include "services/cases/questions/attachment_store.h"
#include "services/cases/queue/queue_store.h"
#include "services/cases/registration/case_response_store.h"
#include "services/cases/registration/registration.h"

namespace wissel::cases {
namespace {

absl::Status Check(const v1::AttachContactRequest& request) {
  WISSEL_RETURN_IF_ERROR(text::CheckIdempotencyKey(request.idempotency_key()));
  WISSEL_RETURN_IF_ERROR(CheckRequestHash(request.request_hash()));
  WISSEL_RETURN_IF_ERROR(CheckContact(request.contact()));
  if (request.contact().outcome() == v1::CASE_OUTCOME_UNSPECIFIED) return absl::OkStatus();
  return InvalidField("contact.outcome", "invalid_outcome",
                      "a contact that is added to a case does not close it");
}

absl::Status Add(pg::Transaction& transaction, const rpc::Principal& who,
                 const v1::AttachContactRequest& request, v1::CaseSummary* summary) {
  WISSEL_ASSIGN_OR_RETURN(const StoredCase stored, LockCase(transaction, request.reference()));
  if (stored.facts.state == v1::CASE_STATE_CLOSED) {
    return Error(absl::StatusCode::kFailedPrecondition, "closed",
                 "this case is closed; register the contact as a new one");
  }
  WISSEL_RETURN_IF_ERROR(InsertContact(transaction, request.reference(), request.contact(), who));
  WISSEL_ASSIGN_OR_RETURN(auto summaries, ReadSummaries(transaction, {request.reference()}));
  if (summaries.size() != 1) return absl::InternalError("a case that was locked is not there");
  *summary = std::move(summaries.front());
  return absl::OkStatus();
}

}  // namespace

absl::Status Attacher::Attach(const rpc::Call& call, const v1::AttachContactRequest& request,
                              v1::AttachContactResponse* response) {
  WISSEL_RETURN_IF_ERROR(Check(request));
  return pool_.InTenant(
      call.tenant_id(), call.deadline, pg::Access::kWrite,
      [&](pg::Transaction& transaction) -> absl::Status {
        response->Clear();
        WISSEL_ASSIGN_OR_RETURN(
            const std::optional<std::string> answer,
            CaseResponses().Find(transaction, request.idempotency_key(), request.request_hash()));
        if (answer) {
          if (!response->ParseFromString(*answer)) {
            return absl::DataLossError("a stored answer cannot be read");
          }
          response->set_repeated(true);
          return absl::OkStatus();
        }
        WISSEL_RETURN_IF_ERROR(
            Add(transaction, *call.principal, request, response->mutable_case_()));
        return CaseResponses().Store(transaction, request.idempotency_key(),
                                     response->SerializeAsString());
      });
}

}  // namespace wissel::cases
