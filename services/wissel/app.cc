#include "services/wissel/app.h"

#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/telemetry/metrics.h"

namespace wissel {

App::App(Settings settings)
    : settings_(std::move(settings)),
      book_(settings_.peers),
      authenticator_(book_, settings_.service_token, Clock::System()),
      workers_(settings_.worker_threads, settings_.worker_room),
      dispatcher_(authenticator_, workers_) {}

App::~App() {
  gateway_.reset();
  for (const auto& part : parts_) part->Stop();
}

absl::StatusOr<std::unique_ptr<App>> App::Start(Settings settings) {
  WISSEL_ASSIGN_OR_RETURN(const std::vector<const Target*> targets,
                          ChooseTargets(settings.targets, settings.peers));
  auto app = std::unique_ptr<App>(new App(std::move(settings)));
  WISSEL_RETURN_IF_ERROR(app->Build(targets));
  for (const Target* target : targets) {
    if (target->build == nullptr) WISSEL_RETURN_IF_ERROR(app->StartGateway());
  }
  return app;
}

absl::Status App::Build(const std::vector<const Target*>& targets) {
  const Parts context = {settings_, dispatcher_, book_};
  std::vector<grpc::Service*> services;
  for (const Target* target : targets) {
    if (target->build == nullptr) continue;
    WISSEL_ASSIGN_OR_RETURN(std::unique_ptr<Part> part, target->build(context));
    for (grpc::Service* service : part->services()) services.push_back(service);
    parts_.push_back(std::move(part));
  }
  WISSEL_ASSIGN_OR_RETURN(server_, rpc::Server::Start(settings_.grpc_address, services));
  book_.SetInProcess(parts_.empty() ? nullptr : server_->InProcess());
  return absl::OkStatus();
}

absl::Status App::StartGateway() {
  WISSEL_ASSIGN_OR_RETURN(readiness_pool_,
                          pg::Pool::Open({.conninfo = settings_.ConnInfo("gateway"), .size = 1}));
  WISSEL_ASSIGN_OR_RETURN(gateway_, gateway::Gateway::Start({.host = settings_.http_host,
                                                             .port = settings_.http_port,
                                                             .web_root = settings_.web_root,
                                                             .ready = [this] { return Ready(); },
                                                             .metrics = telemetry::MetricsText},
                                                            book_));
  return absl::OkStatus();
}

absl::Status App::Ready() { return readiness_pool_->Ping(absl::Now() + absl::Seconds(2)); }

rpc::Call App::CallFor(const std::string& tenant_id, absl::Duration timeout) const {
  return rpc::ServiceCall(settings_.service_token, tenant_id, absl::Now() + timeout);
}

int App::http_port() const { return gateway_ == nullptr ? 0 : gateway_->port(); }

}  // namespace wissel
