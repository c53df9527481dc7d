// Whether a text is JSON for a message, and if not, where it stops being that.
//
// Protobuf's own reader is lenient (single quotes, unquoted names, trailing commas, one field given
// twice) and quotes the input in its errors. This check comes first: what passes means the same to
// every reader, and an error tells line and column and nothing of what a resident may have written,
// not even the name of a field that nobody knows.

#ifndef WISSEL_SERVICES_GATEWAY_JSON_CHECK_H_
#define WISSEL_SERVICES_GATEWAY_JSON_CHECK_H_

#include <google/protobuf/descriptor.h>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace wissel::gateway {

// Objects and arrays inside each other.
inline constexpr int kMaxJsonDepth = 32;

// OK if `text` is one JSON object by RFC 8259, in valid UTF-8, not nested deeper than
// kMaxJsonDepth, with names that are fields of `type`, each once: `topicId` and `topic_id` are one
// field. Otherwise INVALID_ARGUMENT with the place in the message: `invalid_json`; `unknown_field`
// with the path of the message that has no such field, empty for `type` itself; `duplicate_field`
// with the path of the field. Whether values fit their fields is not looked at.
absl::Status CheckJsonObject(absl::string_view text, const google::protobuf::Descriptor& type);

}  // namespace wissel::gateway

#endif  // WISSEL_SERVICES_GATEWAY_JSON_CHECK_H_
