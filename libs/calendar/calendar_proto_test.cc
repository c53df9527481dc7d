#include "libs/calendar/calendar_proto.h"

#include <string>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "libs/calendar/calendar.h"
#include "libs/calendar/test_definitions.h"

namespace wissel::calendar {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

directory::v1::Calendar Parse(const std::string& text) {
  directory::v1::Calendar calendar;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &calendar));
  return calendar;
}

// Closed on Wednesday, open on Saturday, short before Christmas, closed on a day of its own.
directory::v1::Calendar Town() {
  return Parse(R"pb(
    weekdays {
      weekday: 1
      intervals { from_minute: 540 to_minute: 720 }
      intervals { from_minute: 780 to_minute: 1020 }
    }
    weekdays {
      weekday: 2
      intervals { from_minute: 540 to_minute: 1440 }
    }
    weekdays {
      weekday: 4
      intervals { from_minute: 540 to_minute: 1020 }
    }
    weekdays {
      weekday: 5
      intervals { from_minute: 540 to_minute: 720 }
    }
    weekdays {
      weekday: 6
      intervals { from_minute: 600 to_minute: 720 }
    }
    special_days {
      date: "2026-12-24"
      name: "Kerstavond"
      intervals { from_minute: 540 to_minute: 900 }
    }
    special_days { date: "2026-06-12" name: "Personeelsdag" }
    observes_holidays: true
  )pb");
}

std::string Refusal(const std::string& text, Kind kind = Kind::kService) {
  return ReasonOf(FromProto(Parse(text), kind, Amsterdam()).status());
}

TEST(FromProtoTest, ServiceIsAsWritten) {
  const Definition definition = FromProto(Town(), Kind::kService, Amsterdam()).value();
  EXPECT_EQ(definition.kind, Kind::kService);
  EXPECT_TRUE(definition.observes_holidays);
  EXPECT_EQ(definition.zone, Amsterdam());
  EXPECT_THAT(definition.weekdays[0], ElementsAre(OpenInterval{540, 720}, OpenInterval{780, 1020}));
  EXPECT_THAT(definition.weekdays[1], ElementsAre(OpenInterval{540, 1440}));
  EXPECT_THAT(definition.weekdays[2], IsEmpty());
  EXPECT_THAT(definition.weekdays[5], ElementsAre(OpenInterval{600, 720}));
  EXPECT_THAT(definition.special_days,
              ElementsAre(Pair(Day("2026-06-12"), IsEmpty()),
                          Pair(Day("2026-12-24"), ElementsAre(OpenInterval{540, 900}))));
}

TEST(FromProtoTest, StatutoryHasTheDaysOfTheLawAndTheHoursOfTheTown) {
  const Calendar calendar = MakeCalendar(FromProto(Town(), Kind::kStatutory, Amsterdam()).value());
  // Own closing days and Saturdays are nothing to the law; Good Friday is.
  EXPECT_EQ(calendar.Due(At("2026-06-11 10:00"), 1), At("2026-06-12 12:00"));
  EXPECT_EQ(calendar.Due(At("2026-06-12 10:00"), 1), At("2026-06-15 17:00"));
  EXPECT_EQ(calendar.Due(At("2026-06-09 10:00"), 1), At("2026-06-11 00:00"));
  EXPECT_EQ(calendar.DueDay(At("2026-04-01 10:00"), 2), Day("2026-04-07"));
}

TEST(FromProtoTest, StatutoryObservesHolidaysAlways) {
  const Definition definition =
      FromProto(Parse("observes_holidays: false"), Kind::kStatutory, Amsterdam()).value();
  EXPECT_FALSE(MakeCalendar(definition).IsWorkingDay(Day("2026-04-27")));
}

TEST(FromProtoTest, AnEmptyCalendarIsRefusedByMake) {
  const Definition definition = FromProto({}, Kind::kService, Amsterdam()).value();
  EXPECT_EQ(ReasonOf(Calendar::Make(definition).status()), "no_open_hours");
}

TEST(FromProtoTest, RefusesWeekdaysThatAreNone) {
  EXPECT_EQ(Refusal("weekdays { weekday: 0 }"), "invalid_weekday");
  EXPECT_EQ(Refusal("weekdays { weekday: 8 }"), "invalid_weekday");
  EXPECT_EQ(Refusal("weekdays { weekday: 3 } weekdays { weekday: 3 }"), "duplicate_weekday");
}

TEST(FromProtoTest, RefusesDatesThatAreNone) {
  for (const char* date : {"", "2026", "2026-02-29", "2026-13-01", "2026-1-5", " 2026-01-05",
                           "2026-01-05T00:00:00", "24-12-2026", "-2026-01-05", "-202-01-05"}) {
    const std::string text = std::string("special_days { date: \"") + date + "\" }";
    EXPECT_EQ(Refusal(text), "invalid_date") << date;
    EXPECT_EQ(Refusal(text, Kind::kStatutory), "invalid_date") << date;
  }
  EXPECT_EQ(Refusal(R"(special_days { date: "2026-12-24" } special_days { date: "2026-12-24" })"),
            "duplicate_date");
}

}  // namespace
}  // namespace wissel::calendar
