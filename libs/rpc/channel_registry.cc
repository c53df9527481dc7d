#include "libs/rpc/channel_registry.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/support/channel_arguments.h>

#include "libs/rpc/callback_threads.h"

namespace wissel::rpc {
namespace {

std::shared_ptr<grpc::Channel> Connect(const std::string& address,
                                       const std::optional<MutualTls>& tls) {
  grpc::ChannelArguments arguments;
  // A peer that was restarted must be found again within the time a person waits.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000);
  return grpc::CreateCustomChannel(address, ChannelCredentialsFor(address, tls), arguments);
}

}  // namespace

ChannelRegistry::ChannelRegistry(std::map<std::string, std::string> addresses,
                                 std::optional<MutualTls> tls)
    : tls_(std::move(tls)), addresses_(std::move(addresses)) {
  KeepCallbackThreads();
}

std::shared_ptr<grpc::Channel> ChannelRegistry::For(absl::string_view service) {
  absl::MutexLock lock(&mutex_);
  if (auto found = channels_.find(service); found != channels_.end()) return found->second;
  std::shared_ptr<grpc::Channel> channel;
  if (auto address = addresses_.find(std::string(service)); address != addresses_.end()) {
    channel = Connect(address->second, tls_);
  } else if (mutex_.Await(absl::Condition(&started_)); in_process_ != nullptr) {
    channel = in_process_;
  } else {
    channel = Connect("unix:/nonexistent/" + std::string(service), tls_);
  }
  channels_.emplace(service, channel);
  return channel;
}

void ChannelRegistry::SetInProcess(std::shared_ptr<grpc::Channel> channel) {
  absl::MutexLock lock(&mutex_);
  in_process_ = std::move(channel);
  started_ = true;
}

absl::string_view ChannelRegistry::ShortName(absl::string_view full_service_name) {
  const size_t first = full_service_name.find('.');
  if (first == absl::string_view::npos) return full_service_name;
  const size_t second = full_service_name.find('.', first + 1);
  return full_service_name.substr(first + 1, second - first - 1);
}

}  // namespace wissel::rpc
