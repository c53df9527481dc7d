#include "services/router/active/sop_loader.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/sop/sop_reader.h"
#include "libs/telemetry/log.h"
#include "libs/verify/verify.h"
#include "services/router/active/municipality_snapshot_store.h"
#include "services/router/active/sop_store.h"

namespace wissel::router {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(5);

// A stored version, from what is held if it is there and the house is the same.
absl::StatusOr<SopPtr> Compiled(pg::Transaction& transaction, int64_t version,
                                const InForcePtr& held, const House& house) {
  if (held != nullptr && held->house->version == house.version) {
    for (const SopPtr& sop : {held->sop, held->next}) {
      if (sop != nullptr && sop->version() == version) return sop;
    }
  }
  WISSEL_ASSIGN_OR_RETURN(const std::optional<StoredSop> stored, ReadSop(transaction, version));
  if (!stored) return absl::InternalError("a version of the SOP is gone");
  absl::StatusOr<Sop> sop = ParseSop(stored->document);
  absl::StatusOr<SopPtr> compiled =
      sop.ok() ? CompiledSop::Compile(*std::move(sop), version, FactsFor(house)) : sop.status();
  if (compiled.ok()) return compiled;
  telemetry::LogError("sop_unreadable",
                      {{"version", absl::StrCat(version)}, {"error", compiled.status().message()}});
  return absl::InternalError("the SOP in force cannot be read");
}

bool Holds(const InForce& held, const SopState& state) {
  const auto version = [](const SopPtr& sop) { return sop == nullptr ? 0 : sop->version(); };
  // Where the two clocks disagree, the moment of the next version is set anew.
  return held.house->version == state.house_version && version(held.sop) == state.version &&
         version(held.next) == state.next_version && absl::Now() < held.next_from;
}

}  // namespace

absl::StatusOr<SopPtr> CompileSound(const std::string& document, int64_t version,
                                    const House& house, absl::Time now) {
  WISSEL_ASSIGN_OR_RETURN(Sop sop, ParseSop(document));
  for (const Finding& finding : Verify(sop, SurroundingsOf(house, now))) {
    if (finding.severity == Finding::Severity::kError) {
      return InvalidSop(finding.place, finding.message);
    }
  }
  return CompiledSop::Compile(std::move(sop), version, FactsFor(house));
}

absl::StatusOr<InForcePtr> LoadDocument(pg::Pool& pool, const rpc::Principal& who,
                                        const std::string& document, absl::Time deadline) {
  InForcePtr in_force;
  WISSEL_RETURN_IF_ERROR(pool.InTenant(
      who.tenant_id, deadline, pg::Access::kWrite,
      [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_RETURN_IF_ERROR(LockSop(transaction));
        WISSEL_ASSIGN_OR_RETURN(const std::optional<StoredSop> stored, ReadSop(transaction, 0));
        if (!stored || stored->document != document) {
          WISSEL_ASSIGN_OR_RETURN(const std::shared_ptr<const House> house, ReadHouse(transaction));
          WISSEL_ASSIGN_OR_RETURN(const StoredSop last, ReadLastSop(transaction));
          WISSEL_RETURN_IF_ERROR(
              CompileSound(document, last.version + 1, *house, absl::Now()).status());
          WISSEL_RETURN_IF_ERROR(InsertSop(transaction, {.version = last.version + 1,
                                                         .document = document,
                                                         .loaded_by = who.account_id,
                                                         .loaded_by_name = who.display_name})
                                     .status());
        }
        WISSEL_ASSIGN_OR_RETURN(in_force, ReadInForce(transaction, nullptr));
        return absl::OkStatus();
      }));
  return in_force;
}

absl::StatusOr<InForcePtr> ReadInForce(pg::Transaction& transaction, const InForcePtr& held) {
  WISSEL_ASSIGN_OR_RETURN(const SopState state, ReadSopState(transaction));
  if (held != nullptr && Holds(*held, state)) return held;
  auto in_force = std::make_shared<InForce>();
  if (held != nullptr && held->house->version == state.house_version) {
    in_force->house = held->house;
  } else {
    WISSEL_ASSIGN_OR_RETURN(in_force->house, ReadHouse(transaction));
  }
  if (state.version != 0) {
    WISSEL_ASSIGN_OR_RETURN(in_force->sop,
                            Compiled(transaction, state.version, held, *in_force->house));
  }
  if (state.next_version != 0) {
    const absl::StatusOr<SopPtr> next =
        Compiled(transaction, state.next_version, held, *in_force->house);
    if (next.ok()) {
      in_force->next = *next;
      in_force->next_from = absl::Now() + state.until_next;
    } else if (!absl::IsInternal(next.status())) {
      return next.status();
    }
  }
  return InForcePtr(std::move(in_force));
}

absl::StatusOr<InForcePtr> ReadInForce(pg::Pool& pool, absl::string_view tenant_id,
                                       const InForcePtr& held) {
  InForcePtr in_force;
  WISSEL_RETURN_IF_ERROR(pool.InTenant(tenant_id, absl::Now() + kPatience, pg::Access::kRead,
                                       [&](pg::Transaction& transaction) -> absl::Status {
                                         WISSEL_ASSIGN_OR_RETURN(in_force,
                                                                 ReadInForce(transaction, held));
                                         return absl::OkStatus();
                                       }));
  return in_force;
}

}  // namespace wissel::router
