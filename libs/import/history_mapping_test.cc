#include "libs/import/history_mapping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wissel {
namespace {

using ::testing::HasSubstr;

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
  EXPECT_THAT(error("encoding: latin-9\ncolumns: {source_id: a, team: b, opened: c}"),
              HasSubstr("line 1, column 11: encoding is utf-8"));
  EXPECT_THAT(error("delimiter: \"::\"\ncolumns: {source_id: a, team: b, opened: c}"),
              HasSubstr("delimiter is one of"));
  EXPECT_THAT(error("time_format: dd-mm-yyyy\ncolumns: {source_id: a, team: b, opened: c}"),
              HasSubstr("\"dd-mm-yyyy\" is no time format"));
  EXPECT_THAT(error("due: norms\ncolumns: {source_id: a, team: b, opened: c}"),
              HasSubstr("due is norm or column"));
  EXPECT_THAT(error("due: norm\ncolumns: {source_id: a, team: b, opened: c, due: d}"),
              HasSubstr("contradict"));
  EXPECT_THAT(error("excluded: {colum: x}\ncolumns: {source_id: a, team: b, opened: c}"),
              HasSubstr("unknown key \"colum\""));
}

TEST(HistoryMappingTest, ReadsHowTheFileIsWritten) {
  const auto mapping = ParseHistoryMapping(
      "encoding: Windows-1252\ndelimiter: tab\ndue: norm\nknown: update\n"
      "time_format: [\"%d-%m-%Y\", \"%d-%m-%Y %H:%M\"]\n"
      "columns: {source_id: a, team: b, opened: c}\n");
  ASSERT_TRUE(mapping.ok()) << mapping.status();
  EXPECT_EQ(mapping->csv.encoding, TextEncoding::kWindows1252);
  EXPECT_EQ(mapping->csv.delimiter, '\t');
  EXPECT_EQ(mapping->time_formats.size(), 2);
  EXPECT_TRUE(mapping->due_by_norm);
  EXPECT_TRUE(mapping->update_known);
  EXPECT_EQ(mapping->ColumnOf("team_id"), "b");
  EXPECT_EQ(mapping->ColumnOf("subject"), "subject");
}

}  // namespace
}  // namespace wissel
