#include "services/insight/norm_table.h"

#include <gtest/gtest.h>

#include <vector>

namespace wissel::insight {
namespace {

norms::JudgedCase Judged(const char* team_id, common::v1::Channel channel, v1::Verdict verdict) {
  return {.team_id = team_id, .channel = channel, .verdict = verdict};
}

// The total of a table of one team with so many cases met and missed.
v1::FigureRow TotalOf(int64_t met, int64_t missed, double target) {
  std::vector<norms::JudgedCase> cases;
  const auto add = [&](int64_t count, v1::Verdict verdict) {
    cases.insert(cases.end(), static_cast<size_t>(count),
                 Judged("parkeren", common::v1::CHANNEL_CALLBACK, verdict));
  };
  add(met, v1::VERDICT_MET);
  add(missed, v1::VERDICT_MISSED);
  const TableContext context = {.targets = {{{"parkeren", common::v1::CHANNEL_CALLBACK}, target}}};
  v1::GetFiguresResponse response;
  FillNormTable(TallyCases(cases), v1::FIGURE_GROUPING_TEAM, context, &response);
  return response.total();
}

TEST(NormTableTest, ReceivedIsTheSumAndTheStrictestTargetHolds) {
  std::vector<norms::JudgedCase> cases;
  for (auto verdict : {v1::VERDICT_MET, v1::VERDICT_MISSED, v1::VERDICT_OPEN_NOT_DUE,
                       v1::VERDICT_NO_NORM, v1::VERDICT_EXCLUDED}) {
    cases.push_back(Judged(
        "parkeren",
        verdict == v1::VERDICT_MET ? common::v1::CHANNEL_EMAIL : common::v1::CHANNEL_CALLBACK,
        verdict));
  }
  const TableContext context = {.teams = {{"parkeren", {1, "Parkeren"}}},
                                .targets = {{{"parkeren", common::v1::CHANNEL_EMAIL}, 0.4},
                                            {{"parkeren", common::v1::CHANNEL_CALLBACK}, 0.9}}};
  v1::GetFiguresResponse response;
  FillNormTable(TallyCases(cases), v1::FIGURE_GROUPING_TEAM, context, &response);
  ASSERT_EQ(response.rows_size(), 1);
  EXPECT_EQ(response.rows(0).received(), 5);
  EXPECT_EQ(response.rows(0).team_name(), "Parkeren");
  EXPECT_DOUBLE_EQ(response.rows(0).share_met(), 0.5);
  EXPECT_EQ(response.rows(0).share_met_percent(), "50.0");
  EXPECT_DOUBLE_EQ(response.rows(0).target_share(), 0.9);
  EXPECT_EQ(response.rows(0).target_percent(), "90");
  EXPECT_FALSE(response.rows(0).on_target());
  EXPECT_EQ(response.total().received(), 5);
}

TEST(NormTableTest, WhatIsShownIsOnTheSameSideOfTheTargetAsWhatIsSaid) {
  EXPECT_EQ(TotalOf(2249, 251, 0.9).share_met_percent(), "89.96");
  EXPECT_FALSE(TotalOf(2249, 251, 0.9).on_target());
  EXPECT_EQ(TotalOf(2499, 1, 0.9).share_met_percent(), "99.96");
  EXPECT_TRUE(TotalOf(2499, 1, 0.9).on_target());
  EXPECT_FALSE(TotalOf(9, 1, 0.9).on_target());
  EXPECT_TRUE(TotalOf(91, 10, 0.9).on_target());
  EXPECT_FALSE(TotalOf(0, 0, 0).on_target());
  EXPECT_EQ(TotalOf(0, 0, 0).share_met_percent(), "");
}

TEST(NormTableTest, ContactsAreCountedBesideCases) {
  norms::JudgedCase asked_thrice =
      Judged("parkeren", common::v1::CHANNEL_CALLBACK, v1::VERDICT_OPEN_NOT_DUE);
  asked_thrice.contacts = 3;
  v1::GetFiguresResponse response;
  FillNormTable(
      TallyCases({asked_thrice, Judged("kcc", common::v1::CHANNEL_PHONE, v1::VERDICT_MET)}),
      v1::FIGURE_GROUPING_TEAM, {}, &response);
  ASSERT_EQ(response.rows_size(), 2);
  EXPECT_EQ(response.rows(0).contacts(), 1);
  EXPECT_EQ(response.rows(1).received(), 1);
  EXPECT_EQ(response.rows(1).contacts(), 3);
  EXPECT_EQ(response.total().received(), 2);
  EXPECT_EQ(response.total().contacts(), 4);
}

TEST(NormTableTest, ATargetIsThatOfTheNormThatHeldOrElseTheFirst) {
  municipality::MunicipalitySnapshot municipality;
  municipality.zone = absl::UTCTimeZone();
  municipality.AddTeam({.team_id = "parkeren", .name = "Parkeren", .place = 1});
  municipality.AddNorm("parkeren", common::v1::CHANNEL_EMAIL, absl::CivilDay(2026, 1, 1),
                       {.target_share = 0.8});
  municipality.AddNorm("parkeren", common::v1::CHANNEL_EMAIL, absl::CivilDay(2026, 4, 1),
                       {.target_share = 0.9});
  const auto target_at = [&](absl::CivilDay day) {
    const TableContext context = ContextAt(municipality, absl::FromCivil(day, absl::UTCTimeZone()));
    EXPECT_EQ(context.teams.at("parkeren").name, "Parkeren");
    EXPECT_EQ(context.teams.at("parkeren").place, 1);
    EXPECT_EQ(context.targets.size(), 1u);
    return context.targets.at({"parkeren", common::v1::CHANNEL_EMAIL});
  };
  EXPECT_EQ(target_at(absl::CivilDay(2025, 6, 1)), 0.8);
  EXPECT_EQ(target_at(absl::CivilDay(2026, 3, 31)), 0.8);
  EXPECT_EQ(target_at(absl::CivilDay(2026, 4, 1)), 0.9);
}

TEST(NormTableTest, TeamsComeInTheOrderThatTheyWereGiven) {
  const TableContext context = {.teams = {{"b", {1, "Één"}}, {"a", {2, "Zorg"}}}};
  v1::GetFiguresResponse response;
  FillNormTable(TallyCases({Judged("a", common::v1::CHANNEL_PHONE, v1::VERDICT_MET),
                            Judged("gone", common::v1::CHANNEL_PHONE, v1::VERDICT_MET),
                            Judged("b", common::v1::CHANNEL_EMAIL, v1::VERDICT_MET),
                            Judged("b", common::v1::CHANNEL_PHONE, v1::VERDICT_MET)}),
                v1::FIGURE_GROUPING_TEAM_AND_CHANNEL, context, &response);
  ASSERT_EQ(response.rows_size(), 4);
  EXPECT_EQ(response.rows(0).team_name(), "Één");
  EXPECT_EQ(response.rows(0).channel(), common::v1::CHANNEL_PHONE);
  EXPECT_EQ(response.rows(1).channel(), common::v1::CHANNEL_EMAIL);
  EXPECT_EQ(response.rows(2).team_name(), "Zorg");
  EXPECT_EQ(response.rows(3).team_name(), "gone");
}

}  // namespace
}  // namespace wissel::insight
