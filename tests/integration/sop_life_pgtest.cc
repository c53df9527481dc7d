// An agreement changes: saved, checked, accepted by the KCC and the department, in force; and from
// then on the directory has what was agreed about the team.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "tests/integration/demo_fixture.h"
#include "wissel/directory/v1/directory.pb.h"
#include "wissel/routing/v1/sop.pb.h"

namespace wissel::testing {
namespace {

using ::testing::ElementsAre;

// What the demo says about parkeren, and what it says instead.
constexpr char kBefore[] =
    "transfer_number: 088 000 0210\n    hours: {mon-fri: [\"09:00-17:00\"]}\n    norms: {callback: "
    "2,";
constexpr char kAfter[] =
    "transfer_number: 088 000 0299\n    hours: {mon-fri: [\"09:00-17:00\"]}\n    norms: {callback: "
    "3,";

class SopLife : public ::testing::TestWithParam<Shape> {
 protected:
  template <typename Response, typename Request>
  Response Ask(const std::string& login, const Request& request) {
    const auto answer = demo_.As(login).Ask<Response>(request);
    EXPECT_TRUE(answer.ok()) << Request::descriptor()->name() << ": " << answer.status();
    return answer.ok() ? *answer : Response();
  }

  std::string Document() {
    return Ask<routing::v1::GetSopResponse>("fenna", routing::v1::GetSopRequest()).document();
  }

  routing::v1::Draft Accept(const std::string& login, const routing::v1::Draft& draft,
                            const std::string& team_id) {
    routing::v1::AcceptDraftRequest request;
    request.set_draft_id(draft.draft_id());
    request.set_revision(draft.revision());
    request.set_team_id(team_id);
    return Ask<routing::v1::AcceptDraftResponse>(login, request).draft();
  }

  // Working days of parkeren for a call back, and its number.
  std::string Parkeren() {
    const auto teams =
        Ask<directory::v1::ListTeamsResponse>("fenna", directory::v1::ListTeamsRequest());
    for (const directory::v1::Team& team : teams.teams()) {
      if (team.team_id() != "parkeren") continue;
      for (const directory::v1::Norm& norm : team.norms()) {
        if (norm.channel() != common::v1::CHANNEL_CALLBACK) continue;
        return absl::StrCat(norm.working_days(), " days, ", team.transfer_number());
      }
    }
    return "";
  }
  void AwaitParkeren(const std::string& wanted) {
    const absl::Time until = absl::Now() + absl::Seconds(30);
    while (Parkeren() != wanted && absl::Now() < until) absl::SleepFor(absl::Milliseconds(50));
    EXPECT_EQ(Parkeren(), wanted);
  }

  DemoFixture demo_{GetParam()};
};

TEST_P(SopLife, AnAgreementChanges) {
  const std::string document = Document();
  AwaitParkeren("2 days, 088 000 0210");
  routing::v1::SaveDraftRequest save;
  save.set_idempotency_key(NewKey());
  save.set_title("Parkeren belt binnen drie dagen");
  save.set_document(absl::StrReplaceAll(document, {{kBefore, kAfter}}));
  ASSERT_NE(save.document(), document);
  const auto draft = Ask<routing::v1::SaveDraftResponse>("pim", save).draft();
  EXPECT_EQ(draft.state(), routing::v1::DRAFT_STATE_CHECKED);
  EXPECT_THAT(draft.concerned_team_ids(), ElementsAre("kcc", "parkeren"));

  routing::v1::PutDraftInForceRequest put;
  put.set_draft_id(draft.draft_id());
  put.set_revision(draft.revision());
  EXPECT_EQ(ReasonOf(demo_.As("fenna").Ask<routing::v1::PutDraftInForceResponse>(put).status()),
            "not_accepted");
  Accept("pim", draft, "parkeren");
  EXPECT_EQ(Accept("tess", draft, "kcc").state(), routing::v1::DRAFT_STATE_ACCEPTED);
  EXPECT_EQ(Ask<routing::v1::PutDraftInForceResponse>("fenna", put).version(), 2);
  AwaitParkeren("3 days, 088 000 0299");

  const auto versions =
      Ask<routing::v1::ListSopVersionsResponse>("max", routing::v1::ListSopVersionsRequest());
  ASSERT_EQ(versions.versions_size(), 2);
  EXPECT_TRUE(versions.versions(0).in_force());
  EXPECT_EQ(versions.versions(0).acceptances_size(), 2);
  // What was agreed stays, whoever starts anew.
  demo_.installation().KillAll();
  ASSERT_EQ(demo_.installation().Start(), absl::OkStatus());
  EXPECT_EQ(Document(), save.document());
  EXPECT_EQ(Parkeren(), "3 days, 088 000 0299");
}

TEST_P(SopLife, TheCommandLineReplaysAndExplains) {
  Installation& installation = demo_.installation();
  const std::string same = WISSEL_SOURCE_DIR "/deploy/demo/sop.yaml";
  const std::vector<std::string> replay = {
      "sop", "replay", same, "--tenant=GM9901", "--from=2026-01-01", "--to=2030-01-01"};
  ASSERT_EQ(installation.Run(replay), absl::OkStatus());
  EXPECT_THAT(installation.output(), ::testing::HasSubstr(", 0 move (0.0 %)"));
  ASSERT_EQ(installation.Run({"sop", "explain", "--tenant=GM9901", "--channel=phone",
                              "--topic=parkeervergunning"}),
            absl::OkStatus());
  EXPECT_THAT(installation.output(), ::testing::HasSubstr("Parkeer"));
  ASSERT_EQ(installation.Run({"sop", "explain", same, "--channel=phone", "--topic=bijstand"}),
            absl::OkStatus());
  EXPECT_FALSE(
      installation.Run({"sop", "explain", same, "--channel=duif", "--topic=bijstand"}).ok());
}

INSTANTIATE_TEST_SUITE_P(BothShapes, SopLife, ::testing::Values(Shape::kAll, Shape::kSplit),
                         ShapeName);

}  // namespace
}  // namespace wissel::testing
