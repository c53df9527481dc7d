// The router on a real database, reached through a real server; two nodes where it matters.

#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/calendar/time_zone.h"
#include "libs/testing/cluster.h"
#include "libs/testing/sql_script.h"
#include "services/router/router_fixture.h"

namespace wissel::router {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Stub = Node::Routing;

std::string Other(const std::string& script) {
  return absl::StrReplaceAll(kSoundSop, {{"U maakt een afspraak.", script}});
}

class RouterPgTest : public RouterFixture {
 protected:
  std::string Versions() { return database_.Admin("select count(*) from router.sop_version"); }
};

TEST_F(RouterPgTest, WithoutAnSopItSaysSo) {
  Node node(database_);
  EXPECT_EQ(ReasonOf(node.Decide("paspoort").status()), "no_sop");
  EXPECT_EQ(ReasonOf(node.Call(&Stub::GetSop, v1::GetSopRequest()).status()), "no_sop");
  const absl::Status topics = node.Call(&Stub::ListTopics, v1::ListTopicsRequest()).status();
  EXPECT_TRUE(absl::IsNotFound(topics));
}

TEST_F(RouterPgTest, LoadsDecidesAndGivesBackWhatWasLoaded) {
  Node node(database_);
  EXPECT_FALSE(node.Decide("paspoort").ok());
  EXPECT_FALSE(node.DecidesByShortcut("GM2")) << "nobody asked for it yet";
  const absl::Time before = absl::Now() - absl::Minutes(1);
  EXPECT_EQ(node.Load(kSoundSop).value(), 1);
  const auto decision = node.Decide("paspoort");
  ASSERT_TRUE(decision.ok()) << decision.status();
  EXPECT_EQ(decision->sop_version(), 1);
  EXPECT_EQ(decision->rule_id(), "paspoort-bellen");
  EXPECT_TRUE(node.DecidesByShortcut("GM1"));

  const auto stored = node.Call(&Stub::GetSop, v1::GetSopRequest());
  ASSERT_TRUE(stored.ok()) << stored.status();
  EXPECT_EQ(stored->version(), 1);
  EXPECT_EQ(stored->document(), kSoundSop);
  EXPECT_GT(FromProto(stored->in_force_from()), before);

  const auto topics = node.Call(&Stub::ListTopics, v1::ListTopicsRequest());
  ASSERT_TRUE(topics.ok()) << topics.status();
  std::vector<std::string> names;
  for (const v1::Topic& topic : topics->topics()) names.push_back(topic.name());
  EXPECT_THAT(names, ElementsAre("Afval", "Documenten", "Paspoort"));
  EXPECT_EQ(database_.Admin("select loaded_by from router.sop_version"), "fenna");
}

TEST_F(RouterPgTest, TheSameTextAgainChangesNothingAndHistoryStays) {
  Node node(database_);
  EXPECT_EQ(node.Load(kSoundSop).value(), 1);
  EXPECT_EQ(node.Load(kSoundSop).value(), 1);
  EXPECT_EQ(Versions(), "1");
  EXPECT_EQ(node.Load(Other("Anders.")).value(), 2);
  EXPECT_EQ(node.Decide("paspoort")->script(), "Anders.");
  // What held before is a new version when it holds again.
  EXPECT_EQ(node.Load(kSoundSop).value(), 3);
  EXPECT_EQ(Versions(), "3");
}

TEST_F(RouterPgTest, AWrongDocumentIsRefusedAndTheOldOneGoesOn) {
  Node node(database_);
  ASSERT_EQ(node.Load(kSoundSop).value(), 1);
  const absl::Status broken = node.Load("rules:\n  - {id: x}\n").status();
  EXPECT_TRUE(absl::IsInvalidArgument(broken));
  EXPECT_EQ(ReasonOf(broken), "invalid_sop");
  EXPECT_THAT(std::string(broken.message()), HasSubstr("regel 2, kolom 5"));
  EXPECT_EQ(Versions(), "1");
  EXPECT_EQ(node.Decide("paspoort")->sop_version(), 1);
  // Burgerzaken is a team of GM1 only.
  EXPECT_THAT(std::string(node.Load(kSoundSop, "GM2").status().message()),
              HasSubstr("`burgerzaken` is bij de gemeente niet bekend"));
  EXPECT_EQ(ReasonOf(node.Load("rules: [{id: a, when: {channels: [phone]}, outcome: queue, "
                               "team: kcc}]")
                         .status()),
            "invalid_sop");
}

TEST_F(RouterPgTest, EveryMunicipalityHasItsOwn) {
  Node node(database_);
  ASSERT_EQ(node.Load(kSoundSop).value(), 1);
  EXPECT_EQ(ReasonOf(node.Decide("paspoort", "GM2").status()), "no_sop");
  ASSERT_EQ(node.Load("rules: [{id: alles, outcome: queue, team: kcc}]", "GM2").value(), 1);
  EXPECT_EQ(node.Decide("paspoort", "GM2")->rule_id(), "alles");
  EXPECT_EQ(node.Decide("paspoort")->rule_id(), "paspoort-bellen");
}

TEST_F(RouterPgTest, AChannelIsRequired) {
  Node node(database_);
  const absl::Status status = node.Call(&Stub::Decide, v1::DecideRequest()).status();
  EXPECT_TRUE(absl::IsInvalidArgument(status));
  EXPECT_EQ(DetailsOf(status)[0].field, "channel");
}

TEST_F(RouterPgTest, AskedAboutAMomentItKnowsTheCalendar) {
  Node node(database_);
  ASSERT_TRUE(node.Load("rules:\n"
                        "  - {id: dicht, priority: 5, when: {hours: closed}, outcome: answer, "
                        "script: Morgen weer., team: kcc}\n"
                        "  - {id: overig, outcome: queue, team: kcc}\n")
                  .ok());
  const auto rule_at = [&](int day, int hour) {
    v1::DecideRequest request;
    request.set_channel(common::v1::CHANNEL_PHONE);
    *request.mutable_at() =
        ToProto(absl::FromCivil(absl::CivilHour(2026, 4, day, hour), calendar::Amsterdam()));
    return node.Decide(request)->rule_id();
  };
  EXPECT_EQ(rule_at(28, 12), "overig");
  EXPECT_EQ(rule_at(28, 17), "dicht");
  EXPECT_EQ(rule_at(25, 12), "dicht");
  // King's Day.
  EXPECT_EQ(rule_at(27, 12), "dicht");
  // The municipality closes on another day; the notification brings it.
  database_.Admin(
      "insert into directory.calendar (tenant_id, version, definition) select tenant_id, 2, "
      "definition || '{\"specialDays\": [{\"date\": \"2026-04-28\", \"name\": \"Verhuizing\"}]}' "
      "from directory.calendar where tenant_id = 'GM1'");
  while (rule_at(28, 12) != "dicht") absl::SleepFor(absl::Milliseconds(5));
  EXPECT_EQ(rule_at(29, 12), "overig");
}

TEST_F(RouterPgTest, TheDoorbellBringsANewVersionToEveryNode) {
  Node one(database_);
  Node other(database_);
  ASSERT_EQ(ReasonOf(other.Decide("paspoort").status()), "no_sop");
  for (int version = 1; version <= 5; ++version) {
    ASSERT_EQ(one.Load(Other(absl::StrCat("Versie ", version))).value(), version);
    EXPECT_EQ(one.Decide("paspoort")->sop_version(), version);
    other.AwaitVersion(version);
    EXPECT_EQ(other.Decide("paspoort")->script(), absl::StrCat("Versie ", version));
  }
}

TEST_F(RouterPgTest, DecidesWhileTheDatabaseIsAwayAndCatchesUpAfterwards) {
  Node one(database_);
  Node other(database_);
  ASSERT_EQ(one.Load(kSoundSop).value(), 1);
  other.AwaitVersion(1);
  testing::Cluster::Get().Crash();
  EXPECT_EQ(other.Decide("paspoort")->sop_version(), 1);
  EXPECT_TRUE(absl::IsUnavailable(other.Decide("paspoort", "GM2").status()));
  testing::Cluster::Get().Start();
  // The notification of this version may come while the other node is not listening yet.
  absl::StatusOr<int64_t> loaded = one.Load(Other("Later."));
  while (!loaded.ok() && absl::IsUnavailable(loaded.status())) loaded = one.Load(Other("Later."));
  ASSERT_EQ(loaded.value(), 2);
  other.AwaitVersion(2);
}

TEST_F(RouterPgTest, LoadingAtOnceGivesVersionsInTurn) {
  Node node(database_);
  constexpr int kLoads = 8;
  std::vector<absl::StatusOr<int64_t>> versions(kLoads, absl::UnknownError(""));
  std::vector<std::thread> threads;
  for (int i = 0; i < kLoads; ++i) {
    threads.emplace_back([&, i] { versions[i] = node.Load(Other(absl::StrCat("Van ", i))); });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<int64_t> distinct;
  for (const auto& version : versions) {
    ASSERT_TRUE(version.ok()) << version.status();
    distinct.insert(*version);
  }
  EXPECT_EQ(distinct.size(), size_t{kLoads});
  EXPECT_EQ(*distinct.rbegin(), kLoads);
  EXPECT_EQ(node.Decide("paspoort")->sop_version(), kLoads);
}

TEST_F(RouterPgTest, AStoredDocumentThatCannotBeReadIsTold) {
  Node held(database_);
  ASSERT_EQ(held.Load(kSoundSop).value(), 1);
  database_.Admin(
      "insert into router.sop_version (tenant_id, version, document, sha256, loaded_by) values "
      "('GM1', 2, 'kapot', sha256('kapot'), 'iemand')");
  Node fresh(database_);
  EXPECT_TRUE(absl::IsInternal(fresh.Decide("paspoort").status()));
  // The next good one helps everybody.
  EXPECT_EQ(held.Load(Other("Goed.")).value(), 3);
  fresh.AwaitVersion(3);
}

TEST_F(RouterPgTest, TheRoleOfTheRouterCannotChangeHistory) {
  Node node(database_);
  ASSERT_EQ(node.Load(kSoundSop).value(), 1);
  const std::string as_router = database_.ConnInfo("router");
  const std::string in_tenant = "begin; select set_config('wissel.tenant', 'GM1', true); ";
  EXPECT_EQ(
      testing::RunScript(as_router, in_tenant + "select version from router.sop_version").value(),
      "1");
  EXPECT_FALSE(
      testing::RunScript(as_router, in_tenant + "update router.sop_version set loaded_by = 'x'")
          .ok());
  EXPECT_FALSE(testing::RunScript(as_router, in_tenant + "delete from router.sop_version").ok());
  EXPECT_EQ(testing::RunScript(as_router, "select count(*) from router.sop_version").value(), "0");
}

}  // namespace
}  // namespace wissel::router
