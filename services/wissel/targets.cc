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

// Gives a service class the shape of a part.
template <typename Service>
class Holder final : public Part {
 public:
  explicit Holder(std::unique_ptr<Service> held) : held_(std::move(held)) {}
  std::vector<grpc::Service*> services() override {
    if constexpr (requires { held_->services(); }) {
      return held_->services();
    } else {
      return {&held_->service()};
    }
  }
  void Stop() override {
    if constexpr (requires { held_->Stop(); }) held_->Stop();
  }
  std::optional<absl::Time> OldestPending() override {
    if constexpr (requires { held_->OldestPending(); }) return held_->OldestPending();
    return std::nullopt;
  }

 private:
  std::unique_ptr<Service> held_;
};

template <typename Service>
absl::StatusOr<std::unique_ptr<Part>> Hold(absl::StatusOr<std::unique_ptr<Service>> built) {
  if (!built.ok()) return built.status();
  return std::make_unique<Holder<Service>>(*std::move(built));
}

absl::StatusOr<std::unique_ptr<Part>> BuildDirectory(const Parts& parts) {
  return Hold(directory::Directory::Build(
      {.conninfo = parts.settings.ConnInfo("directory"), .pool_size = parts.settings.pool_size},
      parts.dispatcher));
}

absl::StatusOr<std::unique_ptr<Part>> BuildRouter(const Parts& parts) {
  return Hold(router::Router::Build({.conninfo = parts.settings.ConnInfo("router"),
                                     .pool_size = parts.settings.pool_size,
                                     .service_token = parts.settings.service_token},
                                    parts.dispatcher, parts.book));
}

absl::StatusOr<std::unique_ptr<Part>> BuildCases(const Parts& parts) {
  return Hold(cases::Cases::Build({.conninfo = parts.settings.ConnInfo("cases"),
                                   .pool_size = parts.settings.pool_size,
                                   .service_token = parts.settings.service_token},
                                  parts.dispatcher, parts.book));
}

absl::StatusOr<std::unique_ptr<Part>> BuildInsight(const Parts& parts) {
  return Hold(insight::Insight::Build(
      {.conninfo = parts.settings.ConnInfo("insight"), .pool_size = parts.settings.pool_size},
      parts.dispatcher));
}

absl::StatusOr<std::unique_ptr<Part>> BuildIntake(const Parts& parts) {
  return Hold(intake::Intake::Build(parts.dispatcher, parts.book));
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
