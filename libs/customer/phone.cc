#include "libs/customer/phone.h"

#include <phonenumbers/phonenumberutil.h>

#include <algorithm>

#include "absl/strings/ascii.h"
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

}  // namespace

std::optional<std::string> NormalisePhone(absl::string_view typed) {
  const std::string plain = text::PlainDashesAndBlanks(typed);
  if (!IsDialled(plain)) return std::nullopt;
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
