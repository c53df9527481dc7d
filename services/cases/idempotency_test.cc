#include "services/cases/idempotency.h"

#include "gtest/gtest.h"
#include "libs/base/status.h"
#include "wissel/cases/v1/cases.pb.h"

namespace wissel::cases {
namespace {

TEST(Idempotency, KeysThatAreGood) {
  for (const char* key : {"12345678", "a.b_c-D9", "00000000-0000-4000-8000-000000000000"}) {
    EXPECT_TRUE(CheckKey(key).ok()) << key;
  }
  EXPECT_TRUE(CheckKey(std::string(64, 'k')).ok());
}

TEST(Idempotency, KeysThatAreNot) {
  EXPECT_EQ(ReasonOf(CheckKey("")), "required");
  for (const std::string& key : {std::string("1234567"), std::string(65, 'k'),
                                 std::string("with space"), std::string("caf\xc3\xa9 caf")}) {
    const absl::Status status = CheckKey(key);
    EXPECT_EQ(ReasonOf(status), "invalid_idempotency_key") << key;
    EXPECT_EQ(DetailsOf(status).front().field, "idempotency_key");
  }
}

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
