// Postcodes of customers.

#ifndef WISSEL_LIBS_CUSTOMER_POSTCODE_H_
#define WISSEL_LIBS_CUSTOMER_POSTCODE_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace wissel::customer {

// The Dutch postcode as `2511AB`, from how people write it: in capitals or not, with or without
// blanks and dashes of any kind between its parts, with the invisible characters that a copied text
// brings along (libs/text/clean.h). Absent for what is none: the first digit is never 0, and SA, SD
// and SS are not given out.
// Pure and thread-safe.
std::optional<std::string> NormalisePostcode(absl::string_view typed);

}  // namespace wissel::customer

#endif  // WISSEL_LIBS_CUSTOMER_POSTCODE_H_
