// What the gateway serves besides the API: the workspace, and whether it is up.

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "libs/testing/raw_client.h"
#include "services/gateway/gateway_fixture.h"
#include "services/gateway/static_files.h"

namespace wissel::gateway {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using testing::RawClient;

// A built workspace in a folder of its own, beside a file that must stay out of reach.
class PagesTest : public ::testing::Test {
 protected:
  PagesTest() {
    std::string pattern = (fs::temp_directory_path() / "pages_XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    Write("secret.txt", "secret");
    Write("dist/index.html", "<!doctype html>");
    Write("dist/favicon.svg", "<svg/>");
    Write("dist/assets/index-4f3a.js", "run()");
    Write("dist/assets/index-4f3a.css", "p{}");
    fs::create_symlink(folder_ / "secret.txt", folder_ / "dist/link.txt");
  }
  ~PagesTest() override { fs::remove_all(folder_); }

  void Write(const std::string& name, const std::string& content) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << content;
  }
  std::string root() const { return (folder_ / "dist").string(); }

  fs::path folder_;
};

TEST_F(PagesTest, ServesTheWorkspace) {
  GatewayFixture fixture({.web_root = root()});
  testing::RawClient client(fixture.port());
  for (const char* path :
       {"/", "/index.html", "/cases/1234567890", "/wachtrij/Public%20Works", "/a/../..", "/%00"}) {
    testing::RawClient::Answer page = client.Call("GET", path);
    if (std::string(path) == "/a/../..") {
      EXPECT_EQ(page.status, 404);
      continue;
    }
    EXPECT_EQ(page.status, 200) << path;
    EXPECT_EQ(page.body, "<!doctype html>") << path;
    EXPECT_EQ(page.headers.Get("content-type"), "text/html; charset=utf-8");
    EXPECT_EQ(page.headers.Get("cache-control"), "no-cache");
    EXPECT_THAT(std::string(page.headers.Get("content-security-policy")),
                HasSubstr("default-src 'self'"));
    EXPECT_THAT(std::string(page.headers.Get("content-security-policy")),
                HasSubstr("frame-ancestors 'none'"));
  }
  testing::RawClient::Answer script = client.Call("GET", "/assets/index-4f3a.js?v=1");
  EXPECT_EQ(script.body, "run()");
  EXPECT_EQ(script.headers.Get("content-type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(script.headers.Get("cache-control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(client.Call("GET", "/assets/index-4f3a.css").headers.Get("content-type"),
            "text/css; charset=utf-8");
  EXPECT_EQ(client.Call("GET", "/favicon.svg").headers.Get("content-type"), "image/svg+xml");
  EXPECT_EQ(client.Call("HEAD", "/").headers.Get("content-length"), "15");
}

TEST_F(PagesTest, KeepsToItsFolder) {
  GatewayFixture fixture({.web_root = root()});
  for (const char* path :
       {"/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt",
        "/link.txt", "/assets/../index.html", "//secret.txt", "/..\\secret.txt",
        "/%2e%2e%2fsecret.txt", "/secret.txt%00.html", "/nope.js"}) {
    testing::RawClient client(fixture.port());
    testing::RawClient::Answer answer = client.Call("GET", path);
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_EQ(answer.body, "not found\n") << path;
  }
  testing::RawClient client(fixture.port());
  client.Send(std::string("GET /\0secret.txt HTTP/1.1\r\nHost: a\r\n\r\n", 38));
  EXPECT_EQ(client.Read().status, 400);
}

TEST_F(PagesTest, AnswersUnchanged) {
  GatewayFixture fixture({.web_root = root()});
  testing::RawClient client(fixture.port());
  const std::string etag(client.Call("GET", "/").headers.Get("etag"));
  EXPECT_EQ(client.Call("GET", "/", {"If-None-Match: " + etag}).status, 304);
  EXPECT_EQ(client.Call("GET", "/", {"If-None-Match: \"other\""}).status, 200);
}

TEST_F(PagesTest, SendsWhatIsCompressedToWhoeverTakesIt) {
  Write("dist/assets/index-4f3a.js.gz", "compressed");
  Write("dist/assets/alone.js.gz", "of no file");
  GatewayFixture fixture({.web_root = root()});
  testing::RawClient client(fixture.port());
  const auto get = [&](const std::string& encodings, const std::string& etag = "") {
    return client.Call("GET", "/assets/index-4f3a.js",
                       {"Accept-Encoding: " + encodings, "If-None-Match: " + etag});
  };
  for (const char* taken : {"gzip", "deflate, gzip;q=0.5, br", "gzip ; q=1"}) {
    const testing::RawClient::Answer answer = get(taken);
    EXPECT_EQ(answer.body, "compressed") << taken;
    EXPECT_EQ(answer.headers.Get("content-encoding"), "gzip");
    EXPECT_EQ(answer.headers.Get("content-type"), "text/javascript; charset=utf-8");
    EXPECT_EQ(answer.headers.Get("vary"), "Accept-Encoding");
  }
  for (const char* not_taken : {"", "br", "gzip;q=0", "gzip;q=0.0, br", "xgzip"}) {
    const testing::RawClient::Answer answer = get(not_taken);
    EXPECT_EQ(answer.body, "run()") << not_taken;
    EXPECT_FALSE(answer.headers.Has("content-encoding"));
    EXPECT_EQ(answer.headers.Get("vary"), "Accept-Encoding");
  }
  const std::string plain(get("").headers.Get("etag"));
  const std::string compressed(get("gzip").headers.Get("etag"));
  EXPECT_NE(plain, compressed);
  EXPECT_EQ(get("", plain).status, 304);
  EXPECT_EQ(get("gzip", compressed).status, 304);
  EXPECT_EQ(get("gzip", plain).status, 200);
  for (const char* path : {"/assets/index-4f3a.js.gz", "/assets/alone.js.gz", "/assets/alone.js"}) {
    EXPECT_EQ(client.Call("GET", path).status, 404) << path;
  }
  EXPECT_FALSE(client.Call("GET", "/").headers.Has("vary"));
}

TEST_F(PagesTest, TakesOnlyReads) {
  GatewayFixture fixture({.web_root = root()});
  testing::RawClient client(fixture.port());
  testing::RawClient::Answer answer = client.Call("POST", "/");
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.headers.Get("allow"), "GET, HEAD");
  EXPECT_EQ(client.Call("PUT", "/index.html").status, 405);
}

TEST_F(PagesTest, DoesNotStartWithoutPages) {
  EXPECT_EQ(ReasonOf(GatewayFixture({.web_root = (folder_ / "none").string()}).status),
            "no_web_root");
  EXPECT_EQ(ReasonOf(StaticFiles::Load(folder_.string()).status()), "no_web_root");
}

// (B14) Strangers are told yes or no: neither why, nor what waits, nor what is counted.
TEST_F(PagesTest, TellsHealthAndNothingElse) {
  std::atomic<int> asked = 0;
  GatewayFixture fixture({.web_root = root(), .ready = [&] {
                            ++asked;
                            return "the oldest came 12 s ago\n";
                          }});
  testing::RawClient client(fixture.port());
  EXPECT_EQ(client.Call("GET", "/healthz").body, "up\n");
  for (int i = 0; i < 100; ++i) EXPECT_EQ(client.Call("GET", "/readyz").body, "ready\n");
  EXPECT_LT(asked, 100) << "the answer is kept for a second";
  EXPECT_EQ(client.Call("GET", "/metrics").status, 404);
  GatewayFixture away(
      {.ready = [] { return absl::UnavailableError("database pg1.internal is away"); }});
  testing::RawClient other(away.port());
  testing::RawClient::Answer answer = other.Call("GET", "/readyz");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.body, "not ready\n");
  EXPECT_EQ(other.Call("GET", "/healthz").status, 200) << "the process is up all the same";
  EXPECT_EQ(other.Call("POST", "/readyz").status, 405);
}

TEST_F(PagesTest, ASlowReadinessHoldsNobodyUp) {
  absl::Notification release;
  GatewayFixture fixture({.ready = [&] {
    release.WaitForNotification();
    return "";
  }});
  testing::RawClient probe(fixture.port());
  probe.Send("GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n");
  for (int i = 0; i < 20; ++i) {
    testing::RawClient client(fixture.port());
    EXPECT_EQ(client.Call("GET", "/healthz").status, 200);
  }
  std::vector<std::unique_ptr<testing::RawClient>> probes;
  for (int i = 0; i < 20; ++i) {
    probes.push_back(std::make_unique<testing::RawClient>(fixture.port()));
    probes.back()->Send("GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  EXPECT_EQ(probes.back()->Read().status, 503) << "busy";
  release.Notify();
  EXPECT_EQ(probe.Read().status, 200);
}

}  // namespace
}  // namespace wissel::gateway
