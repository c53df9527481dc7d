// Answers of commands as text or JSON, by the flag --format.

#ifndef WISSEL_SERVICES_WISSEL_COMMANDS_PRINT_JSON_H_
#define WISSEL_SERVICES_WISSEL_COMMANDS_PRINT_JSON_H_

#include <google/protobuf/message.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace wissel {

// Whether --format is json rather than text. INVALID_ARGUMENT `invalid_format` for any other.
absl::StatusOr<bool> WantsJson();

// Prints `message` with all its fields, by the names of the contract.
absl::Status PrintJson(const google::protobuf::Message& message);

}  // namespace wissel

#endif  // WISSEL_SERVICES_WISSEL_COMMANDS_PRINT_JSON_H_
