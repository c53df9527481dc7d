// Wrong input, over Connect and over gRPC: the same code, reason and field, and nothing written.

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "libs/base/status.h"
#include "tests/integration/demo_fixture.h"
#include "tests/integration/dynamic_call.h"
#include "tests/support/connect_error.h"
#include "wissel/insight/v1/insight.pb.h"

namespace wissel::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kIntake[] = "/wissel.intake.v1.IntakeService/";

// A good request of each method of intake, of which a row of the tables below replaces a part.
const char* Good(absl::string_view method) {
  if (method == "RegisterCallback") {
    return R"({"idempotencyKey":"KEY","customer":{"givenName":"An","namePrefix":"de",)"
           R"("familyName":"Wit","organisation":"","phone":"0612345678","email":""},)"
           R"("question":{"subject":"Vraag","text":"","internalNote":"","topicId":"paspoort"},)"
           R"("preferredMoment":{}})";
  }
  if (method == "RegisterAnswered") {
    return R"({"idempotencyKey":"KEY","customer":{},"question":{"subject":"Vraag"},)"
           R"("channel":"CHANNEL_PHONE","answer":"Ja.","kind":"ANSWERED_KIND_ANSWERED"})";
  }
  if (method == "SubmitForm") {
    return R"({"idempotencyKey":"KEY","customer":{"email":"an@post.example"},)"
           R"("question":{"subject":"Vraag"},"formId":"contact"})";
  }
  if (method == "RegisterEmail") {
    return R"({"idempotencyKey":"KEY","customer":{"email":"an@post.example"},)"
           R"("question":{"subject":"Vraag"},"account":"info","externalId":"EXTERNAL"})";
  }
  return R"({"idempotencyKey":"KEY","customer":{},"question":{"subject":"Vraag"},)"
         R"("account":"mastodon:@stad","externalId":"EXTERNAL"})";
}

// `text` is replaced by `by` in the good request of `method`.
struct Row {
  const char* method;
  std::string text;
  std::string by;
  // As Short writes it; "OK" for what is just allowed.
  const char* expected;
};

std::string Times(int count, absl::string_view text = "x") {
  std::string all;
  for (int i = 0; i < count; ++i) absl::StrAppend(&all, text);
  return all;
}

std::string Is(absl::string_view name, absl::string_view value) {
  return absl::StrCat("\"", name, "\":\"", value, "\"");
}

// The same field is in all five methods; each limit is tried on one of them from both sides.
std::vector<Row> CustomerRows() {
  const std::string given = R"("givenName":"An")", prefix = R"("namePrefix":"de")",
                    family = R"("familyName":"Wit")", organisation = R"("organisation":"")",
                    phone = R"("phone":"0612345678")", key = R"("idempotencyKey":"KEY")";
  const char* callback = "RegisterCallback";
  return {
      {callback, key, Is("idempotencyKey", ""), "INVALID_ARGUMENT required idempotency_key"},
      {callback, key, Is("idempotencyKey", "seven77"),
       "INVALID_ARGUMENT invalid_idempotency_key idempotency_key"},
      {callback, key, Is("idempotencyKey", Times(65)),
       "INVALID_ARGUMENT invalid_idempotency_key idempotency_key"},
      {callback, key, Is("idempotencyKey", "with a blank"),
       "INVALID_ARGUMENT invalid_idempotency_key idempotency_key"},
      {callback, given, Is("givenName", Times(100)), "OK"},
      {callback, given, Is("givenName", Times(101)),
       "INVALID_ARGUMENT too_long customer.given_name"},
      {callback, given, Is("givenName", "An\\u0007\\u202e"), "OK"},
      {callback, given, Is("givenName", "An\\nBcc: piet"), "OK"},
      {callback, prefix, Is("namePrefix", Times(20)), "OK"},
      {callback, prefix, Is("namePrefix", Times(21)),
       "INVALID_ARGUMENT too_long customer.name_prefix"},
      {callback, family, Is("familyName", Times(200, "é")), "OK"},
      {callback, family, Is("familyName", Times(201, "é")),
       "INVALID_ARGUMENT too_long customer.family_name"},
      {callback, organisation, Is("organisation", Times(200)), "OK"},
      {callback, organisation, Is("organisation", Times(201)),
       "INVALID_ARGUMENT too_long customer.organisation"},
      {callback, phone, Is("phone", "+32 470 12 34 56"), "OK"},
      {callback, phone, Is("phone", ""), "INVALID_ARGUMENT required customer.phone"},
      {callback, phone, Is("phone", "  "), "INVALID_ARGUMENT required customer.phone"},
      {callback, phone, Is("phone", "0612"), "INVALID_ARGUMENT invalid_phone customer.phone"},
      {callback, phone, Is("phone", "bel mij"), "INVALID_ARGUMENT invalid_phone customer.phone"},
      {callback, R"("email":"")", Is("email", "an@"),
       "INVALID_ARGUMENT invalid_email customer.email"},
      {callback, R"("email":"")", Is("email", absl::StrCat(Times(64), "@", Times(250), ".nl")),
       "INVALID_ARGUMENT too_long customer.email"},
      {callback, absl::StrCat(given, ",", prefix),
       absl::StrCat(Is("givenName", Times(101)), ",", Is("namePrefix", Times(21))),
       "INVALID_ARGUMENT too_long customer.given_name too_long customer.name_prefix"},
  };
}

