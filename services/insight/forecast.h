// What a team will answer too late if it goes on as it does. Pure.

#ifndef WISSEL_SERVICES_INSIGHT_FORECAST_H_
#define WISSEL_SERVICES_INSIGHT_FORECAST_H_

#include <cstdint>
#include <optional>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libs/calendar/calendar.h"
#include "services/insight/mark_store.h"

namespace wissel::insight {

// How much of a day's work can still be done on each day; counted by the hours of the calendar, or
// Monday to Friday where a municipality has none.
class WorkLeft {
 public:
  // `calendar` outlives it; null: there is none.
  WorkLeft(const calendar::Calendar* calendar, absl::Time now, absl::TimeZone zone)
      : calendar_(calendar), now_(now), zone_(zone) {}

  absl::CivilDay today() const { return absl::ToCivilDay(now_, zone_); }
  // The Sunday of the week that people work in: at the weekend the one that is about to begin.
  absl::CivilDay EndOfWeek() const;
  bool IsWorkingDay(absl::CivilDay day) const;
  // 1 on a working day, 0 on another; of today the part of its open hours that is left.
  double On(absl::CivilDay day) const;

 private:
  const calendar::Calendar* calendar_;
  absl::Time now_;
  absl::TimeZone zone_;
};

// Of the cases that are due from today up to `last_day`, how many will be late if the team is done
// with `pace` a working day and takes what is due first, first: what is late already, before all. 0
// if it has no pace yet.
int64_t ForecastLate(const OpenCases& open, double pace, absl::CivilDay last_day,
                     const WorkLeft& work);

}  // namespace wissel::insight

#endif  // WISSEL_SERVICES_INSIGHT_FORECAST_H_
