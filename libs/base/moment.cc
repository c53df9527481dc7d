#include "libs/base/moment.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"
#include "libs/base/status.h"

namespace wissel {
namespace {

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2199;

bool HasAny(absl::string_view pattern, const std::vector<absl::string_view>& parts) {
  return std::any_of(parts.begin(), parts.end(),
                     [&](absl::string_view part) { return absl::StrContains(pattern, part); });
}

// The pattern names a moment by itself, so that no zone has a say.
bool HasOffset(absl::string_view pattern) {
  return HasAny(pattern, {"%z", "%Ez", "%E*z", "%:z", "%s"});
}

bool HasTimeOfDay(absl::string_view pattern) {
  return HasAny(pattern, {"%H", "%I", "%T", "%R", "%r", "%X", "%c", "%s"});
}

WrittenMoment InZone(absl::Time as_utc, absl::TimeZone zone) {
  const absl::CivilSecond second = absl::ToCivilSecond(as_utc, absl::UTCTimeZone());
  const absl::Duration fraction = as_utc - absl::FromCivil(second, absl::UTCTimeZone());
  const absl::TimeZone::TimeInfo info = zone.At(second);
  switch (info.kind) {
    case absl::TimeZone::TimeInfo::SKIPPED:
      return {.time = info.trans, .latest = info.trans, .shown = ClockShows::kNever};
    case absl::TimeZone::TimeInfo::REPEATED:
      return {
          .time = info.pre + fraction, .latest = info.post + fraction, .shown = ClockShows::kTwice};
    default:
      return {.time = info.pre + fraction, .latest = info.pre + fraction};
  }
}

absl::Status Invalid(absl::string_view field, absl::string_view message,
                     const std::vector<std::string>& patterns) {
  return Error(absl::StatusCode::kInvalidArgument, "invalid_time", message, field,
               {{"expected", MomentForms(patterns)}});
}

}  // namespace

const std::vector<std::string>& UsualMomentPatterns() {
  static const auto* patterns = new std::vector<std::string>{"%Y-%m-%d",
                                                             "%d-%m-%Y",
                                                             "%Y-%m-%d %H:%M",
                                                             "%Y-%m-%d %H:%M:%E*S",
                                                             "%d-%m-%Y %H:%M",
                                                             "%d-%m-%Y %H:%M:%E*S",
                                                             "%Y-%m-%d%ET%H:%M",
                                                             "%Y-%m-%d%ET%H:%M:%E*S",
                                                             "%Y-%m-%d%ET%H:%M%Ez",
                                                             absl::RFC3339_full,
                                                             "%Y-%m-%d %H:%M:%E*S%Ez"};
  return *patterns;
}

std::string MomentForms(const std::vector<std::string>& patterns) {
  if (patterns == UsualMomentPatterns()) {
    return "2025-11-03, 2025-11-03 09:15, 2025-11-03T09:15:00, 03-11-2025, 03-11-2025 09:15 or "
           "2025-11-03T09:15:00+01:00";
  }
  const absl::TimeZone utc = absl::UTCTimeZone();
  const absl::Time example = absl::FromCivil(absl::CivilSecond(2025, 11, 3, 9, 15, 0), utc);
  return absl::StrJoin(patterns, " or ", [&](std::string* out, const std::string& pattern) {
    absl::StrAppend(out, absl::FormatTime(pattern, example, utc));
  });
}

absl::StatusOr<WrittenMoment> ParseMoment(absl::string_view field, absl::string_view text,
                                          const std::vector<std::string>& patterns,
                                          absl::TimeZone zone) {
  for (const std::string& pattern : patterns) {
    const bool local = !HasOffset(pattern);
    absl::Time time;
    if (!absl::ParseTime(pattern, text, absl::UTCTimeZone(), &time, nullptr)) continue;
    // ParseTime knows words for the infinite, whatever the pattern.
    if (time == absl::InfiniteFuture() || time == absl::InfinitePast()) break;
    const int64_t year = absl::ToCivilYear(time, absl::UTCTimeZone()).year();
    if (year < kFirstYear || year > kLastYear) {
      // Digits of a short year may have been read as those of a day.
      return Invalid(field,
                     year < 100 ? absl::StrCat("\"", text, "\" has a year of two digits")
                                : absl::StrCat("\"", text, "\" would be in the year ", year),
                     patterns);
    }
    if (!local) return WrittenMoment{.time = time, .latest = time};
    WrittenMoment moment = InZone(time, zone);
    if (!HasTimeOfDay(pattern)) {
      const absl::CivilDay day = absl::ToCivilDay(time, absl::UTCTimeZone());
      moment = {.time = absl::FromCivil(day, zone),
                .latest = absl::FromCivil(day + 1, zone) - absl::Seconds(1),
                .is_date = true};
    }
    return moment;
  }
  return Invalid(field, absl::StrCat("\"", text, "\" is not a moment"), patterns);
}

}  // namespace wissel
