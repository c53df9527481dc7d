#include "services/gateway/site.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libs/base/status.h"

namespace wissel::gateway {
namespace {

http::Request With(const std::vector<std::pair<std::string, std::string>>& headers) {
  http::Request request;
  for (const auto& [name, value] : headers) request.headers.Add(name, value);
  return request;
}

TEST(SiteTest, TakesOnlyOrigins) {
  for (const char* origin : {"https://wissel.gemeente.nl", "https://wissel.gemeente.nl:8443",
                             "http://localhost:8080", "http://127.0.0.1", "http://[::1]:8080"}) {
    EXPECT_TRUE(Site::Make(origin).ok()) << origin;
  }
  for (const char* origin : {"", "wissel.gemeente.nl", "https://", "https://a/", "https://a/b",
                             "http://wissel.gemeente.nl", "http://localhost.evil.nl", "https://a b",
                             "ftp://localhost", "null"}) {
    EXPECT_EQ(ReasonOf(Site::Make(origin).status()), "invalid_origin") << origin;
  }
}

TEST(SiteTest, TakesRequestsFromItsOwnPagesOnly) {
  const Site site = *Site::Make("https://wissel.gemeente.nl");
  EXPECT_TRUE(site.CheckOrigin(With({})).ok()) << "curl";
  EXPECT_TRUE(site.CheckOrigin(With({{"Origin", "https://wissel.gemeente.nl"},
                                     {"Sec-Fetch-Site", "same-origin"}}))
                  .ok());
  for (const auto& headers : std::vector<std::vector<std::pair<std::string, std::string>>>{
           {{"Origin", "https://evil.nl"}},
           {{"Origin", "https://wissel.gemeente.nl.evil.nl"}},
           {{"Origin", "http://wissel.gemeente.nl"}},
           {{"Origin", "null"}},
           {{"Origin", ""}},
           {{"Origin", "https://wissel.gemeente.nl"}, {"Origin", "https://evil.nl"}},
           {{"Origin", "http://localhost"}, {"Host", "localhost"}},
           {{"Origin", "https://wissel.gemeente.nl"}, {"Sec-Fetch-Site", "cross-site"}},
           {{"Sec-Fetch-Site", "cross-site"}}}) {
    EXPECT_EQ(ReasonOf(site.CheckOrigin(With(headers))), "wrong_origin") << headers[0].second;
  }
}

TEST(SiteTest, IsReachedUnderAnyNameOfThisMachine) {
  const Site site = *Site::Make("http://localhost:8080");
  for (const char* host : {"localhost:8080", "127.0.0.1:8080", "localhost:9999", "[::1]:8080"}) {
    EXPECT_TRUE(
        site.CheckOrigin(With({{"Host", host}, {"Origin", std::string("http://") + host}})).ok())
        << host;
  }
  // A name that an attacker points at this machine.
  EXPECT_FALSE(
      site.CheckOrigin(With({{"Host", "evil.nl:8080"}, {"Origin", "http://evil.nl:8080"}})).ok());
  EXPECT_FALSE(
      site.CheckOrigin(With({{"Host", "localhost:8080"}, {"Origin", "http://localhost:8081"}}))
          .ok())
      << "a page of another program on this machine";
}

TEST(SiteTest, KnowsABrowser) {
  EXPECT_FALSE(Site::IsBrowser(With({{"User-Agent", "curl"}})));
  EXPECT_TRUE(Site::IsBrowser(With({{"Origin", "x"}})));
  EXPECT_TRUE(Site::IsBrowser(With({{"Sec-Fetch-Site", "same-origin"}})));
}

TEST(SiteTest, FindsTheToken) {
  const Site site = *Site::Make("http://localhost:8080");
  const Site https = *Site::Make("https://wissel.gemeente.nl");
  EXPECT_EQ(*site.TokenOf(With({})), "");
  EXPECT_EQ(*site.TokenOf(With({{"Authorization", "Bearer abc"}})), "abc");
  EXPECT_EQ(*site.TokenOf(With({{"authorization", "bearer  abc "}})), "abc");
  EXPECT_EQ(*site.TokenOf(With({{"Cookie", "a=b; wissel=abc; c=d"}})), "abc");
  EXPECT_EQ(*site.TokenOf(With({{"Cookie", "xwissel=abc; wisselx=abc"}})), "");
  EXPECT_EQ(*site.TokenOf(With({{"Cookie", "wissel=abc"}, {"Authorization", "Bearer d"}})), "d");
  EXPECT_EQ(*https.TokenOf(With({{"Cookie", "wissel=evil; __Host-wissel=abc"}})), "abc");
  for (const char* value : {"Basic abc", "Bearer", "Bearer ", "Bearer a b", "Bearer a\tb",
                            "Bearer \xc3\xa9", "Bearer a,b"}) {
    EXPECT_EQ(ReasonOf(site.TokenOf(With({{"Authorization", value}})).status()), "invalid_token")
        << value;
  }
}

TEST(SiteTest, MakesCookies) {
  EXPECT_EQ(Site::Make("http://localhost:8080")->StartCookie("t"),
            "wissel=t; Path=/; HttpOnly; SameSite=Lax");
  EXPECT_EQ(Site::Make("https://a.nl")->StartCookie("t"),
            "__Host-wissel=t; Path=/; Secure; HttpOnly; SameSite=Lax");
  EXPECT_EQ(Site::Make("https://a.nl")->EndCookie(),
            "__Host-wissel=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
}

}  // namespace
}  // namespace wissel::gateway
