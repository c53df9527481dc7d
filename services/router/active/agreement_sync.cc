#include "services/router/active/agreement_sync.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/municipality/snapshot_store.h"
#include "libs/rpc/call.h"
#include "libs/rpc/status.h"
#include "libs/sop/sop_reader.h"
#include "libs/telemetry/log.h"
#include "services/router/active/sop_store.h"

namespace wissel::router {
namespace {

constexpr absl::Duration kTimeout = absl::Seconds(5);
// Until the next try: while somebody is away, and after a refusal, which takes people to mend.
constexpr absl::Duration kPause = absl::Seconds(1);
constexpr absl::Duration kLongPause = absl::Minutes(1);

bool Passes(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status) ||
         absl::IsResourceExhausted(status) || absl::IsAborted(status);
}

}  // namespace

directory::v1::ApplyTeamAgreementsRequest AgreementsOf(const sop::Sop& sop, int64_t version,
                                                       absl::Time in_force_from) {
  directory::v1::ApplyTeamAgreementsRequest request;
  request.set_sop_version(version);
  *request.mutable_in_force_from() = ToProto(in_force_from);
  for (const sop::SopTeam& agreed : sop.teams) {
    directory::v1::Team* team = request.add_teams();
    team->set_team_id(agreed.team_id);
    team->set_mailbox(agreed.mailbox);
    team->set_transfer_number(agreed.transfer_number);
    for (const sop::SopNorm& norm : agreed.norms) {
      directory::v1::Norm* added = team->add_norms();
      added->set_channel(norm.channel);
      added->set_working_days(norm.working_days);
      added->set_target_share(norm.target_share);
    }
  }
  return request;
}

TeamAgreementSync::TeamAgreementSync(pg::Pool& pool, rpc::ChannelRegistry& channels,
                                     std::string service_token)
    : pool_(pool),
      directory_(channels, "directory"),
      service_token_(std::move(service_token)),
      task_(absl::InfiniteDuration(), [this] { task_.WakeAt(SyncAll()); }) {
  task_.Wake();
}

absl::Time TeamAgreementSync::SyncAll() {
  std::map<std::string, int64_t> tenants;
  const absl::Status listed = pool_.WithoutTenant(
      absl::Now() + kTimeout, pg::Access::kRead, [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(tenants, municipality::ListMunicipalities(transaction));
        return absl::OkStatus();
      });
  absl::Time again = listed.ok() ? absl::InfiniteFuture() : absl::Now() + kPause;
  for (const auto& [tenant_id, directory_version] : tenants) {
    if (task_.stopping()) break;
    const absl::StatusOr<absl::Duration> until_next = SyncTenant(tenant_id);
    if (until_next.ok()) {
      again = std::min(again, absl::Now() + *until_next);
      continue;
    }
    again = std::min(again, absl::Now() + (Passes(until_next.status()) ? kPause : kLongPause));
    telemetry::LogError(
        "team_agreements_not_applied",
        {{"tenant", tenant_id},
         {"reason", absl::StrCat(absl::StatusCodeToString(until_next.status().code()), " ",
                                 ReasonOf(until_next.status()))}});
  }
  return again;
}

absl::StatusOr<absl::Duration> TeamAgreementSync::SyncTenant(const std::string& tenant_id) {
  SopState state;
  std::optional<StoredSop> stored;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(tenant_id, absl::Now() + kTimeout, pg::Access::kRead,
                                        [&](pg::Transaction& transaction) -> absl::Status {
                                          WISSEL_ASSIGN_OR_RETURN(state, ReadSopState(transaction));
                                          if (state.version <= state.applied_version) {
                                            return absl::OkStatus();
                                          }
                                          WISSEL_ASSIGN_OR_RETURN(
                                              stored, ReadSop(transaction, state.version));
                                          return absl::OkStatus();
                                        }));
  if (!stored) return state.until_next;
  WISSEL_ASSIGN_OR_RETURN(const sop::Sop sop, sop::ParseSop(stored->document));
  grpc::ClientContext context;
  rpc::Continue(rpc::ServiceCall(service_token_, tenant_id, absl::Now() + kTimeout), &context);
  directory::v1::ApplyTeamAgreementsResponse response;
  WISSEL_RETURN_IF_ERROR(rpc::FromGrpc(directory_->ApplyTeamAgreements(
      &context, AgreementsOf(sop, stored->version, stored->in_force_from), &response)));
  if (response.applied()) {
    telemetry::LogEvent("team_agreements_applied",
                        {{"tenant", tenant_id}, {"version", absl::StrCat(stored->version)}});
  }
  return state.until_next;
}

}  // namespace wissel::router
