// What residents and colleagues notice when a part of the installation is away: nothing is lost,
// what was promised holds, and it heals without a hand.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/testing/cluster.h"
#include "tests/integration/demo_fixture.h"
#include "tests/support/stream_client.h"
#include "tests/support/web_client.h"
#include "wissel/directory/v1/directory.pb.h"

namespace wissel::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Far more than it takes, so that a slow machine fails nothing.
constexpr absl::Duration kTimeout = absl::Seconds(30);

bool Eventually(const std::function<bool()>& happened) {
  for (const absl::Time until = absl::Now() + kTimeout; absl::Now() < until;) {
    if (happened()) return true;
    absl::SleepFor(absl::Milliseconds(50));
  }
  return false;
}

std::vector<std::string> KindsOf(const cases::v1::Case& found) {
  std::vector<std::string> kinds;
  for (const cases::v1::CaseEvent& event : found.events()) {
    kinds.push_back(cases::v1::EventKind_Name(event.kind()).substr(11));
  }
  return kinds;
}

TEST(RouterAway, ContactsWaitAtTheKccAndAreRoutedWhenItIsBack) {
  DemoFixture demo(Shape::kSplit);
  demo.kim();
  demo.installation().Kill("router");

  const auto anna = RegisterAnna(demo);
  EXPECT_EQ(anna.team_id(), "kcc");
  EXPECT_TRUE(anna.decision().pending());
  EXPECT_EQ(anna.decision().rule_id(), "");
  EXPECT_THAT(anna.decision().reason(), Not(IsEmpty()));
  EXPECT_TRUE(anna.has_due_at()) << "the clock runs meanwhile";
  cases::v1::ListQueueRequest triage;
  triage.set_team_id("kcc");
  triage.set_page_size(200);
  const auto waiting = demo.kim().Ask<cases::v1::ListQueueResponse>(triage);
  ASSERT_TRUE(waiting.ok()) << waiting.status();
  const auto& rows = waiting->cases();
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const cases::v1::CaseSummary& one) {
    return one.reference() == anna.reference();
  });
  ASSERT_TRUE(row != rows.end());
  EXPECT_TRUE(row->routing_pending());

  // Whoever watches over the process of the cases sees how long the oldest has waited.
  const auto old = RegisterAnna(demo);
  demo.database().Admin(absl::StrCat(
      "update cases.case_file set received_at = received_at - interval '1 hour' where case_id = ",
      old.reference()));
  WebClient probe(demo.installation().ProbeUrlOf("cases"));
  const auto first_after = [&](const std::string& path, const std::string& words) {
    const std::string body = probe.Get(path).body;
    const size_t at = body.find(words);
    return at == std::string::npos ? -1 : std::atoi(body.c_str() + at + words.size());
  };
  EXPECT_TRUE(Eventually([&] {
    return first_after("/readyz", "ready\nthe oldest that waits to be worked on came ") >= 3600;
  }));
  EXPECT_GE(first_after("/metrics", "\nwissel_oldest_pending_seconds "), 3600);
  EXPECT_LT(first_after("/metrics", "\nwissel_oldest_pending_seconds "), 2 * 3600);
  EXPECT_EQ(probe.Get("/").code, 404);
  EXPECT_EQ(WebClient(demo.installation().ProbeUrlOf("intake")).Get("/readyz").body, "ready\n");

  // One that a colleague takes up meanwhile is left to that colleague.
  const auto taken = RegisterAnna(demo);
  cases::v1::ClaimCaseRequest claim;
  claim.set_idempotency_key(NewKey());
  claim.set_reference(taken.reference());
  ASSERT_TRUE(demo.kim().Ask<cases::v1::ClaimCaseResponse>(claim).ok());

  ASSERT_EQ(demo.installation().Start(), absl::OkStatus());
  ASSERT_TRUE(Eventually(
      [&] { return demo.CaseOf(anna.reference()).summary().team_id() == "burgerzaken"; }));
  const cases::v1::Case routed = demo.CaseOf(anna.reference());
  EXPECT_FALSE(routed.summary().routing_pending());
  EXPECT_TRUE(Eventually(
      [&] { return probe.Get("/readyz").body == "ready\nnothing waits to be worked on\n"; }));
  EXPECT_EQ(routed.decision().rule_id(), "burgerzaken");
  EXPECT_EQ(FromProto(routed.summary().received_at()), FromProto(anna.received_at()));
  EXPECT_EQ(FromProto(routed.summary().due_at()), FromProto(anna.due_at()));
  EXPECT_THAT(KindsOf(routed), ElementsAre("RECEIVED", "ROUTED"));
  EXPECT_THAT(routed.events(1).text(), Not(IsEmpty()));
  EXPECT_THAT(demo.MailOf(anna.reference()),
              ElementsAre("customer_receipt to anna.toetssteen@post.example",
                          "team_new_case to info@voorbeeldstad.example",
                          "team_new_case to burgerzaken@voorbeeldstad.example"));
  EXPECT_EQ(demo.CaseOf(taken.reference()).summary().claimed_by_name(), "Kim Jansen");
  EXPECT_EQ(demo.CaseOf(taken.reference()).summary().team_id(), "kcc");
}

