#include "services/directory/team_store.h"

#include <cstdint>
#include <map>

#include "absl/strings/str_format.h"
#include "libs/base/status.h"

namespace wissel::directory {
namespace {

constexpr pg::Statement kListTeams = {"directory_list_teams", R"(
  select team_id, name, mailbox, transfer_number, is_kcc
    from directory.team
   where tenant_id = wissel.tenant()
   order by name collate "nl-x-icu", team_id)"};

constexpr pg::Statement kListNorms = {"directory_list_norms", R"(
  select distinct on (n.team_id, n.channel)
         n.team_id, n.channel, n.working_days, n.target_share, n.statutory, n.first_attempt_counts
    from directory.norm n
    join directory.municipality m on m.tenant_id = n.tenant_id
   where n.tenant_id = wissel.tenant()
     and n.valid_from <= (coalesce($1::timestamptz, now()) at time zone m.time_zone)::date
   order by n.team_id, n.channel, n.valid_from desc)"};

constexpr pg::Statement kInsertTeams = {"directory_insert_teams", R"(
  insert into directory.team (tenant_id, team_id, name, mailbox, transfer_number, is_kcc)
  select wissel.tenant(), t.*
    from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::boolean[]) t)"};

constexpr pg::Statement kUpdateTeams = {"directory_update_teams", R"(
  update directory.team t
     set mailbox = coalesce(nullif(a.mailbox, ''), t.mailbox),
         transfer_number = coalesce(nullif(a.transfer_number, ''), t.transfer_number)
    from unnest($1::text[], $2::text[], $3::text[]) as a (team_id, mailbox, transfer_number)
   where t.tenant_id = wissel.tenant() and t.team_id = a.team_id
     and (t.mailbox, t.transfer_number)
         <> (coalesce(nullif(a.mailbox, ''), t.mailbox),
             coalesce(nullif(a.transfer_number, ''), t.transfer_number)))"};

constexpr pg::Statement kSetKccMailbox = {"directory_set_kcc_mailbox", R"(
  update directory.team set mailbox = $1::text
   where tenant_id = wissel.tenant() and is_kcc and mailbox <> $1::text)"};

// Norms of imported history hold since ever. Two versions of an SOP may begin on one day.
constexpr pg::Statement kInsertNorms = {"directory_insert_norms", R"(
  insert into directory.norm (tenant_id, valid_from, team_id, channel, working_days, target_share,
                              statutory, first_attempt_counts)
  select m.tenant_id, coalesce(($7::timestamptz at time zone m.time_zone)::date, '1900-01-01'), n.*
    from directory.municipality m
   cross join unnest($1::text[], $2::smallint[], $3::smallint[], $4::double precision[],
                     $5::boolean[], $6::boolean[]) n
   where m.tenant_id = wissel.tenant()
  on conflict (tenant_id, team_id, channel, valid_from) do update
     set working_days = excluded.working_days, target_share = excluded.target_share,
         statutory = excluded.statutory, first_attempt_counts = excluded.first_attempt_counts)"};

constexpr pg::Statement kUnknownTeams = {"directory_unknown_teams", R"(
  select asked.team_id from unnest($1::text[]) with ordinality asked (team_id, place)
   where not exists (select from directory.team t
                      where t.tenant_id = wissel.tenant() and t.team_id = asked.team_id)
   order by asked.place)"};

// From the local day of `from` on; absent: since ever.
absl::Status InsertNorms(pg::Transaction& transaction, const std::vector<Team>& teams,
                         std::optional<absl::Time> from) {
  std::vector<std::string> team_ids, shares;
  std::vector<int32_t> channels, working_days;
  std::vector<bool> statutory, first_attempt_counts;
  for (const Team& team : teams) {
    for (const Norm& norm : team.norms) {
      team_ids.push_back(team.team_id);
      channels.push_back(norm.channel);
      working_days.push_back(norm.working_days);
      shares.push_back(absl::StrFormat("%.17g", norm.target_share));
      statutory.push_back(norm.statutory);
      first_attempt_counts.push_back(norm.first_attempt_counts);
    }
  }
  if (team_ids.empty()) return absl::OkStatus();
  return transaction
      .Run(kInsertNorms,
           {team_ids, channels, working_days, shares, statutory, first_attempt_counts, from})
      .status();
}

}  // namespace

std::vector<pg::Statement> TeamStatements() {
  return {kListTeams,     kListNorms,   kInsertTeams, kUpdateTeams,
          kSetKccMailbox, kInsertNorms, kUnknownTeams};
}

absl::StatusOr<std::vector<Team>> ListAllTeams(pg::Transaction& transaction,
                                               std::optional<absl::Time> moment) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result norm_rows, transaction.Run(kListNorms, {moment}));
  std::map<std::string, std::vector<Norm>> norms;
  for (const pg::Result::Row row : norm_rows) {
    norms[row.TextOrEmpty("team_id")].push_back(
        {.channel = static_cast<common::v1::Channel>(row.Int32("channel")),
         .working_days = row.Int32("working_days"),
         .target_share = row.Double("target_share"),
         .statutory = row.Bool("statutory"),
         .first_attempt_counts = row.Bool("first_attempt_counts")});
  }
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kListTeams));
  std::vector<Team> teams;
  for (const pg::Result::Row row : rows) {
    Team team = {.team_id = row.TextOrEmpty("team_id"),
                 .name = row.TextOrEmpty("name"),
                 .mailbox = row.TextOrEmpty("mailbox"),
                 .transfer_number = row.TextOrEmpty("transfer_number"),
                 .is_kcc = row.Bool("is_kcc")};
    team.norms = std::move(norms[team.team_id]);
    teams.push_back(std::move(team));
  }
  return teams;
}

absl::Status InsertTeams(pg::Transaction& transaction, const std::vector<Team>& teams) {
  if (teams.empty()) return absl::OkStatus();
  std::vector<std::string> ids, names, mailboxes, numbers;
  std::vector<bool> is_kcc;
  for (const Team& team : teams) {
    ids.push_back(team.team_id);
    names.push_back(team.name);
    mailboxes.push_back(team.mailbox);
    numbers.push_back(team.transfer_number);
    is_kcc.push_back(team.is_kcc);
  }
  WISSEL_RETURN_IF_ERROR(
      transaction.Run(kInsertTeams, {ids, names, mailboxes, numbers, is_kcc}).status());
  return InsertNorms(transaction, teams, std::nullopt);
}

absl::Status UpdateTeams(pg::Transaction& transaction, const std::vector<Team>& agreed,
                         absl::Time moment) {
  std::vector<std::string> ids, mailboxes, numbers;
  for (const Team& team : agreed) {
    ids.push_back(team.team_id);
    mailboxes.push_back(team.mailbox);
    numbers.push_back(team.transfer_number);
  }
  WISSEL_RETURN_IF_ERROR(transaction.Run(kUpdateTeams, {ids, mailboxes, numbers}).status());
  return InsertNorms(transaction, agreed, moment);
}

absl::Status SetKccMailbox(pg::Transaction& transaction, const std::string& mailbox) {
  return transaction.Run(kSetKccMailbox, {mailbox}).status();
}

absl::StatusOr<std::vector<std::string>> UnknownTeams(pg::Transaction& transaction,
                                                      const std::vector<std::string>& team_ids) {
  WISSEL_ASSIGN_OR_RETURN(const pg::Result rows, transaction.Run(kUnknownTeams, {team_ids}));
  std::vector<std::string> unknown;
  for (const pg::Result::Row row : rows) unknown.push_back(row.TextOrEmpty("team_id"));
  return unknown;
}

}  // namespace wissel::directory
