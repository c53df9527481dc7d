// The targets as a table, a row each. No other code asks which targets run.

#ifndef WISSEL_SERVICES_WISSEL_TARGETS_H_
#define WISSEL_SERVICES_WISSEL_TARGETS_H_

#include <grpcpp/impl/service_type.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "libs/rpc/channel_registry.h"
#include "libs/rpc/dispatcher.h"
#include "services/wissel/settings.h"

namespace wissel {

// A built service; owns what it needs.
class Service {
 public:
  virtual ~Service() = default;
  // One, or several of one package.
  virtual std::vector<grpc::Service*> services() = 0;
  // Makes no calls of its own any more; serves on.
  virtual void Stop() = 0;
  // Receipt of the oldest thing that it is still to work on of its own accord, absl::InfiniteFuture
  // if there is none; nothing if it does no such work.
  virtual std::optional<absl::Time> OldestPending() = 0;
};

// What a target is built with; all of it outlives the service.
struct ServiceContext {
  const Settings& settings;
  rpc::Dispatcher& dispatcher;
  rpc::ChannelRegistry& channels;
};

// One row of the table.
struct Target {
  const char* name;
  // Null for the gateway, which serves HTTP and is started after the others.
  absl::StatusOr<std::unique_ptr<Service>> (*build)(const ServiceContext& context);
  // Services that it calls, by their name in the channel registry.
  std::vector<const char*> needs;
};

// All targets.
absl::Span<const Target> Targets();

// Rows for `names`, where `all` stands for every row. INVALID_ARGUMENT `unknown_target`, and
// `missing_peer` when a row needs a service that is neither among `names` nor among `peers`.
absl::StatusOr<std::vector<const Target*>> ChooseTargets(
    const std::vector<std::string>& names, const std::map<std::string, std::string>& peers);

}  // namespace wissel

#endif  // WISSEL_SERVICES_WISSEL_TARGETS_H_
