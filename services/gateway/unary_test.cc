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
#include "libs/telemetry/metrics.h"
#include "libs/testing/raw_client.h"
#include "services/gateway/gateway_fixture.h"
#include "wissel/errors/v1/errors.pb.h"

ABSL_DECLARE_FLAG(std::string, public_origin);
ABSL_DECLARE_FLAG(int, public_calls_burst);
ABSL_DECLARE_FLAG(double, public_calls_per_second);
ABSL_DECLARE_FLAG(std::vector<std::string>, trusted_proxies);

namespace wissel::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::RawClient;

constexpr char kGetCase[] = "/wissel.cases.v1.CaseService/GetCase";
constexpr char kSignIn[] = "/wissel.directory.v1.DirectoryService/SignIn";
constexpr char kSignOut[] = "/wissel.directory.v1.DirectoryService/SignOut";
constexpr char kList[] = "/wissel.directory.v1.DirectoryService/ListMunicipalities";
constexpr char kJson[] = "Content-Type: application/json";

testing::RawClient::Answer Post(const GatewayFixture& fixture, absl::string_view path,
                                absl::string_view body,
                                std::vector<std::string> headers = {kJson}) {
  testing::RawClient client(fixture.port());
  return client.Call("POST", path, headers, body);
}

TEST(UnaryTest, SpeaksJson) {
  GatewayFixture fixture;
  testing::RawClient::Answer answer = Post(fixture, kGetCase, R"({"reference":"1234567890"})");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.Get("content-type"), "application/json");
  EXPECT_EQ(answer.headers.Get("cache-control"), "no-store");
  EXPECT_EQ(answer.headers.Get("x-content-type-options"), "nosniff");
  EXPECT_EQ(answer.body, R"({"case":{"summary":{"reference":"1234567890"}}})");
  EXPECT_EQ(Post(fixture, kGetCase, "{}",
                 {"Content-Type: Application/JSON ; charset=UTF-8", "Connect-Protocol-Version: 1",
                  "Content-Encoding: identity"})
                .status,
            200);
}

TEST(UnaryTest, SpeaksBinary) {
  GatewayFixture fixture;
  cases::v1::GetCaseRequest request;
  request.set_reference(12);
  testing::RawClient::Answer answer =
      Post(fixture, kGetCase, request.SerializeAsString(), {"Content-Type: application/proto"});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.Get("content-type"), "application/proto");
  cases::v1::GetCaseResponse response;
  ASSERT_TRUE(response.ParseFromString(answer.body));
  EXPECT_EQ(response.case_().summary().reference(), 12);
}

TEST(UnaryTest, PassesErrorsOnWithTheirDetails) {
  GatewayFixture fixture;
  for (const char* type : {kJson, "Content-Type: application/proto"}) {
    testing::RawClient::Answer answer =
        Post(fixture, kGetCase, type == kJson ? R"({"reference":7})" : "\x08\x07", {type});
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
  GatewayFixture fixture;
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
    testing::RawClient::Answer answer = Post(fixture, c.path, c.body, c.headers);
    EXPECT_EQ(answer.status, c.status) << c.path << c.body;
    EXPECT_THAT(answer.body, HasSubstr(c.says)) << c.path << c.body;
  }
  EXPECT_FALSE(fixture.cases.imported);
  testing::RawClient client(fixture.port());
  testing::RawClient::Answer get = client.Call("GET", kGetCase);
  EXPECT_EQ(get.status, 405);
  EXPECT_EQ(get.headers.Get("allow"), "POST");
}

