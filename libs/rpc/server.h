// The gRPC server of a process. Reached in process always, and at an address if one is given:
// loopback, a unix socket, or an internal network with mutual TLS (credentials.h); never the public
// side (docs/gateway.md).

#ifndef WISSEL_LIBS_RPC_SERVER_H_
#define WISSEL_LIBS_RPC_SERVER_H_

#include <grpcpp/channel.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/server.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/rpc/credentials.h"

namespace wissel::rpc {

// Where a server is reached, and by whom.
struct ServerOptions {
  // As gRPC writes it (`127.0.0.1:9090`, `unix:/run/wissel/cases.sock`); empty: in process only.
  std::string address = {};
  // Needed for an address that other machines reach.
  std::optional<MutualTls> tls = std::nullopt;
  // Tells clients the contracts (grpc.reflection.v1alpha).
  bool reflection = false;
};

// Serves from Start until destruction, with health checks. Messages are limited to 1 MiB, metadata
// to 16 KiB, and a client may not ping more often than every 10 s.
class Server {
 public:
  // Services outlive the server; without any it answers for its health alone. INVALID_ARGUMENT
  // `needs_mutual_tls`, field `grpc_address`; UNAVAILABLE `address_in_use`, also when the
  // certificate and its key cannot be used.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const ServerOptions& options,
                                                       const std::vector<grpc::Service*>& services);

  // Refuses new calls, gives running ones 3 s, then cancels them.
  ~Server();

  std::shared_ptr<grpc::Channel> InProcess();

  // Port that was taken, when the address asked for port 0; otherwise the one that was asked.
  int port() const { return port_; }

 private:
  Server() = default;

  // Answers UNIMPLEMENTED to every call. `server_` uses it.
  grpc::CallbackGenericService no_service_;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
};

}  // namespace wissel::rpc

#endif  // WISSEL_LIBS_RPC_SERVER_H_
