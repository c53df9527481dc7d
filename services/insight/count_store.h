// Counts of facts that figures are read from: insight.day_count and month_count.

#ifndef WISSEL_SERVICES_INSIGHT_COUNT_STORE_H_
#define WISSEL_SERVICES_INSIGHT_COUNT_STORE_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "libs/pg/pool.h"
#include "services/insight/case_fact.h"
#include "services/insight/fact_store.h"
#include "services/insight/figures.h"

namespace wissel::insight {

// To prepare on every connection.
std::vector<pg::Statement> CountStatements();

// Moves the counts by what `facts` differ from those that are stored, just before they are put
// there.
absl::Status CountDifference(pg::Transaction& transaction, absl::Span<const CaseFact> facts);

// The statement that counts by month the marks that the facts in the table `source` bear: by team
// and channel, and of topics, arrivals and answers also over all of them. The table has a column
// `times`.
std::string MonthCountsSql(absl::string_view source);

// Removes the counts of the municipality, as the beginning of a rebuild.
absl::Status ClearCounts(pg::Transaction& transaction);
// Counts all facts that are stored; at the end of a rebuild.
absl::Status CountFacts(pg::Transaction& transaction);
// Lets plans know how much there is now. Not of a few: who believes that a table is empty reads it
// whole for every row, until autovacuum comes by.
absl::Status AnalyzeCounts(pg::Transaction& transaction);

// Counts that are not the sum of their facts, as "2026-04-01 burgerzaken 2" (day, team, channel)
// and "2026-04-01 mark 1 paspoort burgerzaken 2" (month, mark, value, team, channel).
absl::StatusOr<std::vector<std::string>> FindWrongCounts(pg::Transaction& transaction, int most);

// Counts of all cases received on these days, as of `as_of`, by team and channel.
absl::StatusOr<Tallies> ReadTallies(pg::Transaction& transaction, const DayPeriod& days,
                                    absl::Time as_of);

// Local months of receipt [from, to).
struct MonthPeriod {
  absl::CivilMonth from;
  absl::CivilMonth to;
};

// Which cases are asked for; empty and unspecified: all.
struct Scope {
  std::string team_id;
  common::v1::Channel channel = common::v1::CHANNEL_UNSPECIFIED;
  std::string topic_id;
};

// Counts of the cases received in each month, as of `as_of`. Months without any are left out.
absl::StatusOr<std::map<absl::CivilMonth, Tallies>> ReadMonthTallies(pg::Transaction& transaction,
                                                                     const MonthPeriod& months,
                                                                     const Scope& scope,
                                                                     absl::Time as_of);

}  // namespace wissel::insight

#endif  // WISSEL_SERVICES_INSIGHT_COUNT_STORE_H_
