#include "libs/import/csv_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <zlib.h>

#include <fstream>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"

namespace wissel {
namespace {

using Row = std::vector<std::string>;

std::string Write(const std::string& content, bool zipped = false) {
  const std::string path = ::testing::TempDir() + "/csv_reader_test.csv";
  if (zipped) {
    gzFile file = gzopen(path.c_str(), "wb");
    gzwrite(file, content.data(), content.size());
    gzclose(file);
  } else {
    std::ofstream(path, std::ios::binary) << content;
  }
  return path;
}

// The rows; for one with a fault its line and reason.
std::vector<Row> ReadAll(const std::string& path, const CsvOptions& options = {}) {
  auto reader = CsvReader::Open(path, options);
  EXPECT_TRUE(reader.ok()) << reader.status();
  std::vector<Row> rows;
  CsvRecord record;
  while (true) {
    const auto more = (*reader)->Next(&record);
    EXPECT_TRUE(more.ok()) << more.status();
    if (!more.ok() || !*more) return rows;
    rows.push_back(record.fault.ok() ? record.fields
                                     : Row{absl::StrCat(record.line, " ", ReasonOf(record.fault))});
  }
}

// "utf-16" as Excel's "Unicode text" has it, of text in the basic plane.
std::string Utf16(const std::u16string& text, bool little) {
  std::string bytes;
  for (const char16_t unit : text) {
    const char low = static_cast<char>(unit & 0xFF);
    const char high = static_cast<char>(unit >> 8);
    bytes += little ? low : high;
    bytes += little ? high : low;
  }
  return bytes;
}

TEST(CsvReaderTest, ReadsQuotesCommasAndLineEnds) {
  const std::vector<Row> expected = {{"a", "b"}, {"x,y", "say \"ja\""}, {"two\nlines", ""}};
  const std::string text = "a,b\r\n\"x,y\",\"say \"\"ja\"\"\"\n\"two\nlines\",\n";
  EXPECT_EQ(ReadAll(Write(text)), expected);
  EXPECT_EQ(ReadAll(Write(text, /*zipped=*/true)), expected);
  EXPECT_EQ(ReadAll(Write("a,b\rc,d\r")), (std::vector<Row>{{"a", "b"}, {"c", "d"}}));
}

TEST(CsvReaderTest, PassesOverAByteOrderMarkAndBlankRows) {
  EXPECT_EQ(ReadAll(Write("\xEF\xBB\xBFid,team\n\n1,kcc\n,\n , \n2,kcc")),
            (std::vector<Row>{{"id", "team"}, {"1", "kcc"}, {"2", "kcc"}}));
}

// (C4)
TEST(CsvReaderTest, FindsTheDelimiter) {
  const std::vector<Row> expected = {{"a", "b,c", "d"}, {"1", "2", "3"}};
  EXPECT_EQ(ReadAll(Write("a;\"b,c\";d\n1;2;3\n")), expected);
  EXPECT_EQ(ReadAll(Write("a\tb,c\td\n1\t2\t3\n")), expected);
  EXPECT_EQ(ReadAll(Write("a|b,c|d\n1|2|3\n")), expected);
  EXPECT_EQ(ReadAll(Write("a,\"b,c\",d\n1,2,3\n")), expected);
  EXPECT_EQ(ReadAll(Write("sep=;\r\na;b,c;d\r\n1;2;3\r\n")), expected);
  EXPECT_EQ(ReadAll(Write("\xEF\xBB\xBFsep=|\na|b,c|d\n1|2|3\n")), expected);
  EXPECT_EQ(ReadAll(Write("\n\na;b;c\n")), (std::vector<Row>{{"a", "b", "c"}}));
  EXPECT_EQ(ReadAll(Write("a;b;c,d\n"), {.delimiter = ','}), (std::vector<Row>{{"a;b;c", "d"}}));
  EXPECT_EQ(ReadAll(Write("alone\n1\n")), (std::vector<Row>{{"alone"}, {"1"}}));
}

// (B8) A column of places and names as Dutch Excel saves them.
TEST(CsvReaderTest, FindsTheEncoding) {
  const std::vector<Row> expected = {{"plaats", "prijs"}, {"Curaçao, één", "€ 5"}};
  const std::u16string wide = u"\uFEFFplaats\tprijs\r\nCura\u00E7ao, \u00E9\u00E9n\t\u20AC 5\r\n";
  EXPECT_EQ(ReadAll(Write("plaats;prijs\nCuraçao, één;€ 5\n")), expected);
  EXPECT_EQ(ReadAll(Write("\xEF\xBB\xBFplaats;prijs\nCuraçao, één;€ 5\n")), expected);
  EXPECT_EQ(ReadAll(Write("plaats;prijs\nCura\xE7"
                          "ao, \xE9\xE9n;\x80 5\n")),
            expected);
  EXPECT_EQ(ReadAll(Write(Utf16(wide, /*little=*/true))), expected);
  EXPECT_EQ(ReadAll(Write(Utf16(wide, /*little=*/false), /*zipped=*/true)), expected);
  EXPECT_EQ(ReadAll(Write(Utf16(wide.substr(1), /*little=*/true)),
                    {.encoding = TextEncoding::kUtf16LittleEndian}),
            expected);
  EXPECT_EQ(ReadAll(Write("a\n\x80\n"), {.encoding = TextEncoding::kWindows1252}),
            (std::vector<Row>{{"a"}, {"€"}}));
}

// (C3)
TEST(CsvReaderTest, OneCellOfAnotherEncodingIsOneBadCell) {
  const std::vector<Row> rows = ReadAll(Write("id\nprivé\ncafé\npriv\xE9\n"));
  EXPECT_EQ(rows[2], Row{"café"});
  EXPECT_FALSE(IsUtf8(rows[3][0]));
}

TEST(CsvReaderTest, KnowsTheLineOnWhichARecordBegan) {
  auto reader = *CsvReader::Open(Write("sep=,\r\nh\r\n\"a\r\nb\"\r\n\r\nc\r\n"));
  CsvRecord record;
  const auto line = [&] { return *reader->Next(&record) ? record.line : 0; };
  EXPECT_EQ(line(), 2);
  EXPECT_EQ(line(), 3);
  EXPECT_EQ(line(), 6);
  EXPECT_EQ(line(), 0);
}

// (B8)
TEST(CsvReaderTest, AnOpenQuoteCostsOneLine) {
  EXPECT_EQ(ReadAll(Write("a,b\n1,\"x\n2,y\n3,z\n")),
            (std::vector<Row>{{"a", "b"}, {"2 open_quote"}, {"2", "y"}, {"3", "z"}}));
  EXPECT_EQ(ReadAll(Write("a,\"b")), (std::vector<Row>{{"1 open_quote"}}));
}

// (B8) 100 MiB of text in some 100 KiB, within 48 MiB of memory.
TEST(CsvReaderTest, ABombOfOneFieldStaysSmall) {
  const std::string path = ::testing::TempDir() + "/bomb.csv.gz";
  gzFile file = gzopen(path.c_str(), "wb1");
  const std::string rows(1 << 20, 'x');
  gzputs(file, "a,b\n1,\"");
  for (int i = 0; i < 100; ++i) gzwrite(file, rows.data(), rows.size());
  gzputs(file, "\n2,y\n");
  gzclose(file);
  rusage before;
  getrusage(RUSAGE_SELF, &before);
  EXPECT_EQ(ReadAll(path), (std::vector<Row>{{"a", "b"}, {"2 open_quote"}, {"2", "y"}}));
  rusage after;
  getrusage(RUSAGE_SELF, &after);
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 48 << 10);
}

TEST(CsvReaderTest, ALongRowCostsItself) {
  EXPECT_EQ(ReadAll(Write("a\n" + std::string(3 << 20, 'x') + "\nb\n")),
            (std::vector<Row>{{"a"}, {"2 too_long"}, {"b"}}));
}

TEST(CsvReaderTest, SaysWhenCompressionIsDamaged) {
  std::string text = "number\n";
  for (int i = 0; i < 100000; ++i) absl::StrAppend(&text, i * 7919 % 104729, "\n");
  const std::string path = Write(text, /*zipped=*/true);
  std::ifstream in(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), {});
  std::ofstream(path, std::ios::binary) << bytes.substr(0, bytes.size() / 2);
  auto reader = *CsvReader::Open(path);
  CsvRecord record;
  absl::StatusOr<bool> more = true;
  while (more.ok() && *more) more = reader->Next(&record);
  EXPECT_EQ(ReasonOf(more.status()), "damaged_file");
  EXPECT_GT(reader->line(), 10000);
}

TEST(CsvReaderTest, SaysWhenThereIsNoFile) {
  EXPECT_EQ(ReasonOf(CsvReader::Open("/nonexistent.csv").status()), "no_such_file");
  EXPECT_EQ(ReasonOf(CsvReader::Open(::testing::TempDir()).status()), "no_such_file");
}

}  // namespace
}  // namespace wissel
