#include "services/cases/actions/case_store.h"

#include "libs/base/status.h"
#include "services/cases/queue/queue_store.h"

namespace wissel::cases {
namespace {

constexpr pg::Statement kLock = {"cases_lock", R"(
  select c.state, c.outcome, c.team_id, c.claimed_by, c.claimed_by_name, c.attempts, c.answer,
         c.routing_pending, c.version,
         exists (select from cases.contact f
                  where f.tenant_id = c.tenant_id and f.case_id = c.case_id and f.email <> '')
           as has_reply_address
    from cases.case_file c
   where c.tenant_id = (select wissel.tenant()) and c.case_id = $1::bigint
     for no key update of c)"};

constexpr pg::Statement kTeamsForAction = {"cases_teams_for_action", R"(
  select team_id, is_kcc
    from directory.team_view
   where tenant_id = (select wissel.tenant()) and (is_kcc or team_id = $1::text))"};

// Guarded by the version: without it no event and no notification.
constexpr pg::Statement kChange = {"cases_change", R"(
  with moment as materialized (select clock_timestamp() as at),
  changed as (
    update cases.case_file c
       set state = $3::smallint, outcome = $4::smallint, team_id = $5::text,
           claimed_by = $6::text, claimed_by_name = $7::text, attempts = $8::smallint,
           answer = $9::text, routing_pending = $10::boolean,
           closed_at = case when $3::smallint = 3 then moment.at end, version = c.version + 1
      from moment
     where c.tenant_id = (select wissel.tenant()) and c.case_id = $1::bigint
       and c.version = $2::bigint
    returning c.tenant_id, c.case_id, moment.at
  ),
  trail as (
    insert into cases.case_event (tenant_id, case_id, sequence, at, kind, actor_id, actor_name,
                                  team_id, outcome, text, suggested_team_id, previous_holder,
                                  previous_holder_name)
    select changed.tenant_id, changed.case_id, last.sequence + event.number, changed.at,
           event.kind, $11::text, $12::text, event.team_id, event.outcome, event.text,
           event.suggested_team_id, event.previous_holder, event.previous_holder_name
      from changed
     cross join lateral (select coalesce(max(e.sequence), 0) as sequence from cases.case_event e
                          where e.tenant_id = changed.tenant_id
                            and e.case_id = changed.case_id) last
     cross join unnest($13::smallint[], $14::text[], $15::smallint[], $16::text[], $17::text[],
                       $18::text[], $19::text[])
                with ordinality
                as event (kind, team_id, outcome, text, suggested_team_id, previous_holder,
                          previous_holder_name, number)
  )
  select pg_notify('wissel_cases', '') from changed)"};

}  // namespace

std::vector<pg::Statement> CaseStatements() { return {kLock, kTeamsForAction, kChange}; }

absl::StatusOr<StoredCase> LockCase(pg::Transaction& transaction, int64_t reference) {
  WISSEL_ASSIGN_OR_RETURN(pg::Result rows, transaction.Run(kLock, {reference}));
  if (rows.empty()) return NoSuchCase();
  const pg::Result::Row row = rows[0];
  return StoredCase{
      .reference = reference,
      .version = row.Int64("version"),
      .facts = {.state = static_cast<v1::CaseState>(row.Int32("state")),
                .outcome = static_cast<v1::CaseOutcome>(row.Int32("outcome")),
                .team_id = row.TextOrEmpty("team_id"),
                .claimed_by = row.TextOrEmpty("claimed_by"),
                .claimed_by_name = row.TextOrEmpty("claimed_by_name"),
                .attempts = row.Int32("attempts"),
                .answer = row.TextOrEmpty("answer"),
                .routing_pending = row.Bool("routing_pending")},
      .has_reply_address = row.Bool("has_reply_address"),
  };
}

absl::StatusOr<TeamsForAction> ReadTeamsForAction(pg::Transaction& transaction,
                                                  absl::string_view named_team_id) {
  WISSEL_ASSIGN_OR_RETURN(pg::Result rows, transaction.Run(kTeamsForAction, {named_team_id}));
  TeamsForAction teams;
  for (pg::Result::Row row : rows) {
    if (row.Text("team_id") == named_team_id) teams.named_exists = true;
    if (row.Bool("is_kcc")) teams.kcc_team_id = row.TextOrEmpty("team_id");
  }
  if (teams.kcc_team_id.empty()) {
    return Error(absl::StatusCode::kFailedPrecondition, "no_kcc_team",
                 "this municipality has no team for the KCC");
  }
  return teams;
}

absl::Status WriteChange(pg::Transaction& transaction, const StoredCase& before,
                         const Change& change, const rpc::Principal& who) {
  std::vector<int32_t> kinds, outcomes;
  std::vector<std::string> teams, texts, suggested, previous, previous_names;
  for (const EventDraft& event : change.events) {
    kinds.push_back(event.kind);
    outcomes.push_back(event.outcome);
    teams.push_back(event.team_id);
    texts.push_back(event.text);
    suggested.push_back(event.suggested_team_id);
    previous.push_back(event.previous_holder);
    previous_names.push_back(event.previous_holder_name);
  }
  const CaseFacts& after = change.after;
  WISSEL_ASSIGN_OR_RETURN(
      pg::Result changed,
      transaction.Run(kChange,
                      {before.reference, before.version, static_cast<int32_t>(after.state),
                       static_cast<int32_t>(after.outcome), after.team_id, after.claimed_by,
                       after.claimed_by_name, after.attempts, after.answer, after.routing_pending,
                       who.account_id, who.display_name, kinds, teams, outcomes, texts, suggested,
                       previous, previous_names}));
  if (!changed.empty()) return absl::OkStatus();
  return Error(absl::StatusCode::kAborted, "serialization",
               "the case has changed meanwhile; try again");
}

}  // namespace wissel::cases
