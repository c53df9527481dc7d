// Bad rows are set aside with line and reason while the rest goes on.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "libs/testing/postgres.h"
#include "tests/support/installation.h"

namespace wissel {
namespace {

using ::testing::HasSubstr;

class ImportTest : public ::testing::Test {
 protected:
  std::string Write(const std::string& name, const std::string& text) {
    const std::string path = ::testing::TempDir() + "/" + name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  absl::Status Import(const std::string& csv) {
    return installation_.Run({"import", "history", "--tenant=OLD", "--mapping=" + mapping_,
                              "--rejects=" + rejects_, Write("history.csv", csv)});
  }

  std::string Rejects() {
    std::stringstream text;
    text << std::ifstream(rejects_).rdbuf();
    return text.str();
  }

  testing::TestDatabase database_;
  testing::Installation installation_{testing::Shape::kAll, database_.BaseConnInfo()};
  const std::string rejects_ = ::testing::TempDir() + "/rejects.csv";
  const std::string mapping_ =
      Write("mapping.yaml",
            "columns: {source_id: id, team: team, opened: opened, due: due, closed: closed}\n");
};

TEST_F(ImportTest, BadRowsAreReportedAndTheRestIsStored) {
  std::filesystem::remove(rejects_);
  ASSERT_EQ(Import("id,team,opened,due,closed\n"
                   "1,Parkeren,2026-01-05 09:00:00,2026-01-07 17:00:00,2026-01-06 10:00:00\n"
                   "2,Parkeren,vandaag,,\n"
                   "3,,2026-01-05 09:00:00,,\n"
                   "4,Parkeren,2026-01-05 09:00:00,,2026-01-04 09:00:00\n"
                   "5,Parkeren\n"
                   "6,\"Team, met komma\",2026-01-05 09:00:00,,\n"),
            absl::OkStatus());
  EXPECT_THAT(installation_.output(), HasSubstr("2 stored, 0 known already, 4 rejected"));
  const std::string rejects = Rejects();
  EXPECT_THAT(rejects, HasSubstr("\n3,opened,"));
  EXPECT_THAT(rejects, HasSubstr("\n4,team,"));
  EXPECT_THAT(rejects, HasSubstr("\n5,closed_at,"));
  EXPECT_THAT(rejects, HasSubstr("\n6,,"));
}

TEST_F(ImportTest, AMissingFileOrColumnIsSaidInASentence) {
  EXPECT_FALSE(Import("id,team\n1,Parkeren\n").ok());
  EXPECT_THAT(installation_.output(), HasSubstr("the file has no column \"opened\""));
  EXPECT_FALSE(
      installation_
          .Run({"import", "history", "--tenant=OLD", "--mapping=" + mapping_, "/nonexistent.csv"})
          .ok());
  EXPECT_THAT(installation_.output(), HasSubstr("cannot read the file"));
}

}  // namespace
}  // namespace wissel