std::vector<Row> QuestionRows() {
  const std::string subject = R"("subject":"Vraag")", text = R"("text":"")",
                    note = R"("internalNote":"")", topic = R"("topicId":"paspoort")",
                    moment = R"("preferredMoment":{})";
  const char* callback = "RegisterCallback";
  return {
      {callback, subject, Is("subject", Times(200)), "OK"},
      {callback, subject, Is("subject", Times(201)), "INVALID_ARGUMENT too_long question.subject"},
      {callback, subject, Is("subject", ""), "INVALID_ARGUMENT required question.subject"},
      {callback, subject, Is("subject", "een\\ntwee"), "OK"},
      {callback, text, Is("text", "een\\u000btwee\\u0000drie"), "OK"},
      {callback, text, Is("text", Times(1000, "€")), "OK"},
      {callback, text, Is("text", Times(1001, "€")), "INVALID_ARGUMENT too_long question.text"},
      {callback, note, Is("internalNote", Times(1000)), "OK"},
      {callback, note, Is("internalNote", Times(1001)),
       "INVALID_ARGUMENT too_long question.internal_note"},
      {callback, topic, Is("topicId", Times(81)), "INVALID_ARGUMENT too_long question.topic_id"},
      {callback, moment, R"("preferredMoment":{"notBefore":"0026-03-01T00:00:00Z"})",
       "INVALID_ARGUMENT invalid_moment preferred_moment.not_before"},
      {callback, moment, R"("preferredMoment":{"notAfter":"0005-03-01T00:00:00Z"})",
       "INVALID_ARGUMENT invalid_moment preferred_moment.not_after"},
      {callback, moment,
       R"("preferredMoment":{"notBefore":"2026-04-01T12:00:00Z","notAfter":"2026-04-01T12:00:01Z"})",
       "OK"},
      {callback, moment,
       R"("preferredMoment":{"notBefore":"2026-04-01T12:00:00Z","notAfter":"2026-04-01T12:00:00Z"})",
       "INVALID_ARGUMENT invalid_moment preferred_moment.not_after"},
  };
}

// What only one method has, or has in its own way.
std::vector<Row> RowsOfOneMethod() {
  const std::string phone = R"("phone":"0612345678")", email = R"("email":"an@post.example")";
  const char* answered = "RegisterAnswered";
  return {
      {answered, R"("CHANNEL_PHONE")", R"("CHANNEL_EMAIL")",
       "INVALID_ARGUMENT invalid_channel channel"},
      {answered, R"("channel":"CHANNEL_PHONE",)", "", "INVALID_ARGUMENT invalid_channel channel"},
      {answered, R"("ANSWERED_KIND_ANSWERED")", "0", "INVALID_ARGUMENT required kind"},
      {answered, R"("ANSWERED_KIND_ANSWERED")", "99", "INVALID_ARGUMENT invalid_value kind"},
      {answered, R"("Ja.")", R"("")", "INVALID_ARGUMENT required answer"},
      {answered, R"("Ja.")", absl::StrCat("\"", Times(4000), "\""), "OK"},
      {answered, R"("Ja.")", absl::StrCat("\"", Times(4001), "\""),
       "INVALID_ARGUMENT too_long answer"},
      {"SubmitForm", email, "", "INVALID_ARGUMENT required customer"},
      {"SubmitForm", email, phone, "OK"},
      {"SubmitForm", R"("contact")", absl::StrCat("\"", Times(101), "\""),
       "INVALID_ARGUMENT too_long form_id"},
      {"RegisterEmail", email, phone, "INVALID_ARGUMENT required customer.email"},
      {"RegisterEmail", R"("info")", absl::StrCat("\"", Times(255), "\""),
       "INVALID_ARGUMENT too_long account"},
      {"RegisterEmail", "EXTERNAL", Times(501), "INVALID_ARGUMENT too_long external_id"},
      {"RegisterSocialMessage", R"("mastodon:@stad")", R"("")",
       "INVALID_ARGUMENT required account"},
      {"RegisterSocialMessage", "EXTERNAL", "", "INVALID_ARGUMENT required external_id"},
  };
}

