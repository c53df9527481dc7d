#include "libs/identity/password.h"

#include <sodium.h>

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

// (C6) Two keyboards write one name in two ways.
TEST(Password, BothFormsOfAnAccentAreOne) {
  for (const char* set : {"Zo\u00EB en de rest", "Zoe\u0308 en de rest"}) {
    const std::string stored = HashPassword(set).value();
    EXPECT_TRUE(PasswordMatches(stored, "Zo\u00EB en de rest").value());
    EXPECT_TRUE(PasswordMatches(stored, "Zoe\u0308 en de rest").value());
    EXPECT_FALSE(PasswordMatches(stored, "Zoe en de rest").value());
  }
}

// (C6) Whoever has one from before that was so still comes in.
TEST(Password, AHashOfBytesAsTypedKeepsWorking) {
  const std::string typed = "Zoe\u0308 en de rest";
  char old[crypto_pwhash_STRBYTES];
  ASSERT_EQ(crypto_pwhash_str(old, typed.data(), typed.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                              crypto_pwhash_MEMLIMIT_INTERACTIVE),
            0);
  EXPECT_TRUE(PasswordMatches(old, typed).value());
  EXPECT_FALSE(PasswordMatches(old, "Zo\u00EB en de rest").value());
}

TEST(Password, WhatIsNoHashMatchesNothing) {
  EXPECT_FALSE(PasswordMatches("", "").value());
  EXPECT_FALSE(PasswordMatches("plain", "plain").value());
}

TEST(DummyHash, CostsTheSameAndMatchesNothing) {
  EXPECT_EQ(DummyHash().substr(0, 31), HashPassword("x").value().substr(0, 31));
  EXPECT_FALSE(PasswordMatches(DummyHash(), "").value());
}

}  // namespace
}  // namespace wissel::identity
