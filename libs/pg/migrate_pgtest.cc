#include <filesystem>
#include <fstream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "libs/pg/migrate.h"
#include "libs/testing/postgres.h"

namespace wissel::pg {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::wissel::testing::TestDatabase;

class MigrateTest : public ::testing::Test {
 protected:
  MigrateTest() {
    char name[] = "/tmp/wissel-migrate-XXXXXX";
    directory_ = mkdtemp(name);
  }
  ~MigrateTest() override { std::filesystem::remove_all(directory_); }

  void Write(const std::string& name, const std::string& sql) const {
    std::ofstream(directory_ + "/" + name) << sql;
  }
  absl::StatusOr<std::vector<std::string>> Run() const {
    return Migrate(database_.AdminConnInfo(), directory_);
  }

  std::string directory_;
  TestDatabase database_;
};

TEST_F(MigrateTest, AppliesEachOnceAndInOrder) {
  Write("9002_fill.sql", "insert into public.m values (1); -- no semicolon at the end");
  Write("9001_make.sql", "create table public.m (id int);");
  EXPECT_THAT(*Run(), ElementsAre("9001_make.sql", "9002_fill.sql"));
  EXPECT_THAT(*Run(), IsEmpty());
  Write("9003_more.sql", "insert into public.m values (2)");
  EXPECT_THAT(*Run(), ElementsAre("9003_more.sql"));
  EXPECT_EQ(database_.Admin("select count(*) from public.m"), "2");
}

TEST_F(MigrateTest, StopsAtOneThatChanged) {
  Write("9001_make.sql", "create table public.m (id int)");
  ASSERT_TRUE(Run().ok());
  Write("9001_make.sql", "create table public.m (id bigint)");
  Write("9002_fill.sql", "insert into public.m values (1)");
  const absl::Status status = Run().status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), "migration_changed");
  EXPECT_EQ(database_.Admin("select count(*) from public.m"), "0");
}

TEST_F(MigrateTest, OneThatFailsLeavesNothing) {
  Write("9001_make.sql", "create table public.m (id int); set role wissel_owner; select 1/0");
  const absl::Status status = Run().status();
  EXPECT_EQ(ReasonOf(status), "migration_failed");
  EXPECT_THAT(std::string(status.message()), HasSubstr("9001_make.sql"));
  EXPECT_EQ(database_.Admin("select to_regclass('public.m')"), "");
  Write("9001_make.sql", "create table public.m (id int)");
  EXPECT_TRUE(Run().ok()) << "what failed was not applied, so it may change";
}

TEST_F(MigrateTest, ARoleEndsWithItsFile) {
  Write("9001_role.sql", "set role wissel_owner; create table wissel.m (id int)");
  Write("9002_public.sql", "create table public.m (id int)");
  ASSERT_TRUE(Run().ok());
  EXPECT_EQ(database_.Admin("select tableowner from pg_tables where tablename = 'm' and"
                            " schemaname = 'public'"),
            "postgres");
}

TEST_F(MigrateTest, TwoAtOnceApplyOnce) {
  Write("9001_make.sql", "create table public.m (id int); select pg_sleep(0.1)");
  Write("9002_fill.sql", "insert into public.m values (1)");
  std::vector<std::thread> threads;
  std::atomic<int> applied = 0;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      const auto names = Run();
      EXPECT_TRUE(names.ok()) << names.status();
      if (names.ok()) applied += static_cast<int>(names->size());
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(applied, 2);
  EXPECT_EQ(database_.Admin("select count(*) from public.m"), "1");
}

TEST_F(MigrateTest, RefusesADirectoryThatCannotBeRight) {
  EXPECT_EQ(ReasonOf(Run().status()), "no_migrations");
  Write("9001_make.sql", "select 1");
  Write("9001_fill.sql", "select 1");
  EXPECT_EQ(ReasonOf(Run().status()), "migration_name");
  std::filesystem::remove(directory_ + "/9001_fill.sql");
  Write("fill.sql", "select 1");
  EXPECT_EQ(ReasonOf(Run().status()), "migration_name");
}

}  // namespace
}  // namespace wissel::pg
