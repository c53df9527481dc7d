// What travels over HTTP, as plain values: no Asio or Beast in sight.

#ifndef WISSEL_LIBS_HTTP_MESSAGE_H_
#define WISSEL_LIBS_HTTP_MESSAGE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace wissel::http {

// Header fields in the order of arrival. Names compare without regard to case.
class Headers {
 public:
  void Add(std::string name, std::string value);

  // Value of the first field of that name; empty if there is none.
  absl::string_view Get(absl::string_view name) const;

  // How often a field of that name occurs.
  int Count(absl::string_view name) const;
  bool Has(absl::string_view name) const { return Count(name) > 0; }

  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }
  size_t size() const { return fields_.size(); }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

// A request that came in whole and kept to all limits. Its framing is settled: `body` is what was
// sent, after chunked coding. Nothing else is trusted: the text of path and headers is as sent.
struct Request {
  // `GET`, `POST`, ...
  std::string method;
  // Begins with `/`, printable ASCII, percent-encoding left as it is.
  std::string path;
  // After the first `?`, without it.
  std::string query;
  Headers headers;
  std::string body;
  // Address of the peer of the connection, as Address writes it: `127.0.0.1`, `2001:db8::1`.
  std::string peer;
};

// An answer. `Date`, `Connection`, `Content-Length` and `Transfer-Encoding` are set by the server.
struct Response {
  int status = 200;
  Headers headers;
  std::string body;
};

}  // namespace wissel::http

#endif  // WISSEL_LIBS_HTTP_MESSAGE_H_
