// Server streaming over the Connect protocol.

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/testing/raw_client.h"
#include "services/gateway/envelope.h"
#include "services/gateway/gateway_fixture.h"

namespace wissel::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::RawClient;
using ::testing::StartsWith;

constexpr char kWatch[] = "/wissel.cases.v1.CaseService/WatchQueue";
constexpr char kJson[] = "Content-Type: application/connect+json";

std::string Request(absl::string_view team) {
  return MessageFrame(absl::StrCat("{\"teamId\":\"", team, "\"}"));
}

// Frames of a body as "<flags>:<message>".
std::vector<std::string> Frames(absl::string_view body) {
  std::vector<std::string> frames;
  while (body.size() >= 5) {
    size_t size = 0;
    for (size_t i = 1; i < 5; ++i) size = size << 8 | static_cast<unsigned char>(body[i]);
    frames.push_back(absl::StrCat(static_cast<int>(body[0]), ":", body.substr(5, size)));
    body.remove_prefix(5 + size);
  }
  EXPECT_EQ(body, "");
  return frames;
}

void Send(testing::RawClient& client, absl::string_view body,
          std::vector<std::string> headers = {kJson}) {
  client.Send(absl::StrCat("POST ", kWatch, " HTTP/1.1\r\nHost: localhost\r\n",
                           absl::StrJoin(headers, "\r\n"), "\r\nContent-Length: ", body.size(),
                           "\r\n\r\n", body));
}

TEST(StreamCallTest, SendsMessagesAndAnEnd) {
  GatewayFixture fixture;
  testing::RawClient client(fixture.port());
  for (int i = 0; i < 2; ++i) {
    Send(client, Request("three"));
    testing::RawClient::Answer answer = client.Read();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.headers.Get("content-type"), "application/connect+json");
    EXPECT_THAT(Frames(answer.body),
                ElementsAre(R"(0:{"counts":{"open":1}})", R"(0:{"counts":{"open":2}})",
                            R"(0:{"counts":{"open":3}})", "2:{}"));
  }
}

TEST(StreamCallTest, SpeaksBinary) {
  GatewayFixture fixture;
  testing::RawClient client(fixture.port());
  cases::v1::WatchQueueRequest request;
  request.set_team_id("three");
  Send(client, MessageFrame(request.SerializeAsString()),
       {"Content-Type: application/connect+proto"});
  testing::RawClient::Answer answer = client.Read();
  EXPECT_EQ(answer.headers.Get("content-type"), "application/connect+proto");
  const std::vector<std::string> frames = Frames(answer.body);
  ASSERT_EQ(frames.size(), 4u);
  cases::v1::WatchQueueResponse response;
  ASSERT_TRUE(response.ParseFromString(frames[2].substr(2)));
  EXPECT_EQ(response.counts().open(), 3);
  EXPECT_EQ(frames[3], "2:{}");
}

TEST(StreamCallTest, TellsAnErrorInTheLastFrame) {
  GatewayFixture fixture;
  testing::RawClient client(fixture.port());
  Send(client, Request("fails"));
  const std::vector<std::string> frames = Frames(client.Read().body);
  ASSERT_EQ(frames.size(), 2u);
  EXPECT_THAT(frames[1], StartsWith(R"(2:{"error":{"code":"unavailable","message":"try again",)"));
  EXPECT_THAT(frames[1], HasSubstr(R"("reason":"restarting")"));
}

TEST(StreamCallTest, TellsWrongRequestsInTheLastFrame) {
  GatewayFixture fixture;
  const std::string message = Request("three");
  struct Case {
    std::string body;
    std::vector<std::string> headers;
    const char* reason;
  };
  for (const Case& c :
       std::vector<Case>{{"", {kJson}, "invalid_envelope"},
                         {message.substr(0, 4), {kJson}, "invalid_envelope"},
                         {message.substr(0, message.size() - 1), {kJson}, "invalid_envelope"},
                         {message + message, {kJson}, "invalid_envelope"},
                         {std::string("\xff\xff\xff\xff\xff", 5), {kJson}, "unknown_encoding"},
                         {std::string("\2\0\0\0\0", 5), {kJson}, "invalid_envelope"},
                         {std::string("\0\xff\xff\xff\xff{}", 7), {kJson}, "invalid_envelope"},
                         {std::string("\1\0\0\0\2{}", 7), {kJson}, "unknown_encoding"},
                         {MessageFrame("{"), {kJson}, "invalid_json"},
                         {message, {kJson, "Connect-Content-Encoding: gzip"}, "unknown_encoding"},
                         {message, {kJson, "Connect-Timeout-Ms: x"}, "invalid_timeout"}}) {
    testing::RawClient client(fixture.port());
    Send(client, c.body, c.headers);
    testing::RawClient::Answer answer = client.Read();
    EXPECT_EQ(answer.status, 200);
    const std::vector<std::string> frames = Frames(answer.body);
    ASSERT_EQ(frames.size(), 1u) << c.reason;
    EXPECT_THAT(frames[0], StartsWith("2:{\"error\""));
    EXPECT_THAT(frames[0], HasSubstr(absl::StrCat("\"reason\":\"", c.reason, "\"")));
  }
  testing::RawClient client(fixture.port());
  Send(client, "{}", {"Content-Type: application/json"});
  EXPECT_EQ(client.Read().status, 415) << "a stream is not a unary call";
}

