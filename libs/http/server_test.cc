#include "libs/http/server.h"

#include <sys/resource.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "libs/testing/raw_client.h"

namespace wissel::http {
namespace {

constexpr char kGet[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

// Answers with what it got, on the io thread.
void Echo(Request request, Responder responder) {
  Response response;
  response.headers.Add("Content-Type", "text/plain");
  response.headers.Add("X-Split", "a\r\nX-Evil: b");
  response.body = request.method + " " + request.path + "|" + request.query + "|" + request.body;
  responder.Respond(std::move(response));
}

std::unique_ptr<Server> Serve(Handler handler, ServerOptions options = {}) {
  auto server = Server::Start(options, std::move(handler));
  EXPECT_TRUE(server.ok()) << server.status();
  return std::move(server).value();
}

TEST(ServerTest, AnswersOneRequestAfterAnotherOnOneConnection) {
  auto server = Serve(Echo);
  testing::RawClient client(server->port());
  for (int i = 0; i < 3; ++i) {
    testing::RawClient::Answer answer = client.Call("POST", "/a/b?c=d", {}, "hello");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "POST /a/b|c=d|hello");
    EXPECT_EQ(answer.headers.Get("connection"), "keep-alive");
    EXPECT_EQ(answer.headers.Get("date").size(), 29u);
    EXPECT_FALSE(answer.headers.Has("x-evil"));
  }
}

TEST(ServerTest, AnswersPipelinedRequestsInOrder) {
  auto server = Serve(Echo);
  testing::RawClient client(server->port());
  std::string requests;
  for (int i = 0; i < 20; ++i) {
    absl::StrAppend(&requests, "GET /", i, " HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  client.Send(requests);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(client.Read().body, absl::StrCat("GET /", i, "||"));
}

TEST(ServerTest, SendsNoBodyForHead) {
  auto server = Serve(Echo);
  testing::RawClient client(server->port());
  EXPECT_EQ(client.Call("HEAD", "/").headers.Get("content-length"), "8");
  EXPECT_EQ(client.Call("GET", "/").body, "GET /||") << "the next answer is not shifted";
}

TEST(ServerTest, ClosesWhenTheClientWantsThat) {
  auto server = Serve(Echo);
  testing::RawClient client(server->port());
  testing::RawClient::Answer answer = client.Call("GET", "/", {"Connection: close"});
  EXPECT_EQ(answer.headers.Get("connection"), "close");
  EXPECT_TRUE(client.AtEnd());
}

TEST(ServerTest, AsksForTheBodyOfAnExpectingClient) {
  auto server = Serve(Echo);
  testing::RawClient client(server->port());
  client.Send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.Read().status, 100);
  client.Send("hello");
  EXPECT_EQ(client.Read().body, "POST /||hello");
}

TEST(ServerTest, RefusesAndClosesAndTheClientCanReadWhy) {
  auto server = Serve(Echo);
  struct Case {
    std::string request;
    int status;
  };
  const std::string post = "POST / HTTP/1.1\r\nHost: a\r\n";
  for (const Case& c : std::vector<Case>{
           {post + "Content-Length: 10000000\r\n\r\n" + std::string(10'000'000, 'x'), 413},
           {post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + kGet, 400},
           {post + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde" + kGet, 400},
           {"GET / HTTP/1.1\nHost: a\n\n" + std::string(kGet), 400},
           {"GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n" + std::string(kGet), 400},
           {"GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n", 431}}) {
    testing::RawClient client(server->port());
    client.Send(c.request);
    EXPECT_EQ(client.Read().status, c.status) << c.request.substr(0, 100);
    EXPECT_TRUE(client.AtEnd()) << "a second request must not be answered";
  }
}

TEST(ServerTest, ClosesSlowAndIdleConnections) {
  auto server = Serve(Echo, {.header_timeout = absl::Milliseconds(100),
                             .body_timeout = absl::Milliseconds(100),
                             .idle_timeout = absl::Milliseconds(100)});
  testing::RawClient silent(server->port());
  testing::RawClient slow_head(server->port());
  slow_head.Send("GET / HT");
  testing::RawClient slow_body(server->port());
  slow_body.Send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel");
  testing::RawClient idle(server->port());
  EXPECT_EQ(idle.Call("GET", "/").status, 200);
  EXPECT_TRUE(silent.AtEnd());
  EXPECT_TRUE(slow_head.AtEnd());
  EXPECT_TRUE(slow_body.AtEnd());
  EXPECT_TRUE(idle.AtEnd());
}

TEST(ServerTest, AnswersFromAnotherThread) {
  std::vector<std::thread> threads;
  absl::Mutex mutex;
  auto server = Serve([&](Request request, Responder responder) {
    absl::MutexLock lock(&mutex);
    threads.emplace_back([responder = std::move(responder), path = request.path]() mutable {
      Response response;
      response.body = path;
      responder.Respond(std::move(response));
    });
  });
  testing::RawClient client(server->port());
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(client.Call("GET", absl::StrCat("/", i)).body, absl::StrCat("/", i));
  }
  absl::MutexLock lock(&mutex);
  for (std::thread& thread : threads) thread.join();
}

TEST(ServerTest, AnswersServerErrorForAForgottenResponder) {
  auto server = Serve([](Request, Responder) {});
  testing::RawClient client(server->port());
  EXPECT_EQ(client.Call("GET", "/").status, 500);
}

TEST(ServerTest, TellsTheHandlerWhenTheClientLeaves) {
  for (bool reset : {false, true}) {
    absl::Notification started, gone;
    std::unique_ptr<Responder> kept;
    auto server = Serve([&](Request, Responder responder) {
      kept = std::make_unique<Responder>(std::move(responder));
      kept->OnClientDisconnect([&] { gone.Notify(); });
      started.Notify();
    });
    testing::RawClient client(server->port());
    client.Send(kGet);
    started.WaitForNotification();
    EXPECT_FALSE(gone.HasBeenNotified());
    reset ? client.Reset() : client.Close();
    gone.WaitForNotification();
    kept->Respond(Response());  // Dropped, harmless.
  }
}

int OpenFiles() {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    if (!entry.path().empty()) ++count;
  }
  return count;
}

TEST(ServerTest, AcceptsAgainAfterRunningOutOfFileDescriptors) {
  auto server = Serve(Echo);
  std::vector<std::unique_ptr<testing::RawClient>> clients;
  for (int i = 0; i < 8; ++i) clients.push_back(std::make_unique<testing::RawClient>());
  rlimit before = {};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  // Room for three of the eight connections on the side of the server. (One of the descriptors
  // counted is the listing itself.)
  rlimit low = before;
  low.rlim_cur = static_cast<rlim_t>(OpenFiles() - 1 + 3);
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &low), 0);
  for (auto& client : clients) {
    ASSERT_TRUE(client->Connect(server->port()));
    client->Send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  }
  // Each that is answered makes room for the next: all get their turn, though never at once.
  for (auto& client : clients) EXPECT_EQ(client->Read().status, 200);

  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  low.rlim_cur = static_cast<rlim_t>(OpenFiles() - 1);
  testing::RawClient waiting;
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &low), 0);
  ASSERT_TRUE(waiting.Connect(server->port()));
  waiting.Send(kGet);
  absl::SleepFor(absl::Milliseconds(200));  // Many tries to accept, all in vain.
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_EQ(waiting.Read().status, 200);
}

