#include "libs/idempotency/request_hash.h"

#include "absl/strings/escaping.h"
#include "gtest/gtest.h"
#include "wissel/cases/v1/cases.pb.h"

namespace wissel::idempotency {
namespace {

TEST(RequestHash, TellsRequestsApart) {
  cases::v1::ClaimCaseRequest claim;
  claim.set_idempotency_key("12345678");
  claim.set_reference(17);
  const cases::v1::ClaimCaseRequest same = claim;
  const std::string hash = RequestHash(claim, "kim");
  EXPECT_EQ(hash.size(), 32u);
  EXPECT_EQ(RequestHash(same, "kim"), hash);
  EXPECT_NE(RequestHash(claim, "bas"), hash) << "the same request of somebody else";

  cases::v1::UnclaimCaseRequest unclaim;
  ASSERT_TRUE(unclaim.ParseFromString(claim.SerializeAsString()));
  EXPECT_NE(RequestHash(unclaim, "kim"), hash) << "same bytes, another method";
  claim.set_reference(18);
  EXPECT_NE(RequestHash(claim, "kim"), hash);
}

// Answers are kept for 30 days: a request that is sent again after an upgrade must be known.
TEST(RequestHash, IsTheSameInEveryRelease) {
  cases::v1::ClaimCaseRequest claim;
  claim.set_idempotency_key("12345678");
  claim.set_reference(17);
  EXPECT_EQ(absl::BytesToHexString(RequestHash(claim, "kim")),
            "7421fd17fd564edcdd8eeba4da148fa2f887954633740ee451cbfdc47b0619af");
}

}  // namespace
}  // namespace wissel::idempotency
