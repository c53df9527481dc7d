#include "services/router/replay/replay_runner.h"

#include <algorithm>
#include <future>
#include <optional>
#include <utility>

#include "libs/base/status.h"
#include "libs/norm_log/norm_log_store.h"
#include "services/router/replay/replay_store.h"

namespace wissel::router {
namespace {

void AddPage(const pg::Result& page, ReplayTally& tally) {
  for (const pg::Result::Row row : page) tally.Add(ContactOf(row));
}

absl::Status Feed(pg::Transaction& transaction, const ReplayScope& scope, bool words,
                  ReplayTally& tally, ReplayReport report) {
  v1::ReplayProgress progress;
  WISSEL_ASSIGN_OR_RETURN(const int64_t total,
                          OpenContacts(transaction, scope.from, scope.to, words));
  progress.set_total(total);
  std::future<void> deciding;
  int count = kContactsPerPage;
  while (count == kContactsPerPage) {
    if (!report(progress)) return absl::CancelledError("nobody waits for the replay any more");
    WISSEL_ASSIGN_OR_RETURN(const pg::Result page, FetchContacts(transaction));
    count = page.size();
    if (deciding.valid()) deciding.get();
    deciding = std::async(std::launch::async, [page, &tally] { AddPage(page, tally); });
    progress.set_done(progress.done() + count);
    // Contacts go on coming in.
    progress.set_total(std::max(progress.total(), progress.done()));
  }
  deciding.get();
  report(progress);
  return norm_log::JudgeCases(transaction, scope.from, scope.to, scope.as_of,
                              [&tally](const norms::JudgedCase& judged) { tally.AddCase(judged); });
}

}  // namespace

absl::Status RunReplay(pg::Pool& pool, const ReplayScope& scope, bool words, ReplayTally& tally,
                       ReplayReport report) {
  return pool.InTenant(
      scope.tenant_id, scope.deadline, pg::Access::kRead,
      [&](pg::Transaction& transaction) { return Feed(transaction, scope, words, tally, report); });
}

bool LooksForWords(const sop::Sop& sop) {
  return std::any_of(sop.rules.begin(), sop.rules.end(), [](const sop::SopRule& rule) {
    return !rule.when.keywords.empty() ||
           std::any_of(rule.unless.begin(), rule.unless.end(),
                       [](const sop::Conditions& unless) { return !unless.keywords.empty(); });
  });
}

}  // namespace wissel::router
