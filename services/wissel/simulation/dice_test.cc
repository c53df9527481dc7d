#include "services/wissel/simulation/dice.h"

#include <vector>

#include "gtest/gtest.h"

namespace wissel::simulation {
namespace {

// Written down once: another value would change every picture and figure that a seed is known by.
TEST(Dice, GiveTheSameNumbersOnEveryMachine) {
  Dice dice({1, 2, 3});
  const std::vector<int64_t> thrown = {dice.Below(1000), dice.Below(1000), dice.Below(1000),
                                       dice.Below(1000)};
  EXPECT_EQ(thrown, std::vector<int64_t>({130, 437, 954, 275}));
}

TEST(Dice, OfOtherNumbersAreUnrelated) {
  Dice one({1, 2}), other({2, 1});
  int same = 0;
  for (int i = 0; i < 1000; ++i) same += one.Below(1000) == other.Below(1000) ? 1 : 0;
  EXPECT_LT(same, 10);
}

TEST(Dice, CountAndWaitComeToTheirMeans) {
  for (const double mean : {0.4, 7.0, 49.0, 51.0, 4000.0}) {
    Dice dice({5, static_cast<uint64_t>(mean)});
    double sum = 0, squares = 0, waits = 0;
    constexpr int kThrows = 20'000;
    for (int i = 0; i < kThrows; ++i) {
      const auto count = static_cast<double>(dice.Count(mean));
      sum += count;
      squares += (count - mean) * (count - mean);
      waits += dice.Wait(mean);
    }
    EXPECT_NEAR(sum / kThrows / mean, 1, 0.03) << mean;
    EXPECT_NEAR(squares / kThrows / mean, 1, 0.06) << "the variance is the mean: " << mean;
    EXPECT_NEAR(waits / kThrows / mean, 1, 0.04) << mean;
  }
  EXPECT_EQ(Dice({1}).Count(0), 0);
}

TEST(Dice, TakeEachByItsWeightAndNothingOutside) {
  Dice dice({9});
  // The second one weighs nothing.
  const std::vector<double> sums = {1, 1, 4};
  std::vector<int> taken(3);
  for (int i = 0; i < 8000; ++i) ++taken[dice.ByWeight(sums)];
  EXPECT_NEAR(taken[0], 2000, 200);
  EXPECT_EQ(taken[1], 0);
  EXPECT_NEAR(taken[2], 6000, 200);
}

}  // namespace
}  // namespace wissel::simulation
