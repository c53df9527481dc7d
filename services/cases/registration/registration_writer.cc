#include "services/cases/registration/registration_writer.h"

#include <map>
#include <utility>

#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "services/cases/lifecycle/norm_clock.h"
#include "services/cases/registration/idempotency.h"
#include "services/cases/registration/reference_store.h"

namespace wissel::cases {
namespace {

// A batch takes milliseconds; whoever waits longer than this waits for a database in trouble.
constexpr absl::Duration kTimeout = absl::Seconds(5);
constexpr int kTries = 4;
// Fetched besides those that a batch needs, so that most batches need not ask.
constexpr int kReferencesAtHand = 256;

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

// What the database will check: that `directory` is what it is now, and that a contact of now has
// the same clock as one of `about`.
BatchPrecondition PreconditionFor(const Directory& directory, absl::Time about) {
  const ReceiptWindow window = WindowAround(directory, about);
  return {.directory_version = directory.version,
          .received_from = window.from,
          .received_before = window.before};
}

// Registrations of those messages of a batch that had been registered before.
absl::StatusOr<std::map<MessageId, v1::RegisterContactResponse>> FindFirst(
    pg::Transaction& transaction, absl::Span<const Submission> batch) {
  std::vector<MessageId> messages;
  for (const Submission& submission : batch) {
    const v1::Contact& contact = submission.request->contact();
    if (!contact.external_id().empty()) messages.push_back(MessageOf(contact));
  }
  if (messages.empty()) return std::map<MessageId, v1::RegisterContactResponse>();
  return FindMessages(transaction, messages);
}

absl::StatusOr<std::vector<NewCase>> MakeRows(
    absl::Span<const Submission> batch, absl::Span<const int64_t> references,
    const std::map<MessageId, v1::RegisterContactResponse>& known, const Directory& directory,
    absl::Time received_from) {
  std::vector<NewCase> rows;
  rows.reserve(batch.size());
  for (size_t i = 0; i < batch.size(); ++i) {
    const v1::RegisterContactRequest& request = *batch[i].request;
    const auto first = known.find(MessageOf(request.contact()));
    if (first != known.end()) {
      rows.push_back(MakeRepeat(request, first->second));
      continue;
    }
    WISSEL_ASSIGN_OR_RETURN(
        NewCase row, MakeCase(request, *batch[i].who, directory, references[i], received_from));
    rows.push_back(std::move(row));
  }
  return rows;
}

// The answers to `rows`, in their order.
absl::Status Answer(pg::Transaction& transaction, absl::Span<const NewCase> rows,
                    const Inserted& inserted,
                    std::vector<absl::StatusOr<v1::RegisterContactResponse>>& answers) {
  std::vector<std::string> older;
  for (const NewCase& row : rows) {
    if (!inserted.keys.contains(row.key)) older.push_back(row.key);
  }
  absl::flat_hash_map<std::string, StoredResponse> known;
  if (!older.empty()) {
    WISSEL_ASSIGN_OR_RETURN(known, FindStoredResponses(transaction, older));
  }
  for (const NewCase& row : rows) {
    v1::RegisterContactResponse answer;
    if (inserted.keys.contains(row.key)) {
      answer.ParseFromString(row.response.value);
      answer.set_repeated(!row.reference.has_value());
      SetReceipt(inserted.received_at, answer);
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

}  // namespace

void RegistrationWriter::Register(absl::string_view tenant_id, absl::Span<Submission> batch) {
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

absl::Status RegistrationWriter::Try(absl::string_view tenant_id, absl::Span<Submission> batch) {
  Answers answers;
  std::vector<int64_t> spare;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(
      tenant_id, absl::Now() + kTimeout, pg::Access::kWrite, [&](pg::Transaction& transaction) {
        answers.clear();
        spare.clear();
        return Fill(transaction, tenant_id, batch, answers, spare);
      }));
  {
    absl::MutexLock lock(&mutex_);
    references_.insert(references_.end(), spare.begin(), spare.end());
  }
  notifier_.Notify();
  for (size_t i = 0; i < batch.size(); ++i) batch[i].answer = std::move(answers[i]);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<int64_t>> RegistrationWriter::References(pg::Transaction& transaction,
                                                                    size_t count,
                                                                    std::vector<int64_t>& spare) {
  std::vector<int64_t> references;
  {
    absl::MutexLock lock(&mutex_);
    while (references.size() < count && !references_.empty()) {
      references.push_back(references_.back());
      references_.pop_back();
    }
  }
  if (references.size() == count) return references;
  const int missing = static_cast<int>(count - references.size());
  WISSEL_ASSIGN_OR_RETURN(TakenReferences taken,
                          TakeReferences(transaction, missing + kReferencesAtHand));
  std::vector<int64_t>& fresh = taken.references;
  references.insert(references.end(), fresh.end() - missing, fresh.end());
  spare.assign(fresh.begin(), fresh.end() - missing);
  return references;
}

absl::Status RegistrationWriter::Fill(pg::Transaction& transaction, absl::string_view tenant_id,
                                      absl::Span<const Submission> batch, Answers& answers,
                                      std::vector<int64_t>& spare) {
  WISSEL_ASSIGN_OR_RETURN(const std::vector<int64_t> references,
                          References(transaction, batch.size(), spare));
  WISSEL_ASSIGN_OR_RETURN(const FirstRegistrations known, FindFirst(transaction, batch));
  WISSEL_ASSIGN_OR_RETURN(std::shared_ptr<const Directory> directory,
                          directories_.GetCached(transaction, tenant_id));
  absl::Time about = clock_.Now();
  for (int tries = 0; tries < kTries; ++tries) {
    const BatchPrecondition precondition = PreconditionFor(*directory, about);
    WISSEL_ASSIGN_OR_RETURN(
        const std::vector<NewCase> rows,
        MakeRows(batch, references, known, *directory, precondition.received_from));
    WISSEL_ASSIGN_OR_RETURN(const Inserted inserted, InsertNew(transaction, rows, precondition));
    if (inserted.precondition_held) return Answer(transaction, rows, inserted, answers);
    WISSEL_ASSIGN_OR_RETURN(directory, directories_.GetFresh(transaction, tenant_id));
    about = inserted.received_at;
  }
  return Error(absl::StatusCode::kAborted, "serialization", "the directory changes all the time");
}

}  // namespace wissel::cases
