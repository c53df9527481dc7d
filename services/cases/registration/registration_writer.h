// Registers a batch of contacts of one municipality in one transaction.

#ifndef WISSEL_SERVICES_CASES_REGISTRATION_REGISTRATION_WRITER_H_
#define WISSEL_SERVICES_CASES_REGISTRATION_REGISTRATION_WRITER_H_

#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "libs/base/clock.h"
#include "libs/municipality/snapshot_cache.h"
#include "libs/pg/pool.h"
#include "libs/rpc/principal.h"
#include "services/cases/queue/change_notifier.h"
#include "services/cases/registration/registration.h"
#include "services/cases/registration/registration_store.h"
#include "wissel/cases/v1/cases.pb.h"

namespace wissel::cases {

// A contact to register, and what became of it.
struct Submission {
  // Valid (CheckRequest), and kept alive by the caller.
  const v1::RegisterContactRequest* request;
  const rpc::Principal* who;
  // Set by Register: the answer, or why there is none.
  absl::StatusOr<v1::RegisterContactResponse> answer = absl::UnknownError("not registered");
};

// Thread-safe. `pool` has RegistrationStatements(), FirstRegistrationStatements(),
// ReferenceStatements() and those of the snapshot; all that it is made with outlives the writer.
// `clock` only guesses the day of receipt; the clock of the database decides.
class RegistrationWriter {
 public:
  RegistrationWriter(pg::Pool& pool, municipality::SnapshotCache& municipalities,
                     ChangeNotifier& notifier, const Clock& clock)
      : pool_(pool), municipalities_(municipalities), notifier_(notifier), clock_(clock) {}

  // Sets the answer of every submission. No two of them have the same key or message (channel,
  // account, external id). All that is stored of one contact is stored in one transaction; a
  // contact that the database refuses fails alone, with FAILED_PRECONDITION `constraint`: the batch
  // is split until it stands by itself. Notifies the screens. Blocks until all are answered.
  //
  // Idempotency: a key that was stored in the last 30 days gets its first answer with `repeated`
  // set, or ALREADY_EXISTS `idempotency_key_reused` if the hash differs; a message that was stored
  // before gets the first registration of it, whatever the key.
  //
  // Other errors are those of pg::Pool, for the whole batch: UNAVAILABLE `commit_unknown` means
  // that only the same key can tell.
  void Register(absl::string_view tenant_id, absl::Span<Submission> batch);

 private:
  using Submissions = std::vector<Submission*>;
  using Answers = std::vector<absl::StatusOr<v1::RegisterContactResponse>>;
  using Body = absl::FunctionRef<absl::Status(pg::Transaction& transaction,
                                              absl::Span<const int64_t> references)>;

  void RegisterAll(absl::string_view tenant_id, Submissions batch);
  // Takes for granted that all contacts are new: stores those that are in one round trip, answers
  // them and takes them out of `batch`.
  absl::Status StoreAll(absl::string_view tenant_id, Submissions& batch);
  // Finds out what each contact of a batch is, in one transaction that reads first: new, or stored
  // before. Sets the answers only if it was committed.
  absl::Status Settle(absl::string_view tenant_id, const Submissions& batch);
  // One transaction, with `count` references to give out.
  absl::Status Transact(absl::string_view tenant_id, size_t count, Body body);
  // Makes the rows of `fresh` and inserts them; makes them again when the directory or the day
  // turns out to be another one.
  absl::StatusOr<Stored> Insert(pg::Transaction& transaction, absl::string_view tenant_id,
                                absl::Span<Submission* const> fresh,
                                absl::Span<const int64_t> references, std::vector<NewCase>& rows);
  // Takes as many references as there are submissions, mostly from those that are at hand. Those
  // that were fetched besides go to `spare`: they may be given out once the transaction has
  // committed, and not before. PostgreSQL takes a sequence back when it crashes before that, and
  // would give the same ones to somebody else.
  absl::StatusOr<std::vector<int64_t>> References(pg::Transaction& transaction, size_t count,
                                                  std::vector<int64_t>& spare)
      ABSL_LOCKS_EXCLUDED(mutex_);

  pg::Pool& pool_;
  municipality::SnapshotCache& municipalities_;
  ChangeNotifier& notifier_;
  const Clock& clock_;
  absl::Mutex mutex_;
  std::vector<int64_t> references_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_REGISTRATION_REGISTRATION_WRITER_H_
