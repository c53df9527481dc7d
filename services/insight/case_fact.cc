#include "services/insight/case_fact.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/calendar/holidays.h"

namespace wissel::insight {
namespace {

int64_t WorkingDays(absl::CivilDay from, absl::CivilDay to) {
  // More days than any count of working days that is kept needs.
  const absl::CivilDay end = std::min(to, from + 3 * kMostWorkingDays);
  return std::min(kMostWorkingDays,
                  calendar::WorkingDaysBetween(from, end, calendar::Kind::kService));
}

int32_t HourOfWeek(absl::Time moment, absl::TimeZone zone) {
  const absl::CivilHour hour = absl::ToCivilHour(moment, zone);
  // Weekdays are numbered from Monday on.
  const auto weekday = static_cast<int32_t>(absl::GetWeekday(absl::CivilDay(hour)));
  return weekday * 24 + hour.hour();
}

std::string LineOf(const norms::Stay& stay, absl::TimeZone zone) {
  if (!stay.to) return absl::StrCat(stay.team_id, "\t\t");
  const absl::CivilDay last = absl::ToCivilDay(*stay.to, zone);
  return absl::StrCat(stay.team_id, "\t", WorkingDays(absl::ToCivilDay(stay.from, zone), last),
                      "\t", absl::FormatCivilTime(last));
}

}  // namespace

CaseFact FactOf(const norms::JudgedCase& judged, absl::TimeZone zone) {
  // In the infinite future all that is open with a norm is too late.
  const bool open = judged.verdict == v1::VERDICT_MISSED && !judged.satisfied_at;
  const absl::CivilDay day = absl::ToCivilDay(judged.received_at, zone);
  CaseFact fact = {
      .case_id = judged.case_id,
      .events = judged.events,
      .received_at = judged.received_at,
      .day = absl::FormatCivilTime(day),
      .team_id = judged.team_id,
      .channel = judged.channel,
      .due_at = judged.due_at,
      .satisfied_at = judged.satisfied_at,
      .verdict = open ? kVerdictOpen : static_cast<int32_t>(judged.verdict),
      .contacts = static_cast<int32_t>(judged.contacts),
      .arrival = HourOfWeek(judged.received_at, zone),
      .at_first_contact = judged.at_first_contact,
      .asked_again = absl::StrJoin(judged.added, " "),
      .stays = absl::StrJoin(judged.stays, "\n", [zone](std::string* out, const norms::Stay& stay) {
        absl::StrAppend(out, LineOf(stay, zone));
      })};
  if (judged.satisfied_at) {
    fact.answered_after = WorkingDays(day, absl::ToCivilDay(*judged.satisfied_at, zone));
  }
  return fact;
}

}  // namespace wissel::insight
