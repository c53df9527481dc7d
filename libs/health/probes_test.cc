// The probes of those who run the installation, over a real port.

#include "libs/health/probes.h"

#include <memory>
#include <string>

#include "gtest/gtest.h"
#include "libs/http/server.h"
#include "libs/testing/raw_client.h"

namespace wissel::health {
namespace {

using testing::RawClient;

class ProbesTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::string> ready_ = "the oldest came 12 s ago\n";
  Probes probes_{{.ready = [this] { return ready_; }, .metrics = [] { return "wissel_up 1\n"; }}};
  std::unique_ptr<http::Server> server_ =
      *http::Server::Start({}, [this](http::Request request, http::Responder responder) {
        probes_.Handle(request, std::move(responder));
      });
};

TEST_F(ProbesTest, TellWhatTheyKnow) {
  testing::RawClient client(server_->port());
  EXPECT_EQ(client.Call("GET", "/healthz").body, "up\n");
  EXPECT_EQ(client.Call("GET", "/readyz").body, "ready\nthe oldest came 12 s ago\n");
  EXPECT_EQ(client.Call("GET", "/metrics").body, "wissel_up 1\n");
  ready_ = absl::UnavailableError("the database does not answer");
  testing::RawClient::Answer answer = client.Call("GET", "/readyz");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.body, "not ready: the database does not answer\n");
  EXPECT_EQ(client.Call("GET", "/healthz").status, 200) << "the process is up all the same";
  EXPECT_EQ(client.Call("GET", "/").status, 404);
  EXPECT_EQ(client.Call("POST", "/healthz").status, 404);
}

}  // namespace
}  // namespace wissel::health
