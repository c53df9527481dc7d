#include "services/cases/upkeep/rerouter.h"

#include <utility>

#include "absl/time/clock.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"
#include "libs/rpc/call.h"
#include "libs/rpc/status.h"
#include "libs/telemetry/log.h"
#include "services/cases/lifecycle/norm_clock.h"
#include "services/cases/registration/registration.h"

namespace wissel::cases {
namespace {

constexpr int kPage = 200;
constexpr absl::Duration kDatabasePatience = absl::Seconds(10);
constexpr absl::Duration kRouterPatience = absl::Seconds(2);

// Where a case goes and when it is due there.
absl::StatusOr<RoutedCase> Place(const DecidedCase& decided,
                                 const municipality::MunicipalitySnapshot& municipality) {
  const municipality::Team* const team = ReceivingTeam(decided.decision, municipality);
  if (team == nullptr) {
    return Error(absl::StatusCode::kFailedPrecondition, "no_kcc_team",
                 "this municipality has no KCC team");
  }
  const PendingCase& pending = decided.pending;
  const NormClock clock =
      StartClock(municipality, team->team_id, pending.channel, pending.received_at);
  RoutedCase routed = {.reference = pending.reference,
                       .version = pending.version,
                       .team_id = team->team_id,
                       .due_at = clock.due_at,
                       .due_moved = clock.due_at != pending.due_at,
                       .calendar_version = clock.calendar_version,
                       .decision = {decided.decision.SerializeAsString()},
                       .rule_id = decided.decision.rule_id(),
                       .sop_version = decided.decision.sop_version(),
                       .reason = decided.decision.reason()};
  if (clock.norm) {
    routed.norm_working_days = clock.norm->working_days;
    routed.norm_statutory = clock.norm->statutory;
    routed.first_attempt_counts = clock.norm->first_attempt_counts;
  }
  return routed;
}

}  // namespace

Rerouter::Rerouter(pg::Pool& pool, municipality::SnapshotCache& municipalities,
                   rpc::ChannelRegistry& channels, std::string service_token)
    : pool_(pool),
      municipalities_(municipalities),
      router_(channels, "routing"),
      service_token_(std::move(service_token)) {}

absl::StatusOr<routing::v1::Decision> Rerouter::Ask(absl::string_view tenant_id,
                                                    const PendingCase& pending) {
  routing::v1::DecideRequest request;
  request.set_channel(pending.channel);
  request.set_topic_id(pending.topic_id);
  request.set_subject(pending.subject);
  request.set_text(pending.question);
  request.set_is_business(pending.is_business);
  request.set_is_urgent(pending.is_urgent);
  request.set_neighbourhood(pending.neighbourhood);
  request.set_postcode(pending.postcode);
  // Whether a team was open is asked of the moment of the contact.
  *request.mutable_at() = ToProto(pending.received_at);
  grpc::ClientContext context;
  rpc::Continue(
      rpc::ServiceCall(service_token_, std::string(tenant_id), absl::Now() + kRouterPatience),
      &context);
  routing::v1::DecideResponse response;
  WISSEL_RETURN_IF_ERROR(rpc::FromGrpc(router_->Decide(&context, request, &response)));
  return std::move(*response.mutable_decision());
}

absl::StatusOr<int> Rerouter::Store(absl::string_view tenant_id,
                                    absl::Span<const DecidedCase> decided) {
  int count = 0;
  if (decided.empty()) return count;
  WISSEL_RETURN_IF_ERROR(
      pool_.InTenant(tenant_id, absl::Now() + kDatabasePatience, pg::Access::kWrite,
                     [&](pg::Transaction& transaction) -> absl::Status {
                       WISSEL_ASSIGN_OR_RETURN(
                           std::shared_ptr<const municipality::MunicipalitySnapshot> municipality,
                           municipalities_.GetFresh(transaction, tenant_id));
                       std::vector<RoutedCase> routed;
                       for (const DecidedCase& one : decided) {
                         WISSEL_ASSIGN_OR_RETURN(RoutedCase placed, Place(one, *municipality));
                         routed.push_back(std::move(placed));
                       }
                       WISSEL_ASSIGN_OR_RETURN(count, MoveRouted(transaction, routed));
                       return absl::OkStatus();
                     }));
  return count;
}

absl::StatusOr<absl::Time> Rerouter::OldestPending(absl::string_view tenant_id) {
  absl::Time oldest;
  WISSEL_RETURN_IF_ERROR(
      pool_.InTenant(tenant_id, absl::Now() + kDatabasePatience, pg::Access::kRead,
                     [&](pg::Transaction& transaction) -> absl::Status {
                       WISSEL_ASSIGN_OR_RETURN(oldest, ReadOldestPending(transaction));
                       return absl::OkStatus();
                     }));
  return oldest;
}

absl::StatusOr<int> Rerouter::Run(absl::string_view tenant_id) {
  int routed = 0;
  absl::Status router = absl::OkStatus();
  for (int64_t last = 0; router.ok();) {
    std::vector<PendingCase> page;
    WISSEL_RETURN_IF_ERROR(
        pool_.InTenant(tenant_id, absl::Now() + kDatabasePatience, pg::Access::kRead,
                       [&](pg::Transaction& transaction) -> absl::Status {
                         WISSEL_ASSIGN_OR_RETURN(page, ReadPending(transaction, last, kPage));
                         return absl::OkStatus();
                       }));
    std::vector<DecidedCase> decided;
    for (PendingCase& pending : page) {
      last = pending.reference;
      absl::StatusOr<routing::v1::Decision> decision = Ask(tenant_id, pending);
      // One question that the router cannot read must not hold up those behind it.
      if (absl::IsInvalidArgument(decision.status())) {
        telemetry::LogError("reroute_refused",
                            {{"tenant", tenant_id}, {"reason", ReasonOf(decision.status())}});
        continue;
      }
      if (!decision.ok()) {
        router = decision.status();
        break;
      }
      if (!decision->pending()) decided.push_back({std::move(pending), *std::move(decision)});
    }
    WISSEL_ASSIGN_OR_RETURN(const int stored, Store(tenant_id, decided));
    routed += stored;
    if (page.size() < kPage) break;
  }
  if (routed > 0) {
    telemetry::LogEvent("cases_rerouted",
                        {{"tenant", tenant_id}, {"count", std::to_string(routed)}});
  }
  if (!router.ok()) return router;
  return routed;
}

}  // namespace wissel::cases
