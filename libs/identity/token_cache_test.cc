#include "libs/identity/token_cache.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace wissel::identity {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

TokenCache::Entry Somebody(absl::Time expires_at = absl::InfiniteFuture()) {
  rpc::Principal principal;
  principal.account_id = "jan";
  principal.expires_at = expires_at;
  return std::make_shared<const rpc::Principal>(principal);
}

TEST(TokenCache, BelievesAValidTokenForFiveSeconds) {
  TokenCache cache;
  cache.Put("t", Somebody(), kNow);
  ASSERT_NE(cache.Find("t", kNow + absl::Milliseconds(4999)), nullptr);
  EXPECT_EQ((*cache.Find("t", kNow))->account_id, "jan");
  EXPECT_EQ(cache.Find("t", kNow + absl::Seconds(5)), nullptr);
  EXPECT_EQ(cache.Find("other", kNow), nullptr);
}

TEST(TokenCache, BelievesAnInvalidTokenForOneSecond) {
  TokenCache cache;
  cache.Put("t", nullptr, kNow);
  ASSERT_NE(cache.Find("t", kNow), nullptr);
  EXPECT_EQ(*cache.Find("t", kNow), nullptr);
  EXPECT_EQ(cache.Find("t", kNow + absl::Seconds(1)), nullptr);
}

TEST(TokenCache, NeverBeyondTheEndOfTheSession) {
  TokenCache cache;
  cache.Put("t", Somebody(kNow + absl::Seconds(2)), kNow);
  EXPECT_NE(cache.Find("t", kNow + absl::Milliseconds(1999)), nullptr);
  EXPECT_EQ(cache.Find("t", kNow + absl::Seconds(2)), nullptr);
}

TEST(TokenCache, LastWordCounts) {
  TokenCache cache;
  cache.Put("t", Somebody(), kNow);
  cache.Put("t", nullptr, kNow);
  EXPECT_EQ(*cache.Find("t", kNow), nullptr);
  cache.Put("t", Somebody(), kNow);
  EXPECT_NE(*cache.Find("t", kNow), nullptr);
  EXPECT_EQ(cache.size(), 1);
}

TEST(TokenCache, InvalidTokensPushNobodyOut) {
  TokenCache cache;
  cache.Put("t", Somebody(), kNow);
  for (size_t i = 0; i < 3 * TokenCache::kCapacity; ++i) cache.Put(absl::StrCat(i), nullptr, kNow);
  EXPECT_NE(cache.Find("t", kNow), nullptr);
  EXPECT_LE(cache.size(), TokenCache::kCapacity + 1);
}

TEST(TokenCache, FullOneDropsWhatHasEndedFirst) {
  TokenCache cache;
  cache.Put("old", Somebody(), kNow);
  const absl::Time later = kNow + absl::Seconds(6);
  for (size_t i = 1; i < TokenCache::kCapacity; ++i) cache.Put(absl::StrCat(i), Somebody(), later);
  cache.Put("new", Somebody(), later);
  EXPECT_NE(cache.Find("1", later), nullptr);
  EXPECT_NE(cache.Find("new", later), nullptr);
  EXPECT_EQ(cache.size(), TokenCache::kCapacity);
}

}  // namespace
}  // namespace wissel::identity
