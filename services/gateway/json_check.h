// Whether a text is JSON, and if not, where it stops being that.
//
// Protobuf's own reader is lenient (single quotes, unquoted names, trailing commas) and quotes the
// input in its errors. This check comes first: what passes means the same to every reader, and an
// error tells line and column and nothing of what a resident may have written.

#ifndef WISSEL_SERVICES_GATEWAY_JSON_CHECK_H_
#define WISSEL_SERVICES_GATEWAY_JSON_CHECK_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace wissel::gateway {

// Objects and arrays inside each other.
inline constexpr int kMaxJsonDepth = 32;

// OK if `text` is one JSON object by RFC 8259, in valid UTF-8 and not nested deeper than
// kMaxJsonDepth. Otherwise INVALID_ARGUMENT `invalid_json` with the place in the message.
absl::Status CheckJsonObject(absl::string_view text);

}  // namespace wissel::gateway

#endif  // WISSEL_SERVICES_GATEWAY_JSON_CHECK_H_
