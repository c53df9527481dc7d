// E-mail addresses of customers.

#ifndef WISSEL_LIBS_CUSTOMER_EMAIL_ADDRESS_H_
#define WISSEL_LIBS_CUSTOMER_EMAIL_ADDRESS_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace wissel::customer {

// The address with its domain in small letters, without blanks around it; dashes of any kind are
// plain ones, and the invisible characters that a copied text brings along go (libs/text/clean.h).
// Absent for what mail cannot be sent to: at most 64
// letters before one @ and 254 in all, a domain name of at least two parts, and nothing of quotes,
// comments, spaces, line ends or letters outside ASCII. Says nothing about whether somebody reads
// it. Pure and thread-safe.
std::optional<std::string> NormaliseEmail(absl::string_view typed);

}  // namespace wissel::customer

#endif  // WISSEL_LIBS_CUSTOMER_EMAIL_ADDRESS_H_
