// Shares of cases in percent, compared and written without ever rounding across a boundary. Pure.

#ifndef WISSEL_LIBS_NORMS_SHARE_H_
#define WISSEL_LIBS_NORMS_SHARE_H_

#include <cstdint>
#include <optional>
#include <string>

namespace wissel::norms {

// How many of how many. REQUIRES, in all functions: 0 <= part <= whole, and 0 < whole.
struct Share {
  int64_t part = 0;
  int64_t whole = 0;
};

// The share as a number from 0 to 1.
double ValueOf(Share share);

// Whether it is strictly more than `target`, 0 to 1, without rounding: 90.0 % is not more than
// 90 %. Targets are set in hundredths of a percent.
bool Exceeds(Share share, double target);

// The share in percent, with a decimal point and at least one decimal ("92.3"). It has as many more
// decimals as it takes to show on which side of 0 %, of 100 % and of `target` it is: 2,499 of 2,500
// is "99.96" and not "100.0", and 89.96 % against a target of 90 % is not "90.0".
std::string PercentOf(Share share, std::optional<double> target = std::nullopt);

// A target in percent, with the decimals that it has ("90", "85.25").
std::string TargetPercent(double target);

}  // namespace wissel::norms

#endif  // WISSEL_LIBS_NORMS_SHARE_H_