TEST(StreamCallTest, ArrivesAtOnceAndLastsWithoutADeadline) {
  GatewayFixture fixture;
  testing::RawClient client(fixture.port());
  Send(client, Request("quiet"));
  EXPECT_EQ(client.ReadHead().status, 200);
  EXPECT_EQ(client.ReadChunk(), MessageFrame(R"({"counts":{"open":1}})"));
  EXPECT_GT(fixture.cases.seen.timeout(), absl::Hours(24));
}

TEST(StreamCallTest, CancelsWhenTheClientLeaves) {
  for (bool reset : {false, true}) {
    GatewayFixture fixture;
    testing::RawClient client(fixture.port());
    Send(client, Request("quiet"));
    client.ReadHead();
    client.ReadChunk();
    reset ? client.Reset() : client.Close();
    fixture.cases.cancelled.WaitForNotification();
  }
}

TEST(StreamCallTest, EndsAtTheDeadlineOfTheClient) {
  GatewayFixture fixture;
  testing::RawClient client(fixture.port());
  Send(client, Request("quiet"), {kJson, "Connect-Timeout-Ms: 50"});
  const std::vector<std::string> frames = Frames(client.Read().body);
  EXPECT_THAT(frames.back(), StartsWith(R"(2:{"error":{"code":"deadline_exceeded")"));
  fixture.cases.cancelled.WaitForNotification();
}

TEST(StreamCallTest, HoldsTheServiceBackForASlowClient) {
  GatewayFixture fixture;
  testing::RawClient client(fixture.port());
  Send(client, Request("flood"));
  int before = -1;
  while (fixture.cases.flooded != before || before <= 0) {
    before = fixture.cases.flooded;
    absl::SleepFor(absl::Milliseconds(200));
  }
  // It stands still with what fits in sockets and gRPC's window, some ten megabytes at most.
  EXPECT_LT(before, 300);
  client.Close();
  fixture.cases.cancelled.WaitForNotification();
}

TEST(StreamCallTest, StoppingEndsStreamsAtOnce) {
  GatewayFixture fixture;
  testing::RawClient client(fixture.port());
  Send(client, Request("quiet"));
  client.ReadHead();
  fixture.gateway->Stop(absl::InfiniteDuration());
  fixture.cases.cancelled.WaitForNotification();
  client.Read();
  EXPECT_FALSE(client.stream_ended());
}

TEST(StreamCallTest, SurvivesClientsThatLeaveAtAnyMoment) {
  GatewayFixture fixture;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&fixture, t] {
      for (int i = 0; i < 100; ++i) {
        testing::RawClient client(fixture.port());
        Send(client, Request("three"));
        absl::SleepFor(absl::Microseconds(i * 20));
        if (i % 3 == 0) client.ReadHead();
        (i + t) % 2 == 0 ? client.Close() : client.Reset();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  testing::RawClient client(fixture.port());
  Send(client, Request("three"));
  EXPECT_EQ(Frames(client.Read().body).back(), "2:{}");
}

TEST(StreamCallTest, TellsWhenTheServiceIsAway) {
  GatewayFixture fixture({}, /*away=*/"cases");
  testing::RawClient client(fixture.port());
  Send(client, Request("three"));
  EXPECT_THAT(Frames(client.Read().body),
              ElementsAre(StartsWith(R"(2:{"error":{"code":"unavailable")")));
}

}  // namespace
}  // namespace wissel::gateway
