#include "services/gateway/client.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "libs/base/status.h"

namespace wissel::gateway {
namespace {

// What counts as the client when `peer` sends these fields of X-Forwarded-For.
std::string Client(const std::vector<std::string>& trusted, const std::string& peer,
                   const std::vector<std::string>& forwarded) {
  http::Request request;
  request.peer = peer;
  for (const std::string& value : forwarded) request.headers.Add("X-Forwarded-For", value);
  return Proxies::Make(trusted)->ClientOf(request).text();
}

TEST(ProxiesTest, NobodyIsBelievedUnlessTrusted) {
  EXPECT_EQ(Client({}, "127.0.0.1", {"192.0.2.1"}), "127.0.0.1");
  EXPECT_EQ(Client({"10.0.0.1"}, "127.0.0.1", {"192.0.2.1"}), "127.0.0.1");
  http::Request request;
  request.peer = "10.0.0.1";
  for (const char* name : {"X-Real-IP", "Forwarded", "Via", "X-Client-IP", "True-Client-IP"}) {
    request.headers.Add(name, "192.0.2.1");
  }
  EXPECT_EQ(Proxies::Make({"10.0.0.1"})->ClientOf(request).text(), "10.0.0.1");
}

TEST(ProxiesTest, WhatTheFirstTrustedProxySawCounts) {
  const std::vector<std::string> trusted = {"10.0.0.1", "10.0.0.2", "2001:db8::1"};
  EXPECT_EQ(Client(trusted, "10.0.0.1", {"192.0.2.1"}), "192.0.2.1");
  EXPECT_EQ(Client(trusted, "10.0.0.1", {"203.0.113.9, 192.0.2.1"}), "192.0.2.1")
      << "what a client wrote itself stands before what the proxy added";
  EXPECT_EQ(Client(trusted, "10.0.0.1", {"203.0.113.9", "192.0.2.1"}), "192.0.2.1");
  EXPECT_EQ(Client(trusted, "10.0.0.1", {"203.0.113.9, 192.0.2.1, 10.0.0.2"}), "192.0.2.1");
  EXPECT_EQ(Client(trusted, "2001:db8::1", {"2001:DB8:0::7"}), "2001:db8::7");
  EXPECT_EQ(Client(trusted, "10.0.0.1", {"10.0.0.2"}), "10.0.0.2") << "the proxy itself";
  EXPECT_EQ(Client(trusted, "10.0.0.1", {}), "10.0.0.1");
}

TEST(ProxiesTest, OnlyAnAddressIsOne) {
  for (const char* text : {"unknown", "", "192.0.2.1:4711", "[2001:db8::7]", "a\"b", "1.2.3",
                           "192.0.2.1 203.0.113.9", "203.0.113.9, "}) {
    EXPECT_EQ(Client({"10.0.0.1"}, "10.0.0.1", {text}), "10.0.0.1") << text;
  }
  const absl::Status status = Proxies::Make({"127.0.0.1", "localhost"}).status();
  EXPECT_EQ(ReasonOf(status), "invalid_address");
  EXPECT_EQ(DetailsOf(status)[0].field, "trusted_proxies");
}

}  // namespace
}  // namespace wissel::gateway
