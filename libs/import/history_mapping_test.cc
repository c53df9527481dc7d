#include "libs/import/history_mapping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/proto_time.h"
#include "libs/base/status.h"

namespace wissel {
namespace {

using ::testing::HasSubstr;

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

const std::vector<std::string> kHeader = {"id",     "queue",  "opened", "due",
                                          "closed", "source", "why",    "verdict"};

HistoryRowReader Reader() {
  auto mapping = ParseHistoryMapping(kMapping);
  EXPECT_TRUE(mapping.ok()) << mapping.status();
  return *HistoryRowReader::Make(*std::move(mapping), kHeader);
}

TEST(HistoryMappingTest, ReadsARow) {
  const auto read = Reader().Read({"1", "Trees", "2015-01-01 00:20:09", "2015-01-16 08:30:00",
                                   "2015-01-02 09:08:42", "Call", "gone", "LATE"});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->team_id(), "Trees");
  EXPECT_EQ(read->channel(), common::v1::CHANNEL_PHONE);
  EXPECT_EQ(read->outcome(), cases::v1::CASE_OUTCOME_WITHDRAWN);
  EXPECT_FALSE(read->excluded());
  // New York is five hours behind in winter.
  EXPECT_EQ(FromProto(read->opened_at()),
            absl::FromCivil(absl::CivilSecond(2015, 1, 1, 5, 20, 9), absl::UTCTimeZone()));
}

TEST(HistoryMappingTest, OpenRowWithoutNorm) {
  const auto read = Reader().Read({"1", "Trees", "2015-07-01 12:00:00", "", "", "Twitter", "", ""});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_FALSE(read->has_due_at());
  EXPECT_FALSE(read->has_closed_at());
  EXPECT_EQ(read->outcome(), cases::v1::CASE_OUTCOME_UNSPECIFIED);
  EXPECT_EQ(read->channel(), common::v1::CHANNEL_INTERNAL);
  EXPECT_TRUE(read->excluded());
  EXPECT_EQ(FromProto(read->opened_at()),
            absl::FromCivil(absl::CivilSecond(2015, 7, 1, 16, 0, 0), absl::UTCTimeZone()));
}

TEST(HistoryMappingTest, BadRowsNameTheColumn) {
  const HistoryRowReader reader = Reader();
  const auto field = [&](const std::vector<std::string>& row) {
    const auto details = DetailsOf(reader.Read(row).status());
    return details.empty() ? "no error" : details[0].field + ":" + details[0].reason;
  };
  EXPECT_EQ(field({"1", "", "2015-01-01 00:00:00", "", "", "", "", "x"}), "queue:required");
  EXPECT_EQ(field({"1", "T", "", "", "", "", "", "x"}), "opened:required");
  EXPECT_EQ(field({"1", "T", "yesterday", "", "", "", "", "x"}), "opened:invalid_time");
  EXPECT_EQ(field({"1", "T"}), ":wrong_number_of_columns");
}

TEST(HistoryMappingTest, MistakesInTheFileAreNamedWithTheirLine) {
  const auto error = [](const std::string& yaml) {
    return std::string(ParseHistoryMapping(yaml).status().message());
  };
  EXPECT_THAT(error("columns: {source_id: a, team: b, opened: c}\ntimezone: X\n"),
              HasSubstr("line 2, column 1: unknown key \"timezone\""));
  EXPECT_THAT(error("columns: {team: b, opened: c}"), HasSubstr("columns.source_id is missing"));
  EXPECT_THAT(error("time_zone: Mars/Olympus\ncolumns: {source_id: a, team: b, opened: c}"),
              HasSubstr("no time zone"));
  EXPECT_THAT(error("columns: {source_id: a, team: b, opened: c}\nchannel: {default: pigeon}"),
              HasSubstr("unknown value \"pigeon\""));
  EXPECT_THAT(error("columns: [a"), HasSubstr("line"));
  EXPECT_THAT(error("just text"), HasSubstr("a mapping of keys"));
}

TEST(HistoryMappingTest, TheFileMustHaveTheColumns) {
  auto reader = HistoryRowReader::Make(*ParseHistoryMapping(kMapping), {"id", "queue"});
  EXPECT_EQ(ReasonOf(reader.status()), "no_such_column");
}

}  // namespace
}  // namespace wissel
