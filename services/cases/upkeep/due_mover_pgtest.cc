#include <memory>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libs/base/proto_time.h"
#include "libs/municipality/snapshot_store.h"
#include "libs/testing/postgres.h"
#include "services/cases/queue/change_notifier_store.h"
#include "services/cases/registration/reference_store.h"
#include "services/cases/registration/registration_store.h"
#include "services/cases/registration/registration_writer.h"
#include "services/cases/test_municipality.h"
#include "services/cases/upkeep/due_mover.h"
#include "services/cases/upkeep/due_store.h"

namespace wissel::cases {
namespace {

class DueMoverTest : public ::testing::Test {
 protected:
  DueMoverTest() { PlantMunicipality(database_); }

  std::unique_ptr<pg::Pool> OpenPool() {
    pg::PoolOptions options = {.conninfo = database_.ConnInfo("cases"), .size = 3};
    for (const auto& more :
         {RegistrationStatements(), ReferenceStatements(), municipality::SnapshotStatements(),
          ChangeNotifierStatements(), DueStatements()}) {
      options.statements.insert(options.statements.end(), more.begin(), more.end());
    }
    return pg::Pool::Open(std::move(options)).value();
  }

  void Register(const std::vector<v1::RegisterContactRequest>& requests) {
    const rpc::Call call = AgentCall();
    std::vector<Submission> batch;
    for (const auto& request : requests) {
      batch.push_back({.request = &request, .who = call.principal.get()});
    }
    writer_.Register(kTenant, absl::MakeSpan(batch));
    for (const Submission& one : batch) ASSERT_TRUE(one.answer.ok()) << one.answer.status();
  }

  void PutCalendar(int version, int to_minute) {
    database_.Admin(absl::StrCat(
        "insert into directory.calendar (tenant_id, version, definition) values ('GM0603', ",
        version, ", '", Week(to_minute), "')"));
  }

  std::string Ask(absl::string_view sql) { return database_.Admin(sql); }

  testing::TestDatabase database_;
  std::unique_ptr<pg::Pool> pool_ = OpenPool();
  municipality::SnapshotCache municipalities_;
  ChangeNotifier notifier_{*pool_};
  RegistrationWriter writer_{*pool_, municipalities_, notifier_, Clock::System()};
  DueMover mover_{*pool_, municipalities_};
};

TEST_F(DueMoverTest, OpenCasesFollowANewCalendarWithAnEvent) {
  Register({Callback("callback-1")});
  const std::string due = "select extract(epoch from due_at)::bigint from cases.case_file";
  const int64_t before = std::stoll(Ask(due));
  EXPECT_EQ(mover_.Run(kTenant).value(), 0) << "nothing has changed";

  PutCalendar(2, 18 * 60);
  EXPECT_EQ(mover_.Run(kTenant).value(), 1);
  EXPECT_EQ(std::stoll(Ask(due)), before + 3600);
  EXPECT_EQ(Ask("select count(*) from cases.case_event e join cases.case_file f using (case_id) "
                "where e.kind = 13 and e.sequence = 2 and e.due_at = f.due_at "
                "and e.team_id = 'burgerzaken' and f.version = 2 and f.calendar_version = 2"),
            "1");
  EXPECT_EQ(mover_.Run(kTenant).value(), 0) << "once";
}

// Due today, until the hours of today are cut off at a moment before the receipt.
TEST_F(DueMoverTest, NeverMovesADueMomentToTheReceiptOrBefore) {
  database_.Admin(
      "insert into directory.norm (tenant_id, team_id, channel, valid_from, working_days, "
      "target_share) values ('GM0603', 'burgerzaken', 4, '2000-01-01', 0, 0.9)");
  v1::RegisterContactRequest form = Callback("form-key-1");
  form.mutable_contact()->set_channel(common::v1::CHANNEL_FORM);
  Register({form});
  Ask("update cases.case_file set received_at = '2026-04-01 12:00Z', due_at = '2026-04-01 15:00Z'");
  PutCalendar(2, 9 * 60 + 1);
  EXPECT_EQ(mover_.Run(kTenant).value(), 1);
  EXPECT_EQ(Ask("select count(*) from cases.case_file where due_at = '2026-04-02 07:01Z'"), "1");
}

TEST_F(DueMoverTest, ClosedCasesAndThoseWithoutNormStay) {
  v1::RegisterContactRequest answered = Callback("answered-1");
  answered.mutable_contact()->set_outcome(v1::CASE_OUTCOME_FIRST_CONTACT);
  v1::RegisterContactRequest form = Callback("form-key-1");
  form.mutable_contact()->set_channel(common::v1::CHANNEL_FORM);
  Register({answered, form});
  PutCalendar(2, 18 * 60);
  EXPECT_EQ(mover_.Run(kTenant).value(), 0);
  EXPECT_EQ(Ask("select count(*) from cases.case_event where kind = 13"), "0");
}

TEST_F(DueMoverTest, ACalendarThatChangesNothingLeavesNoEvent) {
  Register({Callback("callback-1")});
  PutCalendar(2, 17 * 60);
  EXPECT_EQ(mover_.Run(kTenant).value(), 0);
  EXPECT_EQ(Ask("select calendar_version || ' ' || version from cases.case_file"), "2 1");
}

TEST_F(DueMoverTest, ManyCasesGoInBatches) {
  for (int block = 0; block < 11; ++block) {
    std::vector<v1::RegisterContactRequest> requests;
    for (int i = 0; i < 100; ++i) {
      requests.push_back(Callback(absl::StrCat("many-", block, "-", i)));
    }
    Register(requests);
  }
  PutCalendar(2, 16 * 60);
  EXPECT_EQ(mover_.Run(kTenant).value(), 1100);
  EXPECT_EQ(Ask("select count(*) from cases.case_event where kind = 13"), "1100");
}

TEST_F(DueMoverTest, WithoutACalendarDueComesWithTheFirst) {
  database_.Admin(
      "alter table directory.calendar disable trigger user; "
      "delete from directory.calendar; "
      "alter table directory.calendar enable trigger user; "
      "update directory.municipality set directory_version = directory_version + 1");
  Register({Callback("callback-1")});
  EXPECT_EQ(Ask("select due_at || ' ' || norm_working_days from cases.case_file"), "infinity 2");
  PutCalendar(5, 17 * 60);
  EXPECT_EQ(mover_.Run(kTenant).value(), 1);
  EXPECT_EQ(Ask("select count(*) from cases.case_file where due_at < now() + interval '10 days'"),
            "1");
}

}  // namespace
}  // namespace wissel::cases
