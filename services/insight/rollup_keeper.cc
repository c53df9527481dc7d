#include "services/insight/rollup_keeper.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>

#include "libs/base/status.h"
#include "libs/norm_log/norm_log_store.h"
#include "services/insight/count_store.h"
#include "services/insight/fact_store.h"

namespace wissel::insight {
namespace {

constexpr size_t kCasesAtOnce = 5000;
constexpr int64_t kWorthAnalyzing = 1000;

// Adds to facts what no event tells: the topics of their cases.
absl::Status AddTopics(pg::Transaction& transaction, std::vector<CaseFact>& facts) {
  std::vector<int64_t> case_ids;
  case_ids.reserve(facts.size());
  for (const CaseFact& fact : facts) case_ids.push_back(fact.case_id);
  WISSEL_ASSIGN_OR_RETURN(auto topics, ReadTopics(transaction, case_ids));
  for (CaseFact& fact : facts) fact.topic_id = std::move(topics[fact.case_id]);
  return absl::OkStatus();
}

// The facts of these cases by all of their events.
absl::StatusOr<std::vector<CaseFact>> JudgeNow(pg::Transaction& transaction,
                                               const std::vector<int64_t>& case_ids,
                                               absl::TimeZone zone) {
  std::vector<CaseFact> facts;
  facts.reserve(case_ids.size());
  WISSEL_RETURN_IF_ERROR(norm_log::JudgeCasesById(
      transaction, case_ids,
      [&](norms::JudgedCase judged) { facts.push_back(FactOf(judged, zone)); }));
  WISSEL_RETURN_IF_ERROR(AddTopics(transaction, facts));
  return facts;
}

// A part of what is new from `position` on; whether there is more.
absl::StatusOr<bool> CountPart(pg::Transaction& transaction, const LogPosition& position,
                               absl::TimeZone zone) {
  WISSEL_ASSIGN_OR_RETURN(const LogPart part, NextPart(transaction, *position.read_to));
  WISSEL_ASSIGN_OR_RETURN(const std::vector<int64_t> changed,
                          FindChangedCases(transaction, *position.read_to, part.to));
  for (size_t begin = 0; begin < changed.size(); begin += kCasesAtOnce) {
    const size_t end = std::min(begin + kCasesAtOnce, changed.size());
    WISSEL_ASSIGN_OR_RETURN(const std::vector<CaseFact> facts,
                            JudgeNow(transaction,
                                     {changed.begin() + static_cast<std::ptrdiff_t>(begin),
                                      changed.begin() + static_cast<std::ptrdiff_t>(end)},
                                     zone));
    WISSEL_RETURN_IF_ERROR(CountDifference(transaction, facts));
    WISSEL_RETURN_IF_ERROR(PutFacts(transaction, facts));
  }
  WISSEL_RETURN_IF_ERROR(SetPosition(transaction, part.more ? part.to : position.next));
  return part.more;
}

// Compares facts, in the order of case ids, with what the log says of the same cases.
absl::Status Compare(pg::Transaction& transaction, absl::TimeZone zone,
                     RollupDifferences& differences) {
  for (int64_t after = 0;;) {
    WISSEL_ASSIGN_OR_RETURN(const std::vector<CaseFact> kept,
                            ReadFacts(transaction, after, kCasesAtOnce));
    if (kept.empty()) return absl::OkStatus();
    after = kept.back().case_id;
    std::vector<int64_t> case_ids;
    case_ids.reserve(kept.size());
    for (const CaseFact& fact : kept) case_ids.push_back(fact.case_id);
    WISSEL_ASSIGN_OR_RETURN(const std::vector<CaseFact> judged,
                            JudgeNow(transaction, case_ids, zone));
    differences.cases_read += static_cast<int64_t>(kept.size());
    auto right = judged.begin();
    for (const CaseFact& fact : kept) {
      const bool known = right != judged.end() && right->case_id == fact.case_id;
      // An event that was committed since the look is no fault of the fact.
      const bool is_wrong = !known || (right->events <= fact.events && *right != fact);
      if (is_wrong) differences.cases.push_back(fact.case_id);
      if (known) ++right;
    }
  }
}

}  // namespace

absl::StatusOr<bool> RollupKeeper::CatchUp(absl::string_view tenant_id, absl::Time deadline) {
  return CatchUpWith(tenant_id, deadline, LockPosition);
}

absl::StatusOr<bool> RollupKeeper::CatchUpUnlessBusy(absl::string_view tenant_id,
                                                     absl::Time deadline) {
  return CatchUpWith(tenant_id, deadline, TryLockPosition);
}

absl::StatusOr<bool> RollupKeeper::CatchUpWith(absl::string_view tenant_id, absl::Time deadline,
                                               Locker lock) {
  LogState log = LogState::kRead;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(tenant_id, deadline, pg::Access::kRead,
                                        [&](pg::Transaction& transaction) -> absl::Status {
                                          WISSEL_ASSIGN_OR_RETURN(log, LookAtLog(transaction));
                                          return absl::OkStatus();
                                        }));
  // Who makes all of it holds the lock for as long as that takes: nobody waits for it here.
  if (log == LogState::kNeverRead) return false;
  if (log == LogState::kRead) return true;
  bool counted = false;
  // What is counted stays so if the deadline comes halfway.
  for (bool more = true; more;) {
    WISSEL_RETURN_IF_ERROR(pool_.InTenant(
        tenant_id, deadline, pg::Access::kWrite, [&](pg::Transaction& transaction) -> absl::Status {
          more = false;
          WISSEL_ASSIGN_OR_RETURN(const std::optional<LogPosition> position, lock(transaction));
          counted = !position || position->read_to;
          if (!position || !counted) return absl::OkStatus();
          WISSEL_ASSIGN_OR_RETURN(const auto municipality,
                                  municipalities_.GetCached(transaction, tenant_id));
          WISSEL_ASSIGN_OR_RETURN(more, CountPart(transaction, *position, municipality->zone));
          return absl::OkStatus();
        }));
  }
  return counted;
}

