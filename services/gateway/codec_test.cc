#include "services/gateway/codec.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "wissel/cases/v1/cases.pb.h"
#include "wissel/directory/v1/directory.pb.h"
#include "wissel/intake/v1/intake.pb.h"

namespace wissel::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

template <typename Message>
absl::StatusOr<std::string> Json(absl::string_view body) {
  return DecodeRequest(*Message::descriptor(), Encoding::kJson, body);
}

TEST(CodecTest, ReadsBothSpellingsOfAName) {
  for (const char* body : {R"({"idempotencyKey":"k","customer":{"phone":"1"}})",
                           R"({"idempotency_key":"k","customer":{"phone":"1"}})"}) {
    absl::StatusOr<std::string> wire = Json<intake::v1::RegisterCallbackRequest>(body);
    intake::v1::RegisterCallbackRequest request;
    ASSERT_TRUE(wire.ok() && request.ParseFromString(*wire)) << wire.status();
    EXPECT_EQ(request.idempotency_key(), "k");
    EXPECT_EQ(request.customer().phone(), "1");
  }
}

TEST(CodecTest, NamesTheFieldAndNeverTheValue) {
  struct Case {
    const char* body;
    const char* reason;
    const char* field;
  };
  for (const Case& c : std::vector<Case>{
           {R"({"customer":{"naam":"Jansen"}})", "unknown_field", "customer"},
           {R"({"klant":"Jansen"})", "unknown_field", ""},
           {R"({"Jansen":1})", "unknown_field", ""},
           {R"({"customer":{"phone":["Jansen"]}})", "invalid_value", "customer.phone"},
           {R"({"customer":{"phone":"06","phone":"Jansen"}})", "duplicate_field", "customer.phone"},
           {R"({"customer":{"de heer Jansen":1}})", "unknown_field", "customer"},
           {R"({"customer":{"phone":612345678}})", "invalid_value", "customer.phone"},
           {R"({"customer":{"phone":{"Jansen":1}}})", "invalid_value", "customer"},
           {R"({"customer":"Jansen: )\n(x): y"})", "invalid_value", "customer"},
           {R"({"customer":["Jansen"]})", "invalid_value", "customer"},
           {R"({"preferredMoment":{"notBefore":"Jansen"}})", "invalid_value",
            "preferred_moment.not_before"},
           {R"({"customer":{"phone":"06"} "Jansen"})", "invalid_json", ""}}) {
    const absl::Status status = Json<intake::v1::RegisterCallbackRequest>(c.body).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    ASSERT_EQ(DetailsOf(status).size(), 1u) << c.body;
    EXPECT_EQ(DetailsOf(status)[0].reason, c.reason) << c.body;
    EXPECT_EQ(DetailsOf(status)[0].field, c.field) << c.body << status;
    EXPECT_THAT(std::string(status.message()), Not(HasSubstr("ansen"))) << c.body;
    EXPECT_THAT(std::string(status.message()), Not(HasSubstr("6123"))) << c.body;
  }
  EXPECT_EQ(DetailsOf(Json<directory::v1::EnsureTeamsRequest>(
                          R"({"teams":[{"teamId":"a"},{"norms":[{"workingDays":"x"}]}]})")
                          .status())[0]
                .field,
            "teams[1].norms[0].working_days");
}

TEST(CodecTest, RefusesBytesThatAreNoMessage) {
  const auto& type = *intake::v1::RegisterCallbackRequest::descriptor();
  EXPECT_EQ(ReasonOf(DecodeRequest(type, Encoding::kProto, "\xff\xff\xff").status()),
            "invalid_message");
  intake::v1::RegisterCallbackRequest request;
  std::string bad_text = "\x0a\x02\xc0\xaf";  // Field 1 with an overlong character.
  EXPECT_EQ(ReasonOf(DecodeRequest(type, Encoding::kProto, bad_text).status()), "invalid_message");
  EXPECT_TRUE(DecodeRequest(type, Encoding::kProto, "").ok());
}

TEST(CodecTest, WritesProto3Json) {
  cases::v1::GetCaseResponse response;
  response.mutable_case_()->mutable_summary()->set_reference(1234567890);
  response.mutable_case_()->mutable_summary()->set_state(cases::v1::CASE_STATE_QUEUED);
  const auto& type = *cases::v1::GetCaseResponse::descriptor();
  EXPECT_EQ(*EncodeResponse(type, Encoding::kJson, response.SerializeAsString()),
            R"({"case":{"summary":{"reference":"1234567890","state":"CASE_STATE_QUEUED"}}})");
  EXPECT_EQ(*EncodeResponse(type, Encoding::kProto, response.SerializeAsString()),
            response.SerializeAsString());
  EXPECT_EQ(EncodeResponse(type, Encoding::kJson, "\xff").status().code(),
            absl::StatusCode::kInternal);
}

TEST(CodecTest, TakesTheTextOfAField) {
  directory::v1::SignInResponse response;
  response.set_token("secret");
  response.mutable_session()->set_display_name("An");
  const auto& field = *directory::v1::SignInResponse::descriptor()->FindFieldByName("token");
  std::string wire = response.SerializeAsString();
  EXPECT_EQ(*TakeText(field, /*clear=*/false, wire), "secret");
  EXPECT_EQ(*TakeText(field, /*clear=*/true, wire), "secret");
  EXPECT_EQ(*TakeText(field, /*clear=*/true, wire), "");
  ASSERT_TRUE(response.ParseFromString(wire));
  EXPECT_EQ(response.session().display_name(), "An");
}

}  // namespace
}  // namespace wissel::gateway
