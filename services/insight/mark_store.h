// What the dashboard is read from: marks of cases counted by month, and open cases.

#ifndef WISSEL_SERVICES_INSIGHT_MARK_STORE_H_
#define WISSEL_SERVICES_INSIGHT_MARK_STORE_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libs/pg/pool.h"
#include "services/insight/count_store.h"

namespace wissel::insight {

// To prepare on every connection.
std::vector<pg::Statement> MarkStatements();

// How many cases bear a mark.
struct MarkCount {
  Mark mark;
  std::string value;
  // For kHeld the team that held them, for kMovedTo the one that passed them on; else empty.
  std::string team_id;
  // For kAskedAgain the channel over which they were asked first; else unspecified.
  common::v1::Channel channel;
  int64_t cases = 0;
  int64_t at_first_contact = 0;
};

// All marks of the cases in the scope, but for kDone. Of a team's moves those to it, too.
absl::StatusOr<std::vector<MarkCount>> ReadMarks(pg::Transaction& transaction,
                                                 const MonthPeriod& months, const Scope& scope);

// Cases a topic.
absl::StatusOr<std::map<std::string, int64_t>> ReadTopicCounts(pg::Transaction& transaction,
                                                               const MonthPeriod& months,
                                                               const Scope& scope);

// How many cases each team was done with on the local days [from, to).
absl::StatusOr<std::map<std::string, int64_t>> ReadDone(pg::Transaction& transaction,
                                                        absl::CivilDay from, absl::CivilDay to);

// Open cases with a norm, by the team that holds them.
struct OpenCases {
  // Past due.
  int64_t late = 0;
  // The others by the local day that they are due.
  std::map<absl::CivilDay, int64_t> due;
};

// Of one team, or of all if empty.
absl::StatusOr<std::map<std::string, OpenCases>> ReadOpenCases(pg::Transaction& transaction,
                                                               const std::string& team_id,
                                                               absl::Time as_of,
                                                               absl::TimeZone zone);

}  // namespace wissel::insight

#endif  // WISSEL_SERVICES_INSIGHT_MARK_STORE_H_
