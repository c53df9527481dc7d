// Passwords, as argon2id keeps them.
//
// Cost: each call takes 64 MiB and some 100 ms of one core, on purpose. REQUIRES: at most two run
// at once; the directory has two threads for it. Thread-safe otherwise.

#ifndef WISSEL_LIBS_IDENTITY_PASSWORD_H_
#define WISSEL_LIBS_IDENTITY_PASSWORD_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace wissel::identity {

// What may be stored of `password`, in NFC (RFC 8265, OpaqueString), since keyboards write one
// letter with an accent in two ways: text with its own salt and costs.
// RESOURCE_EXHAUSTED `overloaded` when there is no memory for it.
absl::StatusOr<std::string> HashPassword(absl::string_view password);

// Whether `stored`, made by HashPassword, belongs to `password` in NFC, or, from before that was
// the form, as it was typed; false for text that is no hash. Takes twice as long for what is not
// NFC. RESOURCE_EXHAUSTED `overloaded` when there is no memory to tell.
absl::StatusOr<bool> PasswordMatches(const std::string& stored, absl::string_view password);

// A hash that belongs to no password. To compare with when an account does not exist, so that the
// answer takes the same time.
const std::string& DummyHash();

}  // namespace wissel::identity

#endif  // WISSEL_LIBS_IDENTITY_PASSWORD_H_