class BadInput : public ::testing::TestWithParam<Shape> {
 protected:
  absl::Status OverConnect(const std::string& path, const std::string& json) {
    const WebClient::Answer answer = demo().kim().web().Post(path, json);
    if (answer.code == 200) return absl::OkStatus();
    return StatusOfConnect(answer.body).value_or(absl::UnknownError(answer.body));
  }

  absl::Status OverGrpc(const rpc::Method& method, const std::string& json) {
    const std::unique_ptr<google::protobuf::Message> request(
        google::protobuf::MessageFactory::generated_factory()
            ->GetPrototype(method.descriptor->input_type())
            ->New());
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(json, request.get()).ok()) << json;
    return call_.Call(method, *request, {demo().kim().web().token()}).status();
  }

  std::string Written() { return demo().database().Admin("select count(*) from cases.case_file"); }

  DemoFixture& demo() { return DemoFixture::In(GetParam()); }

  DynamicCall call_{demo().installation()};
};

const rpc::Method& MethodAt(const std::string& path) {
  const auto& methods = rpc::MethodTable::Get().methods();
  return *std::find_if(methods.begin(), methods.end(),
                       [&](const rpc::Method& method) { return method.path == path; });
}

TEST_P(BadInput, EveryLimitOfIntakeFromBothSidesOverBothProtocols) {
  std::vector<Row> rows = CustomerRows();
  for (const auto& more : {QuestionRows(), RowsOfOneMethod()}) {
    rows.insert(rows.end(), more.begin(), more.end());
  }
  for (const Row& row : rows) {
    const std::string good = Good(row.method);
    ASSERT_THAT(good, HasSubstr(row.text)) << row.method;
    const std::string path = absl::StrCat(kIntake, row.method);
    const auto json = [&] {
      return absl::StrReplaceAll(absl::StrReplaceAll(good, {{row.text, row.by}}),
                                 {{"KEY", NewKey()}, {"EXTERNAL", NewKey()}});
    };
    const std::string written = Written();
    const absl::Status over_connect = OverConnect(path, json());
    const absl::Status over_grpc = OverGrpc(MethodAt(path), json());
    const std::string what = absl::StrCat(row.method, " with ", row.by.substr(0, 60));
    EXPECT_EQ(Short(over_connect), row.expected) << what;
    EXPECT_EQ(Short(over_grpc), row.expected) << what;
    if (over_connect.ok()) continue;
    EXPECT_EQ(over_connect.message(), over_grpc.message());
    EXPECT_EQ(Written(), written) << what;
    // What was sent is never said again: it may be personal.
    if (row.by.size() > 30) {
      EXPECT_THAT(std::string(over_connect.message()), Not(HasSubstr(Times(21)))) << what;
    }
  }
}

