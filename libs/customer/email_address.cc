#include "libs/customer/email_address.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libs/text/clean.h"

namespace wissel::customer {
namespace {

constexpr size_t kMostBytes = 254;
constexpr size_t kMostLocalBytes = 64;
constexpr size_t kMostLabelBytes = 63;

// "atext" of RFC 5322.
bool IsAtomLetter(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
         absl::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != absl::string_view::npos;
}

bool IsLocalPart(absl::string_view local) {
  const std::vector<absl::string_view> atoms = absl::StrSplit(local, '.');
  return local.size() <= kMostLocalBytes &&
         std::all_of(atoms.begin(), atoms.end(), [](absl::string_view atom) {
           return !atom.empty() && std::all_of(atom.begin(), atom.end(), IsAtomLetter);
         });
}

bool IsLabel(absl::string_view label) {
  return !label.empty() && label.size() <= kMostLabelBytes && label.front() != '-' &&
         label.back() != '-' && std::all_of(label.begin(), label.end(), [](unsigned char c) {
           return absl::ascii_isalnum(c) || c == '-';
         });
}

bool IsDomain(absl::string_view domain) {
  const std::vector<absl::string_view> labels = absl::StrSplit(domain, '.');
  const absl::string_view top = labels.back();
  return labels.size() >= 2 && std::all_of(labels.begin(), labels.end(), IsLabel) &&
         top.size() >= 2 && !absl::ascii_isdigit(static_cast<unsigned char>(top.front()));
}

}  // namespace

std::optional<std::string> NormaliseEmail(absl::string_view typed) {
  const std::string plain = text::PlainDashesAndBlanks(typed);
  const absl::string_view address = absl::StripAsciiWhitespace(plain);
  const size_t at = address.rfind('@');
  if (address.size() > kMostBytes || at == absl::string_view::npos) return std::nullopt;
  const absl::string_view local = address.substr(0, at);
  const absl::string_view domain = address.substr(at + 1);
  if (!IsLocalPart(local) || !IsDomain(domain)) return std::nullopt;
  return absl::StrCat(local, "@", absl::AsciiStrToLower(domain));
}

}  // namespace wissel::customer
