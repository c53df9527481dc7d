// Postcodes of customers.

#ifndef WISSEL_LIBS_CUSTOMER_POSTCODE_H_
#define WISSEL_LIBS_CUSTOMER_POSTCODE_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace wissel::customer {

// The Dutch postcode as `2511AB`, from how people write it: with or without spaces, in capitals or
// not. Absent for what is none: the first digit is never 0, and SA, SD and SS are not given out.
// Pure and thread-safe.
std::optional<std::string> NormalisePostcode(absl::string_view typed);

}  // namespace wissel::customer

#endif  // WISSEL_LIBS_CUSTOMER_POSTCODE_H_
