// Unary calls over the Connect protocol, from a socket to a gRPC service and back.

#include <array>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/flags/declare.h"
#include "absl/flags/flag.h"
#include "absl/flags/reflection.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/http/raw_client.h"
#include "libs/telemetry/metrics.h"
#include "services/gateway/test_house.h"
#include "wissel/errors/v1/errors.pb.h"

ABSL_DECLARE_FLAG(std::string, public_origin);
ABSL_DECLARE_FLAG(int, public_calls_burst);
ABSL_DECLARE_FLAG(double, public_calls_per_second);
ABSL_DECLARE_FLAG(std::vector<std::string>, trusted_proxies);

namespace wissel::gateway {
namespace {

using http::RawClient;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kGetCase[] = "/wissel.cases.v1.CaseService/GetCase";
constexpr char kSignIn[] = "/wissel.directory.v1.DirectoryService/SignIn";
constexpr char kSignOut[] = "/wissel.directory.v1.DirectoryService/SignOut";
constexpr char kList[] = "/wissel.directory.v1.DirectoryService/ListMunicipalities";
constexpr char kJson[] = "Content-Type: application/json";

RawClient::Answer Post(const House& house, absl::string_view path, absl::string_view body,
                       std::vector<std::string> headers = {kJson}) {
  RawClient client(house.port());
  return client.Call("POST", path, headers, body);
}

TEST(UnaryTest, SpeaksJson) {
  House house;
  RawClient::Answer answer = Post(house, kGetCase, R"({"reference":"1234567890"})");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.Get("content-type"), "application/json");
  EXPECT_EQ(answer.headers.Get("cache-control"), "no-store");
  EXPECT_EQ(answer.headers.Get("x-content-type-options"), "nosniff");
  EXPECT_EQ(answer.body, R"({"case":{"summary":{"reference":"1234567890"}}})");
  EXPECT_EQ(Post(house, kGetCase, "{}",
                 {"Content-Type: Application/JSON ; charset=UTF-8", "Connect-Protocol-Version: 1",
                  "Content-Encoding: identity"})
                .status,
            200);
}

TEST(UnaryTest, SpeaksBinary) {
  House house;
  cases::v1::GetCaseRequest request;
  request.set_reference(12);
  RawClient::Answer answer =
      Post(house, kGetCase, request.SerializeAsString(), {"Content-Type: application/proto"});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.Get("content-type"), "application/proto");
  cases::v1::GetCaseResponse response;
  ASSERT_TRUE(response.ParseFromString(answer.body));
  EXPECT_EQ(response.case_().summary().reference(), 12);
}

TEST(UnaryTest, PassesErrorsOnWithTheirDetails) {
  House house;
  for (const char* type : {kJson, "Content-Type: application/proto"}) {
    RawClient::Answer answer =
        Post(house, kGetCase, type == kJson ? R"({"reference":7})" : "\x08\x07", {type});
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.headers.Get("content-type"), "application/json") << "errors are always JSON";
    const std::string begin =
        R"({"code":"failed_precondition","message":"a colleague \"has\" it","details":[)"
        R"({"type":"wissel.errors.v1.ErrorDetail","value":")";
    ASSERT_TRUE(absl::StartsWith(answer.body, begin)) << answer.body;
    EXPECT_THAT(answer.body, HasSubstr(R"("debug":{"reason":"already_claimed","field":"reference",)"
                                       R"("facts":{"claimed_by":"An"}}}]})"));
    const std::string value =
        answer.body.substr(begin.size(), answer.body.find('"', begin.size()) - begin.size());
    std::string bytes;
    errors::v1::ErrorDetail detail;
    ASSERT_TRUE(absl::Base64Unescape(value, &bytes) && detail.ParseFromString(bytes));
    EXPECT_EQ(detail.facts().at("claimed_by"), "An");
  }
}

