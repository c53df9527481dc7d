// Frames of a Connect stream: one byte of flags, four bytes of length, the message.

#ifndef WISSEL_SERVICES_GATEWAY_ENVELOPE_H_
#define WISSEL_SERVICES_GATEWAY_ENVELOPE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace wissel::gateway {

// A message of the stream.
std::string MessageFrame(absl::string_view message);

// The last frame: `{}` for OK, otherwise with the error.
std::string EndFrame(const absl::Status& status);

// The one message of a server-streaming request. INVALID_ARGUMENT `invalid_envelope` if `body` is
// anything but one whole frame; UNIMPLEMENTED `unknown_encoding` if that is compressed.
absl::StatusOr<absl::string_view> OnlyMessage(absl::string_view body);

}  // namespace wissel::gateway

#endif  // WISSEL_SERVICES_GATEWAY_ENVELOPE_H_
