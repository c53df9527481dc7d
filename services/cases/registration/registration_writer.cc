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
                                             absl::Span<Submission* const> batch) {
  std::vector<MessageId> messages;
  for (const Submission* submission : batch) {
    const v1::Contact& contact = submission->request->contact();
    if (!contact.external_id().empty()) messages.push_back(MessageOf(contact));
  }
  if (messages.empty()) return FirstRegistrations();
  return FindMessages(transaction, messages);
}

absl::StatusOr<std::vector<NewCase>> MakeRows(
    absl::Span<Submission* const> fresh, absl::Span<const int64_t> references,
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

std::vector<std::string> KeysOf(absl::Span<Submission* const> batch) {
  std::vector<std::string> keys;
  keys.reserve(batch.size());
  for (const Submission* submission : batch) {
    keys.push_back(submission->request->idempotency_key());
  }
  return keys;
}

// Answers by key.
using KeyAnswers = absl::flat_hash_map<std::string, v1::RegisterContactResponse>;

// Those of the rows that were stored; takes them out of `rows`.
KeyAnswers TakeAnswers(const Stored& stored, std::vector<NewCase>& rows) {
  KeyAnswers answers;
  answers.reserve(rows.size());
  for (NewCase& row : rows) {
    if (!stored.references.contains(row.reference)) continue;
    SetReceipt(stored.received_at, row.response);
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
absl::Status AnswerAll(pg::Transaction& transaction, absl::Span<Submission* const> batch,
                       const FirstRegistrations& first, KeyAnswers fresh,
                       std::vector<absl::StatusOr<v1::RegisterContactResponse>>& answers) {
  absl::flat_hash_map<std::string, StoredResponse> stored;
  if (fresh.size() < batch.size()) {
    WISSEL_ASSIGN_OR_RETURN(stored, FindStoredResponses(transaction, KeysOf(batch)));
  }
  std::vector<RepeatedMessage> repeats;
  for (const Submission* submission : batch) {
    const v1::RegisterContactRequest& request = *submission->request;
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
  std::vector<Submission*> submissions;
  submissions.reserve(batch.size());
  for (Submission& submission : batch) submissions.push_back(&submission);
  RegisterAll(tenant_id, std::move(submissions));
}

void RegistrationWriter::RegisterAll(absl::string_view tenant_id, Submissions batch) {
  absl::Status status = StoreAll(tenant_id, batch);
  if (batch.empty()) return;
  // What refuses a row may be a directory that has changed at this moment.
  const bool is_refused = batch.size() == 1 && IsAboutARow(status);
  if (status.ok() || is_refused || absl::IsAborted(status)) status = Settle(tenant_id, batch);
  for (int tries = 1; tries < kTries && absl::IsAborted(status); ++tries) {
    status = Settle(tenant_id, batch);
  }
  if (status.ok()) return;
  if (batch.size() > 1 && (IsAboutARow(status) || absl::IsAborted(status))) {
    const auto middle = batch.begin() + batch.size() / 2;
    RegisterAll(tenant_id, Submissions(batch.begin(), middle));
    RegisterAll(tenant_id, Submissions(middle, batch.end()));
    return;
  }
  for (Submission* submission : batch) submission->answer = status;
}

absl::Status RegistrationWriter::StoreAll(absl::string_view tenant_id, Submissions& batch) {
  KeyAnswers answers;
  WISSEL_RETURN_IF_ERROR(Transact(
      tenant_id, batch.size(),
      [&](pg::Transaction& transaction, absl::Span<const int64_t> references) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(const auto municipality,
                                municipalities_.GetCached(transaction, tenant_id));
        const BatchPrecondition precondition = PreconditionFor(*municipality, clock_.Now());
        WISSEL_ASSIGN_OR_RETURN(
            std::vector<NewCase> rows,
            MakeRows(batch, references, *municipality, precondition.received_from));
        WISSEL_ASSIGN_OR_RETURN(const Stored stored, StoreNew(transaction, rows, precondition));
        answers = TakeAnswers(stored, rows);
        return absl::OkStatus();
      }));
  std::erase_if(batch, [&](Submission* submission) {
    const auto answer = answers.find(submission->request->idempotency_key());
    if (answer == answers.end()) return false;
    submission->answer = std::move(answer->second);
    return true;
  });
  return absl::OkStatus();
}

absl::Status RegistrationWriter::Settle(absl::string_view tenant_id, const Submissions& batch) {
  Answers answers;
  WISSEL_RETURN_IF_ERROR(Transact(
      tenant_id, batch.size(),
      [&](pg::Transaction& transaction, absl::Span<const int64_t> references) -> absl::Status {
        WISSEL_RETURN_IF_ERROR(FreeOldKeys(transaction, KeysOf(batch)));
        WISSEL_ASSIGN_OR_RETURN(const FirstRegistrations first, FindFirst(transaction, batch));
        Submissions fresh;
        for (Submission* submission : batch) {
          if (!first.contains(MessageOf(submission->request->contact()))) {
            fresh.push_back(submission);
          }
        }
        std::vector<NewCase> rows;
        Stored stored;
        if (!fresh.empty()) {
          WISSEL_ASSIGN_OR_RETURN(stored, Insert(transaction, tenant_id, fresh, references, rows));
        }
        return AnswerAll(transaction, batch, first, TakeAnswers(stored, rows), answers);
      }));
  for (size_t i = 0; i < batch.size(); ++i) batch[i]->answer = std::move(answers[i]);
  return absl::OkStatus();
}

absl::Status RegistrationWriter::Transact(absl::string_view tenant_id, size_t count, Body body) {
  std::vector<int64_t> spare;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(tenant_id, absl::Now() + kTimeout, pg::Access::kWrite,
                                        [&](pg::Transaction& transaction) -> absl::Status {
                                          WISSEL_ASSIGN_OR_RETURN(
                                              const std::vector<int64_t> references,
                                              References(transaction, count, spare));
                                          return body(transaction, references);
                                        }));
  {
    absl::MutexLock lock(&mutex_);
    references_.insert(references_.end(), spare.begin(), spare.end());
  }
  notifier_.Notify();
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

absl::StatusOr<Stored> RegistrationWriter::Insert(pg::Transaction& transaction,
                                                  absl::string_view tenant_id,
                                                  absl::Span<Submission* const> fresh,
                                                  absl::Span<const int64_t> references,
                                                  std::vector<NewCase>& rows) {
  WISSEL_ASSIGN_OR_RETURN(std::shared_ptr<const municipality::MunicipalitySnapshot> municipality,
                          municipalities_.GetCached(transaction, tenant_id));
  absl::Time about = clock_.Now();
  for (int tries = 0; tries < kTries; ++tries) {
    const BatchPrecondition precondition = PreconditionFor(*municipality, about);
    WISSEL_ASSIGN_OR_RETURN(rows,
                            MakeRows(fresh, references, *municipality, precondition.received_from));
    WISSEL_ASSIGN_OR_RETURN(Inserted inserted, InsertNew(transaction, rows, precondition));
    if (inserted.precondition_held) return std::move(inserted.stored);
    WISSEL_ASSIGN_OR_RETURN(municipality, municipalities_.GetFresh(transaction, tenant_id));
    about = inserted.stored.received_at;
  }
  return Error(absl::StatusCode::kAborted, "serialization", "the directory changes all the time");
}

}  // namespace wissel::cases
