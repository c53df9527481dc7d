// Random numbers that a seed determines on every machine, which those of the standard library are
// not: simulated data is compared and shown in pictures.

#ifndef WISSEL_SERVICES_WISSEL_SIMULATION_DICE_H_
#define WISSEL_SERVICES_WISSEL_SIMULATION_DICE_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include "absl/types/span.h"

namespace wissel::simulation {

// Not thread-safe; cheap to make.
class Dice {
 public:
  // Different numbers give unrelated dice: a seed, and what they are thrown for.
  explicit Dice(std::initializer_list<uint64_t> numbers);

  // From 0 up to, not including, 1.
  double Share();
  bool Chance(double share) { return Share() < share; }
  // From 0 up to, not including, `count`. REQUIRES: 0 < count.
  int64_t Below(int64_t count);
  // How many there are where `mean` are expected, each for itself.
  int64_t Count(double mean);
  // How long something takes that takes `mean` on average, and now and then far longer.
  double Wait(double mean);
  // One of them. REQUIRES: there is one.
  template <typename T>
  const T& OneOf(absl::Span<const T> of) {
    return of[static_cast<size_t>(Below(static_cast<int64_t>(of.size())))];
  }
  template <typename T, size_t kSize>
  const T& OneOf(const T (&of)[kSize]) {
    return of[static_cast<size_t>(Below(kSize))];
  }
  // An index, each with the weight that it adds to those before it. REQUIRES: the sums rise.
  size_t ByWeight(absl::Span<const double> sums);

 private:
  uint64_t Next();

  uint64_t state_;
};

}  // namespace wissel::simulation

#endif  // WISSEL_SERVICES_WISSEL_SIMULATION_DICE_H_
