// The number of a case: at most ten digits that people read out over the phone. Neighbours in time
// look nothing alike, so a slip does not land on somebody else's case, and the last digit checks
// the others. Pure and thread-safe.

#ifndef WISSEL_SERVICES_CASES_REGISTRATION_REFERENCE_H_
#define WISSEL_SERVICES_CASES_REGISTRATION_REFERENCE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace wissel::cases {

// How many references there are: sequence numbers run from 1 to this.
inline constexpr int64_t kLastSequenceNumber = 999'999'999;

// The reference of a sequence number; every number has one and no two share it. The scramble is no
// secret: access is decided by the municipality and the role, never by knowing a number.
// REQUIRES: 1 <= sequence_number <= kLastSequenceNumber. About 50 ns.
int64_t ReferenceOf(int64_t sequence_number);

// Whether the check digit of `reference` is right. Every single wrong digit and every swap of two
// neighbours makes it false.
bool IsReference(int64_t reference);

// In groups of three from the right, as it is read out: `1234 567 890`, `12 345 678`. A loose
// digit in front joins its neighbours: it is easily missed.
std::string FormatReference(int64_t reference);

// What somebody typed, with dots, and blanks or dashes of any kind; nothing if it is no reference.
std::optional<int64_t> ParseReference(absl::string_view text);

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_REGISTRATION_REFERENCE_H_
