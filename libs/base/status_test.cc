#include "libs/base/status.h"

#include <gtest/gtest.h>

namespace wissel {
namespace {

absl::StatusOr<int> Half(int n) {
  if (n % 2 != 0) return InvalidField("n", "odd", "n is odd");
  return n / 2;
}

absl::Status Quarter(int n, int* out) {
  WISSEL_ASSIGN_OR_RETURN(const int half, Half(n));
  WISSEL_ASSIGN_OR_RETURN(*out, Half(half));
  WISSEL_RETURN_IF_ERROR(absl::OkStatus());
  return absl::OkStatus();
}

TEST(StatusTest, DetailsKeepReasonFieldAndFacts) {
  absl::Status status = Error(absl::StatusCode::kFailedPrecondition, "already_claimed",
                              "a colleague has this case", "reference", {{"claimed_by", "Bas"}});
  AddDetail(status, {"second", "other", {}});
  const auto details = DetailsOf(status);
  ASSERT_EQ(details.size(), 2u);
  EXPECT_EQ(details[0].reason, "already_claimed");
  EXPECT_EQ(details[0].field, "reference");
  EXPECT_EQ(details[0].facts.at("claimed_by"), "Bas");
  EXPECT_EQ(details[1].reason, "second");
  EXPECT_EQ(ReasonOf(status), "already_claimed");
}

TEST(StatusTest, WithoutDetails) {
  EXPECT_TRUE(DetailsOf(absl::OkStatus()).empty());
  EXPECT_EQ(ReasonOf(absl::InternalError("x")), "");
}

TEST(StatusTest, MacrosLeaveWithTheFirstError) {
  int out = 0;
  EXPECT_TRUE(Quarter(8, &out).ok());
  EXPECT_EQ(out, 2);
  EXPECT_EQ(ReasonOf(Quarter(6, &out)), "odd");
}

}  // namespace
}  // namespace wissel
