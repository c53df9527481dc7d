// The address under which browsers know this installation, and what follows from it: which pages
// may send requests, and how a session is kept in a cookie.

#ifndef WISSEL_SERVICES_GATEWAY_SITE_H_
#define WISSEL_SERVICES_GATEWAY_SITE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libs/http/message.h"

namespace wissel::gateway {

// Immutable; thread-safe.
class Site {
 public:
  // `origin` as browsers write it: `https://wissel.gemeente.nl`, `http://localhost:8080`.
  // INVALID_ARGUMENT `invalid_origin` for anything else, and for plain HTTP on another host than
  // this one, because a session would travel in the open.
  static absl::StatusOr<Site> Make(std::string origin);

  // OK for requests from our own pages and from programs that are no browser. PERMISSION_DENIED
  // `wrong_origin` for those that another site caused. On plain HTTP any name and port of this
  // machine under which it was reached counts as our own.
  absl::Status CheckOrigin(const http::Request& request) const;

  // Whether the request comes from a page, by the headers that only browsers send.
  static bool IsBrowser(const http::Request& request);

  // Token of the `Authorization: Bearer` header, or else of the cookie; empty if there is none.
  // UNAUTHENTICATED `invalid_token` for another scheme or characters that no token has.
  absl::StatusOr<std::string> TokenOf(const http::Request& request) const;

  // Values for `Set-Cookie`. The cookie lasts until the browser closes; how long the session lasts
  // is up to the directory. REQUIRES: `IsToken(token)`.
  std::string StartCookie(absl::string_view token) const;
  std::string EndCookie() const;

  // Characters that may stand in a bearer token and in a cookie alike, at most 4,096.
  static bool IsToken(absl::string_view text);

 private:
  explicit Site(std::string origin);

  std::string origin_;
  bool is_https_;
  // `__Host-wissel` on https: browsers then refuse one that another host or plain HTTP has set.
  std::string cookie_name_;
  std::string cookie_attributes_;
};

}  // namespace wissel::gateway

#endif  // WISSEL_SERVICES_GATEWAY_SITE_H_
