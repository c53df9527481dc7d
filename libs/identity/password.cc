#include "libs/identity/password.h"

#include <sodium.h>

#include <cerrno>
#include <cstdlib>

#include "libs/base/status.h"
#include "libs/identity/token.h"
#include "libs/text/normal_form.h"

namespace wissel::identity {
namespace {

void NeedSodium() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) std::abort();
}

absl::Status NoMemory() {
  return Error(absl::StatusCode::kResourceExhausted, "overloaded",
               "no memory to hash a password; try again in a moment");
}

absl::StatusOr<bool> BytesMatch(const std::string& stored, absl::string_view password) {
  errno = 0;
  if (crypto_pwhash_str_verify(stored.c_str(), password.data(), password.size()) == 0) return true;
  if (errno == ENOMEM) return NoMemory();
  return false;
}

}  // namespace

absl::StatusOr<std::string> HashPassword(absl::string_view password) {
  NeedSodium();
  const std::string normal = text::Nfc(password);
  char hash[crypto_pwhash_STRBYTES];
  if (crypto_pwhash_str(hash, normal.data(), normal.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    return NoMemory();
  }
  return std::string(hash);
}

absl::StatusOr<bool> PasswordMatches(const std::string& stored, absl::string_view password) {
  NeedSodium();
  const std::string normal = text::Nfc(password);
  WISSEL_ASSIGN_OR_RETURN(const bool matches, BytesMatch(stored, normal));
  if (matches || normal == password) return matches;
  return BytesMatch(stored, password);
}

const std::string& DummyHash() {
  // The password is random and forgotten at once.
  static const std::string* const dummy =
      new std::string(HashPassword(MakeServiceToken()).value_or(""));
  return *dummy;
}

}  // namespace wissel::identity
