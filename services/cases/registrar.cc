#include "services/cases/registrar.h"

#include <map>
#include <utility>

#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "services/cases/idempotency.h"

namespace wissel::cases {
namespace {

// A batch takes milliseconds; whoever waits longer than this waits for a database in trouble.
constexpr absl::Duration kPatience = absl::Seconds(5);
constexpr int kTries = 4;

MessageId MessageOf(const v1::Contact& contact) {
  return {contact.channel(), contact.account(), contact.external_id()};
}

// Another transaction was in the way; the same batch may pass next time.
bool MayPassNextTime(const absl::Status& status) {
  if (absl::IsAborted(status)) return true;
  for (const ErrorDetail& detail : DetailsOf(status)) {
    const auto constraint = detail.facts.find("constraint");
    if (constraint != detail.facts.end() && constraint->second == "contact_message") return true;
  }
  return false;
}

// A row is wrong, as opposed to the database being away, full or slow.
bool IsAboutARow(const absl::Status& status) {
  return absl::IsFailedPrecondition(status) || absl::IsInvalidArgument(status) ||
         absl::IsInternal(status);
}

}  // namespace

void Registrar::Register(absl::string_view tenant_id, absl::Span<Submission> batch) {
  absl::Status status = Try(tenant_id, batch);
  for (int tries = 1; tries < kTries && MayPassNextTime(status); ++tries) {
    status = Try(tenant_id, batch);
  }
  if (status.ok()) return;
  if (batch.size() > 1 && (IsAboutARow(status) || MayPassNextTime(status))) {
    const size_t half = batch.size() / 2;
    Register(tenant_id, batch.first(half));
    Register(tenant_id, batch.subspan(half));
    return;
  }
  for (Submission& submission : batch) submission.answer = status;
}

absl::Status Registrar::Try(absl::string_view tenant_id, absl::Span<Submission> batch) {
  std::vector<absl::StatusOr<v1::RegisterContactResponse>> answers;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(tenant_id, absl::Now() + kPatience, pg::Access::kWrite,
                                        [&](pg::Transaction& transaction) {
                                          answers.clear();
                                          return Fill(transaction, tenant_id, batch, answers);
                                        }));
  doorbell_.Ring();
  for (size_t i = 0; i < batch.size(); ++i) batch[i].answer = std::move(answers[i]);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<NewCase>> Registrar::MakeRows(pg::Transaction& transaction,
                                                         absl::string_view tenant_id,
                                                         absl::Span<const Submission> batch) {
  WISSEL_ASSIGN_OR_RETURN(const BatchStart start,
                          StartBatch(transaction, static_cast<int>(batch.size())));
  WISSEL_ASSIGN_OR_RETURN(std::shared_ptr<const Directory> directory,
                          directories_.At(transaction, tenant_id, start.directory_version));
  std::vector<MessageId> messages;
  for (const Submission& submission : batch) {
    const v1::Contact& contact = submission.request->contact();
    if (!contact.external_id().empty()) messages.push_back(MessageOf(contact));
  }
  std::map<MessageId, v1::RegisterContactResponse> known;
  if (!messages.empty()) {
    WISSEL_ASSIGN_OR_RETURN(known, FindMessages(transaction, messages));
  }
  std::vector<NewCase> rows;
  rows.reserve(batch.size());
  for (size_t i = 0; i < batch.size(); ++i) {
    const v1::RegisterContactRequest& request = *batch[i].request;
    const auto first = known.find(MessageOf(request.contact()));
    if (first != known.end()) {
      rows.push_back(MakeRepeat(request, first->second));
      continue;
    }
    WISSEL_ASSIGN_OR_RETURN(NewCase row, MakeCase(request, *batch[i].who, *directory,
                                                  start.references[i], start.received_at));
    rows.push_back(std::move(row));
  }
  return rows;
}

absl::Status Registrar::Fill(pg::Transaction& transaction, absl::string_view tenant_id,
                             absl::Span<const Submission> batch,
                             std::vector<absl::StatusOr<v1::RegisterContactResponse>>& answers) {
  WISSEL_ASSIGN_OR_RETURN(const std::vector<NewCase> rows, MakeRows(transaction, tenant_id, batch));
  WISSEL_ASSIGN_OR_RETURN(const auto taken, InsertNew(transaction, rows));
  std::vector<std::string> older;
  for (const NewCase& row : rows) {
    if (!taken.contains(row.key)) older.push_back(row.key);
  }
  absl::flat_hash_map<std::string, KnownAnswer> known;
  if (!older.empty()) {
    WISSEL_ASSIGN_OR_RETURN(known, RecallAll(transaction, older));
  }
  for (const NewCase& row : rows) {
    v1::RegisterContactResponse answer;
    if (taken.contains(row.key)) {
      answer.ParseFromString(row.response.value);
      answer.set_repeated(!row.reference.has_value());
      answers.push_back(std::move(answer));
      continue;
    }
    const auto before = known.find(row.key);
    if (before == known.end()) {
      answers.push_back(absl::AbortedError("the key was cleared at this moment; try again"));
    } else if (before->second.request_hash != row.request_hash.value) {
      answers.push_back(KeyReused());
    } else {
      answer = before->second.response;
      answer.set_repeated(true);
      answers.push_back(std::move(answer));
    }
  }
  return absl::OkStatus();
}

}  // namespace wissel::cases
