#include "services/gateway/client.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libs/base/status.h"

namespace wissel::gateway {
namespace {

// Everything in X-Forwarded-For, in order; several fields are one list.
std::vector<absl::string_view> ForwardedFor(const http::Request& request) {
  std::vector<absl::string_view> chain;
  for (const auto& [name, value] : request.headers) {
    if (!absl::EqualsIgnoreCase(name, "x-forwarded-for")) continue;
    for (absl::string_view part : absl::StrSplit(value, ',')) {
      chain.push_back(absl::StripAsciiWhitespace(part));
    }
  }
  return chain;
}

}  // namespace

absl::StatusOr<Proxies> Proxies::Make(const std::vector<std::string>& addresses) {
  Proxies proxies;
  for (const std::string& text : addresses) {
    const std::optional<http::Address> address = http::Address::Parse(text);
    if (!address) {
      return InvalidField("trusted_proxies", "invalid_address",
                          absl::StrCat("--trusted_proxies: \"", text, "\" is not an address"));
    }
    proxies.trusted_.push_back(*address);
  }
  return proxies;
}

bool Proxies::Trusts(const http::Address& address) const {
  return std::find(trusted_.begin(), trusted_.end(), address) != trusted_.end();
}

http::Address Proxies::ClientOf(const http::Request& request) const {
  // The server has written it, so it is one.
  http::Address client = *http::Address::Parse(request.peer);
  if (!Trusts(client)) return client;
  const std::vector<absl::string_view> chain = ForwardedFor(request);
  for (auto part = chain.rbegin(); part != chain.rend() && Trusts(client); ++part) {
    std::optional<http::Address> named = http::Address::Parse(*part);
    if (!named) break;
    client = *std::move(named);
  }
  return client;
}

}  // namespace wissel::gateway
