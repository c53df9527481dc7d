// Where each service is: inside this process, or at an address. The only place that knows.

#ifndef WISSEL_LIBS_RPC_CHANNEL_REGISTRY_H_
#define WISSEL_LIBS_RPC_CHANNEL_REGISTRY_H_

#include <grpcpp/channel.h>

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "libs/rpc/credentials.h"
#include "libs/rpc/local_methods.h"

namespace wissel::rpc {

// Thread-safe. Channels are made once and shared; they connect by themselves when a peer comes
// back.
class ChannelRegistry {
 public:
  // Services named here ("cases") are reached at a gRPC address, by mutual TLS where its server
  // expects that (ServerCredentialsFor); the others in process.
  explicit ChannelRegistry(std::map<std::string, std::string> addresses = {},
                           std::optional<MutualTls> tls = std::nullopt);

  // Channel to a service by its short name: the <package> of wissel.<package>.v1. Waits until the
  // server of this process has started, so threads that begin earlier may ask at once; wiring code
  // must not (use RpcClient, which asks at the first call). A service that is neither here nor has
  // an address gives a channel on which every call ends with UNAVAILABLE.
  std::shared_ptr<grpc::Channel> For(absl::string_view service);

  // What the services of this process are reached through; null if it has none. Called once, after
  // the server has started.
  void SetInProcess(std::shared_ptr<grpc::Channel> channel);

  // What services of this process offer without gRPC in between.
  LocalMethods& local_methods() { return local_methods_; }

  // "wissel.cases.v1.CaseService" -> "cases".
  static absl::string_view ShortName(absl::string_view full_service_name);

 private:
  LocalMethods local_methods_;
  const std::optional<MutualTls> tls_;
  absl::Mutex mutex_;
  std::map<std::string, std::string> addresses_;
  std::map<std::string, std::shared_ptr<grpc::Channel>, std::less<>> channels_
      ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<grpc::Channel> in_process_ ABSL_GUARDED_BY(mutex_);
  bool started_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace wissel::rpc

#endif  // WISSEL_LIBS_RPC_CHANNEL_REGISTRY_H_
