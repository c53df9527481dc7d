#include "services/cases/registration/reference.h"

#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "libs/text/clean.h"

namespace wissel::cases {
namespace {

// A Feistel network over two halves of 15 bits permutes 30 bits; 2^30 is just over 10^9, so that
// walking on from a value outside the range seldom takes more than a step.
constexpr int kHalfBits = 15;
constexpr uint32_t kHalfMask = (1u << kHalfBits) - 1;
constexpr uint32_t kRoundKeys[] = {0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c};

uint32_t Mix(uint32_t half, uint32_t key) {
  uint32_t x = (half + key) * 0x9e3779b1u;
  x ^= x >> 15;
  x *= 0x85ebca6bu;
  x ^= x >> 13;
  return x & kHalfMask;
}

uint32_t Permute(uint32_t value) {
  uint32_t left = value >> kHalfBits;
  uint32_t right = value & kHalfMask;
  for (const uint32_t key : kRoundKeys) {
    const uint32_t next = left ^ Mix(right, key);
    left = right;
    right = next;
  }
  return left << kHalfBits | right;
}

// Damm's quasigroup of order 10: leading zeros make no difference.
constexpr uint8_t kDamm[10][10] = {
    {0, 3, 1, 7, 5, 9, 8, 6, 4, 2}, {7, 0, 9, 2, 1, 5, 4, 8, 6, 3}, {4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
    {1, 7, 5, 0, 9, 8, 3, 4, 2, 6}, {6, 1, 2, 3, 0, 4, 5, 9, 7, 8}, {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
    {5, 8, 6, 9, 7, 2, 0, 1, 3, 4}, {8, 9, 4, 5, 3, 6, 2, 0, 1, 7}, {9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
    {2, 5, 8, 1, 4, 3, 6, 7, 9, 0},
};

uint8_t DammOf(int64_t number) {
  uint8_t digits[20];
  int count = 0;
  for (; number > 0; number /= 10) digits[count++] = static_cast<uint8_t>(number % 10);
  uint8_t interim = 0;
  while (count > 0) interim = kDamm[interim][digits[--count]];
  return interim;
}

}  // namespace

int64_t ReferenceOf(int64_t sequence_number) {
  if (sequence_number < 1 || sequence_number > kLastSequenceNumber) abort();
  auto value = static_cast<uint32_t>(sequence_number);
  do {
    value = Permute(value);
  } while (value < 1 || value > kLastSequenceNumber);
  return int64_t{value} * 10 + DammOf(value);
}

bool IsReference(int64_t reference) {
  return reference >= 10 && reference <= kLastSequenceNumber * 10 + 9 && DammOf(reference) == 0;
}

std::string FormatReference(int64_t reference) {
  std::string text = absl::StrCat(reference);
  for (size_t from_right = 3; from_right < text.size(); from_right += 4) {
    if (text.size() - from_right == 1) break;
    text.insert(text.size() - from_right, " ");
  }
  return text;
}

std::optional<int64_t> ParseReference(absl::string_view text) {
  std::string digits;
  for (const char c : text::PlainDashesAndBlanks(text)) {
    if (absl::ascii_isdigit(c)) {
      digits += c;
    } else if (!absl::ascii_isspace(c) && c != '-' && c != '.') {
      return std::nullopt;
    }
  }
  int64_t reference;
  if (digits.empty() || digits.size() > 10 || !absl::SimpleAtoi(digits, &reference) ||
      !IsReference(reference)) {
    return std::nullopt;
  }
  return reference;
}

}  // namespace wissel::cases
