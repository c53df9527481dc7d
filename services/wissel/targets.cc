#include "services/wissel/targets.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "services/cases/cases.h"
#include "services/directory/directory.h"
#include "services/insight/insight.h"
#include "services/intake/intake.h"
#include "services/router/router.h"

namespace wissel {
namespace {

// Gives what a service folder builds the interface of a Service.
template <typename Built>
class ServiceAdapter final : public Service {
 public:
  explicit ServiceAdapter(std::unique_ptr<Built> built) : built_(std::move(built)) {}
  std::vector<grpc::Service*> services() override {
    if constexpr (requires { built_->services(); }) {
      return built_->services();
    } else {
      return {&built_->service()};
    }
  }
  void Stop() override {
    if constexpr (requires { built_->Stop(); }) built_->Stop();
  }
  std::optional<absl::Time> OldestPending() override {
    if constexpr (requires { built_->OldestPending(); }) return built_->OldestPending();
    return std::nullopt;
  }

 private:
  std::unique_ptr<Built> built_;
};

template <typename Built>
absl::StatusOr<std::unique_ptr<Service>> MakeService(absl::StatusOr<std::unique_ptr<Built>> built) {
  if (!built.ok()) return built.status();
  return std::make_unique<ServiceAdapter<Built>>(*std::move(built));
}

absl::StatusOr<std::unique_ptr<Service>> BuildDirectory(const ServiceContext& context) {
  return MakeService(directory::Directory::Build(
      {.conninfo = context.settings.ConnInfo("directory"), .pool_size = context.settings.pool_size},
      context.dispatcher));
}

absl::StatusOr<std::unique_ptr<Service>> BuildRouter(const ServiceContext& context) {
  return MakeService(router::Router::Build({.conninfo = context.settings.ConnInfo("router"),
                                            .pool_size = context.settings.pool_size,
                                            .service_token = context.settings.service_token},
                                           context.dispatcher, context.channels));
}

absl::StatusOr<std::unique_ptr<Service>> BuildCases(const ServiceContext& context) {
  return MakeService(cases::Cases::Build({.conninfo = context.settings.ConnInfo("cases"),
                                          .pool_size = context.settings.pool_size,
                                          .service_token = context.settings.service_token},
                                         context.dispatcher, context.channels));
}

absl::StatusOr<std::unique_ptr<Service>> BuildInsight(const ServiceContext& context) {
  return MakeService(insight::Insight::Build({.conninfo = context.settings.ConnInfo("insight"),
                                              .pool_size = context.settings.pool_size,
                                              .rollup_period = context.settings.figures_period},
                                             context.dispatcher));
}

absl::StatusOr<std::unique_ptr<Service>> BuildIntake(const ServiceContext& context) {
  return MakeService(intake::Intake::Build(context.dispatcher, context.channels));
}

// Every service needs the directory, to know who calls.
const std::vector<Target>& Table() {
  static const auto* table = new std::vector<Target>{
      {"directory", BuildDirectory, {}},
      {"router", BuildRouter, {"directory"}},
      {"cases", BuildCases, {"directory", "routing"}},
      {"insight", BuildInsight, {"directory"}},
      {"intake", BuildIntake, {"directory", "routing", "cases"}},
      {"gateway", nullptr, {"directory", "routing", "cases", "insight", "intake"}},
  };
  return *table;
}

// The router's contract is the package `routing`.
std::string ServiceOf(absl::string_view target) {
  return target == "router" ? "routing" : std::string(target);
}

}  // namespace

absl::Span<const Target> Targets() { return Table(); }

absl::StatusOr<std::vector<const Target*>> ChooseTargets(
    const std::vector<std::string>& names, const std::map<std::string, std::string>& peers) {
  std::vector<const Target*> chosen;
  for (const Target& target : Table()) {
    if (std::find(names.begin(), names.end(), "all") != names.end() ||
        std::find(names.begin(), names.end(), target.name) != names.end()) {
      chosen.push_back(&target);
    }
  }
  std::set<std::string> known = {"all"};
  for (const Target& target : Table()) known.insert(target.name);
  for (const std::string& name : names) {
    if (!known.contains(name)) {
      return InvalidField("target", "unknown_target", absl::StrCat("no target is called ", name));
    }
  }
  std::set<std::string> reachable;
  for (const Target* target : chosen) reachable.insert(ServiceOf(target->name));
  for (const auto& [name, address] : peers) reachable.insert(name);
  for (const Target* target : chosen) {
    for (const char* need : target->needs) {
      if (!reachable.contains(need)) {
        return InvalidField("peers", "missing_peer",
                            absl::StrCat(target->name, " needs ", need,
                                         ": serve it here or name its address in --peers"));
      }
    }
  }
  return chosen;
}

}  // namespace wissel
