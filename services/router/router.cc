#include "services/router/router.h"

#include <utility>

#include "libs/base/status.h"
#include "libs/municipality/snapshot_store.h"
#include "libs/norm_log/norm_log_store.h"
#include "services/router/active/sop_loader.h"
#include "services/router/active/sop_store.h"
#include "services/router/active/team_facts_store.h"
#include "services/router/drafts/draft_store.h"
#include "services/router/propose/past_case_store.h"
#include "services/router/replay/replay_store.h"

namespace wissel::router {
namespace {

std::vector<pg::Statement> AllStatements() {
  std::vector<pg::Statement> all;
  for (const auto& statements :
       {SopStatements(), municipality::SnapshotStatements(), TeamFactsStatements(),
        DraftStatements(), ReplayStatements(), PastCaseStatements(), norm_log::Statements()}) {
    all.insert(all.end(), statements.begin(), statements.end());
  }
  return all;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Router>> Router::Build(const RouterOptions& options,
                                                      rpc::Dispatcher& dispatcher,
                                                      rpc::ChannelRegistry& channels) {
  WISSEL_ASSIGN_OR_RETURN(std::unique_ptr<pg::Pool> pool,
                          pg::Pool::Open({.conninfo = options.conninfo,
                                          .size = options.pool_size,
                                          .statements = AllStatements()}));
  return std::unique_ptr<Router>(new Router(std::move(pool), options, dispatcher, channels));
}

Router::Router(std::unique_ptr<pg::Pool> pool, const RouterOptions& options,
               rpc::Dispatcher& dispatcher, rpc::ChannelRegistry& channels)
    : pool_(std::move(pool)),
      cache_([this](absl::string_view tenant_id, const ActiveSopPtr& held) {
        return ReadActiveSop(*pool_, municipalities_, tenant_id, held);
      }),
      agreement_sync_(*pool_, channels, options.service_token),
      service_(*pool_, municipalities_, cache_, dispatcher),
      sop_service_(*pool_, municipalities_, cache_, dispatcher),
      sop_listener_(options.conninfo, "wissel_sop",
                    [this] {
                      cache_.Refresh();
                      agreement_sync_.Wake();
                    }),
      directory_listener_(options.conninfo, "wissel_directory", [this] { cache_.Refresh(); }) {
  service_.OfferDecide(channels.local_methods());
}

}  // namespace wissel::router
