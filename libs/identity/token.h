// Bearer tokens. A token names its municipality, so that the directory can open the right
// transaction before it looks the token up:
//
//   wst_GM0603_h1mYtXkq4o8nWq2cVbqO6zJ1r0TgN7uSxkPEvB3dLaw
//
// The rest is 256 random bits. Only a hash of a token is ever stored. Functions here are pure but
// for the random ones; all are thread-safe.

#ifndef WISSEL_LIBS_IDENTITY_TOKEN_H_
#define WISSEL_LIBS_IDENTITY_TOKEN_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace wissel::identity {

// True for the code of a municipality: 2 to 12 characters from [A-Za-z0-9-].
bool IsTenantCode(absl::string_view text);

// A new token of the municipality; REQUIRES: IsTenantCode(tenant_id).
std::string MakeToken(absl::string_view tenant_id);

// Municipality that the token names, which proves nothing yet; nothing if the text is no token.
std::optional<std::string> TenantOf(absl::string_view token);

// What may be stored of a token: 32 bytes that lead back to nothing, since tokens are random. Not
// for passwords (password.h), nor as proof of anything but equality.
std::string HashOf(absl::string_view secret);

// The secret by which the parts of one installation know each other; new at every call. Never the
// text of a token of a municipality.
std::string MakeServiceToken();

// Whether two secrets are equal, in a time that tells nothing about them. An empty one equals
// nothing, not even another empty one.
bool SameSecret(absl::string_view a, absl::string_view b);

}  // namespace wissel::identity

#endif  // WISSEL_LIBS_IDENTITY_TOKEN_H_
