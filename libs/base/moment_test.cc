#include "libs/base/moment.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"

namespace wissel {
namespace {

using ::testing::HasSubstr;

absl::TimeZone Amsterdam() {
  absl::TimeZone zone;
  EXPECT_TRUE(absl::LoadTimeZone("Europe/Amsterdam", &zone));
  return zone;
}

// The moment in UTC, to compare by eye.
std::string Read(absl::string_view text,
                 const std::vector<std::string>& patterns = UsualMomentPatterns()) {
  const auto moment = ParseMoment("at", text, patterns, Amsterdam());
  if (!moment.ok()) return std::string(moment.status().message());
  return absl::FormatTime("%Y-%m-%d %H:%M:%E*S", moment->time, absl::UTCTimeZone());
}

TEST(MomentTest, TakesTheUsualForms) {
  for (const char* text :
       {"2016-01-13T00:00", "2016-01-13", "2016-01-13 00:00", "2016-01-13T00:00:00", "13-01-2016",
        "13-1-2016 0:00", "13-01-2016 00:00:00", "2016-01-12T23:00:00Z", "2016-01-13T00:00+01:00",
        "2016-01-13 00:00:00+01:00", " 2016-01-13 "}) {
    EXPECT_EQ(Read(text), "2016-01-12 23:00:00") << text;
  }
  EXPECT_EQ(Read("2016-01-13 09:15:30.25"), "2016-01-13 08:15:30.25");
}

TEST(MomentTest, RefusesWhatNoCalendarHasAndYearsThatMakeNoSense) {
  for (const char* text : {"", "yesterday", "2016-02-30", "2016-13-01", "31-04-2016", "2016-01-13x",
                           "infinite-future", "infinite-past", "24:00", "13/01/2016"}) {
    EXPECT_THAT(Read(text), HasSubstr("is not a moment")) << text;
  }
  EXPECT_THAT(Read("03-11-25 09:15"), HasSubstr("has a year of two digits"));
  EXPECT_THAT(Read("0026-03-01T00:00:00Z"), HasSubstr("has a year of two digits"));
  EXPECT_THAT(Read("0202-03-01"), HasSubstr("would be in the year 202"));
  EXPECT_THAT(Read("1899-12-31"), HasSubstr("would be in the year 1899"));
  EXPECT_THAT(Read("2200-01-01"), HasSubstr("would be in the year 2200"));
  EXPECT_EQ(Read("1900-01-02 00:00"), "1900-01-01 23:40:28");
}

TEST(MomentTest, SaysWhichFormsAreTaken) {
  const auto moment = ParseMoment("due", "vandaag", UsualMomentPatterns(), Amsterdam());
  ASSERT_FALSE(moment.ok());
  EXPECT_EQ(ReasonOf(moment.status()), "invalid_time");
  const ErrorDetail detail = DetailsOf(moment.status())[0];
  EXPECT_EQ(detail.field, "due");
  EXPECT_THAT(detail.facts.at("expected"), HasSubstr("03-11-2025 09:15"));
  EXPECT_EQ(MomentForms({"%d/%m/%y", "%d.%m.%Y %H:%M"}), "03/11/25 or 03.11.2025 09:15");
}

TEST(MomentTest, TwoDigitsOfAYearOnlyWhereAsked) {
  EXPECT_EQ(Read("03-11-25 09:15", {"%d-%m-%y %H:%M"}), "2025-11-03 08:15:00");
  EXPECT_EQ(Read("03-11-69 09:15", {"%d-%m-%y %H:%M"}), "1969-11-03 08:15:00");
  EXPECT_EQ(Read("03-11-68 09:15", {"%d-%m-%y %H:%M"}), "2068-11-03 08:15:00");
}

TEST(MomentTest, ADateAloneIsAWholeDay) {
  const WrittenMoment moment =
      ParseMoment("due", "29-03-2026", UsualMomentPatterns(), Amsterdam()).value();
  EXPECT_TRUE(moment.is_date);
  // 23 hours: summer time begins on it.
  EXPECT_EQ(moment.latest - moment.time, absl::Hours(23) - absl::Seconds(1));
  EXPECT_EQ(absl::FormatTime("%Y-%m-%d %H:%M:%S", moment.latest, Amsterdam()),
            "2026-03-29 23:59:59");
  EXPECT_FALSE(ParseMoment("due", "29-03-2026 00:00", UsualMomentPatterns(), Amsterdam())->is_date);
}

TEST(MomentTest, KnowsTheNightsOnWhichTheClockChanges) {
  const auto read = [](absl::string_view text) {
    return ParseMoment("at", text, UsualMomentPatterns(), Amsterdam()).value();
  };
  const WrittenMoment never = read("29-03-2026 02:30");
  EXPECT_EQ(never.shown, ClockShows::kNever);
  EXPECT_EQ(never.time, read("29-03-2026 03:00").time);
  const WrittenMoment twice = read("25-10-2026 02:30");
  EXPECT_EQ(twice.shown, ClockShows::kTwice);
  EXPECT_EQ(twice.time, read("2026-10-25T02:30:00+02:00").time);
  EXPECT_EQ(twice.latest, read("2026-10-25T02:30:00+01:00").time);
  EXPECT_EQ(read("2026-10-25T02:30:00+02:00").shown, ClockShows::kOnce);
}

}  // namespace
}  // namespace wissel
