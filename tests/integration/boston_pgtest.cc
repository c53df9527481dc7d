// A quarter of a real city's cases, whose own verdict on each case is in the file: every figure of
// every queue must be equal to it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <map>
#include <sstream>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/civil_time.h"
#include "libs/import/csv_reader.h"
#include "libs/testing/postgres.h"
#include "tests/support/installation.h"
#include "tests/support/real_data.h"

namespace wissel {
namespace {

// received, met, missed, open_not_due, no_norm, excluded
using Figures = std::array<int64_t, 6>;

std::map<std::string, size_t> Columns(const std::vector<std::string>& header) {
  std::map<std::string, size_t> columns;
  for (size_t i = 0; i < header.size(); ++i) columns[header[i]] = i;
  return columns;
}

// What the city itself says, by queue. It gives no verdict on cases whose clock it suspended.
std::map<std::string, Figures> CityFigures(const std::string& path) {
  std::map<std::string, Figures> figures;
  auto reader = *CsvReader::Open(path);
  CsvRecord record;
  EXPECT_TRUE(*reader->Next(&record));
  const auto columns = Columns(record.fields);
  while (*reader->Next(&record)) {
    const auto cell = [&](const char* name) { return record.fields[columns.at(name)]; };
    Figures& queue = figures[cell("queue")];
    ++queue[0];
    const std::string on_time = cell("on_time");
    if (on_time.empty()) {
      ++queue[5];
    } else if (cell("due_at").empty()) {
      ++queue[4];
    } else if (on_time == "OVERDUE") {
      ++queue[2];
    } else {
      ++queue[cell("status") == "Closed" ? 1 : 3];
    }
  }
  return figures;
}

std::map<std::string, Figures> ReadFigures(const std::string& csv) {
  const std::string path = ::testing::TempDir() + "/figures.csv";
  std::ofstream(path) << csv;
  auto reader = *CsvReader::Open(path);
  CsvRecord record;
  const std::vector<std::string>& row = record.fields;
  EXPECT_TRUE(*reader->Next(&record));
  EXPECT_EQ(row, (std::vector<std::string>{"team", "received", "met", "missed", "open_not_due",
                                           "no_norm", "excluded", "share_met", "contacts",
                                           "share_met_percent", "target_percent", "on_target"}));
  std::map<std::string, Figures> figures;
  while (*reader->Next(&record)) {
    Figures& team = figures[row[0]];
    for (size_t i = 0; i < team.size(); ++i) EXPECT_TRUE(absl::SimpleAtoi(row[i + 1], &team[i]));
  }
  return figures;
}

// Rows as they are odd in the rest of the year, and not in this quarter: closed seconds before they
// were opened, by the clocks of two systems, which the city calls in time; and nights on which the
// clock changes.
constexpr int kOddRows = 197;

// As the city writes moments.
std::string Written(absl::CivilSecond second) {
  return absl::StrReplaceAll(absl::FormatCivilTime(second), {{"T", " "}});
}

// The quarter, with odd rows of its own queues at the end (B8).
std::string WithOddRows(const std::string& path) {
  const std::string copy = ::testing::TempDir() + "/boston.csv";
  std::ofstream out(copy, std::ios::binary);
  auto reader = *CsvReader::Open(path);
  CsvRecord record;
  EXPECT_TRUE(*reader->Next(&record));
  const auto columns = Columns(record.fields);
  const auto write = [&](const std::vector<std::string>& cells) {
    for (size_t i = 0; i < cells.size(); ++i) {
      out << (i == 0 ? "" : ",") << '"' << absl::StrReplaceAll(cells[i], {{"\"", "\"\""}}) << '"';
    }
    out << "\n";
  };
  write(record.fields);
  std::vector<std::vector<std::string>> odd;
  while (*reader->Next(&record)) {
    write(record.fields);
    std::vector<std::string> cells = record.fields;
    if (odd.size() == kOddRows || cells[columns.at("on_time")] != "ONTIME" ||
        cells[columns.at("status")] != "Closed") {
      continue;
    }
    absl::CivilSecond opened;
    EXPECT_TRUE(absl::ParseCivilTime(
        absl::StrReplaceAll(cells[columns.at("opened_at")], {{" ", "T"}}), &opened));
    if (odd.size() % 10 == 8) opened = absl::CivilSecond(2015, 3, 8, 2, 30, 0);
    if (odd.size() % 10 == 9) opened = absl::CivilSecond(2015, 11, 1, 1, 30, 0);
    const absl::CivilSecond closed = opened - 1 - static_cast<int>(odd.size() % 60);
    cells[columns.at("case_id")] = absl::StrCat("odd-", odd.size());
    cells[columns.at("opened_at")] = Written(opened);
    cells[columns.at("closed_at")] = Written(closed);
    cells[columns.at("due_at")] = odd.size() % 2 == 0 ? "" : Written(opened + 3600);
    odd.push_back(std::move(cells));
  }
  for (const auto& cells : odd) write(cells);
  return copy;
}

TEST(BostonTest, EveryFigureOfEveryQueueEqualsTheCitysOwn) {
  const std::string quarter = testing::RealData("boston311-2015-q1.csv.gz");
  if (quarter.empty())
    GTEST_SKIP() << "left out: ../shared/data/boston311-2015-q1.csv.gz is not there";
  const std::string data = WithOddRows(quarter);
  testing::TestDatabase database;
  testing::Installation installation(testing::Shape::kAll, database.BaseConnInfo());
  const std::vector<std::string> import = {
      "import", "history", "--tenant=BOS311",
      std::string("--mapping=") + WISSEL_SOURCE_DIR + "/docs/examples/boston311-mapping.yaml",
      data};
  const std::vector<std::string> print = {"figures", "--tenant=BOS311", "--as_of=2016-01-13",
                                          "--by=team", "--format=csv"};

  ASSERT_EQ(installation.Run(import), absl::OkStatus());
  EXPECT_THAT(installation.output(),
              ::testing::HasSubstr("26985 stored, 0 known already, 0 rejected"));
  EXPECT_THAT(installation.output(),
              ::testing::HasSubstr(absl::StrCat(kOddRows, " rows taken otherwise")));
  ASSERT_EQ(installation.Run(print), absl::OkStatus());
  const std::string first = installation.output();
  EXPECT_EQ(ReadFigures(first), CityFigures(data));

  ASSERT_EQ(installation.Run(import), absl::OkStatus());
  EXPECT_THAT(installation.output(),
              ::testing::HasSubstr("0 stored, 26985 known already, 0 rejected"));
  EXPECT_THAT(installation.output(), ::testing::Not(::testing::HasSubstr("another content")));
  ASSERT_EQ(installation.Run(print), absl::OkStatus());
  EXPECT_EQ(installation.output(), first);
  EXPECT_EQ(database.Admin("select count(*) from cases.caused_mail"), "0");

  // As of now, when all that was open is too late: what is kept and what the log says.
  const std::vector<std::string> kept = {"figures", "--tenant=BOS311", "--by=team", "--format=csv"};
  ASSERT_EQ(installation.Run({"insight", "rebuild", "--tenant=BOS311"}), absl::OkStatus());
  ASSERT_EQ(installation.Run({"insight", "verify", "--tenant=BOS311"}), absl::OkStatus());
  EXPECT_THAT(installation.output(), ::testing::HasSubstr("the figures of 26985 cases are what"));
  ASSERT_EQ(installation.Run(kept), absl::OkStatus());
  const std::string read_fast = installation.output();
  ASSERT_EQ(
      installation.Run({"figures", "--tenant=BOS311", "--by=team", "--format=csv", "--as-of=now"}),
      absl::OkStatus());
  EXPECT_EQ(read_fast, installation.output());
  EXPECT_EQ(ReadFigures(read_fast).size(), ReadFigures(first).size());

  ASSERT_EQ(installation.Run(
                {"sop", "propose", "--tenant=BOS311", "--from=2015-01-01", "--to=2015-03-01"}),
            absl::OkStatus());
  EXPECT_THAT(installation.output(), ::testing::ContainsRegex("[0-9]+ rules; right for [78]"));
  EXPECT_THAT(installation.output(), ::testing::HasSubstr("later cases"));
}

}  // namespace
}  // namespace wissel
