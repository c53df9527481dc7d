#include "services/cases/registration/idempotency_store.h"

#include "libs/base/status.h"
#include "services/cases/registration/idempotency.h"

namespace wissel::cases {
namespace {

constexpr pg::Statement kTakeKey = {"cases_take_key", R"(
  insert into cases.idempotency_key (tenant_id, key, request_hash, response, created_at)
  values (wissel.tenant(), $1::text, $2::bytea, '', now())
  on conflict do nothing)"};

// A statement of its own: only a new snapshot sees the row that was in the way.
constexpr pg::Statement kRecall = {"cases_recall", R"(
  select request_hash, response from cases.idempotency_key
   where tenant_id = (select wissel.tenant()) and key = $1::text)"};

constexpr pg::Statement kRemember = {"cases_remember", R"(
  update cases.idempotency_key set response = $2::bytea
   where tenant_id = (select wissel.tenant()) and key = $1::text)"};

constexpr pg::Statement kForget = {"cases_forget_keys", R"(
  delete from cases.idempotency_key
   where tenant_id = (select wissel.tenant()) and key in (
         select key from cases.idempotency_key
          where tenant_id = (select wissel.tenant())
            and created_at < now() - make_interval(secs => $1::bigint)
          order by created_at limit $2::int))"};

}  // namespace

std::vector<pg::Statement> IdempotencyStatements() {
  return {kTakeKey, kRecall, kRemember, kForget};
}

absl::StatusOr<std::optional<std::string>> Recall(pg::Transaction& transaction,
                                                  absl::string_view key,
                                                  absl::string_view request_hash) {
  WISSEL_ASSIGN_OR_RETURN(pg::Result taken,
                          transaction.Run(kTakeKey, {key, pg::Bytes{std::string(request_hash)}}));
  if (taken.affected() == 1) return std::nullopt;
  WISSEL_ASSIGN_OR_RETURN(pg::Result known, transaction.Run(kRecall, {key}));
  if (known.empty()) {
    return Error(absl::StatusCode::kAborted, "serialization",
                 "the key was cleared at this moment; try again");
  }
  if (known[0].Bytes("request_hash") != request_hash) return KeyReused();
  return known[0].Bytes("response");
}

absl::Status Remember(pg::Transaction& transaction, absl::string_view key,
                      absl::string_view response) {
  return transaction.Run(kRemember, {key, pg::Bytes{std::string(response)}}).status();
}

absl::StatusOr<int64_t> ForgetOldKeys(pg::Transaction& transaction, int limit) {
  WISSEL_ASSIGN_OR_RETURN(pg::Result gone,
                          transaction.Run(kForget, {absl::ToInt64Seconds(kKeyLifetime), limit}));
  return gone.affected();
}

}  // namespace wissel::cases
