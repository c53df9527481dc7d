// The public side of Wissel: the workspace's files, the API over the Connect protocol, and whether
// it is up. It translates and guards; it has no rules of its own.
//
//   auto gateway = Gateway::Start({.port = 8080, .web_root = "dist"}, channels);

#ifndef WISSEL_SERVICES_GATEWAY_GATEWAY_H_
#define WISSEL_SERVICES_GATEWAY_GATEWAY_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/rpc/channel_registry.h"

namespace wissel::gateway {

// What wiring decides. How the public side behaves (public origin, limits, trusted proxies) are
// flags, declared in gateway.cc.
struct Options {
  // Literal address to listen on.
  std::string host = "127.0.0.1";
  // 0 lets the system choose.
  int port = 0;
  // Folder with the built workspace; empty: no pages, only the API.
  std::string web_root;
  // Whether the process can do its work; may wait a few seconds. Without it it always can.
  std::function<absl::StatusOr<std::string>()> ready;
};

// Serves from Start until Stop. Thread-safe.
class Gateway {
 public:
  // `channels` outlives the gateway; its services may come and go. Fails as http::Server::Start,
  // Site::Make, StaticFiles::Load, Routes::Make and Proxies::Make do.
  static absl::StatusOr<std::unique_ptr<Gateway>> Start(Options options,
                                                        rpc::ChannelRegistry& channels);

  // Stops with a grace of two seconds.
  ~Gateway();

  // Takes no more requests, ends streams, and gives calls at work up to `grace` to be answered
  // before they are cancelled. Blocks. Repeating it does nothing.
  void Stop(absl::Duration grace);

  // The port it listens on.
  int port() const;

 private:
  class Impl;
  explicit Gateway(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace wissel::gateway

#endif  // WISSEL_SERVICES_GATEWAY_GATEWAY_H_
