#include "gtest/gtest.h"
#include "libs/testing/postgres.h"

namespace wissel::testing {
namespace {

TEST(TestDatabase, IsMigratedAndFresh) {
  {
    const TestDatabase first;
    EXPECT_NE(first.Admin("select count(*) from wissel_migration.applied"), "0");
    first.Admin("create table left_behind (id int)");
  }
  const TestDatabase second;
  EXPECT_EQ(second.Admin("select to_regclass('public.left_behind')"), "");
}

TEST(TestDatabase, KeepsWhatWasCommittedOverACrash) {
  TestDatabase database;
  database.Admin("create table kept (id int); insert into kept values (7)");
  database.CrashAndRestart();
  EXPECT_EQ(database.Admin("select id from kept"), "7");
}

}  // namespace
}  // namespace wissel::testing
