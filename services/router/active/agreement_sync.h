// What an SOP that has come into force says about teams, told to the directory.

#ifndef WISSEL_SERVICES_ROUTER_ACTIVE_AGREEMENT_SYNC_H_
#define WISSEL_SERVICES_ROUTER_ACTIVE_AGREEMENT_SYNC_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/periodic_task.h"
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

  // A version was stored somewhere.
  void Wake() { task_.Wake(); }

  // As PeriodicTask::Stop; calls nobody afterwards. Before the server of this process ends.
  void Stop() { task_.Stop(); }

 private:
  // Goes round the municipalities; when to do so again.
  absl::Time SyncAll();
  // One municipality; how long until its next version comes into force.
  absl::StatusOr<absl::Duration> SyncTenant(const std::string& tenant_id);

  pg::Pool& pool_;
  rpc::RpcClient<directory::v1::DirectoryService> directory_;
  const std::string service_token_;
  PeriodicTask task_;
};

}  // namespace wissel::router

#endif  // WISSEL_SERVICES_ROUTER_ACTIVE_AGREEMENT_SYNC_H_
