#include "services/router/loading.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "libs/base/status.h"
#include "libs/telemetry/log.h"
#include "services/router/sop_store.h"
#include "services/router/sop_yaml.h"

namespace wissel::router {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(5);

absl::StatusOr<SopPtr> CompileStored(absl::string_view tenant_id, const StoredSop& stored) {
  absl::StatusOr<Sop> sop = ParseSop(stored.document);
  absl::StatusOr<SopPtr> compiled =
      sop.ok() ? CompiledSop::Compile(*std::move(sop), stored.version) : sop.status();
  if (compiled.ok()) return compiled;
  telemetry::LogError("sop_unreadable", {{"tenant", tenant_id},
                                         {"version", absl::StrCat(stored.version)},
                                         {"error", compiled.status().message()}});
  return absl::InternalError("the SOP in force cannot be read");
}

}  // namespace

absl::Status NoSop() {
  return Error(absl::StatusCode::kNotFound, "no_sop", "this municipality has no SOP yet");
}

absl::StatusOr<SopPtr> PutInForce(pg::Pool& pool, absl::string_view tenant_id,
                                  const std::string& document, absl::string_view loaded_by,
                                  absl::Time deadline) {
  SopPtr in_force;
  WISSEL_RETURN_IF_ERROR(pool.InTenant(
      tenant_id, deadline, pg::Access::kWrite, [&](pg::Transaction& transaction) -> absl::Status {
        WISSEL_RETURN_IF_ERROR(LockSop(transaction));
        WISSEL_ASSIGN_OR_RETURN(Sop sop, ParseSop(document));
        WISSEL_ASSIGN_OR_RETURN(const std::optional<StoredSop> stored, ReadSop(transaction));
        const int64_t last = stored ? stored->version : 0;
        const bool is_new = !stored || stored->document != document;
        WISSEL_ASSIGN_OR_RETURN(in_force,
                                CompiledSop::Compile(std::move(sop), is_new ? last + 1 : last));
        if (!is_new) return absl::OkStatus();
        return InsertSop(transaction, last + 1, document, loaded_by);
      }));
  return in_force;
}

absl::StatusOr<SopPtr> ReadInForce(pg::Pool& pool, absl::string_view tenant_id,
                                   const SopPtr& held) {
  std::optional<StoredSop> stored;
  bool unchanged = false;
  WISSEL_RETURN_IF_ERROR(pool.InTenant(tenant_id, absl::Now() + kPatience, pg::Access::kRead,
                                       [&](pg::Transaction& transaction) -> absl::Status {
                                         WISSEL_ASSIGN_OR_RETURN(const int64_t version,
                                                                 ReadSopVersion(transaction));
                                         unchanged = held != nullptr && held->version() == version;
                                         if (unchanged || version == 0) return absl::OkStatus();
                                         WISSEL_ASSIGN_OR_RETURN(stored, ReadSop(transaction));
                                         return absl::OkStatus();
                                       }));
  if (unchanged) return held;
  if (!stored) return NoSop();
  return CompileStored(tenant_id, *stored);
}

}  // namespace wissel::router
