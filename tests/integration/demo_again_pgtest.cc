// The demo municipality is made once: again makes what is missing, and leaves alone what people
// changed.

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/integration/demo_fixture.h"
#include "tests/integration/rows.h"
#include "wissel/directory/v1/directory.pb.h"
#include "wissel/routing/v1/routing.pb.h"

namespace wissel::testing {
namespace {

constexpr char kTenant[] = "GM9901";

TEST(DemoAgain, LeavesAloneWhatPeopleChanged) {
  DemoFixture demo(Shape::kAll);
  demo.bas();
  // A password of one's own, another role and team.
  directory::v1::PutAccountRequest kim;
  kim.set_login("kim");
  kim.set_display_name("Kim Jansen-Smit");
  kim.set_password("not the published one");
  kim.add_roles(options::v1::ROLE_TEAM_LEAD);
  kim.add_team_ids("parkeren");
  ASSERT_TRUE(demo.fenna().Ask<directory::v1::PutAccountResponse>(kim).ok());
  // Another calendar, and another SOP, which also gives teams other mailboxes and norms.
  const auto calendar =
      demo.fenna().Ask<directory::v1::GetCalendarResponse>(directory::v1::GetCalendarRequest());
  ASSERT_TRUE(calendar.ok()) << calendar.status();
  directory::v1::PutCalendarRequest closed;
  *closed.mutable_calendar() = calendar->calendar();
  closed.mutable_calendar()->add_special_days()->set_date("2031-07-01");
  ASSERT_TRUE(demo.fenna().Ask<directory::v1::PutCalendarResponse>(closed).ok());
  const auto sop = demo.fenna().Ask<routing::v1::GetSopResponse>(routing::v1::GetSopRequest());
  ASSERT_TRUE(sop.ok()) << sop.status();
  routing::v1::LoadSopRequest load;
  load.set_document(absl::StrCat("# Van ons\n", sop->document()));
  const auto loaded = demo.fenna().Ask<routing::v1::LoadSopResponse>(load);
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  ASSERT_GT(loaded->version(), sop->version());
  // What follows from these of its own accord is over.
  for (const char* pending :
       {"select count(*) from directory.municipality m where m.sop_version <"
        " (select max(version) from router.sop_version)",
        "select count(*) from cases.case_file where state < 3 and norm_working_days is not null"
        " and calendar_version < (select max(version) from directory.calendar)"}) {
    while (demo.database().Admin(pending) != "0") absl::SleepFor(absl::Milliseconds(50));
  }
  // The name, and keys of contacts that are forgotten after a month.
  demo.database().Admin(
      "update directory.municipality set name = 'Onze stad';"
      "update directory.team set mailbox = 'eigen@onze.example' where team_id = 'kcc';"
      "delete from cases.idempotency_key;"
      "update cases.contact set idempotency_key = null, request_hash = null");

  demo.installation().KillAll();
  const std::string before = RowsOf(demo.database(), kTenant);
  ASSERT_EQ(demo.installation().MakeDemo(), absl::OkStatus());
  EXPECT_EQ(RowsOf(demo.database(), kTenant), before);
  ASSERT_EQ(demo.installation().Start(), absl::OkStatus());
  EXPECT_TRUE(
      demo.bas().Ask<directory::v1::GetSessionResponse>(directory::v1::GetSessionRequest()).ok())
      << "who was signed in still is";
}

TEST(DemoAgain, MakesWhatIsMissing) {
  DemoFixture demo(Shape::kAll);
  const auto count = [&](const char* what) {
    return demo.database().Admin(absl::StrCat("select count(*) from ", what));
  };
  const std::string contacts = count("cases.contact");
  // As if the first time had been broken off before these were made.
  demo.database().Admin(
      "set session_replication_role = replica;"
      "delete from directory.account_role where account_id in"
      " (select account_id from directory.account where login in ('guus', 'bas'));"
      "delete from directory.account_team where account_id in"
      " (select account_id from directory.account where login in ('guus', 'bas'));"
      "delete from directory.account where login in ('guus', 'bas');"
      "delete from cases.case_event; delete from cases.contact;"
      "delete from cases.case_file; delete from cases.idempotency_key;"
      "update directory.account set display_name = 'Mevrouw Visser' where login = 'lea'");
  const std::string accounts = count("directory.account");
  ASSERT_EQ(demo.installation().MakeDemo(), absl::OkStatus());
  EXPECT_EQ(count("directory.account"), absl::StrCat(std::stoi(accounts) + 2));
  EXPECT_EQ(count("directory.account where display_name in ('Mevrouw Visser', 'Bas de Vries')"),
            "2");
  EXPECT_EQ(count("cases.contact"), contacts);
  EXPECT_EQ(demo.database().Admin("select max(version) from router.sop_version"), "1");
  // Nothing is worth a word in the SOP of the demo, with what the directory knows of its teams.
  ASSERT_EQ(demo.installation().Run(
                {"sop", "check", "--tenant", kTenant, WISSEL_SOURCE_DIR "/deploy/demo/sop.yaml"}),
            absl::OkStatus());
  EXPECT_EQ(demo.installation().output().find("let op"), std::string::npos)
      << demo.installation().output();
}

}  // namespace
}  // namespace wissel::testing
