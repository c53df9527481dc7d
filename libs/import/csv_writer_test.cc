#include "libs/import/csv_writer.h"

#include "gtest/gtest.h"

namespace wissel {
namespace {

// One field of text, as a program gets it.
std::string Field(absl::string_view value) {
  return CsvWriter(CsvReaderKind::kProgram).Text(value).Take();
}

TEST(CsvWriter, LeavesTextAsItIs) {
  for (const char* text : {"", "Paspoort", "Café Ĳ", "a=b", "1+1", "jan@voorbeeld.nl", "'s-Hage",
                           "\u00A0Burgerzaken", "\u200FA"}) {
    EXPECT_EQ(Field(text), text);
  }
}

TEST(CsvWriter, QuotesWhatWouldSplitAField) {
  EXPECT_EQ(Field("a,b"), "\"a,b\"");
  EXPECT_EQ(Field("a;b"), "\"a;b\"");
  EXPECT_EQ(Field("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(Field("a\nb"), "\"a\nb\"");
}

TEST(CsvWriter, DisarmsWhatBeginsAFormula) {
  for (const char* text : {"=1+1", "+31", "-1", "@cmd", "＝1+1", "＋1", "－1", "＠cmd", "﹦1",
                           "﹢1", "﹣1", "﹫1", "−1"}) {
    EXPECT_EQ(Field(text), std::string("'") + text);
  }
}

TEST(CsvWriter, DisarmsFormulasBehindWhatIsPassedOver) {
  for (const char* before : {" ", "  ", "\u00A0", "\u202E", "\u202A", "\u200B", "\uFEFF", "\u2066",
                             "\u00AD", "\v", "\x01", "\u3000", "\u2028", " \u202E \u200F"}) {
    for (const char* sign : {"=", "＝", "@"}) {
      const std::string text = std::string(before) + sign + "1";
      EXPECT_EQ(Field(text), "'" + text);
    }
  }
  EXPECT_EQ(Field("\t1"), "\"'\t1\"");
  EXPECT_EQ(Field("\r=1"), "\"'\r=1\"");
  EXPECT_EQ(Field("\n1"), "\"'\n1\"");
  EXPECT_EQ(Field("\xFF=1"), "'\xFF=1");
}

TEST(CsvWriter, WritesRecordsForPrograms) {
  CsvWriter csv(CsvReaderKind::kProgram);
  csv.Text("team").Text("share").EndRecord();
  csv.Text("Zorg, jeugd").Number("0.9996").EndRecord();
  EXPECT_EQ(csv.Take(), "team,share\n\"Zorg, jeugd\",0.9996\n");
  csv.Text("Parkeren").Number(int64_t{-12}).EndRecord();
  EXPECT_EQ(csv.Take(), "Parkeren,-12\n");
}

TEST(CsvWriter, WritesWhatDutchExcelReads) {
  CsvWriter csv(CsvReaderKind::kDutchExcel);
  csv.Text("team").Text("share").EndRecord();
  csv.Text("Één").Number("99.96").EndRecord();
  csv.Text("=1").Number("").EndRecord();
  EXPECT_EQ(csv.Take(), "\xEF\xBB\xBFteam;share\r\nÉén;99,96\r\n'=1;\r\n");
}

}  // namespace
}  // namespace wissel
