#include "libs/identity/token.h"

#include <sodium.h>

#include <algorithm>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace wissel::identity {
namespace {

constexpr absl::string_view kTokenPrefix = "wst_";
constexpr absl::string_view kServicePrefix = "wss_";
constexpr size_t kSecretBytes = 32;
// 32 bytes in base64url without padding.
constexpr size_t kSecretCharacters = 43;
constexpr size_t kHashBytes = 32;

// Without its random generator nothing here is safe.
void NeedSodium() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) std::abort();
}

bool IsBase64Url(char c) { return absl::ascii_isalnum(c) || c == '-' || c == '_'; }

std::string RandomText() {
  NeedSodium();
  unsigned char bytes[kSecretBytes];
  randombytes_buf(bytes, sizeof(bytes));
  char text[kSecretCharacters + 1];
  sodium_bin2base64(text, sizeof(text), bytes, sizeof(bytes),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return std::string(text, kSecretCharacters);
}

}  // namespace

bool IsTenantCode(absl::string_view text) {
  return text.size() >= 2 && text.size() <= 12 && std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isalnum(c) || c == '-';
         });
}

std::string MakeToken(absl::string_view tenant_id) {
  return absl::StrCat(kTokenPrefix, tenant_id, "_", RandomText());
}

std::optional<std::string> TenantOf(absl::string_view token) {
  if (!absl::ConsumePrefix(&token, kTokenPrefix)) return std::nullopt;
  const size_t end = token.find('_');
  if (end == absl::string_view::npos) return std::nullopt;
  const absl::string_view tenant = token.substr(0, end);
  const absl::string_view secret = token.substr(end + 1);
  if (!IsTenantCode(tenant) || secret.size() != kSecretCharacters ||
      !std::all_of(secret.begin(), secret.end(), IsBase64Url)) {
    return std::nullopt;
  }
  return std::string(tenant);
}

std::string HashOf(absl::string_view secret) {
  NeedSodium();
  std::string hash(kHashBytes, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(),
                     reinterpret_cast<const unsigned char*>(secret.data()), secret.size(), nullptr,
                     0);
  return hash;
}

std::string MakeServiceToken() { return absl::StrCat(kServicePrefix, RandomText()); }

bool SameSecret(absl::string_view a, absl::string_view b) {
  // Hashes have one length, so that not even the length is told.
  const std::string hash_a = HashOf(a);
  const std::string hash_b = HashOf(b);
  const bool same = sodium_memcmp(hash_a.data(), hash_b.data(), kHashBytes) == 0;
  return same && !a.empty();
}

}  // namespace wissel::identity
