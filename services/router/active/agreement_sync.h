// What an SOP that has come into force says about teams, told to the directory.

#ifndef WISSEL_SERVICES_ROUTER_ACTIVE_AGREEMENT_SYNC_H_
#define WISSEL_SERVICES_ROUTER_ACTIVE_AGREEMENT_SYNC_H_

#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "libs/pg/pool.h"
#include "libs/rpc/channel_registry.h"
#include "libs/rpc/rpc_client.h"
#include "libs/sop/sop.h"
#include "wissel/directory/v1/directory.grpc.pb.h"

namespace wissel::router {

// Mailbox, transfer number and norms of the teams of `sop`. Pure.
directory::v1::ApplyTeamAgreementsRequest AgreementsOf(const sop::Sop& sop, int64_t version,
                                                       absl::Time in_force_from);

// Sees to it that the directory has taken over the SOP in force of every municipality. What is left
// to do stands in the database, so a restart forgets nothing; several nodes may run at once, since
// the directory takes each version once. Owns one thread.
class TeamAgreementSync {
 public:
  // `pool` has SopStatements() and outlives this, as does `channels`. The first look is at once.
  TeamAgreementSync(pg::Pool& pool, rpc::ChannelRegistry& channels, std::string service_token);
  // As Stop.
  ~TeamAgreementSync();

  // A version was stored somewhere.
  void Wake() ABSL_LOCKS_EXCLUDED(mutex_);

  // Ends the thread; calls nobody afterwards. Before the server of this process ends. Twice is
  // fine.
  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Loop();
  bool HasWork() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return stopping_ || awake_; }
  // Goes round the municipalities; when to do so again.
  absl::Time SyncAll();
  // One municipality; how long until its next version comes into force.
  absl::StatusOr<absl::Duration> SyncTenant(const std::string& tenant_id);
  bool stopping() const ABSL_LOCKS_EXCLUDED(mutex_);

  pg::Pool& pool_;
  rpc::RpcClient<directory::v1::DirectoryService> directory_;
  const std::string service_token_;
  mutable absl::Mutex mutex_;
  bool awake_ ABSL_GUARDED_BY(mutex_) = true;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_ACTIVE_AGREEMENT_SYNC_H_
