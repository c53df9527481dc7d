#include "libs/telemetry/line_cap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace wissel::telemetry {
namespace {

using ::testing::IsEmpty;

class SetClock final : public Clock {
 public:
  absl::Time Now() const override { return now; }
  absl::Time now = absl::FromUnixSeconds(1'800'000'000);
};

TEST(LineCapTest, LetsSoManyOfAKindThroughInAMinuteAndCountsTheRest) {
  SetClock clock;
  LineCap cap(clock);
  int written = 0;
  for (int i = 0; i < 600'000; ++i) written += cap.Take("refused", 60) ? 1 : 0;
  EXPECT_EQ(written, 60);
  EXPECT_TRUE(cap.Take("another", 1)) << "kinds do not stand in each other's way";
  EXPECT_FALSE(cap.Take("another", 1));
  EXPECT_THAT(cap.TakeLeftOut(), IsEmpty()) << "their minute is not over";

  clock.now += absl::Minutes(1);
  std::vector<LineCap::LeftOut> left_out = cap.TakeLeftOut();
  ASSERT_EQ(left_out.size(), 2u);
  if (left_out[0].kind == "another") std::swap(left_out[0], left_out[1]);
  EXPECT_EQ(left_out[0].kind, "refused");
  EXPECT_EQ(left_out[0].count, 600'000 - 60);
  EXPECT_EQ(left_out[1].count, 1);
  EXPECT_THAT(cap.TakeLeftOut(), IsEmpty()) << "told once";
  EXPECT_TRUE(cap.Take("refused", 60));
}

TEST(LineCapTest, TellsWhatWasLeftOutThoughTheNextMinuteHasBegun) {
  SetClock clock;
  LineCap cap(clock);
  for (int i = 0; i < 3; ++i) cap.Take("refused", 1);
  clock.now += absl::Minutes(2);
  EXPECT_TRUE(cap.Take("refused", 1));
  ASSERT_EQ(cap.TakeLeftOut().size(), 1u);
  EXPECT_FALSE(cap.Take("refused", 1));
}

TEST(LineCapTest, RemembersABoundedNumberOfKinds) {
  SetClock clock;
  LineCap cap(clock);
  int written = 0;
  for (int i = 0; i < 10'000; ++i) written += cap.Take(absl::StrCat(i), 1) ? 1 : 0;
  EXPECT_LE(written, 257);
  clock.now += absl::Minutes(1);
  EXPECT_EQ(cap.TakeLeftOut().size(), 1u);
}

}  // namespace
}  // namespace wissel::telemetry
