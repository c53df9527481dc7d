// Tells whether a repeated key comes with the same request.

#ifndef WISSEL_SERVICES_INTAKE_REQUEST_HASH_H_
#define WISSEL_SERVICES_INTAKE_REQUEST_HASH_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/strings/string_view.h"

namespace wissel::intake {

// SHA-256 (32 bytes) over the kind of request, who makes it and what is in it: as it was typed, so
// that rules which change meanwhile do not make it another one. The same on every node.
// Thread-safe.
std::string HashOf(const google::protobuf::Message& request, absl::string_view account_id);

}  // namespace wissel::intake

#endif  // WISSEL_SERVICES_INTAKE_REQUEST_HASH_H_
