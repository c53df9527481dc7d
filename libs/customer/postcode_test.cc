#include "libs/customer/postcode.h"

#include "gtest/gtest.h"

namespace wissel::customer {
namespace {

TEST(Postcode, IsStoredInOneForm) {
  for (const char* typed : {"2511AB", "2511 AB", "2511ab", " 2511 aB ", "25 11 A B"}) {
    EXPECT_EQ(NormalisePostcode(typed), "2511AB") << typed;
  }
  EXPECT_EQ(NormalisePostcode("9999XK"), "9999XK");
}

TEST(Postcode, OfNothingElse) {
  for (const char* typed :
       {"", " ", "2511", "2511A", "2511ABC", "0511AB", "25111B", "AB2511", "2511-AB", "2511\tAB",
        "2511 SA", "2511SD", "2511ss", "B-1000", "2511\xC3\x81", "٢٥١١AB"}) {
    EXPECT_EQ(NormalisePostcode(typed), std::nullopt) << typed;
  }
}

}  // namespace
}  // namespace wissel::customer
