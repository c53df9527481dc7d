// Errors as the Connect protocol writes them: `{"code","message","details"}`.

#ifndef WISSEL_TESTS_SUPPORT_CONNECT_ERROR_H_
#define WISSEL_TESTS_SUPPORT_CONNECT_ERROR_H_

#include <optional>
#include <string>

#include "absl/status/status.h"

namespace wissel::testing {

// The status, with its details, of the body of a refused call or of `error` in the last frame of a
// stream; nothing if it is none.
std::optional<absl::Status> StatusOfConnect(const std::string& json);

}  // namespace wissel::testing

#endif  // WISSEL_TESTS_SUPPORT_CONNECT_ERROR_H_
