#include "libs/http/address.h"

#include <string>

#include "gtest/gtest.h"

namespace wissel::http {
namespace {

TEST(AddressTest, TakesAddressesInOneForm) {
  EXPECT_EQ(Address::Parse("192.0.2.1")->text(), "192.0.2.1");
  EXPECT_EQ(Address::Parse("2001:DB8:0:0::1")->text(), "2001:db8::1");
  EXPECT_EQ(Address::Parse("::1")->text(), "::1");
  EXPECT_EQ(Address::Parse("::ffff:192.0.2.1")->text(), "192.0.2.1");
  EXPECT_EQ(*Address::Parse("::FFFF:c000:201"), *Address::Parse("192.0.2.1"));
}

TEST(AddressTest, TakesNothingElse) {
  for (const std::string& text :
       {std::string(), std::string("unknown"), std::string("192.0.2"), std::string("192.0.2.256"),
        std::string("192.0.2.1:80"), std::string("[::1]"), std::string("[2001:db8::1]:443"),
        std::string(" 192.0.2.1"), std::string("192.0.2.1\n"), std::string("fe80::1%eth0"),
        std::string("_hidden"), std::string("192.0.2.1\0evil", 14), std::string(300, '1'),
        std::string("0300.0.2.1"), std::string("3221225985")}) {
    EXPECT_FALSE(Address::Parse(text).has_value()) << text;
  }
}

TEST(AddressTest, CountsASubscriberOnce) {
  const auto of = [](const char* text) { return Address::Parse(text)->subscriber(); };
  EXPECT_EQ(of("2001:db8:0:1::1"), of("2001:db8:0:1:ffff::2"));
  EXPECT_EQ(of("2001:db8:0:1::1"), "2001:db8:0:1::/64");
  EXPECT_NE(of("2001:db8:0:1::1"), of("2001:db8:0:2::1"));
  EXPECT_NE(of("::ffff:192.0.2.1"), of("::ffff:192.0.2.2"));
  EXPECT_NE(of("192.0.2.1"), of("192.0.2.2"));
}

}  // namespace
}  // namespace wissel::http