absl::StatusOr<int64_t> RollupKeeper::Rebuild(absl::string_view tenant_id, absl::Time deadline) {
  int64_t cases = 0;
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(
      tenant_id, deadline, pg::Access::kWrite, [&](pg::Transaction& transaction) -> absl::Status {
        cases = 0;
        WISSEL_ASSIGN_OR_RETURN(const LogPosition position, LockPosition(transaction));
        WISSEL_ASSIGN_OR_RETURN(const auto municipality,
                                municipalities_.GetFresh(transaction, tenant_id));
        WISSEL_RETURN_IF_ERROR(ClearFacts(transaction));
        WISSEL_RETURN_IF_ERROR(ClearCounts(transaction));
        std::vector<CaseFact> page;
        absl::Status stored;
        const auto store = [&] {
          if (stored.ok()) stored = AddTopics(transaction, page);
          if (stored.ok()) stored = AddFacts(transaction, page);
          page.clear();
        };
        WISSEL_RETURN_IF_ERROR(
            norm_log::JudgeCases(transaction, absl::InfinitePast(), absl::InfiniteFuture(),
                                 absl::InfiniteFuture(), [&](norms::JudgedCase judged) {
                                   ++cases;
                                   page.push_back(FactOf(judged, municipality->zone));
                                   if (page.size() == kCasesAtOnce) store();
                                 }));
        store();
        WISSEL_RETURN_IF_ERROR(stored);
        WISSEL_RETURN_IF_ERROR(CountFacts(transaction));
        if (cases >= kWorthAnalyzing) WISSEL_RETURN_IF_ERROR(AnalyzeCounts(transaction));
        return SetPosition(transaction, position.next);
      }));
  return cases;
}

absl::StatusOr<RollupDifferences> RollupKeeper::Verify(absl::string_view tenant_id,
                                                       absl::Time deadline) {
  RollupDifferences differences;
  WISSEL_ASSIGN_OR_RETURN(const bool counted, CatchUp(tenant_id, deadline));
  if (!counted) {
    return Error(absl::StatusCode::kFailedPrecondition, "never_counted",
                 "the figures of this municipality were never made; rebuild makes them");
  }
  WISSEL_RETURN_IF_ERROR(pool_.InTenant(
      tenant_id, deadline, pg::Access::kWrite, [&](pg::Transaction& transaction) -> absl::Status {
        differences = {};
        // Nobody counts while this looks.
        WISSEL_RETURN_IF_ERROR(LockPosition(transaction).status());
        WISSEL_ASSIGN_OR_RETURN(const auto municipality,
                                municipalities_.GetFresh(transaction, tenant_id));
        WISSEL_RETURN_IF_ERROR(Compare(transaction, municipality->zone, differences));
        WISSEL_ASSIGN_OR_RETURN(const std::vector<int64_t> missing,
                                FindCasesWithoutFact(transaction, RollupDifferences::kMostNamed));
        differences.cases.insert(differences.cases.end(), missing.begin(), missing.end());
        WISSEL_ASSIGN_OR_RETURN(differences.counts,
                                FindWrongCounts(transaction, RollupDifferences::kMostNamed));
        return absl::OkStatus();
      }));
  if (differences.cases.size() > RollupDifferences::kMostNamed) {
    differences.cases.resize(RollupDifferences::kMostNamed);
  }
  return differences;
}

}  // namespace wissel::insight
