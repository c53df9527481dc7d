#include "services/cases/registration/reference.h"

#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace wissel::cases {
namespace {

constexpr int64_t kStarts[] = {1, 499'950'000, kLastSequenceNumber - 99'999};

TEST(Reference, NoTwoNumbersShareOne) {
  absl::flat_hash_set<int64_t> seen;
  for (const int64_t start : kStarts) {
    for (int64_t n = start; n < start + 100'000; ++n) {
      const int64_t reference = ReferenceOf(n);
      ASSERT_GE(reference, 10);
      ASSERT_LE(reference, 9'999'999'999);
      ASSERT_TRUE(IsReference(reference)) << n;
      ASSERT_TRUE(seen.insert(reference).second) << n;
    }
  }
}

TEST(Reference, StaysWhatItIs) {
  // Numbers that residents have: a change of the constants would hand them out again.
  EXPECT_EQ(ReferenceOf(1), 7273245577);
  EXPECT_EQ(ReferenceOf(2), 4687410975);
  EXPECT_EQ(ReferenceOf(kLastSequenceNumber), 1991456921);
}

TEST(Reference, NeighboursLookNothingAlike) {
  int same_front = 0;
  for (int64_t n = 1; n < 1'000; ++n) {
    same_front += ReferenceOf(n) / 1'000'000 == ReferenceOf(n + 1) / 1'000'000;
  }
  EXPECT_LT(same_front, 10);
}

TEST(Reference, CheckDigitSeesEveryWrongDigit) {
  for (int64_t n = 1; n < 2'000; ++n) {
    const std::string right = absl::StrCat(ReferenceOf(n));
    for (size_t i = 0; i < right.size(); ++i) {
      for (char digit = '0'; digit <= '9'; ++digit) {
        if (digit == right[i]) continue;
        std::string wrong = right;
        wrong[i] = digit;
        ASSERT_EQ(ParseReference(wrong), std::nullopt) << wrong;
      }
    }
  }
}

TEST(Reference, CheckDigitSeesEverySwapOfNeighbours) {
  for (int64_t n = 1; n < 20'000; ++n) {
    const std::string right = absl::StrCat(ReferenceOf(n));
    for (size_t i = 0; i + 1 < right.size(); ++i) {
      if (right[i] == right[i + 1]) continue;
      std::string wrong = right;
      std::swap(wrong[i], wrong[i + 1]);
      ASSERT_EQ(ParseReference(wrong), std::nullopt) << wrong;
    }
  }
}

TEST(Reference, IsReadOutInGroups) {
  EXPECT_EQ(FormatReference(1'234'567'890), "1234 567 890");
  EXPECT_EQ(FormatReference(345'678'901), "345 678 901");
  EXPECT_EQ(FormatReference(12'345'678), "12 345 678");
  EXPECT_EQ(FormatReference(1'234'567), "1234 567");
  EXPECT_EQ(FormatReference(1'234), "1234");
  EXPECT_EQ(FormatReference(123), "123");
}

TEST(Reference, IsReadBackAsTyped) {
  for (const int64_t start : kStarts) {
    for (int64_t n = start; n < start + 1'000; ++n) {
      const int64_t reference = ReferenceOf(n);
      ASSERT_EQ(ParseReference(FormatReference(reference)), reference);
      ASSERT_EQ(ParseReference(absl::StrCat(reference)), reference);
    }
  }
}

// (C8)
TEST(Reference, IsReadWithBlanksAndDashesOfUnicode) {
  const int64_t reference = ReferenceOf(17);
  const std::string good = absl::StrCat(reference);
  for (const char* between : {" ", "-", ".", "\t", "\u00A0", "\u202F", "\u2011", "\u2013"}) {
    EXPECT_EQ(ParseReference(absl::StrCat("\u202A", good.substr(0, 4), between, good.substr(4))),
              reference)
        << between;
  }
}

TEST(Reference, OtherTextIsNone) {
  const std::string good = absl::StrCat(ReferenceOf(1));
  for (const std::string& text :
       {std::string(), std::string("0"), std::string("zaak"), good + "x", "-" + good.substr(1),
        good + "0000000000", std::string("99999999999999999999999")}) {
    EXPECT_EQ(ParseReference(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace wissel::cases
