// The gRPC server of a process. Reached in process always, and at an address if one is given:
// loopback, a unix socket or an internal network only, never the public side (docs/gateway.md).

#ifndef WISSEL_LIBS_RPC_SERVER_H_
#define WISSEL_LIBS_RPC_SERVER_H_

#include <grpcpp/channel.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/server.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace wissel::rpc {

// Serves from Start until destruction, with health checks and reflection. Messages are limited to
// 1 MiB, metadata to 16 KiB, and a client may not ping more often than every 10 s.
class Server {
 public:
  // `address` as gRPC writes it (`127.0.0.1:9090`, `unix:/run/wissel/cases.sock`); empty: in
  // process only. Services outlive the server. UNAVAILABLE `address_in_use`.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const std::string& address,
                                                       const std::vector<grpc::Service*>& services);

  // Refuses new calls, gives running ones 3 s, then cancels them.
  ~Server();

  std::shared_ptr<grpc::Channel> InProcess();

  // Port that was taken, when `address` asked for port 0; otherwise the one that was asked.
  int port() const { return port_; }

 private:
  Server() = default;

  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
};

}  // namespace wissel::rpc

#endif  // WISSEL_LIBS_RPC_SERVER_H_
