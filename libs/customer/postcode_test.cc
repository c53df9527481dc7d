#include "libs/customer/postcode.h"

#include "gtest/gtest.h"

namespace wissel::customer {
namespace {

TEST(Postcode, IsStoredInOneForm) {
  for (const char* typed : {"2511AB", "2511 AB", "2511ab", " 2511 aB ", "25 11 A B", "2511-AB",
                            " 2511  AB", "2511\tAB"}) {
    EXPECT_EQ(NormalisePostcode(typed), "2511AB") << typed;
  }
  EXPECT_EQ(NormalisePostcode("9999XK"), "9999XK");
}

// (C8) As copied from a web page, a letter or a phone.
TEST(Postcode, WithDashesBlanksAndMarksOfUnicode) {
  for (const char* typed : {"2511\u00A0AB", "2511\u2011AB", "2511\u2013AB", "2511\u202FAB",
                            "\u202A2511 AB\u202C", "2511\u200BAB", "\uFEFF2511AB\u200E"}) {
    EXPECT_EQ(NormalisePostcode(typed), "2511AB") << typed;
  }
}

TEST(Postcode, OfNothingElse) {
  for (const char* typed :
       {"", " ", "2511", "2511A", "2511ABC", "0511AB", "25111B", "AB2511", "2511/AB", "2511_AB",
        "2511 SA", "2511SD", "2511ss", "B-1000", "2511\xC3\x81", "٢٥١١AB"}) {
    EXPECT_EQ(NormalisePostcode(typed), std::nullopt) << typed;
  }
}

}  // namespace
}  // namespace wissel::customer
