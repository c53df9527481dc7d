// One client that takes all it can get, against the real program: what it cannot get, and that
// nobody else notices.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/identity/token.h"
#include "libs/testing/raw_client.h"
#include "tests/integration/demo_fixture.h"
#include "tests/support/web_client.h"

namespace wissel::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::RawClient;

constexpr char kGreedy[] = "127.0.0.9";
constexpr char kGetSession[] = "/wissel.directory.v1.DirectoryService/GetSession";
constexpr char kWatchQueue[] = "/wissel.cases.v1.CaseService/WatchQueue";

class Limits : public ::testing::TestWithParam<Shape> {
 protected:
  DemoFixture& demo() { return DemoFixture::In(GetParam()); }
  Installation& installation() { return demo().installation(); }

  // A connection of the greedy address.
  std::unique_ptr<testing::RawClient> Greedy() { return GreedyAt(installation()); }
  static std::unique_ptr<testing::RawClient> GreedyAt(const Installation& installation) {
    auto client = std::make_unique<testing::RawClient>();
    EXPECT_TRUE(client->ComeFrom(kGreedy));
    EXPECT_TRUE(client->Connect(installation.port()));
    return client;
  }

  // Everybody else goes on, each over a new connection.
  void ExpectOthersAreServed() {
    WebClient door(installation().url());
    EXPECT_EQ(door.SignIn("GM9901", "noor", "welkom-bij-wissel"), absl::OkStatus());
    const auto kim = demo().Another("kim");
    const auto registered = kim->Ask<intake::v1::RegisterCallbackResponse>(AnnasCallback());
    EXPECT_TRUE(registered.ok()) << registered.status();
    cases::v1::ListQueueRequest queue;
    queue.set_team_id("burgerzaken");
    queue.set_page_size(5);
    EXPECT_TRUE(demo().Another("bas")->Ask<cases::v1::ListQueueResponse>(queue).ok());
    for (const char* path : {"/healthz", "/readyz"}) {
      EXPECT_EQ(WebClient(installation().url()).Get(path).code, 200) << path;
    }
    for (const std::string& name : installation().processes()) {
      EXPECT_EQ(WebClient(installation().ProbeUrlOf(name)).Get("/readyz").code, 200) << name;
    }
    // Also for the address that takes all: its probes are not refused.
    EXPECT_EQ(Greedy()->Call("GET", "/healthz").status, 200);
  }
};

TEST_P(Limits, HundredsOfSilentConnectionsOfOneAddress) {
  std::vector<std::unique_ptr<testing::RawClient>> silent;
  for (int i = 0; i < 600; ++i) {
    silent.push_back(Greedy());
    silent.back()->Send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    if (i == 0) EXPECT_EQ(silent.front()->Read().status, 200);
  }
  ExpectOthersAreServed();
  EXPECT_TRUE(silent.front()->AtEnd()) << "the longest idle one of the address made room";
}

TEST_P(Limits, AllTheConnectionsThatOneAddressCanGet) {
  std::vector<std::unique_ptr<testing::RawClient>> busy;
  for (int i = 0; i < 200; ++i) {
    busy.push_back(Greedy());
    busy.back()->Send(absl::StrCat("POST ", kGetSession,
                                   " HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
                                   "Content-Type: application/json\r\nContent-Length: 10\r\n\r\n"));
    ASSERT_EQ(busy.back()->Read().status, 100);
  }
  const size_t logged = installation().Logged().size();
  for (int i = 0; i < 300; ++i) {
    const testing::RawClient::Answer refused = Greedy()->Call("GET", "/");
    ASSERT_EQ(refused.status, 429);
    EXPECT_EQ(refused.headers.Get("retry-after"), "5");
  }
  ExpectOthersAreServed();
  const std::string log = installation().Logged().substr(logged);
  const std::vector<std::string> lines = absl::StrSplit(log, "\"event\":\"connection_refused\"");
  EXPECT_LE(lines.size() - 1, 2u) << "one line a minute";
  EXPECT_THAT(installation().Metrics(),
              HasSubstr("wissel_http_refused_total{server=\"gateway\",status=\"429\"} "));
}

TEST_P(Limits, AllTheStreamsThatOneAccountCanGet) {
  const std::string token = demo().Another("lea")->web().token();
  std::vector<std::unique_ptr<testing::RawClient>> streams;
  int open = 0;
  int refused = 0;
  for (int i = 0; i < 80; ++i) {
    streams.push_back(Greedy());
    const std::string body = R"({"teamId":"burgerzaken","pageSize":1})";
    const std::string frame = std::string({0, 0, 0, 0, static_cast<char>(body.size())}) + body;
    streams.back()->Send(absl::StrCat(
        "POST ", kWatchQueue, " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ", token,
        "\r\nContent-Type: application/connect+json\r\nContent-Length: ", frame.size(), "\r\n\r\n",
        frame));
    ASSERT_EQ(streams.back()->ReadHead().status, 200);
    const std::string first = streams.back()->ReadChunk();
    if (absl::StrContains(first, "\"snapshot\"")) ++open;
    if (absl::StrContains(first, "too_many_streams")) ++refused;
  }
  EXPECT_EQ(open, 64);
  EXPECT_EQ(refused, 16);
  ExpectOthersAreServed();
  EXPECT_THAT(installation().Metrics(),
              HasSubstr(R"(code="RESOURCE_EXHAUSTED",reason="too_many_streams")"));
}

