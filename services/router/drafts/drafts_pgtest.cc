// The life of an SOP on a real database: who may do what, in which order, and what stays.

#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/calendar/time_zone.h"
#include "libs/testing/sql_script.h"
#include "services/router/router_fixture.h"

namespace wissel::router {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using Sops = Node::Sops;

// Sends waste to the KCC: concerns reiniging.
std::string Moved() { return absl::StrReplaceAll(kSoundSop, {{"team: reiniging", "team: kcc"}}); }

std::string Short(const absl::Status& status) {
  if (status.ok()) return "OK";
  return absl::StrCat(absl::StatusCodeToString(status.code()), " ", ReasonOf(status));
}
template <typename T>
std::string Short(const absl::StatusOr<T>& result) {
  return Short(result.status());
}

class DraftsPgTest : public RouterFixture {
 protected:
  DraftsPgTest() { EXPECT_EQ(node_.Load(kSoundSop).value(), 1); }

  v1::SaveDraftRequest SaveRequest(const std::string& document, int64_t draft_id = 0,
                                   int64_t revision = 0) {
    v1::SaveDraftRequest request;
    request.set_idempotency_key(absl::StrCat("bewaren-", ++saves_));
    request.set_draft_id(draft_id);
    request.set_revision(revision);
    request.set_title("Afval naar het KCC");
    request.set_document(document);
    return request;
  }
  absl::StatusOr<v1::Draft> Save(const v1::SaveDraftRequest& request,
                                 const std::string& who = "GM1") {
    const auto saved = node_.Call(&Sops::SaveDraft, request, who);
    if (!saved.ok()) return saved.status();
    return saved->draft();
  }
  v1::Draft Saved(const std::string& document, int64_t draft_id = 0, int64_t revision = 0) {
    const auto saved = Save(SaveRequest(document, draft_id, revision));
    EXPECT_TRUE(saved.ok()) << saved.status();
    return saved.ok() ? *saved : v1::Draft();
  }
  absl::StatusOr<v1::Draft> Accept(const v1::Draft& draft, const std::string& team_id,
                                   const std::string& who) {
    v1::AcceptDraftRequest request;
    request.set_draft_id(draft.draft_id());
    request.set_revision(draft.revision());
    request.set_team_id(team_id);
    const auto accepted = node_.Call(&Sops::AcceptDraft, request, who);
    if (!accepted.ok()) return accepted.status();
    return accepted->draft();
  }
  void AcceptAll(const v1::Draft& draft) {
    for (const std::string& team_id : draft.concerned_team_ids()) {
      EXPECT_EQ(Short(Accept(draft, team_id, "GM1:" + team_id)), "OK") << team_id;
    }
  }
  absl::StatusOr<v1::PutDraftInForceResponse> Put(const v1::Draft& draft,
                                                  const std::string& from = "") {
    v1::PutDraftInForceRequest request;
    request.set_draft_id(draft.draft_id());
    request.set_revision(draft.revision());
    request.set_in_force_from(from);
    return node_.Call(&Sops::PutDraftInForce, request);
  }
  v1::Draft Get(int64_t draft_id) {
    v1::GetDraftRequest request;
    request.set_draft_id(draft_id);
    const auto found = node_.Call(&Sops::GetDraft, request);
    EXPECT_TRUE(found.ok()) << found.status();
    return found.ok() ? found->draft() : v1::Draft();
  }
  std::vector<v1::SopVersion> Versions() {
    const auto listed = node_.Call(&Sops::ListSopVersions, v1::ListSopVersionsRequest());
    EXPECT_TRUE(listed.ok()) << listed.status();
    return {listed->versions().begin(), listed->versions().end()};
  }
  static std::string Day(int ahead) {
    return absl::FormatCivilTime(absl::ToCivilDay(absl::Now(), calendar::Amsterdam()) + ahead);
  }

