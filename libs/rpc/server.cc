#include "libs/rpc/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>
#include <grpcpp/support/channel_arguments.h>

#include "absl/base/call_once.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "libs/base/status.h"
#include "libs/rpc/method_table.h"

namespace wissel::rpc {
namespace {

constexpr int kMaxMessageBytes = 1 << 20;
constexpr int kMaxMetadataBytes = 16 << 10;

void EnablePlugins() {
  static absl::once_flag once;
  absl::call_once(once, [] {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  });
}

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const std::string& address,
                                                      const std::vector<grpc::Service*>& services) {
  EnablePlugins();
  MethodTable::Get();
  auto server = std::unique_ptr<Server>(new Server);
  grpc::ServerBuilder builder;
  builder.SetMaxReceiveMessageSize(kMaxMessageBytes);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, kMaxMetadataBytes);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10000);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  if (!address.empty()) {
    builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &server->port_);
  }
  for (grpc::Service* service : services) builder.RegisterService(service);
  server->server_ = builder.BuildAndStart();
  if (server->server_ == nullptr || (!address.empty() && server->port_ == 0)) {
    return Error(absl::StatusCode::kUnavailable, "address_in_use",
                 absl::StrCat("cannot listen on ", address));
  }
  return server;
}

Server::~Server() {
  if (server_ != nullptr) server_->Shutdown(absl::ToChronoTime(absl::Now() + absl::Seconds(3)));
}

std::shared_ptr<grpc::Channel> Server::InProcess() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(8 * kMaxMessageBytes);
  return server_->InProcessChannel(arguments);
}

}  // namespace wissel::rpc