// The value behind `name` in the metrics, over all processes.
int64_t Counted(const std::string& metrics, const std::string& name) {
  int64_t sum = 0;
  for (const absl::string_view line : absl::StrSplit(metrics, '\n')) {
    if (absl::StartsWith(line, name)) sum += std::atoll(line.substr(name.size()).data());
  }
  return sum;
}

// (B2) Tokens that nobody has, no token at all, and a role that is not enough.
TEST_P(Limits, RefusedCallsWriteLittle) {
  // One of its own: what other tests refuse in the same minute has lines too.
  DemoFixture own(GetParam());
  const std::string manager = own.max().web().token();
  const std::string before = own.installation().Metrics();
  const size_t logged = own.installation().Logged().size();
  constexpr int kCalls = 3000;
  auto client = GreedyAt(own.installation());
  int refused = 0;
  for (int i = 0; i < kCalls; ++i) {
    const std::string token = i % 3 == 0 ? identity::MakeToken("GM9901") : manager;
    std::vector<std::string> headers = {"Content-Type: application/json"};
    if (i % 3 != 1) headers.push_back("Authorization: Bearer " + token);
    const testing::RawClient::Answer answer =
        client->Call("POST", "/wissel.cases.v1.CaseService/ClaimCase", headers,
                     R"({"reference":"1234567890","idempotencyKey":"refused-1"})");
    if (answer.status == 401 || answer.status == 403) ++refused;
  }
  EXPECT_EQ(refused, kCalls);
  const std::string log = own.installation().Logged().substr(logged);
  EXPECT_LT(log.size(), 150'000u) << "some 60 lines for each of three reasons";
  EXPECT_THAT(log, HasSubstr(absl::StrCat("\"address\":\"", kGreedy, "\"")));
  EXPECT_THAT(log, Not(HasSubstr("DirectoryService/Authenticate")))
      << "a nested call is not logged: the outer one is";
  const std::string after = own.installation().Metrics();
  for (const char* kind : {R"(code="UNAUTHENTICATED",reason="not_signed_in")",
                           R"(code="PERMISSION_DENIED",reason="not_permitted")"}) {
    const std::string name = absl::StrCat("wissel_refusals_total{", kind, "} ");
    EXPECT_EQ(Counted(after, name) - Counted(before, name), kCalls / 3) << kind;
  }
  const std::string invalid =
      R"(wissel_refusals_total{code="UNAUTHENTICATED",reason="invalid_token"} )";
  EXPECT_GE(Counted(after, invalid) - Counted(before, invalid), kCalls / 3);
}

// (B14) What the public port says, to whoever asks and however.
TEST_P(Limits, StrangersLearnNeitherBacklogNorMetrics) {
  RegisterAnna(demo());
  for (const char* header :
       {"Accept: */*", "Via: 1.1 proxy", "X-Real-IP: 192.0.2.1", "X-Forwarded-For: 127.0.0.1"}) {
    testing::RawClient client(installation().port());
    EXPECT_EQ(client.Call("GET", "/metrics", {header}).status, 404) << header;
    EXPECT_EQ(client.Call("GET", "/readyz", {header}).body, "ready\n") << header;
  }
  const std::string of_cases = GetParam() == Shape::kAll ? "all" : "cases";
  EXPECT_EQ(WebClient(installation().ProbeUrlOf(of_cases)).Get("/readyz").body,
            "ready\nnothing waits to be worked on\n");
  EXPECT_THAT(installation().Metrics(), HasSubstr("wissel_call_seconds"));
}

// (B2) Every disk is at least 0 % full, and 1 % is what this one has at the least.
TEST_P(Limits, WhileADiskIsFullNoContactIsTakenAndAllElseGoesOn) {
  TestDatabase database;
  Installation full(GetParam(), database.BaseConnInfo(),
                    {"--disk_paths=/", "--disk_full_percent=1"});
  ASSERT_EQ(full.MakeDemo(), absl::OkStatus());
  full.Launch();
  WebClient web(full.url());
  const absl::Time until = absl::Now() + absl::Seconds(30);
  while (!web.SignIn("GM9901", "kim", "welkom-bij-wissel").ok() && absl::Now() < until) {
    absl::SleepFor(absl::Milliseconds(50));
  }
  ApiClient kim(full.url(), web.token());
  absl::Status refused;
  do {
    refused = kim.Ask<intake::v1::RegisterCallbackResponse>(AnnasCallback()).status();
  } while (ReasonOf(refused) != "disk_full" && absl::Now() < until);
  EXPECT_EQ(Short(refused), "UNAVAILABLE disk_full");
  EXPECT_THAT(std::string(refused.message()), Not(HasSubstr("/")));
  cases::v1::ListQueueRequest queue;
  queue.set_team_id("kcc");
  queue.set_page_size(5);
  EXPECT_TRUE(kim.Ask<cases::v1::ListQueueResponse>(queue).ok());
  EXPECT_EQ(web.Get("/readyz").body, "not ready\n");
  const std::string name = GetParam() == Shape::kAll ? "all" : "intake";
  EXPECT_THAT(WebClient(full.ProbeUrlOf(name)).Get("/readyz").body,
              HasSubstr("not ready: the disk of / is "));
  EXPECT_THAT(full.Logged(), HasSubstr("\"event\":\"disk_full\""));
}

INSTANTIATE_TEST_SUITE_P(BothShapes, Limits, ::testing::Values(Shape::kAll, Shape::kSplit),
                         ShapeName);

}  // namespace
}  // namespace wissel::testing
