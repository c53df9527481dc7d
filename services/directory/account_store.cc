#include "services/directory/account_store.h"

#include <cstdint>

#include "libs/base/status.h"

namespace wissel::directory {
namespace {

constexpr pg::Statement kFindCredentials = {"directory_find_credentials", R"(
  select account_id, password_hash from directory.account
   where tenant_id = wissel.tenant() and login = $1)"};

constexpr pg::Statement kUpsert = {"directory_upsert_account", R"(
  insert into directory.account (tenant_id, login, display_name, password_hash)
  values (wissel.tenant(), $1, $2, $3)
  on conflict (tenant_id, login)
  do update set display_name = excluded.display_name, password_hash = excluded.password_hash
  returning account_id)"};

constexpr pg::Statement kRename = {"directory_rename_account", R"(
  update directory.account set display_name = $2
   where tenant_id = wissel.tenant() and login = $1
  returning account_id)"};

constexpr pg::Statement kDropRoles = {"directory_drop_roles", R"(
  delete from directory.account_role where tenant_id = wissel.tenant() and account_id = $1)"};

constexpr pg::Statement kAddRoles = {"directory_add_roles", R"(
  insert into directory.account_role (tenant_id, account_id, role)
  select wissel.tenant(), $1, unnest($2::smallint[]))"};

constexpr pg::Statement kDropTeams = {"directory_drop_account_teams", R"(
  delete from directory.account_team where tenant_id = wissel.tenant() and account_id = $1)"};

constexpr pg::Statement kAddTeams = {"directory_add_account_teams", R"(
  insert into directory.account_team (tenant_id, account_id, team_id)
  select wissel.tenant(), $1, unnest($2::text[]))"};

constexpr pg::Statement kEndSessions = {"directory_end_sessions", R"(
  delete from directory.session where tenant_id = wissel.tenant() and account_id = $1)"};

// The id of the account, which is locked from here on.
absl::StatusOr<std::string> PutRow(pg::Transaction& transaction, const Account& account,
                                   const std::optional<std::string>& password_hash) {
  if (password_hash) {
    WISSEL_ASSIGN_OR_RETURN(
        const pg::Result rows,
        transaction.Run(kUpsert, {account.login, account.display_name, *password_hash}));
    return rows[0].TextOrEmpty("account_id");
  }
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows,
                          transaction.Run(kRename, {account.login, account.display_name}));
  if (rows.empty()) return InvalidField("password", "required", "a new account needs a password");
  return rows[0].TextOrEmpty("account_id");
}

}  // namespace

std::vector<pg::Statement> AccountStatements() {
  return {kFindCredentials, kUpsert,    kRename,   kDropRoles,
          kAddRoles,        kDropTeams, kAddTeams, kEndSessions};
}

absl::StatusOr<std::optional<Credentials>> FindCredentials(pg::Transaction& transaction,
                                                           const std::string& folded_login) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kFindCredentials, {folded_login}));
  if (rows.empty()) return std::optional<Credentials>();
  return std::optional(Credentials{.account_id = rows[0].TextOrEmpty("account_id"),
                                   .password_hash = rows[0].TextOrEmpty("password_hash")});
}

absl::StatusOr<std::string> PutAccount(pg::Transaction& transaction, const Account& account,
                                       const std::optional<std::string>& password_hash) {
  WISSEL_ASSIGN_OR_RETURN(const std::string id, PutRow(transaction, account, password_hash));
  const std::vector<int32_t> roles(account.roles.begin(), account.roles.end());
  WISSEL_RETURN_IF_ERROR(transaction.Run(kDropRoles, {id}).status());
  WISSEL_RETURN_IF_ERROR(transaction.Run(kAddRoles, {id, roles}).status());
  WISSEL_RETURN_IF_ERROR(transaction.Run(kDropTeams, {id}).status());
  WISSEL_RETURN_IF_ERROR(transaction.Run(kAddTeams, {id, account.team_ids}).status());
  if (password_hash) WISSEL_RETURN_IF_ERROR(transaction.Run(kEndSessions, {id}).status());
  return id;
}

}  // namespace wissel::directory
