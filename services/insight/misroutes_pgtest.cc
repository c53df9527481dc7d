#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "libs/testing/postgres.h"
#include "services/insight/misroutes_store.h"

namespace wissel::insight {
namespace {

constexpr char kTenant[] = "GM0603";

// A municipality with three teams besides the KCC.
class MisroutesTest : public ::testing::Test {
 protected:
  MisroutesTest() {
    for (const char* tenant : {kTenant, "GM0518"}) {
      database_.Admin(absl::StrCat(
          "insert into directory.municipality (tenant_id, name, time_zone) values ('", tenant,
          "', 'Gemeente ", tenant, "', 'Europe/Amsterdam');",
          "insert into directory.team (tenant_id, team_id, name, mailbox, is_kcc) select '", tenant,
          "', t, t, '', t = 'kcc' from unnest(array['kcc', 'beheer', 'ruimte', 'parkeren']) as t"));
    }
    pool_ = pg::Pool::Open({.conninfo = database_.ConnInfo("insight"),
                            .size = 1,
                            .statements = MisrouteStatements()})
                .value();
  }

  // A case that was received at noon of a day in March 2026 and given to a team.
  void Plant(int64_t reference, const char* rule, const char* team, int day = 1,
             const char* tenant = kTenant) {
    const std::string at = absl::StrCat("'2026-03-", day, " 12:00Z'");
    database_.Admin(absl::StrCat(
        "insert into cases.case_file (tenant_id, case_id, state, channel, team_id, received_at,"
        " due_at, rule_id, sop_version) values ('",
        tenant, "', ", reference, ", 1, 2, '", team, "', ", at, ", 'infinity', '", rule, "', ", day,
        ")"));
    Event(reference, 1, 1, team, "", "", at, tenant);
  }

  void Event(int64_t reference, int sequence, int kind, const char* team,
             const char* suggested = "", const char* text = "",
             const std::string& at = "'2026-03-31 12:00Z'", const char* tenant = kTenant) {
    database_.Admin(absl::StrCat(
        "insert into cases.case_event (tenant_id, case_id, sequence, at, kind, actor_id,"
        " actor_name, team_id, suggested_team_id, text) values ('",
        tenant, "', ", reference, ", ", sequence, ", ", at, ", ", kind, ", 'a', 'A', '", team,
        "', '", suggested, "', '", text, "')"));
  }

  v1::ListMisroutesResponse Matrix(absl::Time from = absl::InfinitePast(),
                                   absl::Time to = absl::InfiniteFuture()) {
    v1::ListMisroutesResponse response;
    const absl::Status status = pool_->InTenant(
        kTenant, absl::Now() + absl::Seconds(60), pg::Access::kRead,
        [&](pg::Transaction& transaction) -> absl::Status {
          WISSEL_ASSIGN_OR_RETURN(const auto cases, ReadRoutedCases(transaction, from, to));
          FillMisroutes(cases, {.roles = {options::v1::ROLE_KCC_AGENT}}, &response);
          return absl::OkStatus();
        });
    EXPECT_TRUE(status.ok()) << status;
    return response;
  }

  // "rule from>to cases/routed" of each cell.
  static std::vector<std::string> Cells(const v1::ListMisroutesResponse& matrix) {
    std::vector<std::string> cells;
    for (const v1::Misroute& cell : matrix.misroutes()) {
      cells.push_back(absl::StrCat(cell.rule_id(), " ", cell.from_team_id(), ">", cell.to_team_id(),
                                   " ", cell.cases(), "/", cell.routed()));
    }
    return cells;
  }