TEST_P(BadInput, WhatIsNoRequestAtAll) {
  const std::string path = absl::StrCat(kIntake, "RegisterCallback");
  const auto of = [&](const std::string& json) { return Short(OverConnect(path, json)); };
  EXPECT_EQ(of(R"({"customer":{"naam":"Piet"}})"), "INVALID_ARGUMENT unknown_field customer");
  EXPECT_EQ(of(R"({"customer":"Piet"})"), "INVALID_ARGUMENT invalid_value customer");
  EXPECT_THAT(of("{"), HasSubstr("INVALID_ARGUMENT invalid_json"));
  EXPECT_THAT(of(""), HasSubstr("INVALID_ARGUMENT invalid_json"));
  EXPECT_EQ(of(R"({"BSN123456782":1})"), "INVALID_ARGUMENT unknown_field");
  EXPECT_EQ(of(R"({"customer":{},"customer":{}})"), "INVALID_ARGUMENT duplicate_field customer");
  EXPECT_EQ(of(R"({"question":{"topicId":"a","topic_id":"b"}})"),
            "INVALID_ARGUMENT duplicate_field question.topic_id");
  EXPECT_THAT(of(absl::StrCat(Times(5000, R"({"customer":)"), Times(5000, "}"))),
              HasSubstr("INVALID_ARGUMENT"));
}

TEST_P(BadInput, TheHttpUnderIt) {
  const std::string path = absl::StrCat(kIntake, "RegisterCallback");
  ApiClient kim(demo().installation().url(), demo().kim().web().token());
  EXPECT_EQ(kim.web().Post(path, std::string(300 << 10, ' ')).code, 413);
  ApiClient again(demo().installation().url(), demo().kim().web().token());
  WebClient& web = again.web();
  EXPECT_EQ(web.Get(path).code, 405);
  EXPECT_EQ(web.Post("/wissel.intake.v1.IntakeService/Nonsense", "{}").code, 404);
  // For other parts of Wissel: on this side it does not exist.
  EXPECT_EQ(web.Post("/wissel.directory.v1.DirectoryService/Authenticate", "{}").code, 404);
  EXPECT_EQ(web.Post("/wissel.cases.v1.CaseService/ImportCases", "{}").code, 404);
  web.set_header("Content-Type", "text/plain");
  EXPECT_EQ(web.Post(path, "{}").code, 415);
  web.set_header("Content-Type", "application/json");
  web.set_header("Connect-Timeout-Ms", "soon");
  EXPECT_EQ(Short(*StatusOfConnect(web.Post(path, "{}").body)), "INVALID_ARGUMENT invalid_timeout");
  ApiClient nobody(demo().installation().url(), "wst_GM9901_nobodys");
  EXPECT_EQ(nobody.web().Post(path, "{}").code, 401);
  EXPECT_EQ(WebClient(demo().installation().url()).Post(path, "{}").code, 401);
}

TEST_P(BadInput, WhatTheOtherServicesRefuse) {
  const std::string cases = "/wissel.cases.v1.CaseService/";
  const std::string insight = "/wissel.insight.v1.InsightService/";
  const std::string routing = "/wissel.routing.v1.RouterService/";
  const std::vector<std::array<std::string, 3>> rows = {
      {cases + "ListQueue", "{}", "INVALID_ARGUMENT required team_id"},
      {cases + "ListQueue", R"({"teamId":"nergens"})", "NOT_FOUND no_such_team team_id"},
      {cases + "ListQueue", R"({"teamId":"kcc","pageSize":201})",
       "INVALID_ARGUMENT out_of_range page_size"},
      {cases + "ListQueue", R"({"teamId":"kcc","pageSize":-1})",
       "INVALID_ARGUMENT out_of_range page_size"},
      {cases + "ListQueue", R"({"teamId":"kcc","pageToken":"abc"})",
       "INVALID_ARGUMENT invalid_page_token page_token"},
      {cases + "GetCase", R"({"reference":"1"})", "NOT_FOUND no_such_case reference"},
      {cases + "GetCase", R"({"reference":"-9223372036854775808"})",
       "NOT_FOUND no_such_case reference"},
      {cases + "ClaimCase", R"({"idempotencyKey":"no-such-case","reference":"1"})",
       "NOT_FOUND no_such_case reference"},
      {cases + "ClaimCase", "{}", "INVALID_ARGUMENT required idempotency_key"},
      {insight + "GetFigures",
       R"({"received":{"from":"2026-02-01T00:00:00Z","to":"2026-01-01T00:00:00Z"}})",
       "INVALID_ARGUMENT invalid_period received"},
      {insight + "GetFigures", R"({"grouping":99})", "INVALID_ARGUMENT invalid_value grouping"},
      {routing + "Decide", R"({"channel":99})", "INVALID_ARGUMENT invalid_value channel"},
      {routing + "Decide", "{}", "INVALID_ARGUMENT required channel"},
      {"/wissel.directory.v1.DirectoryService/SignIn", "{}", "INVALID_ARGUMENT required tenant_id"},
      {"/wissel.directory.v1.DirectoryService/SignIn",
       R"({"tenantId":"GM9901","login":"kim","password":"wrong"})",
       "UNAUTHENTICATED wrong_credentials"},
      {"/wissel.directory.v1.DirectoryService/SignIn",
       R"({"tenantId":"GM9901","login":"nobody","password":"wrong"})",
       "UNAUTHENTICATED wrong_credentials"},
  };
  for (const auto& [path, json, expected] : rows) {
    EXPECT_EQ(Short(OverConnect(path, json)), expected) << path << " " << json;
    EXPECT_EQ(Short(OverGrpc(MethodAt(path), json)), expected) << path << " " << json;
  }
}