TEST(UnaryTest, RefusesWhatIsNoCall) {
  House house;
  struct Case {
    const char* path;
    const char* body;
    std::vector<std::string> headers;
    int status;
    const char* says;
  };
  for (const Case& c : std::vector<Case>{
           {"/wissel.cases.v1.CaseService/Nope", "{}", {kJson}, 404, R"("code":"unimplemented")"},
           {"/wissel.nope.v1.Nope/Get", "{}", {kJson}, 404, R"("code":"unimplemented")"},
           {"/wissel.cases.v1.CaseService/ImportCases", "{}", {kJson}, 404, "no_such_method"},
           {"/wissel.cases.v1.CaseService/RegisterContact", "{}", {kJson}, 404, "no_such_method"},
           {"/wissel.directory.v1.DirectoryService/Authenticate", "{}", {kJson}, 404, "no_such"},
           {"/grpc.health.v1.Health/Check", "{}", {kJson}, 405, "only GET"},
           {"/wissel.cases.v1.CaseService/GetCase/", "{}", {kJson}, 404, "unimplemented"},
           {kGetCase, "{}", {}, 415, "application/json"},
           {kGetCase, "{}", {"Content-Type: text/plain"}, 415, ""},
           {kGetCase, "{}", {"Content-Type: application/connect+json"}, 415, ""},
           {kGetCase, "{}", {"Content-Type: application/json; charset=latin1"}, 415, ""},
           {kGetCase, "{}", {"Content-Type: application/x-www-form-urlencoded"}, 415, ""},
           {kGetCase, "{}", {kJson, "Connect-Protocol-Version: 2"}, 400, "unknown_protocol"},
           {kGetCase, "{}", {kJson, "Content-Encoding: gzip"}, 501, "unknown_encoding"},
           {kGetCase, "{}", {kJson, "Connect-Timeout-Ms: soon"}, 400, "invalid_timeout"},
           {kGetCase, "{}", {kJson, "Connect-Timeout-Ms: 0"}, 400, "invalid_timeout"},
           {kGetCase, "{}", {kJson, "Connect-Timeout-Ms: -5"}, 400, "invalid_timeout"},
           {kGetCase, "{}", {kJson, "Connect-Timeout-Ms: 99999999999"}, 400, "invalid_timeout"},
           {kGetCase, "{}", {kJson, "Authorization: Basic YTpi"}, 401, "invalid_token"},
           {kGetCase, "", {kJson}, 400, "invalid_json"},
           {kGetCase, R"({"reference":1)", {kJson}, 400, "line 1, column 15"},
           {kGetCase, R"({"ref":1})", {kJson}, 400, R"("unknown_field"})"},
           {kGetCase, R"({"reference":"x"})", {kJson}, 400, R"("invalid_value")"},
           {kGetCase, "\xff", {"Content-Type: application/proto"}, 400, "invalid_message"}}) {
    RawClient::Answer answer = Post(house, c.path, c.body, c.headers);
    EXPECT_EQ(answer.status, c.status) << c.path << c.body;
    EXPECT_THAT(answer.body, HasSubstr(c.says)) << c.path << c.body;
  }
  EXPECT_FALSE(house.cases.imported);
  RawClient client(house.port());
  RawClient::Answer get = client.Call("GET", kGetCase);
  EXPECT_EQ(get.status, 405);
  EXPECT_EQ(get.headers.Get("allow"), "POST");
}

