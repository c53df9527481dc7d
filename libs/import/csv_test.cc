#include "libs/import/csv.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <fstream>

namespace wissel {
namespace {

using Record = std::vector<std::string>;

std::string Write(const std::string& content, bool zipped = false) {
  const std::string path = ::testing::TempDir() + "/csv_test.csv";
  if (zipped) {
    gzFile file = gzopen(path.c_str(), "wb");
    gzwrite(file, content.data(), content.size());
    gzclose(file);
  } else {
    std::ofstream(path, std::ios::binary) << content;
  }
  return path;
}

std::vector<Record> ReadAll(const std::string& path) {
  auto reader = CsvReader::Open(path);
  EXPECT_TRUE(reader.ok());
  std::vector<Record> records;
  Record record;
  while (true) {
    const auto more = (*reader)->Next(&record);
    EXPECT_TRUE(more.ok()) << more.status();
    if (!more.ok() || !*more) return records;
    records.push_back(record);
  }
}

TEST(CsvReaderTest, ReadsQuotesCommasAndLineEnds) {
  const std::vector<Record> expected = {{"a", "b"}, {"x,y", "say \"ja\""}, {"two\nlines", ""}};
  const std::string text = "a,b\r\n\"x,y\",\"say \"\"ja\"\"\"\n\"two\nlines\",\n";
  EXPECT_EQ(ReadAll(Write(text)), expected);
  EXPECT_EQ(ReadAll(Write(text, /*zipped=*/true)), expected);
}

TEST(CsvReaderTest, PassesOverAByteOrderMarkAndBlankLines) {
  EXPECT_EQ(ReadAll(Write("\xEF\xBB\xBFid,team\n\n1,kcc")),
            (std::vector<Record>{{"id", "team"}, {"1", "kcc"}}));
}

TEST(CsvReaderTest, KnowsTheLineOnWhichARecordBegan) {
  auto reader = *CsvReader::Open(Write("h\n\"a\nb\"\nc\n"));
  Record record;
  ASSERT_TRUE(*reader->Next(&record));
  ASSERT_TRUE(*reader->Next(&record));
  EXPECT_EQ(reader->line(), 2);
  ASSERT_TRUE(*reader->Next(&record));
  EXPECT_EQ(reader->line(), 4);
}

TEST(CsvReaderTest, SaysWhenAFileBreaksOff) {
  auto reader = *CsvReader::Open(Write("a,\"b"));
  Record record;
  EXPECT_EQ(reader->Next(&record).status().code(), absl::StatusCode::kDataLoss);
}

TEST(CsvReaderTest, SaysWhenCompressionIsDamaged) {
  const std::string path = Write(std::string(100000, 'x') + "\n", /*zipped=*/true);
  std::ifstream in(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), {});
  std::ofstream(path, std::ios::binary) << bytes.substr(0, bytes.size() / 2);
  auto reader = *CsvReader::Open(path);
  Record record;
  EXPECT_EQ(reader->Next(&record).status().code(), absl::StatusCode::kDataLoss);
}

TEST(CsvReaderTest, SaysWhenThereIsNoFile) {
  EXPECT_EQ(CsvReader::Open("/nonexistent.csv").status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace wissel
