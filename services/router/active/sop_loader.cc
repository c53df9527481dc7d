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
#include "services/router/active/routing_facts.h"
#include "services/router/active/sop_store.h"
#include "services/router/active/team_facts_store.h"

namespace wissel::router {
namespace {

constexpr absl::Duration kTimeout = absl::Seconds(5);

// A stored version, from what is held if it is there and the municipality is the same.
absl::StatusOr<CompiledSopPtr> Compiled(pg::Transaction& transaction, int64_t version,
                                        const ActiveSopPtr& held,
                                        const municipality::MunicipalitySnapshot& municipality) {
  if (held != nullptr && held->municipality->version == municipality.version) {
    for (const CompiledSopPtr& sop : {held->sop, held->next}) {
      if (sop != nullptr && sop->version() == version) return sop;
    }
  }
  WISSEL_ASSIGN_OR_RETURN(const std::optional<StoredSop> stored, ReadSop(transaction, version));
  if (!stored) return absl::InternalError("a version of the SOP is gone");
  absl::StatusOr<sop::Sop> sop = sop::ParseSop(stored->document);
  absl::StatusOr<CompiledSopPtr> compiled =
      sop.ok()
          ? decision::CompiledSop::Compile(*std::move(sop), version, TeamDirectoryOf(municipality))
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
  return held.municipality->version == state.directory_version &&
         version(held.sop) == state.version && version(held.next) == state.next_version &&
         absl::Now() < held.next_from;
}

// `document` can be read, the check finds no error in it, and it compiles.
absl::Status CheckSound(pg::Transaction& transaction,
                        const municipality::MunicipalitySnapshot& municipality,
                        const std::string& document) {
  WISSEL_ASSIGN_OR_RETURN(sop::Sop sop, sop::ParseSop(document));
  WISSEL_ASSIGN_OR_RETURN(const verify::VerificationContext context,
                          ReadVerificationContext(transaction, municipality, absl::Now()));
  for (const verify::Finding& finding : verify::Verify(sop, context)) {
    if (finding.severity == verify::Finding::Severity::kError) {
      return sop::InvalidSop(finding.location, finding.message);
    }
  }
  return decision::CompiledSop::Compile(std::move(sop), 0, TeamDirectoryOf(municipality)).status();
}

}  // namespace

absl::StatusOr<ActiveSopPtr> LoadDocument(pg::Pool& pool,
                                          municipality::SnapshotCache& municipalities,
                                          const rpc::Principal& who, const std::string& document,
                                          absl::Time deadline) {
  ActiveSopPtr active;
  WISSEL_RETURN_IF_ERROR(pool.InTenant(
      who.tenant_id, deadline, pg::Access::kWrite,
      [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_RETURN_IF_ERROR(LockSop(transaction));
        WISSEL_ASSIGN_OR_RETURN(const std::optional<StoredSop> stored, ReadSop(transaction, 0));
        if (!stored || stored->document != document) {
          WISSEL_ASSIGN_OR_RETURN(const auto municipality,
                                  municipalities.GetFresh(transaction, who.tenant_id));
          WISSEL_RETURN_IF_ERROR(CheckSound(transaction, *municipality, document));
          WISSEL_ASSIGN_OR_RETURN(const StoredSop last, ReadLastSop(transaction));
          WISSEL_RETURN_IF_ERROR(InsertSop(transaction, {.version = last.version + 1,
                                                         .document = document,
                                                         .loaded_by = who.account_id,
                                                         .loaded_by_name = who.display_name})
                                     .status());
        }
        WISSEL_ASSIGN_OR_RETURN(active,
                                ReadActiveSop(transaction, municipalities, who.tenant_id, nullptr));
        return absl::OkStatus();
      }));
  return active;
}

absl::StatusOr<ActiveSopPtr> ReadActiveSop(pg::Transaction& transaction,
                                           municipality::SnapshotCache& municipalities,
                                           absl::string_view tenant_id, const ActiveSopPtr& held) {
  WISSEL_ASSIGN_OR_RETURN(const SopState state, ReadSopState(transaction));
  if (held != nullptr && Holds(*held, state)) return held;
  auto active = std::make_shared<ActiveSop>();
  if (held != nullptr && held->municipality->version == state.directory_version) {
    active->municipality = held->municipality;
    active->hours = held->hours;
  } else {
    WISSEL_ASSIGN_OR_RETURN(active->municipality, municipalities.GetFresh(transaction, tenant_id));
    active->hours = HoursOf(*active->municipality);
  }
  if (state.version != 0) {
    WISSEL_ASSIGN_OR_RETURN(active->sop,
                            Compiled(transaction, state.version, held, *active->municipality));
  }
  if (state.next_version != 0) {
    const absl::StatusOr<CompiledSopPtr> next =
        Compiled(transaction, state.next_version, held, *active->municipality);
    if (next.ok()) {
      active->next = *next;
      active->next_from = absl::Now() + state.until_next;
    } else if (!absl::IsInternal(next.status())) {
      return next.status();
    }
  }
  return ActiveSopPtr(std::move(active));
}

absl::StatusOr<ActiveSopPtr> ReadActiveSop(pg::Pool& pool,
                                           municipality::SnapshotCache& municipalities,
                                           absl::string_view tenant_id, const ActiveSopPtr& held) {
  ActiveSopPtr active;
  WISSEL_RETURN_IF_ERROR(
      pool.InTenant(tenant_id, absl::Now() + kTimeout, pg::Access::kRead,
                    [&](pg::Transaction& transaction) -> absl::Status {
                      WISSEL_ASSIGN_OR_RETURN(
                          active, ReadActiveSop(transaction, municipalities, tenant_id, held));
                      return absl::OkStatus();
                    }));
  return active;
}

}  // namespace wissel::router