TEST(UnaryTest, SurvivesHostileBodies) {
  House house;
  const std::string deep = "{\"reference\":" + std::string(100'000, '[');
  std::string objects;
  for (int i = 0; i < 20'000; ++i) objects += "{\"case\":";
  for (const std::string& body :
       {deep, objects, std::string("{\"reference\":\"\xff\xfe\"}"), std::string("{\0}", 3),
        std::string("{\"reference\":1e999999999}"), "{\"" + std::string(200'000, 'a') + "\":1}"}) {
    RawClient::Answer answer = Post(house, kGetCase, body);
    EXPECT_EQ(answer.status, 400) << body.substr(0, 40);
    EXPECT_LT(answer.body.size(), 500u) << "does not echo";
  }
  EXPECT_EQ(Post(house, kGetCase, std::string(10'000'000, ' ')).status, 413);
  EXPECT_EQ(Post(house, kGetCase, "{}").status, 200);
}

TEST(UnaryTest, ForwardsTheTokenAndNothingElse) {
  House house;
  Post(house, kGetCase, "{}", {kJson, "Authorization: Bearer abc", "X-Wissel-Tenant: GM0001"});
  EXPECT_EQ(house.cases.seen.authorization(), "Bearer abc");
  EXPECT_EQ(house.cases.seen.tenant(), "") << "only another part of Wissel may choose one";
  Post(house, kGetCase, "{}", {kJson, "Cookie: a=b; wissel=def"});
  EXPECT_EQ(house.cases.seen.authorization(), "Bearer def");
  Post(house, kGetCase, "{}", {kJson});
  EXPECT_EQ(house.cases.seen.authorization(), "");
}

TEST(UnaryTest, PassesTheDeadlineOn) {
  House house;
  Post(house, kGetCase, "{}");
  EXPECT_GT(house.cases.seen.timeout(), absl::Seconds(5));
  EXPECT_LT(house.cases.seen.timeout(), absl::Seconds(11));
  Post(house, kGetCase, "{}", {kJson, "Connect-Timeout-Ms: 30000"});
  EXPECT_GT(house.cases.seen.timeout(), absl::Seconds(20));
  Post(house, kGetCase, "{}", {kJson, "Connect-Timeout-Ms: 9999999999"});
  EXPECT_LT(house.cases.seen.timeout(), absl::Seconds(61)) << "clamped";
  RawClient::Answer answer =
      Post(house, kGetCase, R"({"reference":8})", {kJson, "Connect-Timeout-Ms: 50"});
  EXPECT_EQ(answer.status, 504);
  EXPECT_THAT(answer.body, HasSubstr(R"("code":"deadline_exceeded")"));
  house.cases.cancelled.WaitForNotification();
}

TEST(UnaryTest, CancelsTheCallWhenTheClientLeaves) {
  House house;
  RawClient client(house.port());
  client.Send(absl::StrCat("POST ", kGetCase, " HTTP/1.1\r\nHost: localhost\r\n", kJson,
                           "\r\nContent-Length: 15\r\n\r\n{\"reference\":8}"));
  house.cases.started.WaitForNotification();
  client.Close();
  house.cases.cancelled.WaitForNotification();
}

TEST(UnaryTest, StoppingCancelsWhatDoesNotEnd) {
  House house;
  RawClient client(house.port());
  client.Send(absl::StrCat("POST ", kGetCase, " HTTP/1.1\r\nHost: localhost\r\n", kJson,
                           "\r\nContent-Length: 15\r\n\r\n{\"reference\":8}"));
  house.cases.started.WaitForNotification();
  house.gateway->Stop(absl::Milliseconds(20));
  house.cases.cancelled.WaitForNotification();
  EXPECT_TRUE(client.AtEnd());
}

TEST(UnaryTest, TellsWhenAServiceIsAway) {
  House house;
  RawClient::Answer answer = Post(house, "/wissel.intake.v1.IntakeService/RegisterCallback", "{}");
  EXPECT_EQ(answer.status, 503);
  EXPECT_THAT(answer.body, HasSubstr(R"("code":"unavailable")"));
}

TEST(UnaryTest, GivesABrowserACookieAndOthersTheToken) {
  House house;
  const std::string body = R"({"tenantId":"GM0603","login":"an","password":"right"})";
  RawClient::Answer curl = Post(house, kSignIn, body);
  EXPECT_EQ(curl.body, R"({"token":"secret-token","session":{"displayName":"An"}})");
  EXPECT_FALSE(curl.headers.Has("set-cookie"));

  for (const char* header : {"Origin: http://localhost", "Sec-Fetch-Site: same-origin"}) {
    RawClient::Answer page = Post(house, kSignIn, body, {kJson, header});
    EXPECT_EQ(page.body, R"({"session":{"displayName":"An"}})");
    EXPECT_EQ(page.headers.Get("set-cookie"),
              "wissel=secret-token; Path=/; HttpOnly; SameSite=Lax");
  }
  RawClient::Answer binary =
      Post(house, kSignIn, "", {"Content-Type: application/proto", "Origin: http://localhost"});
  EXPECT_THAT(binary.body, Not(HasSubstr("secret-token")));
  EXPECT_TRUE(binary.headers.Has("set-cookie"));

  RawClient::Answer wrong = Post(house, kSignIn, R"({"password":"wrong"})", {kJson});
  EXPECT_EQ(wrong.status, 401);
  EXPECT_FALSE(wrong.headers.Has("set-cookie"));
}

TEST(UnaryTest, AStaleCookieDoesNotStandInTheWayOfSigningIn) {
  House house;
  Post(house, kSignIn, "{}", {kJson, "Cookie: wissel=stale"});
  EXPECT_EQ(house.directory.seen.authorization(), "");
  Post(house, kList, "{}", {kJson, "Cookie: wissel=sta,le"});
  EXPECT_EQ(house.directory.seen.authorization(), "");
}

TEST(UnaryTest, SigningOutEndsTheCookie) {
  House house;
  RawClient::Answer answer =
      Post(house, kSignOut, "{}", {kJson, "Cookie: wissel=abc", "Origin: http://localhost"});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(house.directory.seen.authorization(), "Bearer abc");
  EXPECT_EQ(answer.headers.Get("set-cookie"), "wissel=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
}

TEST(UnaryTest, UsesAHostCookieBehindHttps) {
  absl::FlagSaver saver;
  absl::SetFlag(&FLAGS_public_origin, "https://wissel.gemeente.nl");
  House house;
  RawClient::Answer answer =
      Post(house, kSignIn, "{}", {kJson, "Origin: https://wissel.gemeente.nl"});
  EXPECT_EQ(answer.headers.Get("set-cookie"),
            "__Host-wissel=secret-token; Path=/; Secure; HttpOnly; SameSite=Lax");
  EXPECT_EQ(Post(house, kSignIn, "{}", {kJson, "Origin: http://localhost"}).status, 403);
}

TEST(UnaryTest, RefusesOtherSites) {
  House house;
  for (const char* header :
       {"Origin: https://evil.nl", "Origin: null", "Sec-Fetch-Site: cross-site"}) {
    RawClient::Answer answer = Post(house, kGetCase, "{}", {kJson, header});
    EXPECT_EQ(answer.status, 403) << header;
    EXPECT_THAT(answer.body, HasSubstr("wrong_origin"));
    EXPECT_THAT(answer.body, HasSubstr(R"("code":"permission_denied")"));
  }
}

TEST(UnaryTest, LimitsPublicMethodsByAddress) {
  absl::FlagSaver saver;
  absl::SetFlag(&FLAGS_public_calls_burst, 3);
  absl::SetFlag(&FLAGS_public_calls_per_second, 0.01);
  House house;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Post(house, kList, "{}").status, 200);
  RawClient::Answer answer = Post(house, kList, "{}");
  EXPECT_EQ(answer.status, 429);
  EXPECT_THAT(answer.body, HasSubstr("too_many_requests"));
  EXPECT_EQ(answer.headers.Get("retry-after"), "100");
  EXPECT_THAT(telemetry::MetricsText(),
              HasSubstr("wissel_gateway_refused_total{reason=\"too_many_requests\"} 1"));
  EXPECT_EQ(Post(house, kGetCase, "{}").status, 200) << "methods with a session are not counted";
  EXPECT_EQ(Post(house, kList, "{}", {kJson, "X-Forwarded-For: 192.0.2.1"}).status, 429)
      << "(B4) nobody is believed by default";
  absl::SetFlag(&FLAGS_trusted_proxies, {"127.0.0.1"});
  House behind_a_proxy;
  for (int i = 0; i < 10; ++i) {
    const std::string client = absl::StrCat("X-Forwarded-For: 192.0.2.", i);
    EXPECT_EQ(Post(behind_a_proxy, kList, "{}", {kJson, client}).status, 200);
  }
  absl::SetFlag(&FLAGS_trusted_proxies, {"my-proxy"});
  EXPECT_EQ(ReasonOf(House().status), "invalid_address");
}

TEST(UnaryTest, TellsTheServiceWhereACallComesFrom) {
  absl::FlagSaver saver;
  absl::SetFlag(&FLAGS_trusted_proxies, {"127.0.0.1"});
  House house;
  Post(house, kGetCase, "{}", {kJson, "X-Forwarded-For: 2001:DB8::7"});
  EXPECT_EQ(house.cases.seen.address(), "2001:db8::7");
  Post(house, kGetCase, "{}", {kJson, "X-Wissel-Address: 192.0.2.1"});
  EXPECT_EQ(house.cases.seen.address(), "127.0.0.1");
}

// (B2) All that is refused here is counted by reason; only what is no wrong input has a line.
TEST(UnaryTest, CountsAndLogsWhatItRefuses) {
  House house;
  const auto count = [](const std::string& reason) {
    const std::string text = telemetry::MetricsText();
    const std::string name = absl::StrCat("wissel_gateway_refused_total{reason=\"", reason, "\"} ");
    const size_t at = text.find(name);
    return at == std::string::npos ? 0 : std::atoi(text.c_str() + at + name.size());
  };
  ::testing::internal::CaptureStderr();
  for (const auto& [reason, path, body, header] : std::vector<std::array<std::string, 4>>{
           {"wrong_origin", kGetCase, "{}", "Origin: https://evil.nl"},
           {"invalid_token", kGetCase, "{}", "Authorization: Basic YTpi"},
           {"no_such_method", "/wissel.nope.v1.Nope/Get", "{}", ""},
           {"unknown_field", kGetCase, R"({"BSN123456782":1})", ""}}) {
    const int before = count(reason);
    Post(house, path, body, {kJson, header.empty() ? "X-Nothing: 1" : header});
    EXPECT_EQ(count(reason), before + 1) << reason;
  }
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(log, HasSubstr(R"("event":"refused","address":"127.0.0.1","reason":"wrong_origin")"));
  EXPECT_THAT(log, HasSubstr(R"("reason":"invalid_token")"));
  EXPECT_THAT(log, Not(HasSubstr("unknown_field")));
  EXPECT_THAT(log, Not(HasSubstr("BSN")));
}

TEST(UnaryTest, ServesManyAtOnce) {
  House house;
  std::atomic<int> right = 0;
  std::vector<std::thread> threads;
  for (int t = 1; t <= 8; ++t) {
    threads.emplace_back([&house, &right, t] {
      RawClient client(house.port());
      for (int i = 0; i < 100; ++i) {
        const std::string reference = absl::StrCat(t * 1000 + i);
        const std::string body =
            client.Call("POST", kGetCase, {kJson}, absl::StrCat("{\"reference\":", reference, "}"))
                .body;
        if (absl::StrContains(body, absl::StrCat("\"", reference, "\""))) ++right;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 800);
}

}  // namespace
}  // namespace wissel::gateway
