// The local time of a municipality, and when its service calendar is closed.

#ifndef WISSEL_LIBS_DECISION_SERVICE_HOURS_H_
#define WISSEL_LIBS_DECISION_SERVICE_HOURS_H_

#include <optional>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libs/calendar/calendar.h"
#include "libs/decision/routing_request.h"
#include "libs/sop/sop.h"

namespace wissel::decision {

// Immutable, so thread-safe.
class ServiceHours {
 public:
  // No calendar: no day is closed, and teams have the hours that their SOP gives them.
  explicit ServiceHours(absl::TimeZone zone) : zone_(zone) {}

  // In the zone of `service_calendar`.
  explicit ServiceHours(calendar::Calendar service_calendar);

  // Sets the moment of `request`; its local day. On a day that differs from its weekday, such as a
  // holiday or the short day before one, all that lies outside the hours of that day is closed.
  // Hours that such a day adds are not seen: a team is never open outside the hours of its weekday.
  absl::CivilDay SetMoment(absl::Time moment, RoutingRequest* request) const;

  absl::CivilDay DayOf(absl::Time moment) const { return absl::ToCivilDay(moment, zone_); }
  absl::TimeZone zone() const { return zone_; }

  // Hours by weekday; absent without a calendar.
  const std::optional<sop::WeekHours>& week() const { return week_; }

 private:
  bool IsClosed(absl::CivilDay day, int weekday, int minute) const;

  absl::TimeZone zone_;
  std::optional<sop::WeekHours> week_;
  std::optional<calendar::Calendar> calendar_;
};

}  // namespace wissel::decision

#endif  // WISSEL_LIBS_DECISION_SERVICE_HOURS_H_
