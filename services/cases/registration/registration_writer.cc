#include "services/cases/registration/registration_writer.h"

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/idempotency/request_hash.h"
#include "services/cases/lifecycle/norm_clock.h"
#include "services/cases/registration/first_registration_store.h"
#include "services/cases/registration/reference_store.h"

namespace wissel::cases {
namespace {

// A batch takes milliseconds; whoever waits longer than this waits for a database in trouble.
constexpr absl::Duration kTimeout = absl::Seconds(5);
constexpr int kTries = 4;
// Fetched besides those that a batch needs, so that most batches need not ask.
constexpr int kReferencesAtHand = 256;

using FirstRegistrations = std::map<MessageId, v1::RegisterContactResponse>;

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

// What the database will check: that `municipality` is what it is now, and that a contact of now
// has the same clock as one of `about`.
BatchPrecondition PreconditionFor(const municipality::MunicipalitySnapshot& municipality,
                                  absl::Time about) {
  const ReceiptWindow window = WindowAround(municipality, about);
  return {.directory_version = municipality.version,
          .received_from = window.from,
          .received_before = window.before};
}

// Registrations of those messages of a batch that had been registered before.
absl::StatusOr<FirstRegistrations> FindFirst(pg::Transaction& transaction,
                                             absl::Span<const Submission> batch) {
  std::vector<MessageId> messages;
  for (const Submission& submission : batch) {
    const v1::Contact& contact = submission.request->contact();
    if (!contact.external_id().empty()) messages.push_back(MessageOf(contact));
  }
  if (messages.empty()) return FirstRegistrations();
  return FindMessages(transaction, messages);
}

absl::StatusOr<std::vector<NewCase>> MakeRows(
    absl::Span<const Submission* const> fresh, absl::Span<const int64_t> references,
    const municipality::MunicipalitySnapshot& municipality, absl::Time received_from) {
  std::vector<NewCase> rows;
  rows.reserve(fresh.size());
  for (size_t i = 0; i < fresh.size(); ++i) {
    WISSEL_ASSIGN_OR_RETURN(NewCase row, MakeCase(*fresh[i]->request, *fresh[i]->who, municipality,
                                                  references[i], received_from));
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<std::string> KeysOf(absl::Span<const Submission> batch) {
  std::vector<std::string> keys;
  keys.reserve(batch.size());
  for (const Submission& submission : batch) {
    keys.push_back(submission.request->idempotency_key());
  }
  return keys;
}

// Answers by key.
using KeyAnswers = absl::flat_hash_map<std::string, v1::RegisterContactResponse>;

// Those of the rows that were stored; takes them out of `rows`.
KeyAnswers TakeAnswers(const Inserted& inserted, std::vector<NewCase>& rows) {
  KeyAnswers answers;
  answers.reserve(rows.size());
  for (NewCase& row : rows) {
    if (!inserted.references.contains(row.reference)) continue;
    SetReceipt(inserted.received_at, row.response);
    answers.insert({std::move(row.key), std::move(row.response)});
  }
  return answers;
}

absl::StatusOr<v1::RegisterContactResponse> Repeat(const v1::RegisterContactRequest& request,
                                                   const StoredResponse& stored) {
  if (stored.request_hash != request.request_hash()) return idempotency::KeyReused();
  v1::RegisterContactResponse answer = stored.response;
  answer.set_repeated(true);
  return answer;
}

// Adds the answers to what was not stored now, in the order of `batch`, where `answers` has none
// yet: the key was stored before, or else the message was. ABORTED where neither was: the key was
// cleared meanwhile, or is so old that another attempt may take it.
absl::Status AnswerAll(pg::Transaction& transaction, absl::Span<const Submission> batch,
                       const FirstRegistrations& first, KeyAnswers fresh,
                       std::vector<absl::StatusOr<v1::RegisterContactResponse>>& answers) {
  absl::flat_hash_map<std::string, StoredResponse> stored;
  if (fresh.size() < batch.size()) {
    WISSEL_ASSIGN_OR_RETURN(stored, FindStoredResponses(transaction, KeysOf(batch)));
  }
  std::vector<RepeatedMessage> repeats;
  for (const Submission& submission : batch) {
    const v1::RegisterContactRequest& request = *submission.request;
    if (const auto now = fresh.find(request.idempotency_key()); now != fresh.end()) {
      answers.push_back(std::move(now->second));
      continue;
    }
    if (const auto known = stored.find(request.idempotency_key()); known != stored.end()) {
      answers.push_back(Repeat(request, known->second));
      continue;
    }
    const auto message = first.find(MessageOf(request.contact()));
    if (message == first.end()) return absl::AbortedError("a key was cleared at this moment");
    repeats.push_back({request.idempotency_key(), request.request_hash(), message->second});
    answers.push_back(message->second);
    answers.back()->set_repeated(true);
  }
  return repeats.empty() ? absl::OkStatus() : StoreRepeats(transaction, repeats);
}

}  // namespace

void RegistrationWriter::Register(absl::string_view tenant_id, absl::Span<Submission> batch) {
  absl::Status status = Try(tenant_id, batch, 0);
  for (int attempt = 1; attempt < kTries && MayPassNextTime(status); ++attempt) {
    status = Try(tenant_id, batch, attempt);
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

absl::Status RegistrationWriter::Try(absl::string_view tenant_id, absl::Span<Submission> batch,
                                     int attempt) {
  Answers answers;
  std::vector<int64_t> spare;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(
      tenant_id, absl::Now() + kTimeout, pg::Access::kWrite, [&](pg::Transaction& transaction) {
        answers.clear();
        spare.clear();
        return Fill(transaction, tenant_id, batch, attempt, answers, spare);
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
                                      absl::Span<const Submission> batch, int attempt,
                                      Answers& answers, std::vector<int64_t>& spare) {
  WISSEL_ASSIGN_OR_RETURN(const std::vector<int64_t> references,
                          References(transaction, batch.size(), spare));
  if (attempt > 0) WISSEL_RETURN_IF_ERROR(FreeOldKeys(transaction, KeysOf(batch)));
  WISSEL_ASSIGN_OR_RETURN(const FirstRegistrations first, FindFirst(transaction, batch));
  std::vector<const Submission*> fresh;
  for (const Submission& submission : batch) {
    if (!first.contains(MessageOf(submission.request->contact()))) fresh.push_back(&submission);
  }
  std::vector<NewCase> rows;
  Inserted inserted;
  if (!fresh.empty()) {
    WISSEL_ASSIGN_OR_RETURN(inserted,
                            Insert(transaction, tenant_id, fresh, references, attempt, rows));
  }
  return AnswerAll(transaction, batch, first, TakeAnswers(inserted, rows), answers);
}

absl::StatusOr<Inserted> RegistrationWriter::Insert(pg::Transaction& transaction,
                                                    absl::string_view tenant_id,
                                                    absl::Span<const Submission* const> fresh,
                                                    absl::Span<const int64_t> references,
                                                    int attempt, std::vector<NewCase>& rows) {
  WISSEL_ASSIGN_OR_RETURN(std::shared_ptr<const municipality::MunicipalitySnapshot> municipality,
                          municipalities_.GetCached(transaction, tenant_id));
  absl::Time about = clock_.Now();
  for (int tries = 0; tries < kTries; ++tries) {
    const BatchPrecondition precondition = PreconditionFor(*municipality, about);
    WISSEL_ASSIGN_OR_RETURN(rows,
                            MakeRows(fresh, references, *municipality, precondition.received_from));
    if (attempt == 0 && rows.size() <= kFewRows) return InsertFew(transaction, rows, precondition);
    WISSEL_ASSIGN_OR_RETURN(Inserted inserted, InsertBatch(transaction, rows, precondition));
    if (inserted.precondition_held) return inserted;
    WISSEL_ASSIGN_OR_RETURN(municipality, municipalities_.GetFresh(transaction, tenant_id));
    about = inserted.received_at;
  }
  return Error(absl::StatusCode::kAborted, "serialization", "the directory changes all the time");
}

}  // namespace wissel::cases
