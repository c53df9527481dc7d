// `wissel simulate`, as people run it, against a real database: what it writes is what people would
// have written, once, and never among what they wrote.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "libs/testing/postgres.h"
#include "tests/support/installation.h"

namespace wissel {
namespace {

using ::testing::HasSubstr;

class SimulateTest : public ::testing::Test {
 protected:
  int Run(const std::vector<std::string>& words) {
    (void)installation_.Run(words);
    return installation_.exit_code();
  }
  int Simulate(const std::string& tenant, std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"simulate", "--tenant", tenant, "--inhabitants=2000",
                                      "--months=3"};
    words.insert(words.end(), more.begin(), more.end());
    return Run(words);
  }
  std::string Count(const std::string& of) const {
    return database_.Admin("select count(*) from " + of);
  }

  testing::TestDatabase database_;
  testing::Installation installation_{testing::Shape::kAll, database_.BaseConnInfo()};
};

TEST_F(SimulateTest, AMunicipalityThatIsNotThereIsMadeWithItsPast) {
  ASSERT_EQ(Simulate("GM9902", {"--teams=3"}), 0) << installation_.output();
  EXPECT_THAT(installation_.output(), HasSubstr("cases since"));
  EXPECT_EQ(database_.Admin("select string_agg(team_id, ' ' order by team_id) from directory.team "
                            "where tenant_id = 'GM9902'"),
            "burgerzaken kcc openbare-ruimte parkeren");
  EXPECT_GT(std::stoi(Count("cases.case_file where tenant_id = 'GM9902'")), 400);
  EXPECT_EQ(Count("cases.breach"), "0") << "nothing of a case is missing";
  EXPECT_EQ(Count("cases.caused_mail"), "0") << "nobody gets mail about what was made up";
  EXPECT_NE(Count("cases.case_event where kind = 10"), "0") << "some were returned";
  EXPECT_EQ(Run({"figures", "--tenant=GM9902", "--by=team"}), 0);
  EXPECT_THAT(installation_.output(), HasSubstr("Burgerzaken"));
}

// What is kept for speed says what the whole log says, of any period.
TEST_F(SimulateTest, FiguresThatAreKeptAreThoseOfTheLog) {
  ASSERT_EQ(Simulate("GM9902", {"--teams=5"}), 0) << installation_.output();
  EXPECT_EQ(Run({"insight", "verify", "--tenant=GM9902"}), 1);
  EXPECT_THAT(installation_.output(), HasSubstr("were never made; rebuild makes them"));
  ASSERT_EQ(Run({"insight", "rebuild", "--tenant=GM9902"}), 0) << installation_.output();
  EXPECT_EQ(Run({"insight", "verify", "--tenant=GM9902"}), 0) << installation_.output();
  EXPECT_THAT(installation_.output(), HasSubstr("are what the event log says"));
  const std::string from = database_.Admin("select (now() - interval '40 days')::date");
  for (const char* by : {"team", "channel", "team,channel"}) {
    for (const std::string& since : {std::string("2020-01-01"), from}) {
      const auto figures = [&](std::vector<std::string> more) {
        std::vector<std::string> words = {"figures", "--tenant=GM9902", "--format=csv", "--by",
                                          by,        "--from",          since};
        words.insert(words.end(), more.begin(), more.end());
        EXPECT_EQ(Run(words), 0) << installation_.output();
        return installation_.output();
      };
      const std::string kept = figures({});
      EXPECT_THAT(kept, HasSubstr("received"));
      EXPECT_EQ(kept, figures({"--as-of=now"})) << by << " since " << since;
    }
  }
  database_.Admin("update insight.day_count set missed = missed + 1 where team_id = 'kcc'");
  EXPECT_EQ(Run({"insight", "verify", "--tenant=GM9902"}), 1);
  EXPECT_THAT(installation_.output(), HasSubstr("counts (day, team, channel): 20"));
}

// What is stored of a case is what its events add up to.
TEST_F(SimulateTest, ACaseIsWhatItsEventsAddUpTo) {
  ASSERT_EQ(Simulate("GM9902"), 0) << installation_.output();
  EXPECT_EQ(Count("cases.case_file f where version <> (select count(*) from cases.case_event e "
                  "where e.tenant_id = f.tenant_id and e.case_id = f.case_id)"),
            "0");
  EXPECT_EQ(Count("cases.case_file f where team_id || outcome <> "
                  "(select e.team_id || case when f.state = 3 then e.outcome else 0 end "
                  "   from cases.case_event e "
                  "  where e.tenant_id = f.tenant_id and e.case_id = f.case_id "
                  "  order by sequence desc limit 1)"),
            "0");
  EXPECT_EQ(Count("cases.case_file f where attempts <> (select count(*) from cases.case_event e "
                  "where e.tenant_id = f.tenant_id and e.case_id = f.case_id and e.kind = 6)"),
            "0");
}

TEST_F(SimulateTest, OnceAndNeverAmongCasesOfItsOwn) {
  ASSERT_EQ(Simulate("GM9902"), 0) << installation_.output();
  const std::string cases = Count("cases.case_file");
  EXPECT_EQ(Simulate("GM9902", {"--seed=2"}), 1);
  EXPECT_THAT(installation_.output(), HasSubstr("GM9902 has a past that was simulated"));
  EXPECT_EQ(Simulate("GM9902", {"--once"}), 0) << installation_.output();
  EXPECT_EQ(Count("cases.case_file"), cases);

  ASSERT_EQ(Run({"demo"}), 0) << installation_.output();
  database_.Admin(
      "set session_replication_role = replica; update cases.case_event set at = at - interval '2 "
      "days' where tenant_id = 'GM9901'");
  EXPECT_EQ(Simulate("GM9901"), 1);
  EXPECT_THAT(installation_.output(), HasSubstr("GM9901 has cases of its own"));
  EXPECT_EQ(Simulate("GM9901", {"--once"}), 0) << installation_.output();
  EXPECT_EQ(Count("cases.simulation where tenant_id = 'GM9901'"), "0");
}

// The demonstration was loaded a moment ago; what was made up ends before that.
TEST_F(SimulateTest, BeforeADemonstrationThatWasJustLoaded) {
  ASSERT_EQ(Run({"demo"}), 0) << installation_.output();
  const std::string mail = Count("cases.caused_mail");
  ASSERT_EQ(Simulate("GM9901"), 0) << installation_.output();
  EXPECT_EQ(Count("cases.caused_mail"), mail);
  EXPECT_EQ(Count("cases.case_file f join cases.contact c using (tenant_id, case_id), "
                  "cases.simulation s where c.idempotency_key like 'sim-%' and "
                  "f.received_at > s.until"),
            "0");
  EXPECT_NE(Count("cases.case_file where claimed_by <> ''"), "0");
  EXPECT_EQ(Count("cases.case_file f where claimed_by <> '' and not exists (select from "
                  "directory.account a where a.account_id = f.claimed_by)"),
            "0")
      << "what is in hand now is with somebody who is there";
}

// As if it had been killed: half is there, and the command goes on with the same past.
TEST_F(SimulateTest, GoesOnWhereItWasStopped) {
  ASSERT_EQ(Simulate("GM9902"), 0) << installation_.output();
  const auto rows = [&] {
    return database_.Admin(
        "select md5(string_agg(c.idempotency_key || c.subject || f.state || f.version, ',' order "
        "by c.idempotency_key)) from cases.contact c join cases.case_file f using (tenant_id, "
        "case_id) where contact_no = 1");
  };
  const std::string before = rows();
  database_.Admin(
      "set session_replication_role = replica;"
      "create temp table lost as select case_id from cases.case_file where case_id % 3 = 0;"
      "delete from cases.case_event where case_id in (select case_id from lost);"
      "delete from cases.contact where case_id in (select case_id from lost);"
      "delete from cases.case_file where case_id in (select case_id from lost);"
      "update cases.simulation set finished_at = null");
  EXPECT_NE(rows(), before);
  ASSERT_EQ(Simulate("GM9902", {"--seed=9"}), 0) << installation_.output();
  EXPECT_THAT(installation_.output(), HasSubstr("known already"));
  EXPECT_EQ(rows(), before) << "it goes on with the seed that it began with";
  EXPECT_EQ(Count("cases.breach"), "0");
}

TEST_F(SimulateTest, ABadSettingIsNamed) {
  EXPECT_EQ(Simulate("GM9902", {"--teams=61"}), 2);
  EXPECT_THAT(installation_.output(), HasSubstr("--teams is 61; it is from 1 to 60"));
  EXPECT_EQ(Simulate("GM9902", {"--in-time=90"}), 2);
  EXPECT_THAT(installation_.output(), HasSubstr("--in-time is a share from 0 to 1"));
  EXPECT_EQ(Run({"simulate", "--tenant=GM9902", "--inhabitants=0"}), 2);
  EXPECT_EQ(Run({"simulate"}), 2);
  EXPECT_EQ(Count("directory.municipality"), "0");
}

}  // namespace
}  // namespace wissel
