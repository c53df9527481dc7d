#include "services/directory/municipality.h"

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/calendar/calendar.h"
#include "libs/calendar/calendar_proto.h"
#include "libs/calendar/time_zone.h"
#include "libs/identity/token.h"
#include "libs/text/typed.h"
#include "services/directory/team.h"

namespace wissel::directory {
namespace {

constexpr int kNameMax = 80;
constexpr int kSpecialDaysMax = 1000;
constexpr int kSpecialDayNameMax = 100;
constexpr int kMonday = 1;
constexpr int kFriday = 5;
constexpr int kOpensAtMinute = 8 * 60 + 30;
constexpr int kClosesAtMinute = 17 * 60;

}  // namespace

absl::StatusOr<Municipality> ReadMunicipality(const v1::EnsureMunicipalityRequest& request) {
  Municipality municipality = {.tenant_id = request.municipality().tenant_id(),
                               .name = request.municipality().name(),
                               .kcc_mailbox = request.kcc_mailbox()};
  if (!request.time_zone().empty()) municipality.time_zone = request.time_zone();
  if (!identity::IsTenantCode(municipality.tenant_id)) {
    return InvalidField("municipality.tenant_id", "invalid_tenant_id",
                        "2 to 12 letters, digits and hyphens, such as GM0603");
  }
  WISSEL_RETURN_IF_ERROR(
      text::CheckName("municipality.name", municipality.name, kNameMax, text::Presence::kRequired));
  WISSEL_RETURN_IF_ERROR(calendar::ZoneNamed(municipality.time_zone).status());
  WISSEL_RETURN_IF_ERROR(CheckMailbox("kcc_mailbox", municipality.kcc_mailbox));
  return municipality;
}

v1::Calendar DefaultCalendar() {
  v1::Calendar calendar;
  calendar.set_observes_holidays(true);
  for (int weekday = kMonday; weekday <= kFriday; ++weekday) {
    v1::WeekdayHours* hours = calendar.add_weekdays();
    hours->set_weekday(weekday);
    v1::OpenInterval* interval = hours->add_intervals();
    interval->set_from_minute(kOpensAtMinute);
    interval->set_to_minute(kClosesAtMinute);
  }
  return calendar;
}

absl::Status CheckCalendar(const v1::Calendar& calendar, const std::string& time_zone) {
  if (calendar.special_days_size() > kSpecialDaysMax) {
    return InvalidField("calendar.special_days", "too_many",
                        absl::StrCat("at most ", kSpecialDaysMax, " special days"));
  }
  for (int i = 0; i < calendar.special_days_size(); ++i) {
    WISSEL_RETURN_IF_ERROR(text::CheckName(absl::StrCat("calendar.special_days[", i, "].name"),
                                           calendar.special_days(i).name(), kSpecialDayNameMax,
                                           text::Presence::kOptional));
  }
  WISSEL_ASSIGN_OR_RETURN(const absl::TimeZone zone, calendar::ZoneNamed(time_zone));
  WISSEL_ASSIGN_OR_RETURN(calendar::Definition definition,
                          calendar::FromProto(calendar, calendar::Kind::kService, zone));
  return calendar::Calendar::Make(std::move(definition)).status();
}

}  // namespace wissel::directory
