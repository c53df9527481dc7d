#include "services/cases/registration/idempotency.h"

#include "gtest/gtest.h"
#include "wissel/cases/v1/cases.pb.h"

namespace wissel::cases {
namespace {

TEST(Idempotency, HashTellsRequestsApart) {
  v1::ClaimCaseRequest claim;
  claim.set_idempotency_key("12345678");
  claim.set_reference(17);
  const v1::ClaimCaseRequest same = claim;
  EXPECT_EQ(HashOf(claim), HashOf(same));
  EXPECT_EQ(HashOf(claim).size(), 32u);

  v1::UnclaimCaseRequest unclaim;
  ASSERT_TRUE(unclaim.ParseFromString(claim.SerializeAsString()));
  EXPECT_NE(HashOf(claim), HashOf(unclaim)) << "same bytes, another method";
  claim.set_reference(18);
  EXPECT_NE(HashOf(claim), HashOf(same));
}

}  // namespace
}  // namespace wissel::cases
