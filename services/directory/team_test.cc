#include "services/directory/team.h"

#include <cmath>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"

namespace wissel::directory {
namespace {

std::string Why(const std::vector<Team>& existing, const std::vector<Team>& wanted) {
  const auto fresh = NewTeams(existing, wanted);
  if (fresh.ok()) return "OK";
  const ErrorDetail detail = DetailsOf(fresh.status()).front();
  return absl::StrCat(detail.reason, " ", detail.field);
}

std::string WhyNot(absl::FunctionRef<void(Team&)> spoil) {
  Team team = {.team_id = "parkeren", .name = "Parkeren", .norms = DefaultNorms()};
  spoil(team);
  return Why({KccTeam()}, {team});
}

TEST(NewTeams, AreThoseThatAreNotThere) {
  const auto fresh = NewTeams({KccTeam(), {.team_id = "a", .name = "A"}},
                              {{.team_id = "b", .name = "B"}, {.team_id = "a", .name = "Other"}});
  ASSERT_TRUE(fresh.ok()) << fresh.status();
  ASSERT_EQ(fresh->size(), 1);
  EXPECT_EQ((*fresh)[0].team_id, "b");
  EXPECT_EQ((*fresh)[0].norms, DefaultNorms());
}

TEST(NewTeams, KeepTheNormsThatTheyBring) {
  const Norm norm = {.channel = common::v1::CHANNEL_POST, .working_days = 0, .target_share = 1};
  const auto fresh = NewTeams({}, {{.team_id = "a", .name = "A", .norms = {norm}}});
  ASSERT_TRUE(fresh.ok());
  EXPECT_EQ((*fresh)[0].norms, std::vector<Norm>{norm});
}

TEST(NewTeams, LimitsOfEachField) {
  EXPECT_EQ(WhyNot([](Team& team) {}), "OK");
  EXPECT_EQ(WhyNot([](Team& team) { team.team_id.clear(); }), "required teams[0].team_id");
  EXPECT_EQ(WhyNot([](Team& team) { team.team_id = std::string(81, 'x'); }),
            "too_long teams[0].team_id");
  EXPECT_EQ(WhyNot([](Team& team) { team.team_id = "a\nb"; }),
            "invalid_character teams[0].team_id");
  // (B11)
  for (const char* id : {"../../x", "a/../b", ".", "/a", "a\u202Eb", "a\u200Bb", "a\u2028b",
                         "a\uFFFF", "e\u0301e\u0301n", "<a>", "a "}) {
    EXPECT_EQ(WhyNot([&](Team& team) { team.team_id = id; }), "invalid_character teams[0].team_id")
        << id;
  }
  EXPECT_EQ(WhyNot([](Team& team) { team.team_id = "Groen / Grijs & (één)"; }), "OK");
  for (const char* name :
       {"Parke\u202Eren", "Par\u200Bkeren", "Park\u2029eren", "\uFEFFParkeren"}) {
    EXPECT_EQ(WhyNot([&](Team& team) { team.name = name; }), "invalid_character teams[0].name");
  }
  EXPECT_EQ(WhyNot([](Team& team) { team.name.clear(); }), "required teams[0].name");
  EXPECT_EQ(WhyNot([](Team& team) { team.name = " Parkeren"; }), "invalid_character teams[0].name");
  EXPECT_EQ(WhyNot([](Team& team) { team.mailbox = std::string(250, 'x') + "@x.nl"; }),
            "too_long teams[0].mailbox");
  EXPECT_EQ(WhyNot([](Team& team) { team.transfer_number = std::string(33, '1'); }),
            "too_long teams[0].transfer_number");
  EXPECT_EQ(WhyNot([](Team& team) { team.transfer_number = "call me"; }),
            "invalid_phone teams[0].transfer_number");
  // 80 characters of two bytes each.
  EXPECT_EQ(WhyNot([](Team& team) {
              team.name.clear();
              for (int i = 0; i < 80; ++i) team.name += "é";
            }),
            "OK");
}

TEST(NewTeams, MailboxIsOneAddress) {
  for (const char* good : {"", "team@rijswijk.nl", "o'neil+kcc@x", "a@b@c.nl"}) {
    const std::string why = Why({}, {{.team_id = "a", .name = "A", .mailbox = good}});
    EXPECT_EQ(why == "OK", std::string(good) != "a@b@c.nl") << good;
  }
  for (const char* bad : {"x", "@x.nl", "x@", "a@x.nl, b@x.nl", "a b@x.nl", "Jan <a@x.nl>"}) {
    EXPECT_EQ(Why({}, {{.team_id = "a", .name = "A", .mailbox = bad}}),
              "invalid_email teams[0].mailbox")
        << bad;
  }
}

TEST(NewTeams, LimitsOfNorms) {
  EXPECT_EQ(WhyNot([](Team& team) { team.norms[2].channel = common::v1::CHANNEL_UNSPECIFIED; }),
            "invalid_channel teams[0].norms[2].channel");
  EXPECT_EQ(
      WhyNot([](Team& team) { team.norms[0].channel = static_cast<common::v1::Channel>(99); }),
      "invalid_channel teams[0].norms[0].channel");
  EXPECT_EQ(WhyNot([](Team& team) { team.norms[0].working_days = 61; }),
            "out_of_range teams[0].norms[0].working_days");
  EXPECT_EQ(WhyNot([](Team& team) { team.norms[0].working_days = -1; }),
            "out_of_range teams[0].norms[0].working_days");
  EXPECT_EQ(WhyNot([](Team& team) { team.norms[0].target_share = 1.01; }),
            "out_of_range teams[0].norms[0].target_share");
  EXPECT_EQ(WhyNot([](Team& team) { team.norms[0].target_share = std::nan(""); }),
            "out_of_range teams[0].norms[0].target_share");
  EXPECT_EQ(WhyNot([](Team& team) { team.norms.push_back(team.norms[0]); }),
            "duplicate teams[0].norms[9].channel");
}

TEST(NewTeams, WhatMayBeThereOnce) {
  const Team a = {.team_id = "a", .name = "A"};
  EXPECT_EQ(Why({}, {a, a}), "duplicate teams[1].team_id");
  EXPECT_EQ(Why({}, {a, {.team_id = "b", .name = "A"}}), "name_taken teams[1].name");
  EXPECT_EQ(Why({a}, {{.team_id = "b", .name = "A"}}), "name_taken teams[0].name");
  EXPECT_EQ(Why({KccTeam()}, {{.team_id = "b", .name = "B", .is_kcc = true}}),
            "kcc_exists teams[0].is_kcc");
  EXPECT_EQ(Why({KccTeam()}, {KccTeam()}), "OK");
  EXPECT_EQ(Why({}, std::vector<Team>(1001, a)), "too_many teams");
}

}  // namespace
}  // namespace wissel::directory
