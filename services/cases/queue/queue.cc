#include "services/cases/queue/queue.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "libs/base/status.h"
#include "services/cases/lifecycle/case.h"

namespace wissel::cases {
namespace {

constexpr int kDefaultPageSize = 50;
constexpr int kLargestPageSize = 200;

// Teams to count for `who`; absent: all.
std::optional<std::vector<std::string>> TeamsToCount(const rpc::Principal& who) {
  // An empty team id means all teams; only callers with full access may read it.
  if (MayReadQueue(who, "").ok()) return std::nullopt;
  return who.team_ids;
}

}  // namespace

absl::StatusOr<int> PageSize(int32_t page_size) {
  if (page_size == 0) return kDefaultPageSize;
  if (page_size >= 1 && page_size <= kLargestPageSize) return page_size;
  return InvalidField("page_size", "out_of_range", "a page has 1 to 200 cases");
}

absl::Status QueueReader::ListQueue(const rpc::Call& call, const v1::ListQueueRequest& request,
                                    v1::ListQueueResponse* response) {
  PageQuery query = {.tenant_id = call.tenant_id(), .team_id = request.team_id()};
  if (query.team_id.empty()) return InvalidField("team_id", "required", "a team is required");
  WISSEL_ASSIGN_OR_RETURN(query.size, PageSize(request.page_size()));
  if (!request.page_token().empty()) {
    WISSEL_ASSIGN_OR_RETURN(query.after,
                            ReadPageToken(query.tenant_id, query.team_id, request.page_token()));
  }
  WISSEL_RETURN_IF_ERROR(MayReadQueue(*call.principal, query.team_id));
  return pool_.InTenant(query.tenant_id, call.deadline, pg::Access::kRead,
                        [&](pg::Transaction& transaction) -> absl::Status {
                          WISSEL_ASSIGN_OR_RETURN(const auto municipality,
                                                  municipalities_.GetWithTeam(
                                                      transaction, query.tenant_id, query.team_id));
                          query.today = TodayAt(clock_.Now(), municipality->zone);
                          WISSEL_RETURN_IF_ERROR(ReadPage(transaction, query, counter_, response));
                          for (v1::CaseSummary& row : *response->mutable_cases()) {
                            SetAllowedActions(*call.principal, municipality->kcc_team_id(), &row);
                          }
                          return absl::OkStatus();
                        });
}

absl::Status QueueReader::CountQueues(const rpc::Call& call, const v1::CountQueuesRequest&,
                                      v1::CountQueuesResponse* response) {
  const auto teams = TeamsToCount(*call.principal);
  return pool_.InTenant(
      call.tenant_id(), call.deadline, pg::Access::kRead,
      [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(const auto municipality,
                                municipalities_.GetCached(transaction, call.tenant_id()));
        WISSEL_ASSIGN_OR_RETURN(std::vector<v1::QueueCounts> counts,
                                ReadCounts(transaction, call.tenant_id(), counter_, teams,
                                           TodayAt(clock_.Now(), municipality->zone)));
        for (v1::QueueCounts& of_team : counts) *response->add_counts() = std::move(of_team);
        return absl::OkStatus();
      });
}

absl::Status QueueReader::GetCase(const rpc::Call& call, const v1::GetCaseRequest& request,
                                  v1::GetCaseResponse* response) {
  return pool_.InTenant(
      call.tenant_id(), call.deadline, pg::Access::kRead,
      [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_ASSIGN_OR_RETURN(const auto municipality,
                                municipalities_.GetCached(transaction, call.tenant_id()));
        WISSEL_ASSIGN_OR_RETURN(v1::Case found, ReadCase(transaction, request.reference()));
        WISSEL_RETURN_IF_ERROR(MayReadCase(*call.principal, found.summary().team_id()));
        SetAllowedActions(*call.principal, municipality->kcc_team_id(), found.mutable_summary());
        *response->mutable_case_() = std::move(found);
        return absl::OkStatus();
      });
}

}  // namespace wissel::cases
