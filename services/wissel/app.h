// A process of Wissel: the chosen targets, wired. Commands use it too, so that a command goes the
// same way through the services as a call from outside.

#ifndef WISSEL_SERVICES_WISSEL_APP_H_
#define WISSEL_SERVICES_WISSEL_APP_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/health/probes.h"
#include "libs/http/server.h"
#include "libs/identity/token_authenticator.h"
#include "libs/pg/pool.h"
#include "libs/rpc/call.h"
#include "libs/rpc/channel_registry.h"
#include "libs/rpc/dispatcher.h"
#include "libs/rpc/server.h"
#include "libs/rpc/worker_pool.h"
#include "services/gateway/gateway.h"
#include "services/wissel/disk_guard.h"
#include "services/wissel/targets.h"

namespace wissel {

// Serves from Start until destruction, which lets running calls end first.
class App {
 public:
  // Errors name the setting or the service that could not start.
  static absl::StatusOr<std::unique_ptr<App>> Start(Settings settings);
  ~App();

  // A call of Wissel itself for a municipality, with `timeout` from now.
  rpc::Call CallFor(const std::string& tenant_id, absl::Duration timeout) const;

  rpc::ChannelRegistry& channels() { return channels_; }
  // Port of the gateway; 0 if there is none.
  int http_port() const { return gateway_ == nullptr ? 0 : gateway_->port(); }
  // Port of the probes; 0 if there are none.
  int probe_port() const { return probe_server_ == nullptr ? 0 : probe_server_->port(); }
  // Port of gRPC; 0 if it listens nowhere or on a socket.
  int grpc_port() const { return server_->port(); }

 private:
  explicit App(Settings settings);
  absl::Status Build(const std::vector<const Target*>& targets);
  absl::Status StartGateway();
  absl::Status StartProbes();
  // While a disk is full no new contact is taken; all other work goes on.
  absl::Status Takes(const rpc::Method& method);
  // That the database answers and no disk is full, and how old the oldest thing is that waits to be
  // worked on.
  absl::StatusOr<std::string> Ready();

  const Settings settings_;
  rpc::ChannelRegistry channels_;
  identity::TokenAuthenticator authenticator_;
  rpc::WorkerPool workers_;
  DiskGuard disks_;
  rpc::Dispatcher dispatcher_;
  std::vector<std::unique_ptr<Service>> services_;
  std::unique_ptr<pg::Pool> readiness_pool_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<gateway::Gateway> gateway_;
  std::unique_ptr<health::Probes> probes_;
  std::unique_ptr<http::Server> probe_server_;
};

}  // namespace wissel

#endif  // WISSEL_SERVICES_WISSEL_APP_H_
