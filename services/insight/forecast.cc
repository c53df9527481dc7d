#include "services/insight/forecast.h"

#include <algorithm>

namespace wissel::insight {

bool WorkLeft::IsWorkingDay(absl::CivilDay day) const {
  if (calendar_ != nullptr) return calendar_->IsWorkingDay(day);
  const absl::Weekday weekday = absl::GetWeekday(day);
  return weekday != absl::Weekday::saturday && weekday != absl::Weekday::sunday;
}

absl::CivilDay WorkLeft::EndOfWeek() const {
  // Two days on it is Monday or later where it is weekend now, and else still the same week.
  const absl::CivilDay day = today() + 2;
  return day + (6 - static_cast<int>(absl::GetWeekday(day)));
}

double WorkLeft::On(absl::CivilDay day) const {
  if (!IsWorkingDay(day)) return 0;
  if (calendar_ == nullptr || day != today()) return 1;
  const int64_t minute = absl::ToInt64Minutes(now_ - absl::FromCivil(day, zone_));
  int64_t open = 0;
  int64_t left = 0;
  for (const calendar::OpenInterval& hours : calendar_->Intervals(day)) {
    const int64_t from = hours.from_minute;
    const int64_t to = hours.to_minute;
    open += to - from;
    left += std::max<int64_t>(0, to - std::max(from, minute));
  }
  return static_cast<double>(left) / static_cast<double>(open);
}

int64_t ForecastLate(const OpenCases& open, double pace, absl::CivilDay last_day,
                     const WorkLeft& work) {
  // Nothing can be told of a team that has only begun.
  if (pace == 0) return 0;
  int64_t late = 0;
  double done = 0;
  int64_t ahead = open.late;
  for (absl::CivilDay day = work.today(); day <= last_day; ++day) {
    done += pace * work.On(day);
    const auto due = open.due.find(day);
    if (due == open.due.end()) continue;
    ahead += due->second;
    // What is left undone of all that is due by now are the last ones; those of days before this
    // were late on their own day.
    const int64_t undone = std::max<int64_t>(0, ahead - static_cast<int64_t>(done));
    late += std::min(due->second, undone);
  }
  return late;
}

}  // namespace wissel::insight
