#include "libs/customer/phone.h"

#include <phonenumbers/phonenumberutil.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"
#include "libs/text/clean.h"

namespace wissel::customer {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr size_t kMostBytes = 40;
constexpr uint64_t kLeastCompanyNumber = 10'000'000;

bool IsDialled(absl::string_view typed) {
  return typed.size() <= kMostBytes &&
         typed.find_first_not_of("+0123456789 -./()") == absl::string_view::npos;
}

// A number that is not valid has no type that is known.
bool IsCustomers(const PhoneNumberUtil& util, const PhoneNumber& number) {
  switch (util.GetNumberType(number)) {
    case PhoneNumberUtil::UAN:
      // Companies are called back on 088; the menus of municipalities (14 070) have fewer digits.
      return number.national_number() >= kLeastCompanyNumber;
    case PhoneNumberUtil::PREMIUM_RATE:
    case PhoneNumberUtil::SHARED_COST:
    case PhoneNumberUtil::VOICEMAIL:
    case PhoneNumberUtil::PAGER:
    case PhoneNumberUtil::UNKNOWN:
      return false;
    default:
      return true;
  }
}

// Whether nine digits begin like a Dutch mobile number or one of an area code of two digits. Those
// are customers' whatever follows; phone_test.cc compares with the library.
bool IsPlainDutch(absl::string_view digits) {
  constexpr absl::string_view kSecond[] = {"",     "035",    "0346",       "03568", "0356",
                                           "0358", "123458", "0123456789", "",      ""};
  return kSecond[digits[0] - '0'].find(digits[1]) != absl::string_view::npos;
}

// What most people type, without asking the library, which takes a tenth of a registration: a
// number that IsPlainDutch behind 0 or +31, its digits apart by single blanks or dashes. Nothing:
// the library has to say.
std::optional<std::string> NormalisePlainDutch(absl::string_view plain) {
  std::string dialled = "+31";
  if (absl::ConsumePrefix(&plain, "+31")) {
    absl::ConsumePrefix(&plain, " ");
  } else if (!absl::ConsumePrefix(&plain, "0")) {
    return std::nullopt;
  }
  bool after_digit = true;
  for (const char c : plain) {
    const bool is_digit = absl::ascii_isdigit(c);
    if (is_digit) dialled += c;
    if (!is_digit && (!after_digit || (c != ' ' && c != '-'))) return std::nullopt;
    after_digit = is_digit;
  }
  constexpr size_t kCountryDigits = 3;
  if (!after_digit || dialled.size() != kCountryDigits + 9) return std::nullopt;
  if (!IsPlainDutch(absl::string_view(dialled).substr(kCountryDigits))) return std::nullopt;
  return dialled;
}

}  // namespace

std::optional<std::string> NormalisePhone(absl::string_view typed) {
  const std::string plain = text::PlainDashesAndBlanks(typed);
  if (!IsDialled(plain)) return std::nullopt;
  if (std::optional<std::string> dutch = NormalisePlainDutch(plain)) return dutch;
  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  PhoneNumber number;
  if (util.Parse(plain, "NL", &number) != PhoneNumberUtil::NO_PARSING_ERROR ||
      !IsCustomers(util, number)) {
    return std::nullopt;
  }
  std::string dialled;
  util.Format(number, PhoneNumberUtil::E164, &dialled);
  return dialled;
}

bool IsE164(absl::string_view phone) {
  return phone.size() >= 4 && phone.size() <= 16 && phone[0] == '+' &&
         std::all_of(phone.begin() + 1, phone.end(), absl::ascii_isdigit);
}

}  // namespace wissel::customer
