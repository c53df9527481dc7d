#include "services/gateway/site.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "libs/base/status.h"

namespace wissel::gateway {
namespace {

constexpr size_t kMaxTokenSize = 4096;

// A host as in an origin or a Host header: name or address, and a port or not.
bool IsHost(absl::string_view host) {
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || absl::StrContains(".-:[]", c);
  });
}

bool IsThisMachine(absl::string_view host) {
  for (absl::string_view name : {"localhost", "127.0.0.1", "[::1]"}) {
    if (absl::ConsumePrefix(&host, name)) return host.empty() || absl::StartsWith(host, ":");
  }
  return false;
}

}  // namespace

Site::Site(std::string origin)
    : origin_(std::move(origin)),
      is_https_(absl::StartsWith(origin_, "https://")),
      cookie_name_(is_https_ ? "__Host-wissel" : "wissel"),
      cookie_attributes_(is_https_ ? "; Path=/; Secure; HttpOnly; SameSite=Lax"
                                   : "; Path=/; HttpOnly; SameSite=Lax") {}

absl::StatusOr<Site> Site::Make(std::string origin) {
  absl::string_view host = origin;
  const bool is_https = absl::ConsumePrefix(&host, "https://");
  if (!is_https && !absl::ConsumePrefix(&host, "http://")) host = "";
  if (!IsHost(host) || (!is_https && !IsThisMachine(host))) {
    return InvalidField("public_origin", "invalid_origin",
                        "the public origin is https://host[:port], or http:// on this machine");
  }
  return Site(std::move(origin));
}

absl::Status Site::CheckOrigin(const http::Request& request) const {
  const absl::string_view host = request.headers.Get("host");
  const absl::string_view origin = request.headers.Get("origin");
  const bool is_local =
      !is_https_ && IsThisMachine(host) && origin == absl::StrCat("http://", host);
  const bool is_ours = origin == origin_ || is_local;
  if ((!request.headers.Has("origin") || is_ours) && request.headers.Count("origin") <= 1 &&
      request.headers.Get("sec-fetch-site") != "cross-site") {
    return absl::OkStatus();
  }
  return Error(absl::StatusCode::kPermissionDenied, "wrong_origin",
               "this request was made by a page of another site");
}

bool Site::IsBrowser(const http::Request& request) {
  return request.headers.Has("origin") || request.headers.Has("sec-fetch-site");
}

absl::StatusOr<std::string> Site::TokenOf(const http::Request& request) const {
  std::string token;
  if (request.headers.Has("authorization")) {
    absl::string_view value = request.headers.Get("authorization");
    if (absl::EqualsIgnoreCase(value.substr(0, 7), "bearer ")) {
      token = std::string(absl::StripAsciiWhitespace(value.substr(7)));
    }
    if (token.empty() || request.headers.Count("authorization") > 1) token = "?";
  } else {
    for (absl::string_view part : absl::StrSplit(request.headers.Get("cookie"), ';')) {
      part = absl::StripAsciiWhitespace(part);
      if (!absl::ConsumePrefix(&part, cookie_name_) || !absl::ConsumePrefix(&part, "=")) continue;
      token = std::string(part);
      break;
    }
  }
  if (token.empty() || IsToken(token)) return token;
  return Error(absl::StatusCode::kUnauthenticated, "invalid_token", "this is no bearer token");
}

std::string Site::StartCookie(absl::string_view token) const {
  return absl::StrCat(cookie_name_, "=", token, cookie_attributes_);
}

std::string Site::EndCookie() const {
  return absl::StrCat(cookie_name_, "=", cookie_attributes_, "; Max-Age=0");
}

bool Site::IsToken(absl::string_view text) {
  return !text.empty() && text.size() <= kMaxTokenSize &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
                  absl::StrContains("-._~+/=", c);
         });
}

}  // namespace wissel::gateway
