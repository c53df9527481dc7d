#include "libs/identity/token.h"

#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wissel::identity {
namespace {

TEST(TenantCode, IsTwoToTwelveLettersDigitsAndHyphens) {
  for (const char* good : {"GM0603", "ab", "a-b-c-d-e-f1", "BOSTON", "99"}) {
    EXPECT_TRUE(IsTenantCode(good)) << good;
  }
  for (const char* bad :
       {"", "a", "a-b-c-d-e-f12", "GM 603", "GM_603", "gm.603", "ça", "GM0603\n"}) {
    EXPECT_FALSE(IsTenantCode(bad)) << bad;
  }
}

TEST(Token, NamesItsMunicipality) {
  // 43 random characters may begin with or hold underscores; the first underscore ends the code.
  for (int i = 0; i < 200; ++i) {
    const std::string token = MakeToken("GM0603");
    EXPECT_EQ(token.size(), 4 + 6 + 1 + 43);
    EXPECT_EQ(TenantOf(token), "GM0603") << token;
  }
}

TEST(Token, OtherTextIsNone) {
  const std::string token = MakeToken("GM0603");
  const std::string secret = token.substr(11);
  for (const std::string& bad :
       {std::string(), std::string("wst_"), std::string("wst_GM0603_"), token.substr(1),
        token + "x", token.substr(0, token.size() - 1), "wst__" + secret, "wst_G_" + secret,
        "wst_GM 603_" + secret, "wst_GM0603_" + secret.substr(0, 42) + "=",
        "wst_GM0603_" + secret.substr(0, 42) + std::string(1, '\0'), MakeServiceToken()}) {
    EXPECT_EQ(TenantOf(bad), std::nullopt) << bad;
  }
}

TEST(Token, IsNewAtEveryCall) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    seen.insert(MakeToken("GM0603"));
    seen.insert(MakeServiceToken());
  }
  EXPECT_EQ(seen.size(), 2000);
}

TEST(HashOf, TellsTokensApartAndHidesThem) {
  const std::string token = MakeToken("GM0603");
  EXPECT_EQ(HashOf(token), HashOf(token));
  EXPECT_EQ(HashOf(token).size(), 32);
  EXPECT_NE(HashOf(token), HashOf(MakeToken("GM0603")));
  EXPECT_THAT(HashOf(token), ::testing::Not(::testing::HasSubstr("GM0603")));
}

TEST(SameSecret, ComparesAllOfIt) {
  EXPECT_TRUE(SameSecret("abc", "abc"));
  for (const auto& [a, b] : {std::pair("abc", "abd"), {"abc", "ab"}, {"abc", ""}, {"", "abc"}}) {
    EXPECT_FALSE(SameSecret(a, b)) << a << " " << b;
  }
}

TEST(SameSecret, EmptyIsNobody) { EXPECT_FALSE(SameSecret("", "")); }

}  // namespace
}  // namespace wissel::identity
