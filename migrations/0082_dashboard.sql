-- What the dashboard of a manager is read from: more of each case, and counts by month of what cases
-- are about, when they came in, how long they took and where they went.

set role wissel_owner;

-- Made again from the log by itself.
truncate insight.case_fact, insight.day_count, insight.progress;

alter table insight.case_fact
  add column topic_id text not null,
  -- Hour of the week at which it came in: 0 begins on Monday at midnight, 167 is the last of Sunday.
  add column arrival smallint not null,
  -- Settled by the contact itself.
  add column at_first_contact boolean not null,
  -- Working days from the day of receipt to that of the answer; null: not answered.
  add column answered_after integer,
  -- Channels of the contacts that were added, with a space between.
  add column asked_again text not null,
  -- Who held it one after the other, a line each: team, working days and last day, with a tab between.
  -- The last two are empty while the team holds it.
  add column stays text not null;
create index case_fact_topic on insight.case_fact (tenant_id, topic_id, day);

create function insight.stays_of(stays text)
  returns table (place bigint, team_id text, days text, until text)
  language sql immutable parallel safe
  as $$
  select l.place, split_part(l.line, E'\t', 1), split_part(l.line, E'\t', 2),
         split_part(l.line, E'\t', 3)
    from unnest(string_to_array(stays, E'\n')) with ordinality as l (line, place)
$$;
comment on function insight.stays_of(text) is 'The lines of case_fact.stays as rows.';

create function insight.moves_of(stays text) returns table (from_team_id text, to_team_id text)
  language sql immutable parallel safe
  as $$
  select h.team_id, n.team_id
    from insight.stays_of(stays) h join insight.stays_of(stays) n on n.place = h.place + 1
$$;
comment on function insight.moves_of(text) is 'Who passed the case on, and to whom.';

-- Counts by month of what can be said of a case (`mark`) and what is said (`value`). The month is
-- that of receipt, but for the days on which teams were done with cases.
create table insight.month_count (
  tenant_id text not null,
  month date not null,
  -- 1 topic; 2 hour of the week; 3 working days until the answer; 4 day on which the team was done
  -- with it; 5 working days that the team held it; 6 channel over which it was asked again;
  -- 7 team that the team passed it on to.
  mark smallint not null,
  value text collate "C" not null,
  -- Team that it counts for; for 4, 5 and 7 the team that held it.
  team_id text not null,
  -- 0, with no team: the sum over all teams and channels, which 1, 2 and 3 have as well.
  channel smallint not null,
  cases bigint not null,
  at_first_contact bigint not null,
  -- By the channel early, for the sums alone.
  primary key (tenant_id, mark, channel, month, value, team_id)
) with (fillfactor = 50);

alter table insight.month_count enable row level security;
alter table insight.month_count force row level security;
create policy tenant on insight.month_count using (tenant_id = (select wissel.tenant()))
  with check (tenant_id = (select wissel.tenant()));
grant select, insert, update, delete on insight.month_count to wissel_insight;
alter table insight.month_count set (autovacuum_analyze_scale_factor = 0.01,
                                     autovacuum_analyze_threshold = 1000);

-- What a case is about: no event says so, but every change of it is followed by one.
create view cases.figure_case with (security_invoker = true) as
  select tenant_id, case_id, topic_id from cases.case_file;
grant select on cases.figure_case to wissel_insight;
grant select (tenant_id, case_id, topic_id) on cases.case_file to wissel_insight;

create or replace function insight.analyze_rollups() returns void
  language plpgsql security definer set search_path = pg_catalog
  as $$
begin
  analyze insight.case_fact, insight.day_count, insight.month_count;
end
$$;

reset role;
