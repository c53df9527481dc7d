#include "services/cases/history/history_import.h"

#include "gtest/gtest.h"
#include "libs/base/proto_time.h"

namespace wissel::cases {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'775'000'000);

municipality::MunicipalitySnapshot OneTeam() {
  municipality::MunicipalitySnapshot municipality;
  municipality.AddTeam({.team_id = "riolering"});
  return municipality;
}

v1::ImportedCase Past() {
  v1::ImportedCase past;
  past.set_source_id("101001240734");
  past.set_channel(common::v1::CHANNEL_PHONE);
  past.set_team_id("riolering");
  past.set_subject("Put verstopt");
  *past.mutable_opened_at() = ToProto(kNow - absl::Hours(72));
  *past.mutable_due_at() = ToProto(kNow - absl::Hours(24));
  *past.mutable_closed_at() = ToProto(kNow - absl::Hours(48));
  return past;
}

// The field that is wrong once `change` was made; empty if none is.
template <typename Change>
std::string WrongField(Change change) {
  v1::ImportedCase past = Past();
  change(past);
  const municipality::MunicipalitySnapshot municipality = OneTeam();
  const auto wrong = WrongWith(past, &municipality, kNow);
  if (!wrong) return "";
  EXPECT_FALSE(wrong->reason().empty());
  EXPECT_FALSE(wrong->expected().empty());
  return wrong->field();
}

TEST(HistoryImport, TakesWhatHappened) {
  EXPECT_EQ(WrongField([](auto&) {}), "");
  EXPECT_EQ(WrongField([](auto& past) { past.clear_due_at(); }), "");
  EXPECT_EQ(WrongField([](auto& past) { past.clear_closed_at(); }), "");
  EXPECT_EQ(WrongField([](auto& past) { past.clear_subject(); }), "");
  // (C9) What nobody can see is cleaned and no reason to refuse a row.
  EXPECT_EQ(WrongField([](auto& past) { past.set_subject(std::string("a\0\v\u202Eb", 7)); }), "");
  EXPECT_EQ(WrongField([](auto& past) { past.set_outcome(v1::CASE_OUTCOME_WITHDRAWN); }), "");
  EXPECT_EQ(WrongField([](auto& past) { *past.mutable_closed_at() = past.opened_at(); }), "");
  EXPECT_EQ(WrongField([](auto& past) { *past.mutable_due_at() = past.opened_at(); }), "");
}

TEST(HistoryImport, NamesTheFieldThatIsWrong) {
  EXPECT_EQ(WrongField([](auto& past) { past.clear_source_id(); }), "source_id");
  EXPECT_EQ(WrongField([](auto& past) { past.set_source_id(std::string(101, '1')); }), "source_id");
  EXPECT_EQ(WrongField([](auto& past) { past.clear_channel(); }), "channel");
  EXPECT_EQ(WrongField([](auto& past) { past.set_channel(common::v1::Channel(99)); }), "channel");
  EXPECT_EQ(WrongField([](auto& past) { past.set_team_id("opgeheven"); }), "team_id");
  EXPECT_EQ(WrongField([](auto& past) { past.set_subject("a\xff"); }), "subject");
  // (C1) A year of two digits that a mapping read as it stands.
  EXPECT_EQ(WrongField([](auto& past) {
              *past.mutable_opened_at() =
                  ToProto(absl::FromCivil(absl::CivilDay(26, 3, 1), absl::UTCTimeZone()));
            }),
            "opened_at");
  EXPECT_EQ(WrongField([](auto& past) { past.set_subject(std::string(201, 'x')); }), "subject");
  EXPECT_EQ(WrongField([](auto& past) { past.set_outcome(v1::CaseOutcome(77)); }), "outcome");
}

TEST(HistoryImport, NamesTheMomentThatCannotBe) {
  const auto later = [](absl::Duration by) { return ToProto(kNow + by); };
  EXPECT_EQ(WrongField([](auto& past) { past.clear_opened_at(); }), "opened_at");
  EXPECT_EQ(WrongField([](auto& past) { past.mutable_opened_at()->set_seconds(1e15); }),
            "opened_at");
  EXPECT_EQ(WrongField([&](auto& past) { *past.mutable_opened_at() = later(absl::Hours(1)); }),
            "opened_at");
  EXPECT_EQ(WrongField([&](auto& past) { *past.mutable_due_at() = later(-absl::Hours(73)); }),
            "due_at");
  EXPECT_EQ(WrongField([&](auto& past) { *past.mutable_closed_at() = later(-absl::Hours(73)); }),
            "closed_at");
  EXPECT_EQ(WrongField([&](auto& past) { *past.mutable_closed_at() = later(absl::Hours(1)); }),
            "closed_at");
  EXPECT_EQ(WrongField([](auto& past) {
              past.clear_closed_at();
              past.set_outcome(v1::CASE_OUTCOME_ANSWERED);
            }),
            "outcome");
}

TEST(HistoryImport, AnyTeamWillDoWhereTeamsAreStillToBeMade) {
  v1::ImportedCase past = Past();
  past.set_team_id("nieuw");
  EXPECT_FALSE(WrongWith(past, nullptr, kNow).has_value());
}

// (B8) Sources note receipt and end by two clocks.
TEST(HistoryImport, AnEndSecondsBeforeTheReceiptIsAtTheReceipt) {
  const auto closed = [](absl::Duration before) {
    v1::ImportedCase past = Past();
    *past.mutable_closed_at() = ToProto(FromProto(past.opened_at()) - before);
    const auto adjusted = TakeAtReceipt(past);
    EXPECT_EQ(adjusted.empty(), past.closed_at().seconds() != past.opened_at().seconds());
    const municipality::MunicipalitySnapshot municipality = OneTeam();
    return !WrongWith(past, &municipality, kNow).has_value();
  };
  EXPECT_TRUE(closed(absl::Seconds(3)));
  EXPECT_TRUE(closed(absl::Minutes(5)));
  EXPECT_FALSE(closed(absl::Minutes(5) + absl::Seconds(1)));
}

TEST(HistoryImport, WhatWasLateStaysLateAtTheReceipt) {
  v1::ImportedCase past = Past();
  const absl::Time opened = FromProto(past.opened_at());
  *past.mutable_due_at() = ToProto(opened - absl::Seconds(9));
  *past.mutable_closed_at() = ToProto(opened - absl::Seconds(3));
  EXPECT_EQ(TakeAtReceipt(past).size(), 2);
  EXPECT_EQ(FromProto(past.due_at()), opened);
  EXPECT_GT(FromProto(past.closed_at()), opened);

  v1::ImportedCase in_time = Past();
  *in_time.mutable_closed_at() = ToProto(opened - absl::Seconds(3));
  EXPECT_EQ(TakeAtReceipt(in_time).size(), 1);
  EXPECT_EQ(FromProto(in_time.closed_at()), opened);
}

TEST(HistoryImport, NamesWhatHasChanged) {
  const StoredPast stored = {.past = {.team_id = "riolering", .subject = "Put", .opened_at = kNow}};
  PastCase given = stored.past;
  EXPECT_TRUE(ChangedFields(given, stored, {}).empty());
  given.subject = "Kolk";
  given.closed_at = kNow;
  EXPECT_EQ(ChangedFields(given, stored, {}), (std::vector<std::string>{"subject", "closed_at"}));
  StoredPast worked_on = stored;
  worked_on.worked_on = true;
  EXPECT_EQ(ChangedFields(given, worked_on, {}), (std::vector<std::string>{"closed_at"}));
  worked_on.past.closed_at = kNow;
  EXPECT_TRUE(ChangedFields(given, worked_on, {}).empty());
}

}  // namespace
}  // namespace wissel::cases
