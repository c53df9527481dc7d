#include "libs/identity/password.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wissel::identity {
namespace {

TEST(Password, MatchesOnlyItself) {
  const std::string stored = HashPassword("correct horse battery").value();
  EXPECT_THAT(stored, ::testing::StartsWith("$argon2id$"));
  EXPECT_TRUE(PasswordMatches(stored, "correct horse battery").value());
  EXPECT_FALSE(PasswordMatches(stored, "correct horse batterY").value());
  EXPECT_FALSE(PasswordMatches(stored, "").value());
}

TEST(Password, SaltDiffersEachTime) {
  EXPECT_NE(HashPassword("correct horse battery").value(),
            HashPassword("correct horse battery").value());
}

TEST(Password, BytesAreKeptAsTheyAre) {
  const std::string stored = HashPassword(std::string("wachtwoord\0één", 16)).value();
  EXPECT_TRUE(PasswordMatches(stored, std::string("wachtwoord\0één", 16)).value());
  EXPECT_FALSE(PasswordMatches(stored, "wachtwoord").value());
}

TEST(Password, WhatIsNoHashMatchesNothing) {
  EXPECT_FALSE(PasswordMatches("", "").value());
  EXPECT_FALSE(PasswordMatches("plain", "plain").value());
}

TEST(DecoyHash, CostsTheSameAndMatchesNothing) {
  EXPECT_EQ(DecoyHash().substr(0, 31), HashPassword("x").value().substr(0, 31));
  EXPECT_FALSE(PasswordMatches(DecoyHash(), "").value());
}

}  // namespace
}  // namespace wissel::identity
