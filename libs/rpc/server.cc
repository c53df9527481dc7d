#include "libs/rpc/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/server_builder_option.h>
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

// gRPC gives reflection to every server of a program that links it.
class NoReflection final : public grpc::ServerBuilderOption {
 public:
  void UpdateArguments(grpc::ChannelArguments*) override {}
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>* plugins) override {
    std::erase_if(*plugins, [](const std::unique_ptr<grpc::ServerBuilderPlugin>& plugin) {
      return plugin->name() == grpc::reflection::ProtoServerReflectionPlugin().name();
    });
  }
};

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const ServerOptions& options,
                                                      const std::vector<grpc::Service*>& services) {
  const std::string& address = options.address;
  if (!address.empty()) {
    WISSEL_RETURN_IF_ERROR(CheckReach("grpc_address", address, options.tls));
  }
  EnablePlugins();
  MethodTable::Get();
  auto server = std::unique_ptr<Server>(new Server);
  grpc::ServerBuilder builder;
  builder.SetMaxReceiveMessageSize(kMaxMessageBytes);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, kMaxMetadataBytes);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10000);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  if (!address.empty()) {
    builder.AddListeningPort(address, ServerCredentialsFor(address, options.tls), &server->port_);
  }
  if (!options.reflection) builder.SetOption(std::make_unique<NoReflection>());
  for (grpc::Service* service : services) builder.RegisterService(service);
  // A server without any service does not start, and the gateway's process has none.
  if (services.empty()) builder.RegisterCallbackGenericService(&server->no_service_);
  server->server_ = builder.BuildAndStart();
  if (server->server_ == nullptr || (!address.empty() && server->port_ == 0)) {
    return Error(
        absl::StatusCode::kUnavailable, "address_in_use",
        absl::StrCat("cannot listen on ", address,
                     options.tls ? ", or the certificate and its key cannot be used" : ""));
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
