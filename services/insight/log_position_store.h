// How far the event log of a municipality has been counted: insight.progress.

#ifndef WISSEL_SERVICES_INSIGHT_LOG_POSITION_STORE_H_
#define WISSEL_SERVICES_INSIGHT_LOG_POSITION_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/pg/pool.h"

namespace wissel::insight {

// To prepare on every connection.
std::vector<pg::Statement> LogPositionStatements();

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

// What of the log to count in one transaction, so that no backlog is too long to ever be counted.
struct LogPart {
  // Where it ends: transactions before this one.
  std::string to;
  // It is not all there is: everything before `to` has ended, and more comes after it.
  bool more = false;
};
// The part from `read_to` on: some ten thousand events, more where one transaction wrote more.
absl::StatusOr<LogPart> NextPart(pg::Transaction& transaction, const std::string& read_to);

// Cases with events of transactions [read_to, to) that their fact does not have yet.
absl::StatusOr<std::vector<int64_t>> FindChangedCases(pg::Transaction& transaction,
                                                      const std::string& read_to,
                                                      const std::string& to);

// What a look before the lock tells.
enum class LogState {
  // Never, or in another cluster than this one: all of it is to be made first.
  kNeverRead,
  // There is something new, or the position can move on.
  kBehind,
  kRead,
};
absl::StatusOr<LogState> LookAtLog(pg::Transaction& transaction);

}  // namespace wissel::insight

#endif  // WISSEL_SERVICES_INSIGHT_LOG_POSITION_STORE_H_
