// A municipality closes for some days: due dates of open cases follow, each with an event, and what
// is closed stays as it was.

#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "libs/base/proto_time.h"
#include "tests/integration/demo_fixture.h"
#include "wissel/directory/v1/directory.pb.h"

namespace wissel::testing {
namespace {

class CalendarChange : public ::testing::TestWithParam<Shape> {
 protected:
  // Closes the day on which `moment` falls and the two before it.
  void CloseUntil(absl::Time moment) {
    auto in_force =
        demo_.fenna().Ask<directory::v1::GetCalendarResponse>(directory::v1::GetCalendarRequest());
    ASSERT_TRUE(in_force.ok()) << in_force.status();
    directory::v1::PutCalendarRequest request;
    *request.mutable_calendar() = in_force->calendar();
    absl::TimeZone amsterdam;
    ASSERT_TRUE(absl::LoadTimeZone("Europe/Amsterdam", &amsterdam));
    const absl::CivilDay last = absl::ToCivilDay(moment, amsterdam);
    for (int before = 2; before >= 0; --before) {
      directory::v1::SpecialDay* day = request.mutable_calendar()->add_special_days();
      day->set_date(absl::FormatCivilTime(last - before));
      day->set_name("Verhuizing van het stadhuis");
    }
    const auto put = demo_.fenna().Ask<directory::v1::PutCalendarResponse>(request);
    ASSERT_TRUE(put.ok()) << put.status();
    EXPECT_EQ(put->version(), in_force->version() + 1);
  }

  DemoFixture demo_{GetParam()};
};

TEST_P(CalendarChange, MovesDueDatesOfOpenCasesOnly) {
  const auto open = RegisterAnna(demo_);
  const auto closed = RegisterAnna(demo_);
  cases::v1::AnswerCaseRequest answer;
  answer.set_idempotency_key(NewKey());
  answer.set_reference(closed.reference());
  answer.set_text("Het ligt klaar.");
  ASSERT_TRUE(demo_.bas().Ask<cases::v1::AnswerCaseResponse>(answer).ok());

  const absl::Time due = FromProto(open.due_at());
  CloseUntil(due);
  cases::v1::Case moved;
  for (const absl::Time until = absl::Now() + absl::Seconds(30); absl::Now() < until;) {
    moved = demo_.CaseOf(open.reference());
    if (FromProto(moved.summary().due_at()) != due) break;
    absl::SleepFor(absl::Milliseconds(50));
  }
  EXPECT_GT(FromProto(moved.summary().due_at()), due);
  ASSERT_EQ(moved.events_size(), 2);
  EXPECT_EQ(moved.events(1).kind(), cases::v1::EVENT_KIND_DUE_MOVED);
  EXPECT_EQ(FromProto(moved.events(1).due_at()), FromProto(moved.summary().due_at()));
  EXPECT_EQ(FromProto(moved.summary().received_at()), FromProto(open.received_at()));

  const cases::v1::Case untouched = demo_.CaseOf(closed.reference());
  EXPECT_EQ(FromProto(untouched.summary().due_at()), FromProto(closed.due_at()));
  EXPECT_EQ(untouched.events_size(), 2);

  // Who comes now is told the same moment as who came before.
  EXPECT_EQ(FromProto(RegisterAnna(demo_).due_at()), FromProto(moved.summary().due_at()));
}

INSTANTIATE_TEST_SUITE_P(BothShapes, CalendarChange, ::testing::Values(Shape::kAll, Shape::kSplit),
                         ShapeName);

}  // namespace
}  // namespace wissel::testing
