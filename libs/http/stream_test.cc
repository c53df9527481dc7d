// Streams of a Server: order, backpressure, and both ends going away.

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/http/server.h"
#include "libs/testing/raw_client.h"

namespace wissel::http {
namespace {

constexpr char kGet[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

// Writes `pieces` pieces, each when the one before is out, and then finishes.
class Source : public std::enable_shared_from_this<Source> {
 public:
  Source(Responder responder, int pieces, std::string piece, std::atomic<int>* written)
      : responder_(std::move(responder)),
        pieces_(pieces),
        piece_(std::move(piece)),
        written_(written) {}

  void Start() {
    responder_.StartStream(Response());
    Next();
  }

 private:
  void Next() {
    if (*written_ == pieces_) {
      responder_.Finish();
      return;
    }
    responder_.Write(piece_, [self = shared_from_this()](bool ok) {
      if (!ok) return;
      ++*self->written_;
      self->Next();
    });
  }

  Responder responder_;
  const int pieces_;
  const std::string piece_;
  std::atomic<int>* const written_;
};

std::unique_ptr<Server> Serve(Handler handler, ServerOptions options = {}) {
  auto server = Server::Start(options, std::move(handler));
  EXPECT_TRUE(server.ok()) << server.status();
  return std::move(server).value();
}

TEST(StreamTest, ArrivesPieceByPieceAndKeepsTheConnection) {
  std::atomic<int> written = 0;
  auto server = Serve([&](Request, Responder responder) {
    written = 0;
    std::make_shared<Source>(std::move(responder), 5, "piece", &written)->Start();
  });
  testing::RawClient client(server->port());
  for (int i = 0; i < 2; ++i) {
    client.Send(kGet);
    EXPECT_EQ(client.ReadHead().headers.Get("transfer-encoding"), "chunked");
    for (int j = 0; j < 5; ++j) EXPECT_EQ(client.ReadChunk(), "piece");
    EXPECT_EQ(client.ReadChunk(), "");
    EXPECT_TRUE(client.stream_ended());
  }
}

TEST(StreamTest, EndsByClosingForAnOldClient) {
  std::atomic<int> written = 0;
  auto server = Serve([&](Request, Responder responder) {
    std::make_shared<Source>(std::move(responder), 3, "piece", &written)->Start();
  });
  testing::RawClient client(server->port());
  client.Send("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n");
  testing::RawClient::Answer answer = client.Read();
  EXPECT_FALSE(answer.headers.Has("transfer-encoding"));
  EXPECT_EQ(answer.body, "piecepiecepiece");
}

TEST(StreamTest, WaitsForAClientThatDoesNotRead) {
  std::atomic<int> written = 0;
  constexpr int kPieces = 1000;
  auto server = Serve([&](Request, Responder responder) {
    std::make_shared<Source>(std::move(responder), kPieces, std::string(100'000, 'x'), &written)
        ->Start();
  });
  testing::RawClient client(server->port());
  client.Send(kGet);
  // The sockets hold some megabytes; the source must stop there and not run to 100 MB.
  int before = -1;
  while (written != before || before <= 0) {
    before = written;
    absl::SleepFor(absl::Milliseconds(100));
  }
  EXPECT_LT(written, kPieces);
  EXPECT_EQ(client.Read().body.size(), 100'000u * kPieces);
}

TEST(StreamTest, GivesUpOnAClientThatNeverReads) {
  absl::Notification gone;
  std::atomic<int> written = 0;
  auto server = Serve(
      [&](Request, Responder responder) {
        responder.OnClientDisconnect([&] { gone.Notify(); });
        std::make_shared<Source>(std::move(responder), 1'000'000, std::string(100'000, 'x'),
                                 &written)
            ->Start();
      },
      {.write_timeout = absl::Milliseconds(200)});
  testing::RawClient client(server->port());
  client.Send(kGet);
  gone.WaitForNotification();
}

TEST(StreamTest, TellsTheHandlerWhenTheClientLeaves) {
  absl::Notification gone, refused;
  std::shared_ptr<Responder> kept;
  auto server = Serve([&](Request, Responder responder) {
    kept = std::make_shared<Responder>(std::move(responder));
    kept->OnClientDisconnect([&] { gone.Notify(); });
    kept->StartStream(Response());
    kept->Write("first", [](bool ok) { EXPECT_TRUE(ok); });
  });
  testing::RawClient client(server->port());
  client.Send(kGet);
  client.ReadHead();
  EXPECT_EQ(client.ReadChunk(), "first");
  client.Close();
  gone.WaitForNotification();
  kept->Write("second", [&](bool ok) {
    EXPECT_FALSE(ok);
    refused.Notify();
  });
  refused.WaitForNotification();
  kept->Finish();
}

TEST(StreamTest, CutsTheConnectionWhenTheResponderIsDropped) {
  auto server = Serve([](Request, Responder responder) {
    responder.StartStream(Response());
    responder.Write("first", [](bool) {});
    // Dropped here, before the end.
  });
  testing::RawClient client(server->port());
  client.Send(kGet);
  client.Read();
  EXPECT_FALSE(client.stream_ended());
  EXPECT_TRUE(client.AtEnd());
}

TEST(StreamTest, EndsWhenTheServerStops) {
  absl::Notification started, gone;
  std::shared_ptr<Responder> kept;
  auto server = Serve([&](Request, Responder responder) {
    kept = std::make_shared<Responder>(std::move(responder));
    kept->OnClientDisconnect([&] { gone.Notify(); });
    kept->StartStream(Response());
    kept->Write("first", [&](bool) { started.Notify(); });
  });
  testing::RawClient client(server->port());
  client.Send(kGet);
  started.WaitForNotification();
  server->Stop(absl::InfiniteDuration());
  EXPECT_TRUE(gone.HasBeenNotified());
  client.Read();
  EXPECT_FALSE(client.stream_ended());
}

}  // namespace
}  // namespace wissel::http
