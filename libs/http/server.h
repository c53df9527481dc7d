// An HTTP/1.1 server on Boost.Beast and coroutines, for the gateway and the probes; in production
// the gateway stands behind a proxy that speaks TLS and HTTP/2.
//
//   auto server = Server::Start({.port = 8080}, [](Request request, Responder responder) {...});

#ifndef WISSEL_LIBS_HTTP_SERVER_H_
#define WISSEL_LIBS_HTTP_SERVER_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/http/address.h"
#include "libs/http/request_parser.h"
#include "libs/http/responder.h"

namespace wissel::http {

struct ServerOptions {
  // Literal IPv4 or IPv6 address.
  std::string address = "127.0.0.1";
  // 0 lets the system choose.
  int port = 0;
  int io_threads = 2;
  // In metrics and log.
  std::string name = "http";

  // At a limit the connection that was idle longest makes room. When none is idle the new one is
  // refused: 429 for an address that has as many as it may, 503 when all places are taken, both
  // with Retry-After, and logged once a minute.
  int max_connections = 1000;
  // Of one address, or of one /64 of IPv6.
  int max_connections_per_address = 200;
  // That are being refused at the same time; above this the first of them is closed without a word.
  int max_refused_connections = 32;
  // Peers that speak for many clients and have no limit of their own; none if empty.
  std::function<bool(const Address&)> is_trusted;
  // Paths that are answered even to a connection that would be refused; none if empty.
  std::function<bool(absl::string_view path)> is_always_served;
  Limits limits;

  // From the connection or the first byte of a request until its head is in.
  absl::Duration header_timeout = absl::Seconds(5);
  // From then until its body is in.
  absl::Duration body_timeout = absl::Seconds(30);
  // Between requests.
  absl::Duration idle_timeout = absl::Seconds(30);
  // For a piece of an answer that the client does not take.
  absl::Duration write_timeout = absl::Seconds(30);
};

// Thread-safe. When the process runs out of file descriptors, or another passing fault stops it
// from accepting, it tries again a moment later, for ever.
class Server {
 public:
  // INVALID_ARGUMENT `invalid_address`; UNAVAILABLE `cannot_listen`, for instance because the port
  // is taken.
  static absl::StatusOr<std::unique_ptr<Server>> Start(ServerOptions options, Handler handler);

  // Stops without grace.
  ~Server();

  // The port it listens on.
  int port() const;

  // Stops listening, closes idle connections and streams, and gives requests at work up to `grace`
  // to be answered before it closes theirs too. No handler is called afterwards. Blocks; not for an
  // io thread. Repeating it does nothing.
  void Stop(absl::Duration grace);

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace wissel::http

#endif  // WISSEL_LIBS_HTTP_SERVER_H_
