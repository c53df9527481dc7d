#include "libs/pg/statement.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "libs/pg/session_rules.h"

namespace wissel::pg {
namespace {

using ::testing::Optional;

TEST(Param, AbsentIsNull) {
  EXPECT_EQ(Param(std::nullopt).text(), std::nullopt);
  EXPECT_EQ(Param(std::optional<int64_t>()).text(), std::nullopt);
  EXPECT_THAT(Param(std::optional<std::string>("")).text(), Optional(std::string("")));
}

TEST(Param, TimesAreMicrosecondsInUtc) {
  const absl::Time time = absl::FromUnixMicros(1775046896123456);
  EXPECT_THAT(Param(time).text(), Optional(std::string("2026-04-01 12:34:56.123456+00")));
  EXPECT_THAT(Param(absl::InfiniteFuture()).text(), Optional(std::string("infinity")));
  EXPECT_THAT(Param(absl::InfinitePast()).text(), Optional(std::string("-infinity")));
}

// (C1)
TEST(Param, YearsHaveFourDigits) {
  const auto written = [](int64_t year) {
    return *Param(absl::FromCivil(absl::CivilDay(year, 3, 1), absl::UTCTimeZone())).text();
  };
  EXPECT_EQ(written(26), "0026-03-01 00:00:00.000000+00");
  EXPECT_EQ(written(5), "0005-03-01 00:00:00.000000+00");
  EXPECT_EQ(written(0), "0001-03-01 00:00:00.000000+00 BC");
  EXPECT_EQ(written(10000), "10000-03-01 00:00:00.000000+00");
  EXPECT_EQ(written(300'000), "infinity");
  EXPECT_EQ(written(-5000), "-infinity");
}

TEST(Param, DoublesSurvive) {
  EXPECT_EQ(std::stod(*Param(0.1).text()), 0.1);
  EXPECT_EQ(std::stod(*Param(1e300).text()), 1e300);
}

TEST(Param, ArraysQuoteEveryText) {
  EXPECT_THAT(Param(std::vector<std::string>{}).text(), Optional(std::string("{}")));
  EXPECT_THAT(Param(std::vector<std::string>{"", "NULL", "a\"b", "c\\d", "{,}"}).text(),
              Optional(std::string(R"({"","NULL","a\"b","c\\d","{,}"})")));
  EXPECT_THAT(Param(std::vector<std::optional<std::string>>{std::nullopt, "NULL"}).text(),
              Optional(std::string(R"({NULL,"NULL"})")));
  EXPECT_THAT(Param(std::vector<bool>{true, false}).text(), Optional(std::string("{t,f}")));
  EXPECT_THAT(Param(std::vector<Bytes>{{std::string("\0\xff", 2)}}).text(),
              Optional(std::string(R"({"\\x00ff"})")));
}

TEST(ServerVersion, OldOnesAreRefused) {
  EXPECT_EQ(ReasonOf(CheckVersion(150013)), "postgres_too_old");
  EXPECT_EQ(ReasonOf(CheckVersion(140030)), "postgres_too_old");
  EXPECT_TRUE(CheckVersion(150014).ok());
  EXPECT_TRUE(CheckVersion(160000).ok());
}

}  // namespace
}  // namespace wissel::pg
