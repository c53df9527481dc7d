// (B1) What a server does at its limits of connections.

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/http/server.h"
#include "libs/telemetry/metrics.h"
#include "libs/testing/raw_client.h"

namespace wissel::http {
namespace {

using ::testing::HasSubstr;

// Answers "/hold" when it is told to, everything else at once.
class Holder {
 public:
  void operator()(Request request, Responder responder) {
    Response response;
    response.body = request.path;
    if (request.path != "/hold") return responder.Respond(std::move(response));
    absl::MutexLock lock(&mutex_);
    held_.push_back(std::move(responder));
  }
  void WaitFor(size_t count) {
    absl::MutexLock lock(&mutex_);
    const auto enough = [&]()
                            ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return held_.size() >= count; };
    mutex_.Await(absl::Condition(&enough));
  }
  void Release() {
    absl::MutexLock lock(&mutex_);
    held_.clear();
  }

 private:
  absl::Mutex mutex_;
  std::vector<Responder> held_ ABSL_GUARDED_BY(mutex_);
};

class LimitsTest : public ::testing::Test {
 protected:
  std::unique_ptr<Server> Serve(ServerOptions options) {
    options.name = ::testing::UnitTest::GetInstance()->current_test_info()->name();
    options.is_always_served = [](absl::string_view path) { return path == "/probe"; };
    return *Server::Start(options, [this](Request request, Responder responder) {
      holder_(std::move(request), std::move(responder));
    });
  }
  // Connections that wait for their answer.
  std::vector<std::unique_ptr<testing::RawClient>> Hold(const Server& server, size_t count) {
    std::vector<std::unique_ptr<testing::RawClient>> clients;
    for (size_t i = 0; i < count; ++i) {
      clients.push_back(std::make_unique<testing::RawClient>(server.port()));
      clients.back()->Send("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n");
      holder_.WaitFor(i + 1);
    }
    return clients;
  }
  static void ExpectRefused(const Server& server, int status) {
    testing::RawClient client(server.port());
    testing::RawClient::Answer answer = client.Call("GET", "/");
    EXPECT_EQ(answer.status, status);
    EXPECT_EQ(answer.headers.Get("retry-after"), "5");
    EXPECT_EQ(answer.headers.Get("connection"), "close");
    EXPECT_TRUE(client.AtEnd());
  }
  static std::string Metric(const std::string& rest) {
    return absl::StrCat(
        "{server=\"", ::testing::UnitTest::GetInstance()->current_test_info()->name(), "\"", rest);
  }

  Holder holder_;
};

TEST_F(LimitsTest, TheLongestIdleMakesRoom) {
  // A client has its answer before its connection counts as idle; with one thread no other is
  // served in between.
  auto server = Serve({.io_threads = 1, .max_connections = 3});
  std::vector<std::unique_ptr<testing::RawClient>> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(std::make_unique<testing::RawClient>(server->port()));
    EXPECT_EQ(clients.back()->Call("GET", "/").status, 200);
  }
  EXPECT_EQ(clients[0]->Call("GET", "/").status, 200) << "now the second is the longest idle one";
  testing::RawClient fourth(server->port());
  EXPECT_EQ(fourth.Call("GET", "/").status, 200);
  EXPECT_TRUE(clients[1]->AtEnd());
  EXPECT_EQ(clients[0]->Call("GET", "/").status, 200);
  EXPECT_EQ(clients[2]->Call("GET", "/").status, 200);
  EXPECT_THAT(telemetry::MetricsText(), HasSubstr("wissel_http_closed_total"));
}

TEST_F(LimitsTest, ManySilentOnesKeepNobodyOut) {
  auto server = Serve({.max_connections = 50});
  std::vector<std::unique_ptr<testing::RawClient>> silent;
  for (int i = 0; i < 300; ++i) {
    silent.push_back(std::make_unique<testing::RawClient>(server->port()));
    if (i % 2 == 0) silent.back()->Send("GET /probe HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  for (int i = 0; i < 20; ++i) {
    testing::RawClient other(server->port());
    EXPECT_EQ(other.Call("GET", "/").status, 200);
    EXPECT_EQ(other.Call("GET", "/").status, 200);
  }
}

TEST_F(LimitsTest, WhenAllAreAtWorkTheNewOneIsRefusedAndProbesAreServed) {
  auto server = Serve({.max_connections = 3});
  auto busy = Hold(*server, 3);
  ::testing::internal::CaptureStderr();
  for (int i = 0; i < 100; ++i) ExpectRefused(*server, 503);
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(log, HasSubstr(R"("event":"connection_refused")"));
  EXPECT_THAT(log, HasSubstr(R"("address":"127.0.0.1")"));
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 1) << log;
  EXPECT_THAT(telemetry::MetricsText(), HasSubstr(Metric(",status=\"503\"} 100")));

  testing::RawClient probe(server->port());
  testing::RawClient::Answer answer = probe.Call("GET", "/probe");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.Get("connection"), "close") << "it has no place to keep";
  holder_.Release();
  for (auto& client : busy) EXPECT_EQ(client->Read().status, 500);
  testing::RawClient after(server->port());
  EXPECT_EQ(after.Call("GET", "/").status, 200);
}

TEST_F(LimitsTest, SilentOnesBeyondTheLimitDoNotKeepProbesOut) {
  auto server = Serve({.max_connections = 1, .max_refused_connections = 4});
  auto busy = Hold(*server, 1);
  std::vector<std::unique_ptr<testing::RawClient>> silent;
  for (int i = 0; i < 200; ++i)
    silent.push_back(std::make_unique<testing::RawClient>(server->port()));
  testing::RawClient probe(server->port());
  EXPECT_EQ(probe.Call("GET", "/probe").status, 200);
  EXPECT_TRUE(silent.front()->AtEnd());
  holder_.Release();
}

TEST_F(LimitsTest, OneAddressHasItsShare) {
  auto server = Serve({.max_connections = 10, .max_connections_per_address = 2});
  auto busy = Hold(*server, 2);
  ExpectRefused(*server, 429);
  holder_.Release();
  for (auto& client : busy) EXPECT_EQ(client->Read().status, 500);
  testing::RawClient third(server->port());
  EXPECT_EQ(third.Call("GET", "/").status, 200) << "an idle one of the same address makes room";
}

TEST_F(LimitsTest, ATrustedProxyHasNoShareOfItsOwn) {
  auto server =
      Serve({.max_connections = 10,
             .max_connections_per_address = 2,
             .is_trusted = [](const Address& peer) { return peer.text() == "127.0.0.1"; }});
  auto busy = Hold(*server, 10);
  ExpectRefused(*server, 503);
  holder_.Release();
}

}  // namespace
}  // namespace wissel::http