TEST(ServerTest, StopLetsWorkFinishAndTakesNoMore) {
  absl::Notification started;
  std::unique_ptr<Responder> kept;
  auto server = Serve([&](Request, Responder responder) {
    kept = std::make_unique<Responder>(std::move(responder));
    started.Notify();
  });
  testing::RawClient idle(server->port());
  testing::RawClient working(server->port());
  working.Send(kGet);
  started.WaitForNotification();
  std::thread stopper([&] { server->Stop(absl::Seconds(10)); });
  EXPECT_TRUE(idle.AtEnd());
  Response response;
  response.body = "done";
  kept->Respond(std::move(response));
  EXPECT_EQ(working.Read().body, "done");
  EXPECT_TRUE(working.AtEnd());
  stopper.join();
  testing::RawClient late;
  EXPECT_FALSE(late.Connect(server->port()));
}

TEST(ServerTest, StopCutsWorkOffWhenTheGraceIsOver) {
  absl::Notification started, gone;
  std::unique_ptr<Responder> kept;
  auto server = Serve([&](Request, Responder responder) {
    kept = std::make_unique<Responder>(std::move(responder));
    kept->OnClientDisconnect([&] { gone.Notify(); });
    started.Notify();
  });
  testing::RawClient client(server->port());
  client.Send(kGet);
  started.WaitForNotification();
  server.reset();
  EXPECT_TRUE(gone.HasBeenNotified());
  EXPECT_TRUE(client.AtEnd());
  kept->Respond(Response());  // The server is gone; harmless.
}

TEST(ServerTest, RefusesToStartOnAPortInUse) {
  auto server = Serve(Echo);
  auto second = Server::Start({.port = server->port()}, Echo);
  EXPECT_EQ(ReasonOf(second.status()), "cannot_listen");
  EXPECT_EQ(ReasonOf(Server::Start({.address = "nowhere"}, Echo).status()), "invalid_address");
}

TEST(ServerTest, ServesManyAtOnce) {
  auto server = Serve(Echo);
  std::atomic<int> right = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      testing::RawClient client(server->port());
      for (int i = 0; i < 200; ++i) {
        const std::string body(static_cast<size_t>(i * 50), static_cast<char>('a' + t));
        if (client.Call("POST", "/", {}, body).body == "POST /||" + body) ++right;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 1600);
}

}  // namespace
}  // namespace wissel::http
