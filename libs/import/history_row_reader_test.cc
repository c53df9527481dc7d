#include "libs/import/history_row_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"

namespace wissel {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

using Row = std::vector<std::string>;

constexpr char kMapping[] = R"(
time_zone: America/New_York
columns: {source_id: id, team: queue, opened: opened, due: due, closed: closed}
channel:
  column: source
  default: internal
  values: {Call: phone}
outcome:
  column: why
  values: {gone: withdrawn}
excluded: {column: verdict, values: [""]}
)";

const Row kHeader = {"id", "queue", "opened", "due", "closed", "source", "why", "verdict"};

HistoryRowReader Reader(const std::string& yaml = kMapping, const Row& header = kHeader) {
  auto mapping = ParseHistoryMapping(yaml);
  EXPECT_TRUE(mapping.ok()) << mapping.status();
  return HistoryRowReader::Make(*std::move(mapping), header).value();
}

absl::Time Utc(int year, int month, int day, int hour, int minute, int second) {
  return absl::FromCivil(absl::CivilSecond(year, month, day, hour, minute, second),
                         absl::UTCTimeZone());
}

TEST(HistoryRowReaderTest, ReadsARow) {
  const auto read = Reader().Read({"1", "Trees", "2015-01-01 00:20:09", "2015-01-16 08:30:00",
                                   "2015-01-02 09:08:42", " call ", "gone", "LATE"});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->past.team_id(), "Trees");
  EXPECT_EQ(read->past.channel(), common::v1::CHANNEL_PHONE);
  EXPECT_EQ(read->past.outcome(), cases::v1::CASE_OUTCOME_WITHDRAWN);
  EXPECT_FALSE(read->past.excluded());
  EXPECT_THAT(read->remarks, IsEmpty());
  EXPECT_THAT(read->unnamed, IsEmpty());
  // New York is five hours behind in winter.
  EXPECT_EQ(FromProto(read->past.opened_at()), Utc(2015, 1, 1, 5, 20, 9));
}

TEST(HistoryRowReaderTest, OpenRowWithoutNorm) {
  const auto read = Reader().Read({"1", "Trees", "2015-07-01 12:00:00", "", "", "Twitter", "", ""});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_FALSE(read->past.has_due_at());
  EXPECT_FALSE(read->past.has_closed_at());
  EXPECT_EQ(read->past.outcome(), cases::v1::CASE_OUTCOME_UNSPECIFIED);
  EXPECT_EQ(read->past.channel(), common::v1::CHANNEL_INTERNAL);
  // (C4) Told, not silent.
  EXPECT_THAT(read->unnamed, ElementsAre(Pair("source", "Twitter")));
  EXPECT_TRUE(read->past.excluded());
  EXPECT_EQ(FromProto(read->past.opened_at()), Utc(2015, 7, 1, 16, 0, 0));
}

TEST(HistoryRowReaderTest, BadRowsNameTheColumnAndWhatWouldBeRight) {
  const HistoryRowReader reader = Reader();
  const auto wrong = [&](const Row& row) {
    const auto details = DetailsOf(reader.Read(row).status());
    if (details.empty()) return std::string("no error");
    EXPECT_FALSE(details[0].facts.at("expected").empty());
    return details[0].field + ":" + details[0].reason;
  };
  const char* kOpened = "2015-01-01 00:00:00";
  EXPECT_EQ(wrong({"", "T", kOpened, "", "", "", "", "x"}), "id:required");
  EXPECT_EQ(wrong({"1", "", kOpened, "", "", "", "", "x"}), "queue:required");
  EXPECT_EQ(wrong({"1", "T", "", "", "", "", "", "x"}), "opened:required");
  EXPECT_EQ(wrong({"1", "T", "yesterday", "", "", "", "", "x"}), "opened:invalid_time");
  EXPECT_EQ(wrong({"1", "T", "03-11-25 09:15", "", "", "", "", "x"}), "opened:invalid_time");
  EXPECT_EQ(wrong({"1", "T", kOpened, "2015-02-30", "", "", "", "x"}), "due:invalid_time");
  EXPECT_EQ(wrong({"1", "Priv\xE9", kOpened, "", "", "", "", "x"}), "queue:invalid_text");
  EXPECT_EQ(wrong({"1", "T"}), ":wrong_number_of_columns");
  EXPECT_EQ(wrong({"1", "T", kOpened, "", "", "", "", "x", "more"}), ":wrong_number_of_columns");
}

// (C4)
TEST(HistoryRowReaderTest, ALastDelimiterMayBeMissingOrOneTooMany) {
  const HistoryRowReader reader = Reader();
  const auto shorter = reader.Read({"1", "T", "2015-01-01", "", "", "call", ""});
  ASSERT_TRUE(shorter.ok()) << shorter.status();
  ASSERT_EQ(shorter->remarks.size(), 1);
  EXPECT_EQ(shorter->remarks[0].column, "verdict");
  EXPECT_TRUE(shorter->past.excluded());
  EXPECT_TRUE(reader.Read({"1", "T", "2015-01-01", "", "", "call", "", "x", "", " "}).ok());
  Row wide = kHeader;
  wide.insert(wide.end(), 3, "");
  EXPECT_TRUE(
      Reader(kMapping, wide).Read({"1", "T", "2015-01-01", "", "", "call", "", "x", ""}).ok());
}

