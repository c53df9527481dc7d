// Limits on what people type.

#ifndef WISSEL_SERVICES_DIRECTORY_TEXT_H_
#define WISSEL_SERVICES_DIRECTORY_TEXT_H_

#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace wissel::directory {

// Characters, not bytes; REQUIRES valid UTF-8, which protobuf has seen to.
size_t CountCharacters(absl::string_view text);

// One line of at most `max` characters for the request field `field`. INVALID_ARGUMENT `too_long`,
// or `invalid_character` for control characters (line ends among them) and blanks around it.
absl::Status CheckLine(absl::string_view field, absl::string_view text, size_t max);

// The same, and INVALID_ARGUMENT `required` when it is empty.
absl::Status CheckName(absl::string_view field, absl::string_view text, size_t max);

}  // namespace wissel::directory

#endif  // WISSEL_SERVICES_DIRECTORY_TEXT_H_
