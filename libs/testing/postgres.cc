#include "libs/testing/postgres.h"

#include <stdlib.h>

#include <atomic>
#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
#include "libs/pg/migrate.h"
#include "libs/testing/cluster.h"
#include "libs/testing/sql_script.h"

namespace wissel::testing {
namespace {

constexpr char kMigrations[] = WISSEL_SOURCE_DIR "/migrations";

// Waits for no standby, not even one that a test of faults has just done away with.
void OnServer(const std::string& sql) {
  const auto done = RunScript(absl::StrCat(Cluster::Get().AdminConnInfo("postgres"),
                                           " options='-c synchronous_commit=local'"),
                              sql);
  EXPECT_TRUE(done.ok()) << done.status();
}

}  // namespace

TestDatabase::TestDatabase() {
  static std::atomic<int> count = 0;
  name_ = absl::StrCat("wissel_test_", ++count);
  OnServer(absl::StrCat("create database ", name_, " template wissel_template"));
}

TestDatabase::TestDatabase(int first_missing) {
  static std::atomic<int> count = 0;
  name_ = absl::StrCat("wissel_old_", ++count);
  OnServer(absl::StrCat("create database ", name_));
  char directory[] = "/tmp/wissel-migrations-XXXXXX";
  EXPECT_NE(mkdtemp(directory), nullptr);
  for (const auto& file : std::filesystem::directory_iterator(kMigrations)) {
    if (std::stoi(file.path().filename()) >= first_missing) continue;
    std::filesystem::copy(file, directory);
  }
  const auto applied = pg::Migrate(AdminConnInfo(), directory);
  EXPECT_TRUE(applied.ok()) << applied.status();
  std::filesystem::remove_all(directory);
}

void TestDatabase::Migrate() const {
  const auto applied = pg::Migrate(AdminConnInfo(), kMigrations);
  EXPECT_TRUE(applied.ok()) << applied.status();
}

TestDatabase::~TestDatabase() { OnServer(absl::StrCat("drop database ", name_, " with (force)")); }

std::string TestDatabase::ConnInfo(absl::string_view service) const {
  return absl::StrCat(BaseConnInfo(), " user=wissel_", service);
}

std::string TestDatabase::AdminConnInfo() const { return Cluster::Get().AdminConnInfo(name_); }
std::string TestDatabase::BaseConnInfo() const { return Cluster::Get().ConnInfo(name_); }

std::string TestDatabase::Admin(absl::string_view sql) const {
  const auto result = RunScript(AdminConnInfo(), std::string(sql));
  EXPECT_TRUE(result.ok()) << result.status();
  return result.value_or("");
}

void TestDatabase::CrashAndRestart() { Cluster::Get().CrashAndRestart(); }

}  // namespace wissel::testing
