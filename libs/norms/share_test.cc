#include "libs/norms/share.h"

#include <random>

#include "absl/strings/numbers.h"
#include "gtest/gtest.h"

namespace wissel::norms {
namespace {

TEST(Exceeds, ComparesWithoutRounding) {
  EXPECT_FALSE(Exceeds({9, 10}, 0.9)) << "90.0 % is not more than 90 %";
  EXPECT_TRUE(Exceeds({91, 101}, 0.9));
  EXPECT_TRUE(Exceeds({900'000'001, 1'000'000'000}, 0.9));
  EXPECT_FALSE(Exceeds({0, 5}, 0));
  EXPECT_FALSE(Exceeds({5, 5}, 1));
}

// As a number of binary digits 0.57 is less than 57 %, and so are others.
TEST(Exceeds, TakesEveryWholePercentForWhatItIs) {
  for (int percent = 1; percent < 100; ++percent) {
    EXPECT_FALSE(Exceeds({percent, 100}, percent / 100.0)) << percent;
    EXPECT_TRUE(Exceeds({percent * 100 + 1, 10001}, percent / 100.0)) << percent;
  }
}

TEST(PercentOf, HasOneDecimalWhereThatIsEnough) {
  EXPECT_EQ(PercentOf({2, 3}), "66.7");
  EXPECT_EQ(PercentOf({1, 8}), "12.5");
  EXPECT_EQ(PercentOf({9, 10}, 0.9), "90.0");
  EXPECT_EQ(PercentOf({0, 7}), "0.0");
  EXPECT_EQ(PercentOf({7, 7}), "100.0");
}

TEST(PercentOf, NeverRoundsAcrossABoundary) {
  EXPECT_EQ(PercentOf({2499, 2500}, 0.9), "99.96");
  EXPECT_EQ(PercentOf({999'999, 1'000'000}), "99.9999");
  EXPECT_EQ(PercentOf({1, 2500}), "0.04");
  EXPECT_EQ(PercentOf({1, 1'000'000}), "0.0001");
  EXPECT_EQ(PercentOf({2249, 2500}, 0.9), "89.96");
  EXPECT_EQ(PercentOf({2251, 2500}, 0.9), "90.04");
  EXPECT_EQ(PercentOf({8525, 10000}, 0.8525), "85.25");
  EXPECT_EQ(PercentOf({2249, 2500}, 0.95), "90.0") << "another target is far away";
}

// What is written compares with a boundary as the share itself does.
TEST(PercentOf, ReadsAsTheShareCompares) {
  std::mt19937 random(20260401);
  for (int i = 0; i < 20000; ++i) {
    const int64_t whole = 1 + static_cast<int64_t>(random() % 3'000'000);
    const int64_t part = random() % 4 == 0 ? whole - static_cast<int64_t>(random() % 3) % whole
                                           : static_cast<int64_t>(random()) % (whole + 1);
    const double target = static_cast<double>(random() % 10001) / 10000;
    const std::string text = PercentOf({part, whole}, target);
    double percent = 0;
    ASSERT_TRUE(absl::SimpleAtod(text, &percent)) << text;
    ASSERT_NEAR(percent, 100.0 * static_cast<double>(part) / static_cast<double>(whole), 0.0501);
    ASSERT_EQ(percent > 100 * target + 1e-9, Exceeds({part, whole}, target)) << text;
    ASSERT_EQ(percent > 0, part > 0) << text;
    ASSERT_EQ(percent < 100, part < whole) << text;
  }
}

TEST(TargetPercent, HasTheDecimalsThatItHas) {
  EXPECT_EQ(TargetPercent(0.9), "90");
  EXPECT_EQ(TargetPercent(0.57), "57");
  EXPECT_EQ(TargetPercent(0.855), "85.5");
  EXPECT_EQ(TargetPercent(0.8525), "85.25");
  EXPECT_EQ(TargetPercent(1), "100");
  EXPECT_EQ(TargetPercent(0), "0");
}

}  // namespace
}  // namespace wissel::norms
