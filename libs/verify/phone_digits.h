// Phone numbers in agreements, compared as people read them.

#ifndef WISSEL_LIBS_VERIFY_PHONE_DIGITS_H_
#define WISSEL_LIBS_VERIFY_PHONE_DIGITS_H_

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"

namespace wissel::verify {

// Only the digits: `088 000 0101` and `088-0000101` are one number.
inline std::string PhoneDigits(absl::string_view number) {
  std::string digits;
  for (const char c : number) {
    if (absl::ascii_isdigit(c)) digits += c;
  }
  return digits;
}

}  // namespace wissel::verify

#endif  // WISSEL_LIBS_VERIFY_PHONE_DIGITS_H_
