#include "libs/sop/postcode_range.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "libs/text/clean.h"

namespace wissel::sop {
namespace {

constexpr int kLetters = 26 * 26;

std::optional<PostcodeRange> ReadOne(absl::string_view text) {
  if (text.size() != 4 && text.size() != 6) return std::nullopt;
  int number = 0;
  for (const char digit : text.substr(0, 4)) {
    if (!absl::ascii_isdigit(digit)) return std::nullopt;
    number = number * 10 + (digit - '0');
  }
  if (text.size() == 4) return PostcodeRange{number * kLetters, (number + 1) * kLetters - 1};
  for (const char letter : text.substr(4)) {
    if (!absl::ascii_isupper(letter)) return std::nullopt;
    number = number * 26 + (letter - 'A');
  }
  return PostcodeRange{number, number};
}

}  // namespace

std::optional<PostcodeRange> ReadPostcodes(absl::string_view text) {
  std::string tight;
  for (const char c : text::PlainDashesAndBlanks(text)) {
    if (!absl::ascii_isspace(c)) tight += absl::ascii_toupper(c);
  }
  const size_t dash = tight.find('-');
  if (dash == std::string::npos) return ReadOne(tight);
  const auto first = ReadOne(absl::string_view(tight).substr(0, dash));
  const auto last = ReadOne(absl::string_view(tight).substr(dash + 1));
  if (!first || !last || last->last < first->first) return std::nullopt;
  return PostcodeRange{first->first, last->last};
}

std::string WritePostcode(int number) {
  const int letters = number % kLetters;
  return absl::StrFormat("%04d%c%c", number / kLetters, 'A' + letters / 26, 'A' + letters % 26);
}

}  // namespace wissel::sop
