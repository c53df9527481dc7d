// gRPC adapter of the insight service; proto/wissel/insight/v1/insight.proto is its contract.

#ifndef WISSEL_SERVICES_INSIGHT_INSIGHT_SERVICE_H_
#define WISSEL_SERVICES_INSIGHT_INSIGHT_SERVICE_H_

#include "libs/base/clock.h"
#include "libs/municipality/snapshot_cache.h"
#include "libs/pg/pool.h"
#include "libs/rpc/dispatcher.h"
#include "services/insight/rollup_keeper.h"
#include "wissel/insight/v1/insight.grpc.pb.h"

namespace wissel::insight {

// Thread-safe; state only in the cache and the database. What it is made with outlives it.
class InsightService final : public v1::InsightService::CallbackService {
 public:
  // In the .cc: whoever sees the body compiles a class template of gRPC for every method.
  InsightService(pg::Pool& pool, municipality::SnapshotCache& municipalities, RollupKeeper& keeper,
                 rpc::Dispatcher& dispatcher, const Clock& clock);

  grpc::ServerUnaryReactor* GetFigures(grpc::CallbackServerContext* context,
                                       const v1::GetFiguresRequest* request,
                                       v1::GetFiguresResponse* response) override;
  grpc::ServerUnaryReactor* ListFigureCases(grpc::CallbackServerContext* context,
                                            const v1::ListFigureCasesRequest* request,
                                            v1::ListFigureCasesResponse* response) override;
  grpc::ServerUnaryReactor* GetDashboard(grpc::CallbackServerContext* context,
                                         const v1::GetDashboardRequest* request,
                                         v1::GetDashboardResponse* response) override;
  grpc::ServerUnaryReactor* ListMisroutes(grpc::CallbackServerContext* context,
                                          const v1::ListMisroutesRequest* request,
                                          v1::ListMisroutesResponse* response) override;

 private:
  absl::Status Figures(const rpc::Call& call, const v1::GetFiguresRequest& request,
                       v1::GetFiguresResponse* response);
  absl::Status FigureCases(const rpc::Call& call, const v1::ListFigureCasesRequest& request,
                           v1::ListFigureCasesResponse* response);
  absl::Status Dashboard(const rpc::Call& call, const v1::GetDashboardRequest& request,
                         v1::GetDashboardResponse* response);
  absl::Status Misroutes(const rpc::Call& call, const v1::ListMisroutesRequest& request,
                         v1::ListMisroutesResponse* response);

  // Whether what is kept answers for now, after counting what is new. What is asked for a moment in
  // the past is read from the log, as is everything until the municipality was counted once.
  absl::StatusOr<bool> IsKept(const rpc::Call& call, bool has_as_of);

  pg::Pool& pool_;
  municipality::SnapshotCache& municipalities_;
  RollupKeeper& keeper_;
  rpc::Dispatcher& dispatcher_;
  const Clock& clock_;
};

}  // namespace wissel::insight

#endif  // WISSEL_SERVICES_INSIGHT_INSIGHT_SERVICE_H_