TEST(UnaryTest, SurvivesHostileBodies) {
  GatewayFixture fixture;
  const std::string deep = "{\"reference\":" + std::string(100'000, '[');
  std::string objects;
  for (int i = 0; i < 20'000; ++i) objects += "{\"case\":";
  for (const std::string& body :
       {deep, objects, std::string("{\"reference\":\"\xff\xfe\"}"), std::string("{\0}", 3),
        std::string("{\"reference\":1e999999999}"), "{\"" + std::string(200'000, 'a') + "\":1}"}) {
    testing::RawClient::Answer answer = Post(fixture, kGetCase, body);
    EXPECT_EQ(answer.status, 400) << body.substr(0, 40);
    EXPECT_LT(answer.body.size(), 500u) << "does not echo";
  }
  EXPECT_EQ(Post(fixture, kGetCase, std::string(10'000'000, ' ')).status, 413);
  EXPECT_EQ(Post(fixture, kGetCase, "{}").status, 200);
}

TEST(UnaryTest, ForwardsTheTokenAndNothingElse) {
  GatewayFixture fixture;
  Post(fixture, kGetCase, "{}", {kJson, "Authorization: Bearer abc", "X-Wissel-Tenant: GM0001"});
  EXPECT_EQ(fixture.cases.seen.authorization(), "Bearer abc");
  EXPECT_EQ(fixture.cases.seen.tenant(), "") << "only another part of Wissel may choose one";
  Post(fixture, kGetCase, "{}", {kJson, "Cookie: a=b; wissel=def"});
  EXPECT_EQ(fixture.cases.seen.authorization(), "Bearer def");
  Post(fixture, kGetCase, "{}", {kJson});
  EXPECT_EQ(fixture.cases.seen.authorization(), "");
}

TEST(UnaryTest, PassesTheDeadlineOn) {
  GatewayFixture fixture;
  Post(fixture, kGetCase, "{}");
  EXPECT_GT(fixture.cases.seen.timeout(), absl::Seconds(5));
  EXPECT_LT(fixture.cases.seen.timeout(), absl::Seconds(11));
  Post(fixture, kGetCase, "{}", {kJson, "Connect-Timeout-Ms: 30000"});
  EXPECT_GT(fixture.cases.seen.timeout(), absl::Seconds(20));
  Post(fixture, kGetCase, "{}", {kJson, "Connect-Timeout-Ms: 9999999999"});
  EXPECT_LT(fixture.cases.seen.timeout(), absl::Seconds(61)) << "clamped";
  testing::RawClient::Answer answer =
      Post(fixture, kGetCase, R"({"reference":8})", {kJson, "Connect-Timeout-Ms: 50"});
  EXPECT_EQ(answer.status, 504);
  EXPECT_THAT(answer.body, HasSubstr(R"("code":"deadline_exceeded")"));
  fixture.cases.cancelled.WaitForNotification();
}

TEST(UnaryTest, CancelsTheCallWhenTheClientLeaves) {
  GatewayFixture fixture;
  testing::RawClient client(fixture.port());
  client.Send(absl::StrCat("POST ", kGetCase, " HTTP/1.1\r\nHost: localhost\r\n", kJson,
                           "\r\nContent-Length: 15\r\n\r\n{\"reference\":8}"));
  fixture.cases.started.WaitForNotification();
  client.Close();
  fixture.cases.cancelled.WaitForNotification();
}

TEST(UnaryTest, StoppingCancelsWhatDoesNotEnd) {
  GatewayFixture fixture;
  testing::RawClient client(fixture.port());
  client.Send(absl::StrCat("POST ", kGetCase, " HTTP/1.1\r\nHost: localhost\r\n", kJson,
                           "\r\nContent-Length: 15\r\n\r\n{\"reference\":8}"));
  fixture.cases.started.WaitForNotification();
  fixture.gateway->Stop(absl::Milliseconds(20));
  fixture.cases.cancelled.WaitForNotification();
  EXPECT_TRUE(client.AtEnd());
}

TEST(UnaryTest, TellsWhenAServiceIsAway) {
  GatewayFixture fixture;
  testing::RawClient::Answer answer =
      Post(fixture, "/wissel.intake.v1.IntakeService/RegisterCallback", "{}");
  EXPECT_EQ(answer.status, 503);
  EXPECT_THAT(answer.body, HasSubstr(R"("code":"unavailable")"));
}

TEST(UnaryTest, GivesABrowserACookieAndOthersTheToken) {
  GatewayFixture fixture;
  const std::string body = R"({"tenantId":"GM0603","login":"an","password":"right"})";
  testing::RawClient::Answer curl = Post(fixture, kSignIn, body);
  EXPECT_EQ(curl.body, R"({"token":"secret-token","session":{"displayName":"An"}})");
  EXPECT_FALSE(curl.headers.Has("set-cookie"));

  for (const char* header : {"Origin: http://localhost", "Sec-Fetch-Site: same-origin"}) {
    testing::RawClient::Answer page = Post(fixture, kSignIn, body, {kJson, header});
    EXPECT_EQ(page.body, R"({"session":{"displayName":"An"}})");
    EXPECT_EQ(page.headers.Get("set-cookie"),
              "wissel=secret-token; Path=/; HttpOnly; SameSite=Lax");
  }
  testing::RawClient::Answer binary =
      Post(fixture, kSignIn, "", {"Content-Type: application/proto", "Origin: http://localhost"});
  EXPECT_THAT(binary.body, Not(HasSubstr("secret-token")));
  EXPECT_TRUE(binary.headers.Has("set-cookie"));

  testing::RawClient::Answer wrong = Post(fixture, kSignIn, R"({"password":"wrong"})", {kJson});
  EXPECT_EQ(wrong.status, 401);
  EXPECT_FALSE(wrong.headers.Has("set-cookie"));
}

TEST(UnaryTest, AStaleCookieDoesNotStandInTheWayOfSigningIn) {
  GatewayFixture fixture;
  Post(fixture, kSignIn, "{}", {kJson, "Cookie: wissel=stale"});
  EXPECT_EQ(fixture.directory.seen.authorization(), "");
  Post(fixture, kList, "{}", {kJson, "Cookie: wissel=sta,le"});
  EXPECT_EQ(fixture.directory.seen.authorization(), "");
}

TEST(UnaryTest, SigningOutEndsTheCookie) {
  GatewayFixture fixture;
  testing::RawClient::Answer answer =
      Post(fixture, kSignOut, "{}", {kJson, "Cookie: wissel=abc", "Origin: http://localhost"});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(fixture.directory.seen.authorization(), "Bearer abc");
  EXPECT_EQ(answer.headers.Get("set-cookie"), "wissel=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
}

TEST(UnaryTest, UsesAHostCookieBehindHttps) {
  absl::FlagSaver saver;
  absl::SetFlag(&FLAGS_public_origin, "https://wissel.gemeente.nl");
  GatewayFixture fixture;
  testing::RawClient::Answer answer =
      Post(fixture, kSignIn, "{}", {kJson, "Origin: https://wissel.gemeente.nl"});
  EXPECT_EQ(answer.headers.Get("set-cookie"),
            "__Host-wissel=secret-token; Path=/; Secure; HttpOnly; SameSite=Lax");
  EXPECT_EQ(Post(fixture, kSignIn, "{}", {kJson, "Origin: http://localhost"}).status, 403);
}

TEST(UnaryTest, RefusesOtherSites) {
  GatewayFixture fixture;
  for (const char* header :
       {"Origin: https://evil.nl", "Origin: null", "Sec-Fetch-Site: cross-site"}) {
    testing::RawClient::Answer answer = Post(fixture, kGetCase, "{}", {kJson, header});
    EXPECT_EQ(answer.status, 403) << header;
    EXPECT_THAT(answer.body, HasSubstr("wrong_origin"));
    EXPECT_THAT(answer.body, HasSubstr(R"("code":"permission_denied")"));
  }
}

TEST(UnaryTest, LimitsPublicMethodsByAddress) {
  absl::FlagSaver saver;
  absl::SetFlag(&FLAGS_public_calls_burst, 3);
  absl::SetFlag(&FLAGS_public_calls_per_second, 0.01);
  GatewayFixture fixture;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Post(fixture, kList, "{}").status, 200);
  testing::RawClient::Answer answer = Post(fixture, kList, "{}");
  EXPECT_EQ(answer.status, 429);
  EXPECT_THAT(answer.body, HasSubstr("too_many_requests"));
  EXPECT_EQ(answer.headers.Get("retry-after"), "100");
  EXPECT_THAT(telemetry::MetricsText(),
              HasSubstr("wissel_gateway_refused_total{reason=\"too_many_requests\"} 1"));
  EXPECT_EQ(Post(fixture, kGetCase, "{}").status, 200) << "methods with a session are not counted";
  EXPECT_EQ(Post(fixture, kList, "{}", {kJson, "X-Forwarded-For: 192.0.2.1"}).status, 429)
      << "(B4) nobody is believed by default";
  absl::SetFlag(&FLAGS_trusted_proxies, {"127.0.0.1"});
  GatewayFixture behind_a_proxy;
  for (int i = 0; i < 10; ++i) {
    const std::string client = absl::StrCat("X-Forwarded-For: 192.0.2.", i);
    EXPECT_EQ(Post(behind_a_proxy, kList, "{}", {kJson, client}).status, 200);
  }
  absl::SetFlag(&FLAGS_trusted_proxies, {"my-proxy"});
  EXPECT_EQ(ReasonOf(GatewayFixture().status), "invalid_address");
}

TEST(UnaryTest, TellsTheServiceWhereACallComesFrom) {
  absl::FlagSaver saver;
  absl::SetFlag(&FLAGS_trusted_proxies, {"127.0.0.1"});
  GatewayFixture fixture;
  Post(fixture, kGetCase, "{}", {kJson, "X-Forwarded-For: 2001:DB8::7"});
  EXPECT_EQ(fixture.cases.seen.address(), "2001:db8::7");
  Post(fixture, kGetCase, "{}", {kJson, "X-Wissel-Address: 192.0.2.1"});
  EXPECT_EQ(fixture.cases.seen.address(), "127.0.0.1");
}

// (B2) All that is refused here is counted by reason; only what is no wrong input has a line.
TEST(UnaryTest, CountsAndLogsWhatItRefuses) {
  GatewayFixture fixture;
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
    Post(fixture, path, body, {kJson, header.empty() ? "X-Nothing: 1" : header});
    EXPECT_EQ(count(reason), before + 1) << reason;
  }
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(log, HasSubstr(R"("event":"refused","address":"127.0.0.1","reason":"wrong_origin")"));
  EXPECT_THAT(log, HasSubstr(R"("reason":"invalid_token")"));
  EXPECT_THAT(log, Not(HasSubstr("unknown_field")));
  EXPECT_THAT(log, Not(HasSubstr("BSN")));
}

TEST(UnaryTest, ServesManyAtOnce) {
  GatewayFixture fixture;
  std::atomic<int> right = 0;
  std::vector<std::thread> threads;
  for (int t = 1; t <= 8; ++t) {
    threads.emplace_back([&fixture, &right, t] {
      testing::RawClient client(fixture.port());
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
