#include "services/wissel/app.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/telemetry/metrics.h"

namespace wissel {

App::App(Settings settings)
    : settings_(std::move(settings)),
      channels_(settings_.peers, settings_.grpc_tls),
      authenticator_(channels_, settings_.service_token, Clock::System()),
      workers_(settings_.worker_threads, settings_.worker_room),
      disks_(settings_.disk_paths, settings_.disk_full_percent, Clock::System()),
      dispatcher_(authenticator_, workers_,
                  {.streams_per_account = settings_.streams_per_account,
                   .takes = [this](const rpc::Method& method) { return Takes(method); }}) {}

App::~App() {
  gateway_.reset();
  probe_server_.reset();
  for (const auto& service : services_) service->Stop();
}

absl::StatusOr<std::unique_ptr<App>> App::Start(Settings settings) {
  WISSEL_ASSIGN_OR_RETURN(const std::vector<const Target*> targets,
                          ChooseTargets(settings.targets, settings.peers));
  WISSEL_RETURN_IF_ERROR(DiskGuard::CheckPaths(settings.disk_paths));
  auto app = std::unique_ptr<App>(new App(std::move(settings)));
  WISSEL_RETURN_IF_ERROR(app->Build(targets));
  const bool with_gateway = std::any_of(targets.begin(), targets.end(), [](const Target* target) {
    return target->build == nullptr;
  });
  if (with_gateway || app->settings_.probe_port >= 0) {
    WISSEL_ASSIGN_OR_RETURN(
        app->readiness_pool_,
        pg::Pool::Open({.conninfo = app->settings_.ConnInfo("gateway"), .size = 2}));
  }
  if (with_gateway) WISSEL_RETURN_IF_ERROR(app->StartGateway());
  if (app->settings_.probe_port >= 0) WISSEL_RETURN_IF_ERROR(app->StartProbes());
  return app;
}

absl::Status App::Build(const std::vector<const Target*>& targets) {
  const ServiceContext context = {settings_, dispatcher_, channels_};
  std::vector<grpc::Service*> services;
  for (const Target* target : targets) {
    if (target->build == nullptr) continue;
    WISSEL_ASSIGN_OR_RETURN(std::unique_ptr<Service> built, target->build(context));
    for (grpc::Service* service : built->services()) services.push_back(service);
    services_.push_back(std::move(built));
  }
  WISSEL_ASSIGN_OR_RETURN(server_, rpc::Server::Start({.address = settings_.grpc_address,
                                                       .tls = settings_.grpc_tls,
                                                       .reflection = settings_.grpc_reflection},
                                                      services));
  channels_.SetInProcess(services_.empty() ? nullptr : server_->InProcess());
  return absl::OkStatus();
}

absl::Status App::StartGateway() {
  WISSEL_ASSIGN_OR_RETURN(gateway_, gateway::Gateway::Start({.host = settings_.http_host,
                                                             .port = settings_.http_port,
                                                             .web_root = settings_.web_root,
                                                             .ready = [this] { return Ready(); }},
                                                            channels_));
  return absl::OkStatus();
}

absl::Status App::StartProbes() {
  probes_ = std::make_unique<health::Probes>(
      health::ProbeOptions{.ready = [this] { return Ready(); }, .metrics = telemetry::MetricsText});
  WISSEL_ASSIGN_OR_RETURN(
      probe_server_, http::Server::Start({.address = settings_.probe_host,
                                          .port = settings_.probe_port,
                                          .io_threads = 1,
                                          .name = "probes"},
                                         [this](http::Request request, http::Responder responder) {
                                           probes_->Handle(request, std::move(responder));
                                         }));
  return absl::OkStatus();
}

absl::Status App::Takes(const rpc::Method& method) {
  const bool is_new_work =
      method.effect == options::v1::EFFECT_WRITE &&
      rpc::ChannelRegistry::ShortName(method.descriptor->service()->full_name()) == "intake";
  if (!is_new_work || disks_.Check().ok()) return absl::OkStatus();
  return Error(absl::StatusCode::kUnavailable, "disk_full",
               "no new contacts can be taken now; nothing was stored, try again later", "",
               {{"retry_after_ms", "30000"}});
}

absl::StatusOr<std::string> App::Ready() {
  const absl::Time now = absl::Now();
  WISSEL_RETURN_IF_ERROR(readiness_pool_->Ping(now + absl::Seconds(2)));
  WISSEL_RETURN_IF_ERROR(disks_.Check());
  std::string lines;
  for (const auto& service : services_) {
    const std::optional<absl::Time> oldest = service->OldestPending();
    if (!oldest) continue;
    absl::StrAppend(&lines,
                    *oldest > now ? "nothing waits to be worked on"
                                  : absl::StrCat("the oldest that waits to be worked on came ",
                                                 absl::ToInt64Seconds(now - *oldest), " s ago"),
                    "\n");
  }
  return lines;
}

rpc::Call App::CallFor(const std::string& tenant_id, absl::Duration timeout) const {
  return rpc::ServiceCall(settings_.service_token, tenant_id, absl::Now() + timeout);
}

}  // namespace wissel
