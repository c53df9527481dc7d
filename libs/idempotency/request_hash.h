// Keys of writes: what "the same request" means. Which keys are good stands in libs/text/typed.h.

#ifndef WISSEL_LIBS_IDEMPOTENCY_REQUEST_HASH_H_
#define WISSEL_LIBS_IDEMPOTENCY_REQUEST_HASH_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace wissel::idempotency {

// How long a key and its answer are kept: mail and webhook senders retry for days.
inline constexpr absl::Duration kKeyLifetime = absl::Hours(30 * 24);

// SHA-256 (32 bytes) over the kind of request, who makes it and what is in it: as it was typed, so
// that rules which change meanwhile do not make it another one. Two methods may have requests with
// the same bytes, so the kind counts. The same on every node and, since answers are kept, in every
// release. Thread-safe.
std::string RequestHash(const google::protobuf::Message& request, absl::string_view account_id);

// ALREADY_EXISTS `idempotency_key_reused`: the key came with another request before.
absl::Status KeyReused();

}  // namespace wissel::idempotency

#endif  // WISSEL_LIBS_IDEMPOTENCY_REQUEST_HASH_H_
