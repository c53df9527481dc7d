#include "services/wissel/simulation/dice.h"

#include <algorithm>
#include <cmath>

namespace wissel::simulation {
namespace {

// SplitMix64 (Steele, Lea and Flood 2014): a counter whose values are mixed.
constexpr uint64_t kStep = 0x9e3779b97f4a7c15;

uint64_t Mixed(uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
  return value ^ (value >> 31);
}

}  // namespace

Dice::Dice(std::initializer_list<uint64_t> numbers) : state_(0) {
  for (const uint64_t number : numbers) state_ = Mixed(state_ + kStep + number);
}

uint64_t Dice::Next() { return Mixed(state_ += kStep); }

double Dice::Share() { return static_cast<double>(Next() >> 11) * 0x1p-53; }

int64_t Dice::Below(int64_t count) {
  return static_cast<int64_t>(Share() * static_cast<double>(count));
}

int64_t Dice::Count(double mean) {
  if (mean <= 0) return 0;
  // Poisson: by its definition while that is short, and by its limit beyond.
  if (mean < 50) {
    const double least = std::exp(-mean);
    int64_t count = -1;
    for (double product = 1; product > least; product *= Share()) ++count;
    return std::max<int64_t>(count, 0);
  }
  // The sum of twelve even shares has variance 1.
  double normal = -6;
  for (int i = 0; i < 12; ++i) normal += Share();
  return std::max<int64_t>(std::llround(mean + normal * std::sqrt(mean)), 0);
}

double Dice::Wait(double mean) { return -mean * std::log(1 - Share()); }

size_t Dice::ByWeight(absl::Span<const double> sums) {
  const double thrown = Share() * sums.back();
  return static_cast<size_t>(std::upper_bound(sums.begin(), sums.end() - 1, thrown) - sums.begin());
}

}  // namespace wissel::simulation
