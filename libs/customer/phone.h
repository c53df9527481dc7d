// Phone numbers of customers. The only place that knows libphonenumber.

#ifndef WISSEL_LIBS_CUSTOMER_PHONE_H_
#define WISSEL_LIBS_CUSTOMER_PHONE_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace wissel::customer {

// The number in E.164 (`+31201234567`), from how people write it: Dutch with or without the
// country, any other with it; with blanks and dashes of any kind, and the invisible characters that
// a copied text brings along (libs/text/clean.h). Absent for what is not a number at which a
// customer can be called back: no valid number, a number of an organisation's menu (14070) or one
// that charges the caller (0900), an emergency or short number, words, an extension. Thread-safe.
std::optional<std::string> NormalisePhone(absl::string_view typed);

// Whether `phone` has the form that NormalisePhone gives. Says nothing about whether it is in use.
bool IsE164(absl::string_view phone);

}  // namespace wissel::customer

#endif  // WISSEL_LIBS_CUSTOMER_PHONE_H_