  testing::TestDatabase database_;
  std::unique_ptr<pg::Pool> pool_;
};

TEST_F(MisroutesTest, CountsWhatWasReturnedAndForwardedByRule) {
  for (int64_t i = 1; i <= 5; ++i) Plant(i, "afval", "beheer", static_cast<int>(i));
  Event(1, 2, 10, "kcc", "ruimte", "Dit is van ruimte");
  Event(1, 3, 11, "parkeren");
  Event(2, 2, 10, "kcc", "ruimte", "Ook van ruimte");
  // Nobody said where it belongs, until the KCC did.
  Event(3, 2, 10, "kcc", "", "Niet van ons");
  Event(3, 3, 11, "ruimte");
  Event(4, 2, 10, "kcc", "", "Weet niet");
  const v1::ListMisroutesResponse matrix = Matrix();
  EXPECT_THAT(Cells(matrix),
              ::testing::ElementsAre("afval beheer>ruimte 3/5", "afval beheer> 1/5"));
  EXPECT_EQ(matrix.routed(), 5);
  EXPECT_EQ(matrix.misrouted(), 4);
  const v1::Misroute& cell = matrix.misroutes(0);
  EXPECT_EQ(cell.sop_version(), 3);
  ASSERT_EQ(cell.examples_size(), 3);
  EXPECT_EQ(cell.examples(0).reference(), 3);
  EXPECT_EQ(cell.examples(2).reason(), "Dit is van ruimte");
}

TEST_F(MisroutesTest, KnowsTheTeamThatHasTheCaseNow) {
  Plant(1, "afval", "beheer");
  Event(1, 2, 10, "kcc", "ruimte", "Dit is van ruimte");
  database_.Admin("update cases.case_file set team_id = 'parkeren'");
  const absl::Status status = pool_->InTenant(
      kTenant, absl::Now() + absl::Seconds(60), pg::Access::kRead,
      [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(const auto cases, ReadRoutedCases(transaction, absl::InfinitePast(),
                                                                  absl::InfiniteFuture()));
        EXPECT_EQ(cases.at(0).holder_team_id, "parkeren");
        return absl::OkStatus();
      });
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(MisroutesTest, OnlyTheFirstStepIsTheRules) {
  Plant(1, "overig", "kcc");
  Event(1, 2, 11, "beheer");
  Event(1, 3, 10, "kcc", "ruimte");
  EXPECT_THAT(Cells(Matrix()), ::testing::ElementsAre("overig kcc>beheer 1/1"));
}

TEST_F(MisroutesTest, WhatTheRouterDecidedLaterCounts) {
  Plant(1, "afval", "kcc");
  Event(1, 2, 2, "beheer");
  Event(1, 3, 10, "kcc", "ruimte");
  EXPECT_THAT(Cells(Matrix()), ::testing::ElementsAre("afval beheer>ruimte 1/1"));
}

TEST_F(MisroutesTest, LooksAtThePeriodAndTheMunicipalityOnly) {
  Plant(1, "afval", "beheer", 1);
  Plant(2, "afval", "beheer", 2);
  Plant(3, "afval", "beheer", 3);
  Plant(2, "afval", "beheer", 2, "GM0518");
  for (int64_t i = 1; i <= 3; ++i) Event(i, 2, 10, "kcc", "ruimte");
  Event(2, 2, 10, "kcc", "ruimte", "", "'2026-03-31 12:00Z'", "GM0518");
  const auto day = [](int number) {
    return absl::FromCivil(absl::CivilDay(2026, 3, number), absl::UTCTimeZone());
  };
  EXPECT_THAT(Cells(Matrix(day(2), day(3))), ::testing::ElementsAre("afval beheer>ruimte 1/1"));
}

TEST_F(MisroutesTest, PassesOverWhatWentNowhere) {
  Plant(1, "afval", "beheer");
  Plant(2, "", "beheer");
  database_.Admin("update cases.case_file set source_id = 'oud-2' where case_id = 2");
  EXPECT_EQ(Matrix().routed(), 1);
  EXPECT_THAT(Cells(Matrix()), ::testing::IsEmpty());
}

TEST_F(MisroutesTest, ListsTwentyExamplesAndCountsAll) {
  for (int64_t i = 1; i <= 25; ++i) {
    Plant(i, "afval", "beheer", static_cast<int>(i));
    Event(i, 2, 10, "kcc", "ruimte");
  }
  const v1::ListMisroutesResponse matrix = Matrix();
  EXPECT_THAT(Cells(matrix), ::testing::ElementsAre("afval beheer>ruimte 25/25"));
  ASSERT_EQ(matrix.misroutes(0).examples_size(), 20);
  EXPECT_EQ(matrix.misroutes(0).examples(0).reference(), 25);
}

}  // namespace
}  // namespace wissel::insight
