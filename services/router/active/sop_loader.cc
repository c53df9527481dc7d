#include "services/router/active/sop_loader.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/sop/sop_reader.h"
#include "libs/sop/yaml_tree.h"
#include "libs/telemetry/log.h"
#include "libs/verify/verify.h"
#include "services/router/active/municipality_snapshot_store.h"
#include "services/router/active/sop_store.h"

namespace wissel::router {
namespace {

constexpr absl::Duration kTimeout = absl::Seconds(5);

// A stored version, from what is held if it is there and the snapshot is the same.
absl::StatusOr<CompiledSopPtr> Compiled(pg::Transaction& transaction, int64_t version,
                                        const ActiveSopPtr& held,
                                        const MunicipalitySnapshot& snapshot) {
  if (held != nullptr && held->snapshot->version == snapshot.version) {
    for (const CompiledSopPtr& sop : {held->sop, held->next}) {
      if (sop != nullptr && sop->version() == version) return sop;
    }
  }
  WISSEL_ASSIGN_OR_RETURN(const std::optional<StoredSop> stored, ReadSop(transaction, version));
  if (!stored) return absl::InternalError("a version of the SOP is gone");
  absl::StatusOr<sop::Sop> sop = sop::ParseSop(stored->document);
  absl::StatusOr<CompiledSopPtr> compiled =
      sop.ok() ? decision::CompiledSop::Compile(*std::move(sop), version, TeamDirectoryOf(snapshot))
               : sop.status();
  if (compiled.ok()) return compiled;
  telemetry::LogError("sop_unreadable",
                      {{"version", absl::StrCat(version)}, {"error", compiled.status().message()}});
  return absl::InternalError("the SOP in force cannot be read");
}

bool Holds(const ActiveSop& held, const SopState& state) {
  const auto version = [](const CompiledSopPtr& sop) {
    return sop == nullptr ? 0 : sop->version();
  };
  // Where the two clocks disagree, the moment of the next version is set anew.
  return held.snapshot->version == state.snapshot_version && version(held.sop) == state.version &&
         version(held.next) == state.next_version && absl::Now() < held.next_from;
}

}  // namespace

absl::StatusOr<CompiledSopPtr> CompileSound(const std::string& document, int64_t version,
                                            const MunicipalitySnapshot& snapshot, absl::Time now) {
  WISSEL_ASSIGN_OR_RETURN(sop::Sop sop, sop::ParseSop(document));
  for (const verify::Finding& finding : verify::Verify(sop, VerificationContextOf(snapshot, now))) {
    if (finding.severity == verify::Finding::Severity::kError) {
      return sop::InvalidSop(finding.location, finding.message);
    }
  }
  return decision::CompiledSop::Compile(std::move(sop), version, TeamDirectoryOf(snapshot));
}

absl::StatusOr<ActiveSopPtr> LoadDocument(pg::Pool& pool, const rpc::Principal& who,
                                          const std::string& document, absl::Time deadline) {
  ActiveSopPtr active;
  WISSEL_RETURN_IF_ERROR(pool.InTenant(
      who.tenant_id, deadline, pg::Access::kWrite,
      [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_RETURN_IF_ERROR(LockSop(transaction));
        WISSEL_ASSIGN_OR_RETURN(const std::optional<StoredSop> stored, ReadSop(transaction, 0));
        if (!stored || stored->document != document) {
          WISSEL_ASSIGN_OR_RETURN(const std::shared_ptr<const MunicipalitySnapshot> snapshot,
                                  ReadMunicipalitySnapshot(transaction));
          WISSEL_ASSIGN_OR_RETURN(const StoredSop last, ReadLastSop(transaction));
          WISSEL_RETURN_IF_ERROR(
              CompileSound(document, last.version + 1, *snapshot, absl::Now()).status());
          WISSEL_RETURN_IF_ERROR(InsertSop(transaction, {.version = last.version + 1,
                                                         .document = document,
                                                         .loaded_by = who.account_id,
                                                         .loaded_by_name = who.display_name})
                                     .status());
        }
        WISSEL_ASSIGN_OR_RETURN(active, ReadActiveSop(transaction, nullptr));
        return absl::OkStatus();
      }));
  return active;
}

absl::StatusOr<ActiveSopPtr> ReadActiveSop(pg::Transaction& transaction, const ActiveSopPtr& held) {
  WISSEL_ASSIGN_OR_RETURN(const SopState state, ReadSopState(transaction));
  if (held != nullptr && Holds(*held, state)) return held;
  auto active = std::make_shared<ActiveSop>();
  if (held != nullptr && held->snapshot->version == state.snapshot_version) {
    active->snapshot = held->snapshot;
  } else {
    WISSEL_ASSIGN_OR_RETURN(active->snapshot, ReadMunicipalitySnapshot(transaction));
  }
  if (state.version != 0) {
    WISSEL_ASSIGN_OR_RETURN(active->sop,
                            Compiled(transaction, state.version, held, *active->snapshot));
  }
  if (state.next_version != 0) {
    const absl::StatusOr<CompiledSopPtr> next =
        Compiled(transaction, state.next_version, held, *active->snapshot);
    if (next.ok()) {
      active->next = *next;
      active->next_from = absl::Now() + state.until_next;
    } else if (!absl::IsInternal(next.status())) {
      return next.status();
    }
  }
  return ActiveSopPtr(std::move(active));
}

absl::StatusOr<ActiveSopPtr> ReadActiveSop(pg::Pool& pool, absl::string_view tenant_id,
                                           const ActiveSopPtr& held) {
  ActiveSopPtr active;
  WISSEL_RETURN_IF_ERROR(pool.InTenant(tenant_id, absl::Now() + kTimeout, pg::Access::kRead,
                                       [&](pg::Transaction& transaction) -> absl::Status {
                                         WISSEL_ASSIGN_OR_RETURN(active,
                                                                 ReadActiveSop(transaction, held));
                                         return absl::OkStatus();
                                       }));
  return active;
}

}  // namespace wissel::router
