// Reads and writes what is kept of each case: insight.case_fact.

#ifndef WISSEL_SERVICES_INSIGHT_FACT_STORE_H_
#define WISSEL_SERVICES_INSIGHT_FACT_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "libs/pg/pool.h"
#include "libs/pg/row_columns.h"
#include "services/insight/case_fact.h"

namespace wissel::insight {

// To prepare on every connection.
std::vector<pg::Statement> FactStatements();

// A row of case_fact without its municipality.
const pg::RowColumns<CaseFact>& FactColumns();

// Topics of the cases with these ids, by id.
absl::StatusOr<absl::flat_hash_map<int64_t, std::string>> ReadTopics(
    pg::Transaction& transaction, const std::vector<int64_t>& case_ids);

// Puts the facts in the place of those that are there. Whoever counts does so before.
absl::Status PutFacts(pg::Transaction& transaction, absl::Span<const CaseFact> facts);

// Adds facts of cases that have none.
absl::Status AddFacts(pg::Transaction& transaction, absl::Span<const CaseFact> facts);

// Removes the facts of the municipality.
absl::Status ClearFacts(pg::Transaction& transaction);

// The facts from `after` on, in the order of case ids; at most `most`.
absl::StatusOr<std::vector<CaseFact>> ReadFacts(pg::Transaction& transaction, int64_t after,
                                                int most);

// Cases without a fact whose receipt lies before the position; at most `most`.
absl::StatusOr<std::vector<int64_t>> FindCasesWithoutFact(pg::Transaction& transaction, int most);

// Local dates of receipt [from, to); absent: no bound.
struct DayPeriod {
  std::optional<absl::CivilDay> from;
  std::optional<absl::CivilDay> to;
};

// Days as statements take and give them: `2026-04-01`.
std::optional<std::string> DayText(const std::optional<absl::CivilDay>& day);
absl::CivilDay DayOfText(const std::string& text);

// Which facts to list.
struct FactQuery {
  DayPeriod days;
  absl::Time as_of;
  // Unspecified: all.
  v1::Verdict verdict = v1::VERDICT_UNSPECIFIED;
  // Empty, unspecified: all.
  std::string team_id;
  common::v1::Channel channel = common::v1::CHANNEL_UNSPECIFIED;
  std::string topic_id;
  // What a mark of the dashboard stands for.
  v1::FigureMark mark;
};

// The first `most` of them by their receipt.
absl::StatusOr<std::vector<CaseFact>> ListFacts(pg::Transaction& transaction,
                                                const FactQuery& query, int most);

// Open cases to list: those that `team_id` holds now (all if empty), due in [from, to).
struct OpenQuery {
  absl::Time from = absl::InfinitePast();
  absl::Time to;
  std::string team_id;
  common::v1::Channel channel = common::v1::CHANNEL_UNSPECIFIED;
  std::string topic_id;
};

// The first `most` of them by their due moment.
absl::StatusOr<std::vector<CaseFact>> ListOpenFacts(pg::Transaction& transaction,
                                                    const OpenQuery& query, int most);

}  // namespace wissel::insight

#endif  // WISSEL_SERVICES_INSIGHT_FACT_STORE_H_
