#include <string>
#include <vector>

#include "absl/types/span.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "libs/calendar/time_zone.h"
#include "libs/testing/fake_clock.h"
#include "services/cases/registration/registration_writer.h"
#include "services/cases/registration/test_registration.h"

namespace wissel::cases {
namespace {

using RegistrationWriterTest = RegistrationTest;

v1::RegisterContactRequest Message(absl::string_view key, absl::string_view external_id) {
  v1::RegisterContactRequest request = Callback(key);
  v1::Contact& contact = *request.mutable_contact();
  contact.set_channel(common::v1::CHANNEL_EMAIL);
  contact.set_account("info@gemeente.example");
  contact.set_external_id(std::string(external_id));
  return request;
}

// What is new is stored at once, and what was there before is told from it, each by itself.
TEST_F(RegistrationWriterTest, TellsWhatIsNewInABatchFromWhatWasThere) {
  v1::RegisterContactRequest other_body = Callback("known-key-2");
  other_body.set_request_hash(std::string(32, 'x'));
  const std::vector<v1::RegisterContactRequest> before = {
      Callback("known-key-1"), Callback("known-key-2"), Message("message-key-1", "<1@x.nl>")};
  const std::vector<v1::RegisterContactRequest> batch = {
      Callback("new-key-1"), Callback("known-key-1"), Message("message-key-2", "<1@x.nl>"),
      other_body, Message("message-key-3", "<2@x.nl>")};
  const rpc::Call call = AgentCall();
  const auto submit = [&](const std::vector<v1::RegisterContactRequest>& requests) {
    std::vector<Submission> submissions;
    for (const auto& request : requests) {
      submissions.push_back({.request = &request, .who = call.principal.get()});
    }
    writer_.Register(kTenant, absl::MakeSpan(submissions));
    return submissions;
  };
  const std::vector<Submission> first = submit(before);
  const std::vector<Submission> now = submit(batch);
  for (const int i : {0, 1, 2, 4}) ASSERT_TRUE(now[i].answer.ok()) << i << now[i].answer.status();
  EXPECT_FALSE(now[0].answer->repeated());
  EXPECT_TRUE(now[1].answer->repeated());
  EXPECT_EQ(now[1].answer->reference(), first[0].answer->reference());
  EXPECT_TRUE(now[2].answer->repeated());
  EXPECT_EQ(now[2].answer->reference(), first[2].answer->reference());
  EXPECT_EQ(ReasonOf(now[3].answer.status()), "idempotency_key_reused");
  EXPECT_FALSE(now[4].answer->repeated());
  for (const char* table : {"case_file", "contact", "case_event"}) EXPECT_EQ(Count(table), "5");
  EXPECT_EQ(Count("breach"), "0");
}

// A process whose clock is slow by less than a day still shows yesterday; a norm begins today.
TEST_F(RegistrationWriterTest, JustAfterMidnightTheNormOfTheNewDayHolds) {
  database_.Admin(
      "insert into directory.norm (tenant_id, team_id, channel, valid_from, working_days, "
      "target_share) values ('GM0603', 'burgerzaken', 4, "
      "(now() at time zone 'Europe/Amsterdam')::date, 3, 0.9)");
  const absl::Time midnight =
      absl::FromCivil(absl::ToCivilDay(absl::Now(), calendar::Amsterdam()), calendar::Amsterdam());
  const testing::FakeClock slow(midnight - absl::Nanoseconds(1));
  RegistrationWriter writer(*pool_, municipalities_, notifier_, slow);
  v1::RegisterContactRequest request = Callback("form-key-1");
  request.mutable_contact()->set_channel(common::v1::CHANNEL_FORM);
  const rpc::Call call = AgentCall();
  Submission one = {.request = &request, .who = call.principal.get()};
  writer.Register(kTenant, absl::MakeSpan(&one, 1));
  ASSERT_TRUE(one.answer.ok()) << one.answer.status();
  EXPECT_TRUE(one.answer->has_due_at());
}

}  // namespace
}  // namespace wissel::cases
