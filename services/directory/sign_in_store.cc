#include "services/directory/sign_in_store.h"

#include "libs/base/status.h"
#include "libs/identity/token.h"

namespace wissel::directory {
namespace {

constexpr pg::Statement kCheckMunicipality = {"directory_check_municipality", R"(
  select from directory.municipality where tenant_id = wissel.tenant())"};

constexpr pg::Statement kSpent = {"directory_tries_spent", R"(
  select from directory.sign_in_attempt
   where tenant_id = wissel.tenant() and login_hash = $1
     and 10 <= (select count(*) from unnest(wrong_at) at where at > now() - interval '15 minutes'))"};

constexpr pg::Statement kSweep = {"directory_sweep_tries", R"(
  delete from directory.sign_in_attempt a
   using (select login_hash from directory.sign_in_attempt
           where tenant_id = wissel.tenant() and last_at < now() - interval '15 minutes'
           limit 100 for update skip locked) old
   where a.tenant_id = wissel.tenant() and a.login_hash = old.login_hash)"};

constexpr pg::Statement kRecord = {"directory_record_try", R"(
  insert into directory.sign_in_attempt as a (tenant_id, login_hash, wrong_at, last_at)
  values (wissel.tenant(), $1, array[now()], now())
  on conflict (tenant_id, login_hash) do update
     set wrong_at = array(select at from unnest(a.wrong_at) at
                           where at > now() - interval '15 minutes') || now(),
         last_at = now()
   where 10 > (select count(*) from unnest(a.wrong_at) at
                where at > now() - interval '15 minutes'))"};

constexpr pg::Statement kLock = {"directory_lock_tries", R"(
  select (select count(*) from unnest(wrong_at) at
           where at > now() - interval '15 minutes') as wrong
    from directory.sign_in_attempt
   where tenant_id = wissel.tenant() and login_hash = $1
     for update)"};

constexpr pg::Statement kClear = {"directory_clear_tries", R"(
  delete from directory.sign_in_attempt where tenant_id = wissel.tenant() and login_hash = $1)"};

constexpr int kWrongTriesMax = 10;

pg::Bytes Hash(const std::string& folded_login) { return {identity::HashOf(folded_login)}; }

}  // namespace

std::vector<pg::Statement> SignInStatements() {
  return {kCheckMunicipality, kSpent, kSweep, kRecord, kLock, kClear};
}

absl::Status CheckMunicipality(pg::Transaction& transaction) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kCheckMunicipality));
  if (!rows.empty()) return absl::OkStatus();
  return Error(absl::StatusCode::kNotFound, "unknown_municipality",
               "there is no municipality with this code", "tenant_id");
}

absl::StatusOr<bool> TriesAreSpent(pg::Transaction& transaction, const std::string& folded_login) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kSpent, {Hash(folded_login)}));
  return !rows.empty();
}

absl::StatusOr<bool> RecordWrongTry(pg::Transaction& transaction, const std::string& folded_login) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kRecord, {Hash(folded_login)}));
  // Last, since it waits for nobody: so no two of these can wait for each other.
  WISSEL_RETURN_IF_ERROR(transaction.Run(kSweep).status());
  return rows.affected() == 1;
}

absl::StatusOr<bool> ClearTries(pg::Transaction& transaction, const std::string& folded_login) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kLock, {Hash(folded_login)}));
  if (rows.empty()) return true;
  if (rows[0].Int64("wrong") >= kWrongTriesMax) return false;
  WISSEL_RETURN_IF_ERROR(transaction.Run(kClear, {Hash(folded_login)}).status());
  return true;
}

}  // namespace wissel::directory
