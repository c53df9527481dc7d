#include "services/cases/cases.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/base/clock.h"
#include "libs/base/status.h"
#include "libs/municipality/snapshot_store.h"
#include "services/cases/actions/case_store.h"
#include "services/cases/history/history_store.h"
#include "services/cases/questions/attachment_store.h"
#include "services/cases/questions/open_questions_store.h"
#include "services/cases/queue/change_notifier_store.h"
#include "services/cases/queue/queue_store.h"
#include "services/cases/queue/watch_store.h"
#include "services/cases/registration/case_response_store.h"
#include "services/cases/registration/first_registration_store.h"
#include "services/cases/registration/reference_store.h"
#include "services/cases/registration/registration_store.h"
#include "services/cases/upkeep/claim_releaser_store.h"
#include "services/cases/upkeep/due_store.h"
#include "services/cases/upkeep/rerouter_store.h"

namespace wissel::cases {
namespace {

std::vector<pg::Statement> AllStatements() {
  std::vector<pg::Statement> all;
  for (const auto& statements :
       {AttachmentStatements(), OpenQuestionStatements(), CaseStatements(),
        ClaimReleaserStatements(), municipality::SnapshotStatements(), ChangeNotifierStatements(),
        DueStatements(), HistoryStatements(), CaseResponses().Statements(), QueueStatements(),
        ReferenceStatements(), FirstRegistrationStatements(), RegistrationStatements(),
        RerouterStatements(), WatchStatements()}) {
    all.insert(all.end(), statements.begin(), statements.end());
  }
  return all;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Cases>> Cases::Build(const CasesOptions& options,
                                                    rpc::Dispatcher& dispatcher,
                                                    rpc::ChannelRegistry& channels) {
  pg::PoolOptions pool_options = {
      .conninfo = options.conninfo, .size = options.pool_size, .statements = AllStatements()};
  WISSEL_ASSIGN_OR_RETURN(std::unique_ptr<pg::Pool> pool, pg::Pool::Open(pool_options));
  pool_options.engine = pg::Engine::kPipelined;
  WISSEL_ASSIGN_OR_RETURN(std::unique_ptr<pg::Pool> pipelined,
                          pg::Pool::Open(std::move(pool_options)));
  return std::unique_ptr<Cases>(
      new Cases(std::move(pool), std::move(pipelined), options, dispatcher, channels));
}

Cases::Cases(std::unique_ptr<pg::Pool> pool, std::unique_ptr<pg::Pool> pipelined,
             const CasesOptions& options, rpc::Dispatcher& dispatcher,
             rpc::ChannelRegistry& channels)
    : pool_(std::move(pool)),
      pipelined_(std::move(pipelined)),
      notifier_(*pool_),
      writer_(*pipelined_, municipalities_, notifier_, Clock::System()),
      committer_(writer_, options.committer),
      importer_(*pool_, municipalities_),
      reader_(*pipelined_, municipalities_, Clock::System()),
      watcher_(*pipelined_, municipalities_, Clock::System(), {.conninfo = options.conninfo}),
      actions_(*pool_),
      attacher_(*pool_),
      finder_(*pool_, channels),
      rerouter_(*pool_, municipalities_, channels, options.service_token),
      due_mover_(*pool_, municipalities_),
      releaser_(*pool_),
      housekeeper_(*pool_, rerouter_, due_mover_, releaser_, options.housekeeper),
      service_({committer_, importer_, reader_, watcher_, actions_, attacher_, finder_},
               dispatcher) {
  channels.local_methods().Offer<v1::RegisterContactRequest, v1::RegisterContactResponse>(
      [](const rpc::Call&) { return true; },
      [this](const rpc::Call& call, const v1::RegisterContactRequest& request,
             v1::RegisterContactResponse* response,
             rpc::Done done) { committer_.Register(call, request, response, std::move(done)); });
}

}  // namespace wissel::cases
