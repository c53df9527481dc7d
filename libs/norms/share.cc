#include "libs/norms/share.h"

#include <cmath>

#include "absl/numeric/int128.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"

namespace wissel::norms {
namespace {

// A percent has a hundred of them, so that whole numbers tell whether a target was reached: as a
// fraction of binary digits 57 % is a little less than 0.57.
constexpr int64_t kPerWhole = 10000;

// Shares differ in a decimal that their size tells: no more than these are ever needed.
constexpr int kMostDecimals = 18;

int64_t Hundredths(double target) { return std::llround(target * kPerWhole); }

// -1, 0 or 1: less than, equal to or more than.
int Compare(absl::int128 a, absl::int128 b) { return a < b ? -1 : a > b ? 1 : 0; }

}  // namespace

double ValueOf(Share share) {
  return static_cast<double>(share.part) / static_cast<double>(share.whole);
}

bool Exceeds(Share share, double target) {
  return Compare(absl::int128(share.part) * kPerWhole,
                 absl::int128(share.whole) * Hundredths(target)) > 0;
}

std::string PercentOf(Share share, std::optional<double> target) {
  const int64_t boundaries[] = {0, kPerWhole, target ? Hundredths(*target) : 0};
  absl::int128 scale = 1;
  for (int decimals = 1;; ++decimals) {
    scale *= 10;
    // Percent times `scale`, rounded to a whole number.
    const absl::int128 shown =
        (absl::int128(share.part) * 200 * scale + share.whole) / (absl::int128(share.whole) * 2);
    bool is_told_apart = true;
    for (const int64_t boundary : boundaries) {
      is_told_apart &=
          Compare(absl::int128(share.part) * kPerWhole, absl::int128(share.whole) * boundary) ==
          Compare(shown * 100, scale * boundary);
    }
    if (!is_told_apart && decimals < kMostDecimals) continue;
    return absl::StrFormat("%d.%0*d", static_cast<int64_t>(shown / scale), decimals,
                           static_cast<int64_t>(shown % scale));
  }
}

std::string TargetPercent(double target) {
  const int64_t hundredths = Hundredths(target);
  const std::string text = absl::StrFormat("%d.%02d", hundredths / 100, hundredths % 100);
  return std::string(absl::StripSuffix(absl::StripSuffix(absl::StripSuffix(text, "0"), "0"), "."));
}

}  // namespace wissel::norms
