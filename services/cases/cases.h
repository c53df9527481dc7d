// Wiring of the case service: contacts, customers, cases, their clocks and their history.

#ifndef WISSEL_SERVICES_CASES_CASES_H_
#define WISSEL_SERVICES_CASES_CASES_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "libs/municipality/snapshot_cache.h"
#include "libs/pg/pool.h"
#include "libs/rpc/channel_registry.h"
#include "libs/rpc/dispatcher.h"
#include "services/cases/case_service.h"
#include "services/cases/queue/change_notifier.h"
#include "services/cases/registration/group_committer.h"
#include "services/cases/upkeep/housekeeper.h"

namespace wissel::cases {

// What the service needs to know.
struct CasesOptions {
  // With the role wissel_cases.
  std::string conninfo;
  // Connections of each of the two pools at most; one more listens for changes.
  int pool_size = 8;
  // By which the router knows the parts of this installation.
  std::string service_token;
  GroupCommitterOptions committer = {};
  HousekeeperOptions housekeeper = {};
};

// Owns the service, its connections and its threads. `dispatcher` and `channels` outlive it; it
// outlives the server, and is destroyed only after ChannelRegistry::SetInProcess was called, since
// routing what is pending waits for that.
class Cases {
 public:
  // Errors are those of pg::Pool::Open.
  static absl::StatusOr<std::unique_ptr<Cases>> Build(const CasesOptions& options,
                                                      rpc::Dispatcher& dispatcher,
                                                      rpc::ChannelRegistry& channels);

  grpc::Service& service() { return service_; }

  // Makes no calls of its own any more. Before the server of this process ends: gRPC 1.51 does not
  // survive a call on the in-process channel of a server that is gone.
  void Stop() { housekeeper_.Stop(); }

  // As Housekeeper::OldestPending.
  absl::Time OldestPending() { return housekeeper_.OldestPending(); }

 private:
  Cases(std::unique_ptr<pg::Pool> pool, std::unique_ptr<pg::Pool> pipelined,
        const CasesOptions& options, rpc::Dispatcher& dispatcher, rpc::ChannelRegistry& channels);

  std::unique_ptr<pg::Pool> pool_;
  // For what many wait for: registrations, the pages of queues and their changes.
  std::unique_ptr<pg::Pool> pipelined_;
  municipality::SnapshotCache municipalities_;
  ChangeNotifier notifier_;
  RegistrationWriter writer_;
  GroupCommitter committer_;
  HistoryImporter importer_;
  QueueReader reader_;
  QueueWatcher watcher_;
  CaseActions actions_;
  Attacher attacher_;
  QuestionFinder finder_;
  Rerouter rerouter_;
  DueMover due_mover_;
  ClaimReleaser releaser_;
  Housekeeper housekeeper_;
  CaseService service_;
};

}  // namespace wissel::cases

#endif  // WISSEL_SERVICES_CASES_CASES_H_
