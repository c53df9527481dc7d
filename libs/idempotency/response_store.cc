#include "libs/idempotency/response_store.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "libs/base/status.h"
#include "libs/idempotency/request_hash.h"

namespace wissel::idempotency {
namespace {

constexpr absl::string_view kTake = R"(
  insert into SCHEMA.idempotency_key (tenant_id, key, request_hash, response, created_at)
  select wissel.tenant(), $1::text, $2::bytea, '', now() where not exists (ALSO_TAKEN)
  on conflict do nothing)";

// A statement of its own: only a new snapshot sees the row that was in the way.
constexpr absl::string_view kFind = R"(
  select request_hash, response from SCHEMA.idempotency_key
   where tenant_id = (select wissel.tenant()) and key = $1::text
   union all
  select request_hash, '' from (ALSO_TAKEN) elsewhere)";

constexpr absl::string_view kStore = R"(
  update SCHEMA.idempotency_key set response = $2::bytea
   where tenant_id = (select wissel.tenant()) and key = $1::text)";

constexpr absl::string_view kDeleteOld = R"(
  delete from SCHEMA.idempotency_key
   where tenant_id = (select wissel.tenant()) and key in (
         select key from SCHEMA.idempotency_key
          where tenant_id = (select wissel.tenant())
            and created_at < now() - make_interval(secs => $1::bigint)
          order by created_at limit $2::int))";

constexpr absl::string_view kNowhere = "select ''::bytea as request_hash where $1::text is null";

}  // namespace

ResponseStore::ResponseStore(absl::string_view schema, absl::string_view also_taken)
    : take_(Of(schema, "take_key", kTake, also_taken)),
      find_(Of(schema, "find_response", kFind, also_taken)),
      store_(Of(schema, "store_response", kStore, also_taken)),
      delete_old_(Of(schema, "delete_old_keys", kDeleteOld, also_taken)) {}

ResponseStore::OwnedStatement ResponseStore::Of(absl::string_view schema, absl::string_view name,
                                                absl::string_view sql,
                                                absl::string_view also_taken) {
  if (also_taken.empty()) also_taken = kNowhere;
  return {absl::StrCat(schema, "_", name),
          absl::StrReplaceAll(sql, {{"SCHEMA", schema}, {"ALSO_TAKEN", also_taken}})};
}

std::vector<pg::Statement> ResponseStore::Statements() const {
  return {take_.statement(), find_.statement(), store_.statement(), delete_old_.statement()};
}

absl::StatusOr<std::optional<std::string>> ResponseStore::Find(
    pg::Transaction& transaction, absl::string_view key, absl::string_view request_hash) const {
  WISSEL_ASSIGN_OR_RETURN(
      const pg::Result taken,
      transaction.Run(take_.statement(), {key, pg::Bytes{std::string(request_hash)}}));
  if (taken.affected() == 1) return std::nullopt;
  WISSEL_ASSIGN_OR_RETURN(const pg::Result known, transaction.Run(find_.statement(), {key}));
  if (known.empty()) {
    return Error(absl::StatusCode::kAborted, "serialization",
                 "the key was cleared at this moment; try again");
  }
  const std::string first_hash = known[0].Bytes("request_hash");
  // Of a key of a release that counted its hash otherwise nothing is known (migration 0071).
  if (!first_hash.empty() && first_hash != request_hash) return KeyReused();
  return known[0].Bytes("response");
}

absl::Status ResponseStore::Store(pg::Transaction& transaction, absl::string_view key,
                                  absl::string_view response) const {
  return transaction.Run(store_.statement(), {key, pg::Bytes{std::string(response)}}).status();
}

absl::StatusOr<int64_t> ResponseStore::DeleteOld(pg::Transaction& transaction, int limit) const {
  WISSEL_ASSIGN_OR_RETURN(
      const pg::Result gone,
      transaction.Run(delete_old_.statement(), {absl::ToInt64Seconds(kKeyLifetime), limit}));
  return gone.affected();
}

}  // namespace wissel::idempotency
