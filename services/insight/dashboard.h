// Puts together what the dashboard of a manager shows. Pure.

#ifndef WISSEL_SERVICES_INSIGHT_DASHBOARD_H_
#define WISSEL_SERVICES_INSIGHT_DASHBOARD_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libs/municipality/municipality_snapshot.h"
#include "services/insight/mark_store.h"

namespace wissel::insight {

// Months of receipt that a dashboard is asked for.
struct DashboardMonths {
  // [from, to): what most of it is about.
  MonthPeriod asked;
  // As many months just before, to compare with.
  MonthPeriod before;
  // For the trend: at least thirteen months up to the last one.
  MonthPeriod trend;
};

// INVALID_ARGUMENT `invalid_month` with field `first_month` or `last_month`, and `invalid_period`.
absl::StatusOr<DashboardMonths> ReadMonths(const v1::GetDashboardRequest& request);

// What is read for it.
struct DashboardCounts {
  // Of all months of the trend.
  std::map<absl::CivilMonth, Tallies> tallies;
  std::vector<MarkCount> marks;
  std::map<std::string, int64_t> topics_before;
  std::map<std::string, OpenCases> open;
  // In the last kPaceDays days before today.
  std::map<std::string, int64_t> done;
};

// The pace of a team is that of the four weeks before today.
inline constexpr int kPaceDays = 28;

void FillDashboard(const DashboardCounts& counts, const DashboardMonths& months,
                   const municipality::MunicipalitySnapshot& municipality, absl::Time now,
                   v1::GetDashboardResponse* response);

}  // namespace wissel::insight

#endif  // WISSEL_SERVICES_INSIGHT_DASHBOARD_H_
