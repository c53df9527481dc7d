// Keys of writes: what "the same body" means. Pure; which keys are good stands in
// libs/text/typed.h, the stored answers are in idempotency_store.h.

#ifndef WISSEL_SERVICES_CASES_REGISTRATION_IDEMPOTENCY_H_
#define WISSEL_SERVICES_CASES_REGISTRATION_IDEMPOTENCY_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace wissel::cases {

// How long a key and its answer are kept: mail and webhook senders retry for days.
inline constexpr absl::Duration kKeyLifetime = absl::Hours(30 * 24);

// SHA-256 over the kind and the content of a request; 32 bytes. Equal for equal requests of one
// method, whatever the order in which their fields came in; the method counts, since two methods
// may have requests with the same bytes.
std::string HashOf(const google::protobuf::Message& request);

// ALREADY_EXISTS `idempotency_key_reused`: the key came with another body before.
absl::Status KeyReused();

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_REGISTRATION_IDEMPOTENCY_H_
