// What foreign keys would have refused is found by cases.breach: each breach is planted once.

#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "services/cases/test_cases.h"

namespace wissel::cases {
namespace {

class BreachTest : public CasesTest {
 protected:
  // Breaches after `sql`, which is done as the superuser and past the triggers: "name:case
  // name:case".
  std::string After(const std::string& sql) {
    database_.Admin(absl::StrCat("set session_replication_role = replica; ", sql));
    return database_.Admin(
        "select string_agg(breach || ':' || case_id, ' ' order by breach, case_id)"
        " from cases.breach");
  }
};

TEST_F(BreachTest, ThereIsNoneInWhatIsWritten) {
  PlantCases(1, 3, "parkeren");
  EXPECT_EQ(After("select 1"), "");
}

TEST_F(BreachTest, ACaseWithoutItsContact) {
  PlantCases(1, 2, "parkeren");
  EXPECT_EQ(After("delete from cases.contact where case_id = 2"), "case_without_first_contact:2");
}

TEST_F(BreachTest, ACaseWithoutItsReceipt) {
  PlantCases(1, 2, "parkeren");
  EXPECT_EQ(After("delete from cases.case_event where case_id = 2"), "case_without_receipt:2");
  EXPECT_EQ(After("update cases.case_event set kind = 3 where case_id = 1"),
            "case_without_receipt:1 case_without_receipt:2");
}

TEST_F(BreachTest, RowsOfACaseThatIsNotThere) {
  PlantCases(1, 2, "parkeren");
  EXPECT_EQ(After("delete from cases.case_file where case_id = 2"),
            "contact_without_case:2 event_without_case:2");
}

TEST_F(BreachTest, RowsOfTheSameCaseElsewhereDoNotCount) {
  PlantCases(1, 1, "parkeren");
  PlantMunicipality(database_, "GM0518");
  EXPECT_EQ(After("update cases.contact set tenant_id = 'GM0518'"),
            "case_without_first_contact:1 contact_without_case:1");
}

TEST_F(BreachTest, AGapInTheLog) {
  PlantCases(1, 2, "parkeren");
  EXPECT_EQ(After("insert into cases.case_event (tenant_id, case_id, sequence, at, kind, actor_id,"
                  " actor_name, team_id) values ('GM0603', 2, 3, now(), 3, 'ann', 'Ann',"
                  " 'parkeren')"),
            "events_with_a_gap:2");
}

TEST_F(BreachTest, AContactThatTheLogDoesNotKnow) {
  PlantCases(1, 2, "parkeren");
  const std::string add =
      "insert into cases.contact (tenant_id, case_id, contact_no, channel, subject, received_at)"
      " values ('GM0603', 2, ";
  EXPECT_EQ(After(add + "2, 2, 'Vraag', now())"), "contacts_not_in_the_log:2");
  EXPECT_EQ(After(add + "4, 2, 'Vraag', now())"),
            "contacts_not_in_the_log:2 contacts_with_a_gap:2");
}

// Whatever is done to cases at random, by several at once, none comes about.
TEST_F(BreachTest, NoneComesAboutByWork) {
  PlantCases(1, 60, "parkeren");
  std::vector<std::thread> workers;
  for (unsigned worker = 0; worker < 4; ++worker) {
    workers.emplace_back([this, worker] {
      std::mt19937 random(worker);
      for (int i = 0; i < 50; ++i) ActAtRandom(worker, random);
    });
  }
  for (std::thread& worker : workers) worker.join();
  EXPECT_EQ(database_.Admin("select count(*) from cases.breach"), "0");
}

}  // namespace
}  // namespace wissel::cases