TEST(HistoryRowReaderTest, ACellOfSeveralLinesIsOne) {
  const HistoryRowReader reader =
      Reader("columns: {source_id: id, team: team, opened: at, subject: about}\n",
             {"id", "team", "at", "about"});
  const auto read = reader.Read({" 1 ", "\nOpenbare \n ruimte", "2015-01-01", "Put\r\nverstopt\n"});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->past.source_id(), "1");
  EXPECT_EQ(read->past.team_id(), "Openbare ruimte");
  EXPECT_EQ(read->past.subject(), "Put verstopt");
}

constexpr char kDutch[] =
    "columns: {source_id: nr, team: team, opened: ontvangen, due: uiterlijk, closed: klaar}\n";
const Row kDutchHeader = {"nr", "team", "ontvangen", "uiterlijk", "klaar"};

// (B8)
TEST(HistoryRowReaderTest, ADateAloneIsTheEndOfThatDayForDueAndClosed) {
  const auto read =
      Reader(kDutch, kDutchHeader).Read({"1", "T", "03-11-2025 09:15", "05-11-2025", "4-11-2025"});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(FromProto(read->past.opened_at()), Utc(2025, 11, 3, 8, 15, 0));
  EXPECT_EQ(FromProto(read->past.due_at()), Utc(2025, 11, 5, 22, 59, 59));
  EXPECT_EQ(FromProto(read->past.closed_at()), Utc(2025, 11, 4, 22, 59, 59));
  const auto day = Reader(kDutch, kDutchHeader).Read({"1", "T", "03-11-2025", "", "03-11-2025"});
  ASSERT_TRUE(day.ok()) << day.status();
  EXPECT_EQ(FromProto(day->past.opened_at()), Utc(2025, 11, 2, 23, 0, 0));
  EXPECT_EQ(FromProto(day->past.closed_at()), Utc(2025, 11, 3, 22, 59, 59));
}

TEST(HistoryRowReaderTest, ClosedTodayIsNotClosedInTheFuture) {
  const absl::TimeZone zone = Reader(kDutch, kDutchHeader).mapping().time_zone;
  const std::string today = absl::FormatTime("%d-%m-%Y", absl::Now(), zone);
  const auto read = Reader(kDutch, kDutchHeader).Read({"1", "T", today, "", today});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_LE(FromProto(read->past.closed_at()), absl::Now());
}

// (B8)
TEST(HistoryRowReaderTest, TheNightsOnWhichTheClockChangesAreRemarkedOn) {
  const HistoryRowReader reader = Reader(kDutch, kDutchHeader);
  const auto never = reader.Read({"1", "T", "29-03-2026 02:30", "", "29-03-2026 03:10"});
  ASSERT_TRUE(never.ok()) << never.status();
  EXPECT_EQ(FromProto(never->past.opened_at()), Utc(2026, 3, 29, 1, 0, 0));
  ASSERT_EQ(never->remarks.size(), 1);
  EXPECT_EQ(never->remarks[0].column, "ontvangen");
  EXPECT_THAT(never->remarks[0].text, HasSubstr("taken as 03:00"));

  // Received at 2:50 of the first pass, closed at 2:10 of the second.
  const auto twice = reader.Read({"1", "T", "25-10-2026 02:50", "", "25-10-2026 02:10"});
  ASSERT_TRUE(twice.ok()) << twice.status();
  EXPECT_EQ(FromProto(twice->past.opened_at()), Utc(2026, 10, 25, 0, 50, 0));
  EXPECT_EQ(FromProto(twice->past.closed_at()), Utc(2026, 10, 25, 1, 10, 0));
  ASSERT_EQ(twice->remarks.size(), 2);
  EXPECT_THAT(twice->remarks[0].text, HasSubstr("taken as the first"));
  EXPECT_THAT(twice->remarks[1].text, HasSubstr("taken as the second"));
}

TEST(HistoryRowReaderTest, TheFileMustHaveTheColumnsOnce) {
  const auto make = [](const Row& header) {
    return HistoryRowReader::Make(*ParseHistoryMapping(kDutch), header).status();
  };
  EXPECT_EQ(ReasonOf(make({"nr", "team"})), "no_such_column");
  EXPECT_THAT(make({"nr", "team"}).message(), HasSubstr("it has \"nr\", \"team\""));
  // (C4) Only what is named matters.
  EXPECT_TRUE(make({" nr", "team\n", "", "", "x", "x", "ontvangen", "uiterlijk", "klaar"}).ok());
  EXPECT_EQ(ReasonOf(make({"nr", "team", "team", "ontvangen", "uiterlijk", "klaar"})),
            "column_twice");
  EXPECT_EQ(ReasonOf(make({"nr", "te\xE9m"})), "invalid_text");
}

}  // namespace
}  // namespace wissel
