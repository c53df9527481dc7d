// Reads and writes what figures are kept in: insight.case_fact, day_count and progress.

#ifndef WISSEL_SERVICES_INSIGHT_ROLLUP_STORE_H_
#define WISSEL_SERVICES_INSIGHT_ROLLUP_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "libs/pg/pool.h"
#include "services/insight/case_fact.h"
#include "services/insight/figures.h"

namespace wissel::insight {

// To prepare on every connection.
std::vector<pg::Statement> RollupStatements();

// How far the log is read, and what of it is new. Numbers of transactions, as text.
struct LogPosition {
  // Nothing: the log was never read, or was written by another cluster than this one.
  std::optional<std::string> read_to;
  // What to read on from the next time: all before it has ended by now.
  std::string next;
};

// The position of the transaction's municipality, which nobody else moves until it ends.
absl::StatusOr<LogPosition> LockPosition(pg::Transaction& transaction);
// The same without waiting: nothing if another transaction holds it. Where the log was never read
// nothing is locked.
absl::StatusOr<std::optional<LogPosition>> TryLockPosition(pg::Transaction& transaction);

// Notes that all before `read_to` is counted.
absl::Status SetPosition(pg::Transaction& transaction, const std::string& read_to);

// Cases with events since `read_to` that their fact does not have yet.
absl::StatusOr<std::vector<int64_t>> FindChangedCases(pg::Transaction& transaction,
                                                      const std::string& read_to);

// Whether there are any, or the position can move on. For a look before the lock.
absl::StatusOr<bool> IsBehind(pg::Transaction& transaction);

// Puts the facts in the place of those that are there, and moves the counts by the difference.
// Idempotent.
absl::Status PutFacts(pg::Transaction& transaction, absl::Span<const CaseFact> facts);

// Removes the facts and counts of the municipality, as the beginning of a rebuild.
absl::Status ClearFacts(pg::Transaction& transaction);
// Adds facts of cases that have none, without counting them.
absl::Status AddFacts(pg::Transaction& transaction, absl::Span<const CaseFact> facts);
// Counts all facts; at the end of a rebuild.
absl::Status CountFacts(pg::Transaction& transaction);
// Lets plans know how much there is now. Not of a few: who believes that a table is empty reads it
// whole for every row, until autovacuum comes by.
absl::Status AnalyzeFacts(pg::Transaction& transaction);

// The facts from `after` on, in the order of case ids; at most `most`.
absl::StatusOr<std::vector<CaseFact>> ReadFacts(pg::Transaction& transaction, int64_t after,
                                                int most);

// Rows of insight.day_count that are not the sum of their facts, as "2026-04-01 burgerzaken 2".
absl::StatusOr<std::vector<std::string>> FindWrongCounts(pg::Transaction& transaction, int most);

// Cases without a fact whose receipt lies before the position; at most `most`.
absl::StatusOr<std::vector<int64_t>> FindCasesWithoutFact(pg::Transaction& transaction, int most);

// Local dates of receipt [from, to); absent: no bound.
struct DayPeriod {
  std::optional<absl::CivilDay> from;
  std::optional<absl::CivilDay> to;
};

// Counts of all cases received on these days, as of `as_of`, by team and channel.
absl::StatusOr<Tallies> ReadTallies(pg::Transaction& transaction, const DayPeriod& days,
                                    absl::Time as_of);

// Which facts to list.
struct FactQuery {
  DayPeriod days;
  absl::Time as_of;
  v1::Verdict verdict = v1::VERDICT_UNSPECIFIED;
  // Empty, unspecified: all.
  std::string team_id;
  common::v1::Channel channel = common::v1::CHANNEL_UNSPECIFIED;
};

// The first `most` of them by their receipt.
absl::StatusOr<std::vector<CaseFact>> ListFacts(pg::Transaction& transaction,
                                                const FactQuery& query, int most);

}  // namespace wissel::insight

#endif  // WISSEL_SERVICES_INSIGHT_ROLLUP_STORE_H_
