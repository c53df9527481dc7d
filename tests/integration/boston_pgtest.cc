// A quarter of a real city's cases, whose own verdict on each case is in the file: every figure of
// every queue must be equal to it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <map>
#include <sstream>

#include "absl/strings/numbers.h"
#include "libs/import/csv.h"
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
  std::vector<std::string> row;
  EXPECT_TRUE(*reader->Next(&row));
  const auto columns = Columns(row);
  while (*reader->Next(&row)) {
    const auto cell = [&](const char* name) { return row[columns.at(name)]; };
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
  std::vector<std::string> row;
  EXPECT_TRUE(*reader->Next(&row));
  EXPECT_EQ(row, (std::vector<std::string>{"team", "received", "met", "missed", "open_not_due",
                                           "no_norm", "excluded", "share_met", "contacts",
                                           "share_met_percent", "target_percent", "on_target"}));
  std::map<std::string, Figures> figures;
  while (*reader->Next(&row)) {
    Figures& team = figures[row[0]];
    for (size_t i = 0; i < team.size(); ++i) EXPECT_TRUE(absl::SimpleAtoi(row[i + 1], &team[i]));
  }
  return figures;
}

TEST(BostonTest, EveryFigureOfEveryQueueEqualsTheCitysOwn) {
  const std::string data = testing::RealData("boston311-2015-q1.csv.gz");
  if (data.empty())
    GTEST_SKIP() << "left out: ../shared/data/boston311-2015-q1.csv.gz is not there";
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
              ::testing::HasSubstr("26788 stored, 0 known already, 0 rejected"));
  ASSERT_EQ(installation.Run(print), absl::OkStatus());
  const std::string first = installation.output();
  EXPECT_EQ(ReadFigures(first), CityFigures(data));

  ASSERT_EQ(installation.Run(import), absl::OkStatus());
  EXPECT_THAT(installation.output(),
              ::testing::HasSubstr("0 stored, 26788 known already, 0 rejected"));
  ASSERT_EQ(installation.Run(print), absl::OkStatus());
  EXPECT_EQ(installation.output(), first);
  EXPECT_EQ(database.Admin("select count(*) from cases.outbox"), "0");

  ASSERT_EQ(installation.Run(
                {"sop", "propose", "--tenant=BOS311", "--from=2015-01-01", "--to=2015-03-01"}),
            absl::OkStatus());
  EXPECT_THAT(installation.output(), ::testing::ContainsRegex("[0-9]+ rules; right for [78]"));
  EXPECT_THAT(installation.output(), ::testing::HasSubstr("later cases"));
}

}  // namespace
}  // namespace wissel
