// Past cases as numbers, for finding out which team answers what.

#ifndef WISSEL_SERVICES_ROUTER_PROPOSE_CASE_HISTORY_H_
#define WISSEL_SERVICES_ROUTER_PROPOSE_CASE_HISTORY_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "libs/sop/sop.h"

namespace wissel::router {

// Past cases that are alike, of one day.
struct PastCase {
  // Local day of receipt.
  absl::CivilDay day;
  common::v1::Channel channel = common::v1::CHANNEL_UNSPECIFIED;
  // Empty: none was chosen.
  std::string topic_id;
  std::string neighbourhood;
  // Counts where there is no neighbourhood.
  std::string postcode;
  // The team that answered, or holds it still.
  std::string team_id;
  int64_t cases = 1;
};

// Where contacts come from: a neighbourhood, or the district of a Dutch postcode.
struct Area {
  // As most often written; empty for a district.
  std::string neighbourhood;
  // Four digits; empty for a neighbourhood.
  std::string district;
};

// Area 0: not known, or outside what an SOP can name.
inline constexpr int kNoArea = 0;

// Past cases with indices into the lists of CaseHistory instead of names.
struct HistoryRow {
  absl::CivilDay day;
  common::v1::Channel channel = common::v1::CHANNEL_UNSPECIFIED;
  int topic = 0;
  int area = kNoArea;
  int team = 0;
  double cases = 0;
};

// Names in alphabetical order; rows by day. The order of the cases that it was made of does not
// matter.
struct CaseHistory {
  std::vector<std::string> topics;
  std::vector<std::string> teams;
  // Of kNoArea both names are empty.
  std::vector<Area> areas;
  // Without the cases that have no topic, or a name that an SOP cannot hold.
  std::vector<HistoryRow> rows;
};

// The same cases by number.
CaseHistory MakeCaseHistory(absl::Span<const PastCase> cases);

// Rows of `history` from the share `from` of its cases up to the share `to`; 0..1. A row belongs to
// the part in which it begins.
absl::Span<const HistoryRow> PartOf(const CaseHistory& history, double from, double to);

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_PROPOSE_CASE_HISTORY_H_