// What is to go back stands in the database, not in the memory of who would put it back.
TEST(CasesAway, WhatWasHeldByWhoLeftTheTeamMeanwhileGoesBack) {
  DemoFixture demo(Shape::kSplit);
  const auto anna = RegisterAnna(demo);
  cases::v1::ClaimCaseRequest claim;
  claim.set_idempotency_key(NewKey());
  claim.set_reference(anna.reference());
  ASSERT_TRUE(demo.bas().Ask<cases::v1::ClaimCaseResponse>(claim).ok());
  demo.fenna();
  demo.installation().Kill("cases");
  directory::v1::PutAccountRequest bas;
  bas.set_login("bas");
  bas.set_display_name("Bas de Vries");
  bas.add_roles(options::v1::ROLE_TEAM_MEMBER);
  bas.add_team_ids("parkeren");
  ASSERT_TRUE(demo.fenna().Ask<directory::v1::PutAccountResponse>(bas).ok());

  ASSERT_EQ(demo.installation().Start(), absl::OkStatus());
  ASSERT_TRUE(Eventually([&] {
    return demo.CaseOf(anna.reference()).summary().state() == cases::v1::CASE_STATE_QUEUED;
  }));
  const cases::v1::Case found = demo.CaseOf(anna.reference());
  EXPECT_EQ(found.summary().team_id(), "burgerzaken");
  EXPECT_THAT(KindsOf(found), ElementsAre("RECEIVED", "CLAIMED", "UNCLAIMED"));
  EXPECT_EQ(found.events(2).actor_name(), "Wissel");
  EXPECT_EQ(found.events(2).previous_holder_name(), "Bas de Vries");
}

TEST(CasesAway, TheCallerIsToldAndMaySendTheSameAgain) {
  DemoFixture demo(Shape::kSplit);
  demo.kim();
  const auto callback = AnnasCallback();
  demo.installation().Kill("cases");
  const absl::Status refused =
      demo.kim().Ask<intake::v1::RegisterCallbackResponse>(callback).status();
  EXPECT_EQ(Short(refused), "UNAVAILABLE cases_away");
  EXPECT_THAT(std::string(refused.message()), Not(HasSubstr(".sock")));
  ASSERT_EQ(demo.installation().Start(), absl::OkStatus());
  ASSERT_TRUE(Eventually(
      [&] { return demo.kim().Ask<intake::v1::RegisterCallbackResponse>(callback).ok(); }));
  const auto again = demo.kim().Ask<intake::v1::RegisterCallbackResponse>(callback);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(again->registration().repeated());
}

class DatabaseAway : public ::testing::TestWithParam<Shape> {};

TEST_P(DatabaseAway, TellsSoAndHealsWhenItIsBack) {
  DemoFixture demo(GetParam());
  const auto before = RegisterAnna(demo);
  demo.bas();
  cases::v1::WatchQueueRequest watch;
  watch.set_team_id("burgerzaken");
  StreamClient screen(demo.installation().url(), ApiClient::PathOf(watch.GetDescriptor()),
                      demo.bas().web().token(), watch);
  cases::v1::WatchQueueResponse seen;
  ASSERT_EQ(screen.Next(&seen), absl::OkStatus());
  EXPECT_TRUE(seen.has_snapshot());
  WebClient web(demo.installation().url());
  EXPECT_EQ(web.Get("/readyz").code, 200);

  const auto during = AnnasCallback();
  Cluster::Get().Crash();
  EXPECT_TRUE(Eventually([&] { return web.Get("/readyz").code == 503; }));
  EXPECT_EQ(web.Get("/healthz").code, 200) << "the process is up, whatever the database does";
  const auto refused = demo.kim().Ask<intake::v1::RegisterCallbackResponse>(during);
  EXPECT_FALSE(refused.ok());
  EXPECT_THAT(std::string(refused.status().message()), Not(HasSubstr("wissel-pg"))) << "a path";

  Cluster::Get().Start();
  EXPECT_TRUE(Eventually([&] { return web.Get("/readyz").code == 200; }));
  absl::StatusOr<intake::v1::RegisterCallbackResponse> registered;
  EXPECT_TRUE(Eventually([&] {
    registered = demo.kim().Ask<intake::v1::RegisterCallbackResponse>(during);
    return registered.ok();
  })) << registered.status();
  EXPECT_EQ(demo.CaseOf(before.reference()).summary().state(), cases::v1::CASE_STATE_QUEUED);

  // The screen that was open all the time catches up.
  bool caught_up = false;
  while (!caught_up && screen.Next(&seen).ok()) {
    const auto& rows = seen.has_snapshot() ? seen.snapshot().cases() : seen.changed();
    caught_up = std::any_of(rows.begin(), rows.end(), [&](const cases::v1::CaseSummary& row) {
      return row.reference() == registered->registration().reference();
    });
  }
  EXPECT_TRUE(caught_up);
}

INSTANTIATE_TEST_SUITE_P(BothShapes, DatabaseAway, ::testing::Values(Shape::kAll, Shape::kSplit),
                         ShapeName);

}  // namespace
}  // namespace wissel::testing
