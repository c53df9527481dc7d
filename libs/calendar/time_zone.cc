#include "libs/calendar/time_zone.h"

#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/strings/ascii.h"
#include "libs/base/status.h"

namespace wissel::calendar {
namespace {

constexpr size_t kNameLengthMax = 64;

// Abseil opens what begins with `/` or a scheme such as `file:` as a file, and walks `..`.
bool LooksLikeIanaName(absl::string_view name) {
  if (name.size() > kNameLengthMax || !absl::ascii_isupper(name.front())) return false;
  for (const char c : name) {
    if (!absl::ascii_isalnum(c) && c != '/' && c != '_' && c != '-' && c != '+') return false;
  }
  return true;
}

}  // namespace

absl::TimeZone Amsterdam() {
  static const absl::TimeZone zone = [] {
    absl::TimeZone loaded;
    if (!absl::LoadTimeZone("Europe/Amsterdam", &loaded)) {
      std::fputs("this machine has no time zone data: install tzdata\n", stderr);
      std::abort();
    }
    return loaded;
  }();
  return zone;
}

absl::StatusOr<absl::TimeZone> ZoneNamed(absl::string_view name) {
  if (name.empty()) return Amsterdam();
  absl::TimeZone zone;
  if (!LooksLikeIanaName(name) || !absl::LoadTimeZone(std::string(name), &zone)) {
    return InvalidField("time_zone", "invalid_time_zone",
                        "time_zone must be an IANA name such as Europe/Amsterdam");
  }
  return zone;
}

}  // namespace wissel::calendar