  Node node_{database_};
  int saves_ = 0;
};

TEST_F(DraftsPgTest, FromDraftToVersion) {
  const v1::Draft draft = Saved(Moved());
  EXPECT_EQ(draft.draft_id(), 1);
  EXPECT_EQ(draft.revision(), 1);
  EXPECT_EQ(draft.based_on_version(), 1);
  EXPECT_EQ(draft.saved_by(), "Fenna Beheer");
  EXPECT_EQ(draft.document(), Moved());
  EXPECT_EQ(draft.state(), v1::DRAFT_STATE_CHECKED);
  EXPECT_THAT(draft.concerned_team_ids(), ElementsAre("kcc", "reiniging"));
  EXPECT_EQ(Short(Put(draft)), "FAILED_PRECONDITION not_accepted");

  const auto once = Accept(draft, "reiniging", "GM1:reiniging");
  ASSERT_TRUE(once.ok()) << once.status();
  EXPECT_EQ(once->state(), v1::DRAFT_STATE_CHECKED);
  EXPECT_EQ(once->document(), "");
  const absl::Status missing = Put(draft).status();
  EXPECT_EQ(DetailsOf(missing)[0].facts.at("team_ids"), "kcc");
  // The functional administrator speaks for the KCC.
  const auto twice = Accept(draft, "kcc", "GM1");
  ASSERT_TRUE(twice.ok()) << twice.status();
  EXPECT_EQ(twice->state(), v1::DRAFT_STATE_ACCEPTED);
  EXPECT_EQ(Short(Accept(draft, "kcc", "GM1:kcc")), "OK");

  const auto put = Put(draft);
  ASSERT_TRUE(put.ok()) << put.status();
  EXPECT_EQ(put->version(), 2);
  EXPECT_EQ(node_.Decide("afval")->team_id(), "kcc");
  EXPECT_EQ(node_.Decide("afval")->sop_version(), 2);
  // Asking again gives the same version.
  EXPECT_EQ(Put(draft)->SerializeAsString(), put->SerializeAsString());
  EXPECT_EQ(Get(1).state(), v1::DRAFT_STATE_IN_FORCE);
  EXPECT_EQ(Get(1).version(), 2);

  const std::vector<v1::SopVersion> versions = Versions();
  ASSERT_EQ(versions.size(), 2);
  EXPECT_TRUE(versions[0].in_force());
  EXPECT_FALSE(versions[1].in_force());
  EXPECT_EQ(versions[0].title(), "Afval naar het KCC");
  EXPECT_EQ(versions[0].by(), "Fenna Beheer");
  ASSERT_EQ(versions[0].acceptances_size(), 2);
  EXPECT_EQ(versions[0].acceptances(0).team_id(), "reiniging");
  EXPECT_EQ(versions[0].acceptances(0).by(), "Hoofd reiniging");
  EXPECT_EQ(versions[0].acceptances(1).by(), "Fenna Beheer");
  EXPECT_EQ(versions[1].title(), "");
}

TEST_F(DraftsPgTest, ErrorsKeepADraftFromComingIntoForce) {
  // No outcome for most contacts; and a text that is not even YAML.
  const v1::Draft holes =
      Saved("rules: [{id: a, when: {channels: [phone]}, outcome: queue, team: kcc}]");
  EXPECT_EQ(holes.state(), v1::DRAFT_STATE_DRAFT);
  EXPECT_THAT(holes.concerned_team_ids(), ::testing::Not(IsEmpty()));
  EXPECT_EQ(Short(Accept(holes, "kcc", "GM1")), "FAILED_PRECONDITION sop_has_errors");
  EXPECT_EQ(Short(Put(holes)), "FAILED_PRECONDITION sop_has_errors");
  const v1::Draft unreadable = Saved("dit is: [geen YAML");
  EXPECT_EQ(unreadable.state(), v1::DRAFT_STATE_DRAFT);
  EXPECT_THAT(unreadable.concerned_team_ids(), IsEmpty());
  EXPECT_EQ(Get(2).document(), "dit is: [geen YAML");
}

TEST_F(DraftsPgTest, WhatTheDirectorySaysNowCounts) {
  const v1::Draft draft = Saved(Moved());
  AcceptAll(draft);
  database_.Admin("update directory.team set mailbox = '' where team_id = 'kcc'");
  EXPECT_EQ(Short(Put(draft)), "FAILED_PRECONDITION sop_has_errors");
  database_.Admin("update directory.team set mailbox = 'kcc@een.example' where team_id = 'kcc'");
  EXPECT_EQ(Short(Put(draft)), "OK");
}

TEST_F(DraftsPgTest, AChangedDocumentTakesBackAcceptances) {
  const v1::Draft first = Saved(Moved());
  AcceptAll(first);
  EXPECT_EQ(Get(1).state(), v1::DRAFT_STATE_ACCEPTED);
  // A better title is no other agreement.
  v1::SaveDraftRequest request = SaveRequest(Moved(), 1, 1);
  request.set_title("Beter");
  ASSERT_EQ(Short(Save(request)), "OK");
  EXPECT_EQ(Get(1).revision(), 2);
  EXPECT_EQ(Get(1).state(), v1::DRAFT_STATE_ACCEPTED);
  const v1::Draft changed = Saved(Moved() + "# anders\n", 1, 2);
  EXPECT_EQ(changed.state(), v1::DRAFT_STATE_CHECKED);
  EXPECT_THAT(changed.acceptances(), IsEmpty());
  EXPECT_EQ(Short(Put(changed)), "FAILED_PRECONDITION not_accepted");
  // Going back to what they accepted is a change as well.
  EXPECT_THAT(Saved(Moved(), 1, 3).acceptances(), IsEmpty());
  EXPECT_EQ(database_.Admin("select count(*) from router.sop_acceptance"), "2");
}

TEST_F(DraftsPgTest, AcceptingIsForTheLeadsOfTheTeamsConcerned) {
  const v1::Draft draft = Saved(Moved());
  EXPECT_EQ(Short(Accept(draft, "reiniging", "GM1")), "PERMISSION_DENIED not_your_team");
  EXPECT_EQ(Short(Accept(draft, "reiniging", "GM1:burgerzaken")),
            "PERMISSION_DENIED not_your_team");
  EXPECT_EQ(Short(Accept(draft, "kcc", "GM1:*")), "PERMISSION_DENIED not_your_team");
  EXPECT_EQ(Short(Accept(draft, "burgerzaken", "GM1:burgerzaken")),
            "FAILED_PRECONDITION team_not_concerned");
  v1::Draft stale = draft;
  stale.set_revision(7);
  EXPECT_EQ(Short(Accept(stale, "kcc", "GM1")), "ABORTED stale_revision");
  stale.set_draft_id(9);
  EXPECT_EQ(Short(Accept(stale, "kcc", "GM1")), "NOT_FOUND no_draft");
  EXPECT_EQ(Short(Put(stale)), "NOT_FOUND no_draft");
}

TEST_F(DraftsPgTest, OfTwoSavesOneIsStale) {
  Saved(Moved());
  std::vector<std::string> results(8);
  std::vector<std::thread> people;
  for (size_t i = 0; i < results.size(); ++i) {
    const v1::SaveDraftRequest request = SaveRequest(absl::StrCat(Moved(), "# ", i, "\n"), 1, 1);
    people.emplace_back([this, &results, i, request] { results[i] = Short(Save(request)); });
  }
  for (std::thread& one : people) one.join();
  EXPECT_EQ(std::count(results.begin(), results.end(), "OK"), 1);
  EXPECT_EQ(std::count(results.begin(), results.end(), "ABORTED stale_revision"), 7);
  EXPECT_EQ(Get(1).revision(), 2);
}

TEST_F(DraftsPgTest, ARepeatedSaveGivesTheFirstAnswer) {
  const v1::SaveDraftRequest request = SaveRequest(Moved());
  const auto first = Save(request);
  ASSERT_TRUE(first.ok()) << first.status();
  Saved(std::string(kSoundSop), 1, 1);
  EXPECT_EQ(Save(request)->SerializeAsString(), first->SerializeAsString());
  EXPECT_EQ(Get(1).revision(), 2);
  v1::SaveDraftRequest other = request;
  other.set_title("Anders");
  EXPECT_EQ(Short(Save(other)), "ALREADY_EXISTS idempotency_key_reused");
  other.set_idempotency_key("");
  EXPECT_EQ(Short(Save(other)), "INVALID_ARGUMENT required");
  other.set_idempotency_key("bewaren-99");
  other.set_title("");
  EXPECT_EQ(Short(Save(other)), "INVALID_ARGUMENT required");
  other.set_title(std::string(121, 'x'));
  EXPECT_EQ(Short(Save(other)), "INVALID_ARGUMENT too_long");
  other.set_title("Nul");
  other.set_document(std::string("a\0b", 3));
  EXPECT_EQ(Short(Save(other)), "INVALID_ARGUMENT invalid_character");
}

TEST_F(DraftsPgTest, AnotherVersionInBetweenMustBeLookedAt) {
  const v1::Draft draft = Saved(Moved());
  AcceptAll(draft);
  const std::string between = absl::StrReplaceAll(kSoundSop, {{"U maakt", "Men maakt"}});
  ASSERT_EQ(node_.Load(between).value(), 2);
  EXPECT_EQ(Short(Put(draft)), "FAILED_PRECONDITION based_on_old_version");
  // Saved again it stands on the new version, and would undo it: burgerzaken is concerned too.
  const v1::Draft again = Saved(Moved(), 1, 1);
  EXPECT_EQ(again.based_on_version(), 2);
  EXPECT_THAT(again.acceptances(), IsEmpty());
  EXPECT_THAT(again.concerned_team_ids(), ElementsAre("burgerzaken", "kcc", "reiniging"));
  AcceptAll(again);
  EXPECT_EQ(Put(again)->version(), 3);
}

TEST_F(DraftsPgTest, InForceFromALaterDay) {
  const v1::Draft draft = Saved(Moved());
  AcceptAll(draft);
  for (const std::string& day :
       {Day(-1), Day(400), std::string("morgen"), std::string("2026-13-1")}) {
    EXPECT_EQ(Short(Put(draft, day)), "INVALID_ARGUMENT in_force_from") << day;
  }
  const auto put = Put(draft, Day(3));
  ASSERT_TRUE(put.ok()) << put.status();
  EXPECT_EQ(FromProto(put->in_force_from()),
            absl::FromCivil(absl::ToCivilDay(absl::Now(), calendar::Amsterdam()) + 3,
                            calendar::Amsterdam()));
  EXPECT_EQ(node_.Decide("afval")->sop_version(), 1);
  EXPECT_FALSE(Versions()[0].in_force());
  EXPECT_TRUE(Versions()[1].in_force());
  EXPECT_EQ(node_.Call(&Node::Routing::GetSop, v1::GetSopRequest())->version(), 1);
  v1::GetSopRequest second;
  second.set_version(2);
  EXPECT_EQ(node_.Call(&Node::Routing::GetSop, second)->document(), Moved());
  second.set_version(3);
  EXPECT_EQ(Short(node_.Call(&Node::Routing::GetSop, second)), "NOT_FOUND no_sop");

  // The next one cannot overtake it.
  const v1::Draft next = Saved(absl::StrReplaceAll(Moved(), {{"U maakt", "Men maakt"}}));
  EXPECT_EQ(next.based_on_version(), 2);
  AcceptAll(next);
  EXPECT_EQ(Short(Put(next)), "INVALID_ARGUMENT in_force_from");
  EXPECT_EQ(Short(Put(next, Day(2))), "INVALID_ARGUMENT in_force_from");
  EXPECT_EQ(Put(next, Day(3))->version(), 3);
}

TEST_F(DraftsPgTest, EveryNodeSwitchesByItselfWhenTheMomentComes) {
  Node other(database_);
  other.AwaitVersion(1);
  const absl::Time from = absl::Now() + absl::Seconds(1);
  database_.Admin(absl::StrCat(
      "insert into router.sop_version (tenant_id, version, document, sha256, loaded_by, "
      "in_force_from) select tenant_id, 2, document, sha256, 'test', '",
      absl::FormatTime("%Y-%m-%d %H:%M:%E6S+00", from, absl::UTCTimeZone()),
      "' from router.sop_version"));
  for (Node* node : {&node_, &other}) EXPECT_EQ(node->Decide("paspoort")->sop_version(), 1);
  for (Node* node : {&node_, &other}) {
    node->AwaitVersion(2);
    EXPECT_GE(absl::Now(), from - absl::Milliseconds(50));
  }
}

TEST_F(DraftsPgTest, DiscardedIsOver) {
  const v1::Draft draft = Saved(Moved());
  v1::DiscardDraftRequest request;
  request.set_draft_id(1);
  EXPECT_EQ(Short(node_.Call(&Sops::DiscardDraft, request)), "OK");
  EXPECT_EQ(Short(node_.Call(&Sops::DiscardDraft, request)), "OK");
  EXPECT_EQ(Get(1).state(), v1::DRAFT_STATE_DISCARDED);
  EXPECT_EQ(Short(Save(SaveRequest(Moved(), 1, 1))), "FAILED_PRECONDITION draft_closed");
  EXPECT_EQ(Short(Accept(draft, "kcc", "GM1")), "FAILED_PRECONDITION draft_closed");
  EXPECT_EQ(Short(Put(draft)), "FAILED_PRECONDITION draft_closed");
  request.set_draft_id(2);
  EXPECT_EQ(Short(node_.Call(&Sops::DiscardDraft, request)), "NOT_FOUND no_draft");

  const v1::Draft kept = Saved(Moved());
  AcceptAll(kept);
  ASSERT_TRUE(Put(kept).ok());
  EXPECT_EQ(Short(node_.Call(&Sops::DiscardDraft, request)), "FAILED_PRECONDITION draft_closed");
}

TEST_F(DraftsPgTest, ListsWhatIsOpenTheLastSavedFirst) {
  Saved(Moved());
  Saved(Moved());
  Saved(Moved());
  Saved(Moved() + "# later\n", 2, 1);
  v1::DiscardDraftRequest request;
  request.set_draft_id(3);
  ASSERT_TRUE(node_.Call(&Sops::DiscardDraft, request).ok());
  const auto listed = node_.Call(&Sops::ListDrafts, v1::ListDraftsRequest(), "GM1:burgerzaken");
  ASSERT_TRUE(listed.ok()) << listed.status();
  ASSERT_EQ(listed->drafts_size(), 2);
  EXPECT_EQ(listed->drafts(0).draft_id(), 2);
  EXPECT_EQ(listed->drafts(1).draft_id(), 1);
  EXPECT_EQ(listed->drafts(0).document(), "");
  EXPECT_EQ(listed->drafts(0).state(), v1::DRAFT_STATE_CHECKED);
}

TEST_F(DraftsPgTest, AnotherMunicipalitySeesNothing) {
  Saved(Moved());
  v1::GetDraftRequest get;
  get.set_draft_id(1);
  EXPECT_EQ(Short(node_.Call(&Sops::GetDraft, get, "GM2")), "NOT_FOUND no_draft");
  EXPECT_EQ(node_.Call(&Sops::ListDrafts, v1::ListDraftsRequest(), "GM2")->drafts_size(), 0);
  EXPECT_EQ(
      node_.Call(&Sops::ListSopVersions, v1::ListSopVersionsRequest(), "GM2")->versions_size(), 0);
  v1::ExplainDecisionRequest explain;
  explain.mutable_sop()->set_draft_id(1);
  explain.mutable_inquiry()->set_channel(common::v1::CHANNEL_PHONE);
  EXPECT_EQ(Short(node_.Call(&Sops::ExplainDecision, explain, "GM2")), "NOT_FOUND no_draft");
}

TEST_F(DraftsPgTest, TheRoleOfTheRouterCannotChangeWhatWasAccepted) {
  const v1::Draft draft = Saved(Moved());
  AcceptAll(draft);
  const std::string as_router = database_.ConnInfo("router");
  const std::string in_tenant = "begin; select set_config('wissel.tenant', 'GM1', true); ";
  EXPECT_EQ(testing::RunScript(as_router, in_tenant + "select count(*) from router.sop_acceptance")
                .value(),
            "2");
  for (const char* change :
       {"update router.sop_acceptance set team_id = 'x'", "delete from router.sop_acceptance",
        "delete from router.sop_draft", "update router.sop_draft set draft_id = 7"}) {
    EXPECT_FALSE(testing::RunScript(as_router, in_tenant + change).ok()) << change;
  }
}

// Nothing tells of it: the version of the directory stays as it is.
TEST_F(DraftsPgTest, ACheckSeesWhoWorksInATeamNow) {
  v1::CheckSopRequest check;
  check.mutable_sop()->set_document(kSoundSop);
  const auto teams_without_members = [&] {
    int count = 0;
    const auto checked = node_.Call(&Sops::CheckSop, check);
    EXPECT_TRUE(checked.ok()) << checked.status();
    for (const v1::SopFinding& finding : checked->findings())
      count += finding.kind() == "no_members";
    return count;
  };
  EXPECT_EQ(teams_without_members(), 0);
  database_.Admin("delete from directory.account_team where team_id = 'reiniging'");
  EXPECT_EQ(teams_without_members(), 1);
}

TEST_F(DraftsPgTest, ChecksDiffsAndExplains) {
  v1::CheckSopRequest check;
  check.mutable_sop()->set_document(
      "rules:\n  - {id: a, when: {channels: [phone]}, outcome: queue, team: kcc}\n");
  auto checked = node_.Call(&Sops::CheckSop, check);
  ASSERT_TRUE(checked.ok()) << checked.status();
  EXPECT_GE(checked->errors(), 1);
  EXPECT_EQ(checked->rules(), 1);
  ASSERT_GE(checked->findings_size(), 1);
  EXPECT_EQ(checked->findings(0).kind(), "no_outcome");
  EXPECT_NE(checked->findings(0).example(), "");
  // The example shows it.
  v1::ExplainDecisionRequest explain;
  *explain.mutable_sop() = check.sop();
  *explain.mutable_inquiry() = checked->findings(0).example_inquiry();
  EXPECT_EQ(node_.Call(&Sops::ExplainDecision, explain)->decision().rule_id(), "");
  check.mutable_sop()->set_document("rules:\n  - {id: x}\n");
  checked = node_.Call(&Sops::CheckSop, check);
  ASSERT_EQ(checked->findings_size(), 1);
  EXPECT_EQ(checked->findings(0).kind(), "unreadable");
  EXPECT_EQ(checked->findings(0).line(), 2);

  Saved(Moved());
  v1::DiffSopRequest diff;
  diff.mutable_to()->set_draft_id(1);
  const auto changes = node_.Call(&Sops::DiffSop, diff);
  ASSERT_TRUE(changes.ok()) << changes.status();
  ASSERT_EQ(changes->changes_size(), 1);
  EXPECT_EQ(changes->changes(0).id(), "afval");
  EXPECT_THAT(changes->team_ids(), UnorderedElementsAre("kcc", "reiniging"));

  explain = {};
  explain.mutable_inquiry()->set_channel(common::v1::CHANNEL_PHONE);
  explain.mutable_inquiry()->set_topic_id("afval");
  const auto now = node_.Call(&Sops::ExplainDecision, explain);
  ASSERT_TRUE(now.ok()) << now.status();
  EXPECT_EQ(now->decision().team_id(), "reiniging");
  EXPECT_EQ(now->decision().sop_version(), 1);
  EXPECT_EQ(now->decision().losing_rules_size(), 2);
  EXPECT_NE(now->paragraph(), "");
  explain.mutable_sop()->set_draft_id(1);
  EXPECT_EQ(node_.Call(&Sops::ExplainDecision, explain)->decision().team_id(), "kcc");
}

}  // namespace
}  // namespace wissel::router
