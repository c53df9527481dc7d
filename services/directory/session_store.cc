#include "services/directory/session_store.h"

#include <cstdint>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "libs/base/proto_time.h"
#include "libs/base/status.h"

namespace wissel::directory {
namespace {

// Ids of teams hold no line ends. 6 is ROLE_INTEGRATION.
constexpr pg::Statement kFind = {"directory_find_session", R"(
  select m.tenant_id, m.name, m.time_zone, who.*
    from directory.municipality m
    join (select s.tenant_id as at, a.account_id, a.display_name, s.expires_at,
                 (select string_agg(r.role::text, E'\n' order by r.role)
                    from directory.account_role r
                   where r.tenant_id = a.tenant_id and r.account_id = a.account_id) as roles,
                 (select string_agg(t.team_id, E'\n' order by t.team_id)
                    from directory.account_team t
                   where t.tenant_id = a.tenant_id and t.account_id = a.account_id) as team_ids
            from directory.session s
            join directory.account a
              on a.tenant_id = s.tenant_id and a.account_id = s.account_id
           where s.tenant_id = wissel.tenant() and s.token_hash = $1 and s.expires_at > now()
          union all
          select t.tenant_id, t.account_id, t.label, null, '6', null
            from directory.access_token t
           where t.tenant_id = wissel.tenant() and t.token_hash = $1) who
      on who.at = m.tenant_id)"};

// By the key, so that two of these come across the same rows in the same order.
constexpr pg::Statement kSweep = {"directory_sweep_sessions", R"(
  delete from directory.session
   where tenant_id = wissel.tenant()
     and token_hash = any (array(select token_hash from directory.session
                                  where tenant_id = wissel.tenant() and expires_at <= now()
                                  order by expires_at limit 100)))"};

constexpr pg::Statement kInsert = {"directory_insert_session", R"(
  insert into directory.session (tenant_id, token_hash, account_id, expires_at)
  select tenant_id, $1, account_id, now() + make_interval(secs => $4)
    from directory.account
   where tenant_id = wissel.tenant() and account_id = $2 and password_hash = $3
     for share)"};

constexpr pg::Statement kDelete = {"directory_delete_session", R"(
  delete from directory.session where tenant_id = wissel.tenant() and token_hash = $1)"};

constexpr pg::Statement kInsertAccessToken = {"directory_insert_access_token", R"(
  insert into directory.access_token (tenant_id, token_hash, label, created_by)
  values (wissel.tenant(), $1, $2, $3))"};

std::vector<std::string> Lines(const std::string& text) {
  if (text.empty()) return {};
  return absl::StrSplit(text, '\n');
}

}  // namespace

std::vector<pg::Statement> SessionStatements() {
  return {kFind, kSweep, kInsert, kDelete, kInsertAccessToken};
}

absl::Status InvalidToken() {
  return Error(absl::StatusCode::kUnauthenticated, "invalid_token",
               "the token is unknown or has ended; sign in again", "token");
}

absl::StatusOr<v1::Session> FindSession(pg::Transaction& transaction,
                                        const std::string& token_hash) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kFind, {pg::Bytes{token_hash}}));
  if (rows.empty()) return InvalidToken();
  const pg::Result::Row row = rows[0];
  v1::Session session;
  session.mutable_municipality()->set_tenant_id(row.TextOrEmpty("tenant_id"));
  session.mutable_municipality()->set_name(row.TextOrEmpty("name"));
  session.mutable_municipality()->set_time_zone(row.TextOrEmpty("time_zone"));
  session.set_account_id(row.TextOrEmpty("account_id"));
  session.set_display_name(row.TextOrEmpty("display_name"));
  for (const std::string& line : Lines(row.TextOrEmpty("roles"))) {
    int32_t role = 0;
    if (absl::SimpleAtoi(line, &role)) session.add_roles(static_cast<options::v1::Role>(role));
  }
  for (const std::string& id : Lines(row.TextOrEmpty("team_ids"))) session.add_team_ids(id);
  if (const auto expires_at = row.OptionalTime("expires_at")) {
    *session.mutable_expires_at() = ToProto(*expires_at);
  }
  return session;
}

absl::StatusOr<bool> InsertSession(pg::Transaction& transaction, const std::string& token_hash,
                                   const std::string& account_id, const std::string& password_hash,
                                   absl::Duration length) {
  WISSEL_RETURN_IF_ERROR(transaction.Run(kSweep).status());
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows,
                          transaction.Run(kInsert, {pg::Bytes{token_hash}, account_id,
                                                    password_hash, absl::ToDoubleSeconds(length)}));
  return rows.affected() == 1;
}

absl::Status DeleteSession(pg::Transaction& transaction, const std::string& token_hash) {
  return transaction.Run(kDelete, {pg::Bytes{token_hash}}).status();
}

absl::Status InsertAccessToken(pg::Transaction& transaction, const std::string& token_hash,
                               const std::string& label, const std::string& created_by) {
  return transaction.Run(kInsertAccessToken, {pg::Bytes{token_hash}, label, created_by}).status();
}

}  // namespace wissel::directory
