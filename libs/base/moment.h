// Moments as people and spreadsheets write them: what a flag of the command line and a cell of an
// imported file may say. Pure and thread-safe.

#ifndef WISSEL_LIBS_BASE_MOMENT_H_
#define WISSEL_LIBS_BASE_MOMENT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace wissel {

// How often the clock of a zone shows a local time.
enum class ClockShows {
  kOnce,
  // In the hour that is repeated when summer time ends.
  kTwice,
  // In the hour that is left out when summer time begins.
  kNever,
};

// What a text says. A plain value.
struct WrittenMoment {
  // For a date alone the start of that day. The first of the two for a local time that the clock
  // shows twice; the moment of the change for one that it never shows.
  absl::Time time;
  // As `time`, but the second of the two for a local time that the clock shows twice, and the last
  // second of the day for a date alone.
  absl::Time latest;
  // Without a time of day.
  bool is_date = false;
  ClockShows shown = ClockShows::kOnce;
};

// Forms that are taken where nothing else is said, as patterns of absl::ParseTime: a date, a date
// with hours and minutes, or with seconds; year first, with a blank or a `T` in between, or day
// first with hyphens; year first also with an offset to UTC (RFC 3339).
const std::vector<std::string>& UsualMomentPatterns();

// The forms of `patterns` as a person would write them, for a message: `2025-11-03 09:15 or ...`.
std::string MomentForms(const std::vector<std::string>& patterns);

// Reads `text` by the first of `patterns` that fits; a local time is one of `zone`. A year of two
// digits is taken only where a pattern has %y: 69 to 99 are 1969 to 1999, 00 to 68 are 2000 to
// 2068. INVALID_ARGUMENT `invalid_time` with `field` for a text in another form, for a date that no
// calendar has, and for a year outside 1900 to 2199; its fact `expected` says what would be right.
absl::StatusOr<WrittenMoment> ParseMoment(absl::string_view field, absl::string_view text,
                                          const std::vector<std::string>& patterns,
                                          absl::TimeZone zone);

}  // namespace wissel

#endif  // WISSEL_LIBS_BASE_MOMENT_H_
