#include "services/cases/history_import.h"

#include "gtest/gtest.h"
#include "libs/base/proto_time.h"

namespace wissel::cases {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'775'000'000);

Directory OneTeam() {
  Directory directory;
  directory.AddTeam({.team_id = "riolering"});
  return directory;
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
  const auto wrong = WrongWith(past, OneTeam(), kNow);
  if (!wrong) return "";
  EXPECT_FALSE(wrong->reason().empty());
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

}  // namespace
}  // namespace wissel::cases
