// Dutch postcodes as numbers, so that an area is a few ranges.

#ifndef WISSEL_LIBS_SOP_POSTCODE_RANGE_H_
#define WISSEL_LIBS_SOP_POSTCODE_RANGE_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace wissel::sop {

// Numbers of postcodes in their order, both ends inside.
struct PostcodeRange {
  int first = 0;
  int last = 0;
};

// What `text` covers: `2511` all of it, `2511AB` one, `2511-2519` or `2511AB-2512XZ` all from the
// first to the last. Spaces and case do not matter. Absent for anything else, and when the last
// comes before the first.
std::optional<PostcodeRange> ReadPostcodes(absl::string_view text);

// A range that one postcode makes, as people write it: `2511AB`.
std::string WritePostcode(int number);

}  // namespace wissel::sop

#endif  // WISSEL_LIBS_SOP_POSTCODE_RANGE_H_
