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
      book_(settings_.peers, settings_.grpc_tls),
      authenticator_(book_, settings_.service_token, Clock::System()),
      workers_(settings_.worker_threads, settings_.worker_room),
      dispatcher_(authenticator_, workers_) {}

App::~App() {
  gateway_.reset();
  probe_server_.reset();
  for (const auto& part : parts_) part->Stop();
}

absl::StatusOr<std::unique_ptr<App>> App::Start(Settings settings) {
  WISSEL_ASSIGN_OR_RETURN(const std::vector<const Target*> targets,
                          ChooseTargets(settings.targets, settings.peers));
  auto app = std::unique_ptr<App>(new App(std::move(settings)));
  WISSEL_RETURN_IF_ERROR(app->Build(targets));
  const bool with_gateway = std::any_of(targets.begin(), targets.end(), [](const Target* target) {
    return target->build == nullptr;
  });
  WISSEL_RETURN_IF_ERROR(app->StartHttp(with_gateway));
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
  WISSEL_ASSIGN_OR_RETURN(server_, rpc::Server::Start({.address = settings_.grpc_address,
                                                       .tls = settings_.grpc_tls,
                                                       .reflection = settings_.grpc_reflection},
                                                      services));
  book_.SetInProcess(parts_.empty() ? nullptr : server_->InProcess());
  return absl::OkStatus();
}

absl::Status App::StartHttp(bool with_gateway) {
  if (!with_gateway && settings_.probe_port < 0) return absl::OkStatus();
  WISSEL_ASSIGN_OR_RETURN(readiness_pool_,
                          pg::Pool::Open({.conninfo = settings_.ConnInfo("gateway"), .size = 1}));
  gateway::ProbeOptions probes = {.ready = [this] { return Ready(); },
                                  .metrics = telemetry::MetricsText};
  if (with_gateway) {
    WISSEL_ASSIGN_OR_RETURN(gateway_, gateway::Gateway::Start({.host = settings_.http_host,
                                                               .port = settings_.http_port,
                                                               .web_root = settings_.web_root,
                                                               .probes = std::move(probes)},
                                                              book_));
    return absl::OkStatus();
  }
  probes_ = std::make_unique<gateway::Probes>(std::move(probes));
  WISSEL_ASSIGN_OR_RETURN(
      probe_server_,
      http::Server::Start(
          {.address = settings_.http_host, .port = settings_.probe_port, .io_threads = 1},
          [this](http::Request request, http::Responder responder) {
            probes_->Handle(request, std::move(responder));
          }));
  return absl::OkStatus();
}

absl::StatusOr<std::string> App::Ready() {
  const absl::Time now = absl::Now();
  WISSEL_RETURN_IF_ERROR(readiness_pool_->Ping(now + absl::Seconds(2)));
  std::string lines;
  for (const auto& part : parts_) {
    const std::optional<absl::Time> oldest = part->OldestPending();
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

int App::http_port() const {
  if (gateway_ != nullptr) return gateway_->port();
  return probe_server_ == nullptr ? 0 : probe_server_->port();
}

}  // namespace wissel
