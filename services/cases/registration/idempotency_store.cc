#include "services/cases/registration/idempotency_store.h"

#include "libs/base/status.h"
#include "services/cases/registration/idempotency.h"

namespace wissel::cases {
namespace {

constexpr pg::Statement kTakeKey = {"cases_take_key", R"(
  insert into cases.idempotency_key (tenant_id, key, request_hash, response, created_at)
  select wissel.tenant(), $1::text, $2::bytea, '', now()
   where not exists (select from cases.contact
                      where tenant_id = (select wissel.tenant()) and idempotency_key = $1::text
                        and received_at > now() - make_interval(secs => $3::bigint))
  on conflict do nothing)"};

// A statement of its own: only a new snapshot sees the row that was in the way. A key that
// registered a contact came with another request, whatever that was.
constexpr pg::Statement kFindResponse = {"cases_find_response", R"(
  select request_hash, response from cases.idempotency_key
   where tenant_id = (select wissel.tenant()) and key = $1::text
   union all
  select '', '' from cases.contact
   where tenant_id = (select wissel.tenant()) and idempotency_key = $1::text)"};

constexpr pg::Statement kStoreResponse = {"cases_store_response", R"(
  update cases.idempotency_key set response = $2::bytea
   where tenant_id = (select wissel.tenant()) and key = $1::text)"};

constexpr pg::Statement kDeleteOldKeys = {"cases_delete_old_keys", R"(
  delete from cases.idempotency_key
   where tenant_id = (select wissel.tenant()) and key in (
         select key from cases.idempotency_key
          where tenant_id = (select wissel.tenant())
            and created_at < now() - make_interval(secs => $1::bigint)
          order by created_at limit $2::int))"};

}  // namespace

std::vector<pg::Statement> IdempotencyStatements() {
  return {kTakeKey, kFindResponse, kStoreResponse, kDeleteOldKeys};
}

absl::StatusOr<std::optional<std::string>> FindStoredResponse(pg::Transaction& transaction,
                                                              absl::string_view key,
                                                              absl::string_view request_hash) {
  WISSEL_ASSIGN_OR_RETURN(pg::Result taken,
                          transaction.Run(kTakeKey, {key, pg::Bytes{std::string(request_hash)},
                                                     absl::ToInt64Seconds(kKeyLifetime)}));
  if (taken.affected() == 1) return std::nullopt;
  WISSEL_ASSIGN_OR_RETURN(pg::Result known, transaction.Run(kFindResponse, {key}));
  if (known.empty()) {
    return Error(absl::StatusCode::kAborted, "serialization",
                 "the key was cleared at this moment; try again");
  }
  if (known[0].Bytes("request_hash") != request_hash) return KeyReused();
  return known[0].Bytes("response");
}

absl::Status StoreResponse(pg::Transaction& transaction, absl::string_view key,
                           absl::string_view response) {
  return transaction.Run(kStoreResponse, {key, pg::Bytes{std::string(response)}}).status();
}

absl::StatusOr<int64_t> DeleteOldKeys(pg::Transaction& transaction, int limit) {
  WISSEL_ASSIGN_OR_RETURN(
      pg::Result gone,
      transaction.Run(kDeleteOldKeys, {absl::ToInt64Seconds(kKeyLifetime), limit}));
  return gone.affected();
}

}  // namespace wissel::cases
