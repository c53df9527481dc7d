#include "services/gateway/rate_limiter.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libs/testing/fake_clock.h"

namespace wissel::gateway {
namespace {

TEST(RateLimiterTest, AllowsABurstAndThenARate) {
  testing::FakeClock clock(absl::UnixEpoch());
  RateLimiter limiter(2, 3, clock);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(limiter.Take("192.0.2.1"), absl::ZeroDuration());
  EXPECT_EQ(limiter.Take("192.0.2.1"), absl::Milliseconds(500));
  EXPECT_EQ(limiter.Take("192.0.2.2"), absl::ZeroDuration()) << "another address";
  clock.Advance(absl::Milliseconds(500));
  EXPECT_EQ(limiter.Take("192.0.2.1"), absl::ZeroDuration());
  EXPECT_GT(limiter.Take("192.0.2.1"), absl::ZeroDuration());
  clock.Advance(absl::Hours(1));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(limiter.Take("192.0.2.1"), absl::ZeroDuration());
  EXPECT_GT(limiter.Take("192.0.2.1"), absl::ZeroDuration()) << "never more than the burst";
}

TEST(RateLimiterTest, RemembersThoseAtTheirLimitWhenItForgetsTheRest) {
  testing::FakeClock clock(absl::UnixEpoch());
  RateLimiter limiter(1, 2, clock);
  limiter.Take("limited");
  limiter.Take("limited");
  for (int i = 0; i < 30'000; ++i) limiter.Take(absl::StrCat(i));
  EXPECT_GT(limiter.Take("limited"), absl::ZeroDuration());
}

}  // namespace
}  // namespace wissel::gateway
