#include "libs/customer/postcode.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "libs/text/clean.h"

namespace wissel::customer {

std::optional<std::string> NormalisePostcode(absl::string_view typed) {
  constexpr size_t kDigits = 4;
  constexpr size_t kLetters = 2;
  std::string postcode;
  for (const char c : text::PlainDashesAndBlanks(typed)) {
    if (c != ' ' && c != '-') postcode += absl::ascii_toupper(static_cast<unsigned char>(c));
  }
  if (postcode.size() != kDigits + kLetters || postcode[0] == '0') return std::nullopt;
  const bool shaped =
      std::all_of(postcode.begin(), postcode.begin() + kDigits, absl::ascii_isdigit) &&
      std::all_of(postcode.begin() + kDigits, postcode.end(), absl::ascii_isupper);
  if (!shaped) return std::nullopt;
  const std::string letters = postcode.substr(kDigits);
  if (letters == "SA" || letters == "SD" || letters == "SS") return std::nullopt;
  return postcode;
}

}  // namespace wissel::customer
