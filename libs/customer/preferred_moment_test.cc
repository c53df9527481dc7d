#include "libs/customer/preferred_moment.h"

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "gtest/gtest.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"

namespace wissel::customer {
namespace {

// "OK", or reason and field.
std::string Checked(const common::v1::PreferredMoment& moment) {
  const absl::Status status = CheckPreferredMoment("wish", moment);
  if (status.ok()) return "OK";
  return absl::StrCat(ReasonOf(status), " ", DetailsOf(status)[0].field);
}

common::v1::PreferredMoment Between(int from_year, int to_year) {
  const auto in = [](int year) {
    return ToProto(absl::FromCivil(absl::CivilDay(year, 3, 1), absl::UTCTimeZone()));
  };
  common::v1::PreferredMoment moment;
  if (from_year != 0) *moment.mutable_not_before() = in(from_year);
  if (to_year != 0) *moment.mutable_not_after() = in(to_year);
  return moment;
}

TEST(PreferredMoment, IsInOrder) {
  EXPECT_EQ(Checked({}), "OK");
  EXPECT_EQ(Checked(Between(2026, 2027)), "OK");
  EXPECT_EQ(Checked(Between(2026, 0)), "OK");
  EXPECT_EQ(Checked(Between(0, 2026)), "OK");
  EXPECT_EQ(Checked(Between(2026, 2026)), "invalid_moment wish.not_after");
  EXPECT_EQ(Checked(Between(2027, 2026)), "invalid_moment wish.not_after");
}

// (C1) The year 26 was stored as 2026, and the year 5 as 2003.
TEST(PreferredMoment, IsOfThisCentury) {
  for (const int year : {1, 5, 26, 206, 1970, 1999, 2100, 9999}) {
    EXPECT_EQ(Checked(Between(year, 0)), "invalid_moment wish.not_before") << year;
    EXPECT_EQ(Checked(Between(0, year)), "invalid_moment wish.not_after") << year;
  }
  EXPECT_EQ(Checked(Between(2000, 2099)), "OK");
}

TEST(PreferredMoment, IsAMoment) {
  common::v1::PreferredMoment moment = Between(2026, 0);
  moment.mutable_not_before()->set_nanos(-1);
  EXPECT_EQ(Checked(moment), "invalid_moment wish.not_before");
  moment = Between(0, 2026);
  moment.mutable_not_after()->set_seconds(int64_t{1} << 62);
  EXPECT_EQ(Checked(moment), "invalid_moment wish.not_after");
}

}  // namespace
}  // namespace wissel::customer
