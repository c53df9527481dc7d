#include <pqxx/nontransaction>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "libs/pg/libpqxx/pqxx_connection.h"
#include "libs/testing/postgres.h"

namespace wissel::pg {
namespace {

using ::wissel::testing::TestDatabase;

class PqxxConnectionTest : public ::testing::Test {
 protected:
  absl::Status Run(const std::string& sql) {
    return connection_.Call("some", [&] { pqxx::nontransaction(connection_).exec(sql); });
  }

  // The status of an error that a function of the database raises.
  absl::Status Raise(const std::string& sqlstate) {
    return Run(absl::StrCat("do $$ begin raise 'secret' using errcode = '", sqlstate, "'; end $$"));
  }

  void Kill() {
    database_.Admin(
        absl::StrCat("select pg_terminate_backend(", connection_.backendpid(), ", 5000)"));
  }

  TestDatabase database_;
  PqxxConnection connection_{database_.ConnInfo("cases")};
};

// libpqxx throws these two without their SQLSTATE.
TEST_F(PqxxConnectionTest, KeepsTheSqlstateThatLibpqxxDrops) {
  EXPECT_EQ(ReasonOf(Raise("40001")), "serialization");
  EXPECT_EQ(ReasonOf(Raise("40P01")), "serialization");
  EXPECT_EQ(ReasonOf(Raise("53300")), "database_full");
  EXPECT_EQ(ReasonOf(Raise("08006")), "database_away");
  EXPECT_TRUE(Run("select 1").ok()) << "the connection itself was never lost";
}

TEST_F(PqxxConnectionTest, NoErrorOutlivesItsCommand) {
  EXPECT_EQ(ReasonOf(Raise("40001")), "serialization");
  const absl::Status status = connection_.Call(
      "some", [&] { pqxx::nontransaction(connection_).exec_prepared("never_prepared"); });
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_EQ(ReasonOf(status), "sql");
}

TEST_F(PqxxConnectionTest, TextsOfTheServerStayInside) {
  EXPECT_EQ(Raise("P0001").ToString().find("secret"), std::string::npos);
}

TEST_F(PqxxConnectionTest, CountsWarningsAndNothingElse) {
  ASSERT_TRUE(Run("do $$ begin raise notice 'secret'; raise warning 'secret'; end $$").ok());
  EXPECT_EQ(connection_.warnings(), 1);
}

TEST_F(PqxxConnectionTest, NeverConnectsAgainByItself) {
  Kill();
  EXPECT_EQ(ReasonOf(Run("select 1")), "database_away");
  EXPECT_EQ(ReasonOf(Run("select 1")), "database_away");
  EXPECT_FALSE(connection_.is_usable());
}

TEST_F(PqxxConnectionTest, SeesWithoutACommandThatTheServerHasLeft) {
  EXPECT_TRUE(connection_.CheckIdle());
  Kill();
  EXPECT_FALSE(connection_.CheckIdle());
  EXPECT_FALSE(connection_.is_usable());
}

TEST_F(PqxxConnectionTest, ACommandThatIsNotWaitedForDoesNotDisturbTheNext) {
  ASSERT_TRUE(Run("begin").ok());
  connection_.SendWithoutWaiting("select 1/0");
  EXPECT_TRUE(connection_.CheckIdle());
  EXPECT_TRUE(Run("rollback").ok());
}

// Else a rollback that could not be sent would leave its transaction to the next user.
TEST_F(PqxxConnectionTest, ACommandThatCannotBeSentSpoilsTheConnection) {
  connection_.SendWithoutWaiting("select pg_sleep(0.1)");
  EXPECT_TRUE(connection_.is_usable());
  connection_.SendWithoutWaiting("rollback");
  EXPECT_FALSE(connection_.is_usable());
}

}  // namespace
}  // namespace wissel::pg