TEST_P(BadInput, WhatTheDashboardRefuses) {
  const std::string manager = demo().max().web().token();
  const auto dashboard = [&](const char* first, const char* last) {
    insight::v1::GetDashboardRequest request;
    request.set_first_month(first);
    request.set_last_month(last);
    return Short(call_.Ask<insight::v1::GetDashboardResponse>(request, {manager}).status());
  };
  EXPECT_EQ(dashboard("2026-4", "2026-05"), "INVALID_ARGUMENT invalid_month first_month");
  EXPECT_EQ(dashboard("2026-04", ""), "INVALID_ARGUMENT invalid_month last_month");
  EXPECT_EQ(dashboard("2026-04", "2026-03"), "INVALID_ARGUMENT invalid_period last_month");
  insight::v1::ListFigureCasesRequest behind;
  const auto listed = [&] {
    return Short(call_.Ask<insight::v1::ListFigureCasesResponse>(behind, {manager}).status());
  };
  EXPECT_EQ(listed(), "INVALID_ARGUMENT required verdict");
  behind.mutable_mark()->mutable_arrival()->set_weekday(8);
  EXPECT_EQ(listed(), "INVALID_ARGUMENT out_of_range mark.arrival.weekday");
  behind.mutable_mark()->mutable_arrival()->set_weekday(7);
  behind.mutable_mark()->mutable_arrival()->set_hour(24);
  EXPECT_EQ(listed(), "INVALID_ARGUMENT out_of_range mark.arrival.hour");
  behind.mutable_mark()->set_open(insight::v1::OPEN_KIND_UNSPECIFIED);
  EXPECT_EQ(listed(), "INVALID_ARGUMENT required mark.open");
  behind.mutable_mark()->mutable_received();
  behind.mutable_as_of()->set_seconds(1'770'000'000);
  EXPECT_EQ(listed(), "INVALID_ARGUMENT not_together as_of");
}

// Binary requests can hold what JSON cannot.
TEST_P(BadInput, MomentsThatNoCalendarHas) {
  const std::string token = demo().kim().web().token();
  const std::string manager = demo().max().web().token();
  for (const int64_t seconds : {int64_t{1} << 62, -(int64_t{1} << 62), int64_t{253'402'300'800}}) {
    insight::v1::GetFiguresRequest figures;
    figures.mutable_as_of()->set_seconds(seconds);
    EXPECT_EQ(Short(call_.Ask<insight::v1::GetFiguresResponse>(figures, {token}).status()),
              "INVALID_ARGUMENT invalid_moment as_of");
    insight::v1::ListFigureCasesRequest behind;
    behind.set_verdict(insight::v1::VERDICT_MET);
    behind.mutable_received()->mutable_to()->set_seconds(seconds);
    EXPECT_EQ(Short(call_.Ask<insight::v1::ListFigureCasesResponse>(behind, {manager}).status()),
              "INVALID_ARGUMENT invalid_moment received.to");
    auto callback = AnnasCallback();
    callback.mutable_preferred_moment()->mutable_not_before()->set_seconds(seconds);
    EXPECT_EQ(Short(call_.Ask<intake::v1::RegisterCallbackResponse>(callback, {token}).status()),
              "INVALID_ARGUMENT invalid_moment preferred_moment.not_before");
  }
}

INSTANTIATE_TEST_SUITE_P(BothShapes, BadInput, ::testing::Values(Shape::kAll, Shape::kSplit),
                         ShapeName);

}  // namespace
}  // namespace wissel::testing
