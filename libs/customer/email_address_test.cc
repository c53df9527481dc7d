#include "libs/customer/email_address.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace wissel::customer {
namespace {

TEST(EmailAddress, KeepsTheNameAndLowersTheDomain) {
  EXPECT_EQ(NormaliseEmail("Jan.deVries@Post.EXAMPLE"), "Jan.deVries@post.example");
  EXPECT_EQ(NormaliseEmail("a+kcc@x-y.example"), "a+kcc@x-y.example");
  EXPECT_EQ(NormaliseEmail("o'neil@mail.a.example"), "o'neil@mail.a.example");
  EXPECT_EQ(NormaliseEmail("x@xn--80ak6aa92e.com"), "x@xn--80ak6aa92e.com");
}

// (C8) As copied from a web page, a letter or a phone.
TEST(EmailAddress, WithDashesAndMarksOfUnicode) {
  EXPECT_EQ(NormaliseEmail("jan\u2011piet@x\u2010y.example"), "jan-piet@x-y.example");
  EXPECT_EQ(NormaliseEmail("\u202Ajan@x.example\u202C"), "jan@x.example");
  EXPECT_EQ(NormaliseEmail("\u00A0jan@x\u00AD.example \uFEFF"), "jan@x.example");
  EXPECT_EQ(NormaliseEmail("jan\u00A0piet@x.example"), std::nullopt);
}

TEST(EmailAddress, RefusesWhatMailCannotBeSentTo) {
  for (const char* typed : {"",
                            "@",
                            "jan",
                            "jan@",
                            "@x.example",
                            "jan@localhost",
                            "jan@x",
                            "jan@x.e",
                            "jan@@x.example",
                            "jan@x..example",
                            "jan@.example",
                            "jan@x.example.",
                            ".jan@x.example",
                            "jan.@x.example",
                            "j..n@x.example",
                            "jan de vries@x.example",
                            "jan@x y.example",
                            "jan@-x.example",
                            "jan@x-.example",
                            "jan@1.2.3.4",
                            "jan@[1.2.3.4]",
                            "\"jan\"@x.example",
                            "jan@x.example,piet@y.example",
                            "Jan <jan@x.example>",
                            "jan@x.example\r\nBcc: p@y.example",
                            "jan\n@x.example",
                            "j\xc3\xa4n@x.example",
                            "jan@\xc3\xa4.example",
                            "jan(x)@x.example"}) {
    EXPECT_EQ(NormaliseEmail(typed), std::nullopt) << typed;
  }
}

TEST(EmailAddress, Limits) {
  const std::string local(64, 'a');
  EXPECT_TRUE(NormaliseEmail(absl::StrCat(local, "@x.example")));
  EXPECT_FALSE(NormaliseEmail(absl::StrCat(local, "a@x.example")));
  const std::string label(63, 'b');
  EXPECT_TRUE(NormaliseEmail(absl::StrCat("a@", label, ".example")));
  EXPECT_FALSE(NormaliseEmail(absl::StrCat("a@", label, "b.example")));
  const std::string domain = absl::StrCat(label, ".", label, ".", std::string(55, 'c'), ".example");
  const std::string longest = absl::StrCat(std::string(254 - 1 - domain.size(), 'a'), "@", domain);
  ASSERT_EQ(longest.size(), 254u);
  EXPECT_TRUE(NormaliseEmail(longest));
  EXPECT_FALSE(NormaliseEmail(absl::StrCat("a", longest)));
}

}  // namespace
}  // namespace wissel::customer
