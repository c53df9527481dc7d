-- What norm figures are read from: a row for each case and counts by day, kept from the event log by
-- services/insight and written by nobody else. All of it can be made again from the log.

create schema insight authorization wissel_owner;
set role wissel_owner;
grant usage on schema insight to wissel_insight;

-- What a case counts as (libs/norms), by the events that it had.
create table insight.case_fact (
  tenant_id text not null,
  case_id bigint not null,
  -- How many events of the case this was made of.
  events integer not null,
  received_at timestamptz not null,
  -- Local date of receipt.
  day date not null,
  -- Team that it counts for.
  team_id text not null,
  channel smallint not null,
  -- 'infinity': no norm holds.
  due_at timestamptz not null,
  -- What stopped the clock; null while it runs.
  satisfied_at timestamptz,
  -- Number of wissel.insight.v1.Verdict where time changes nothing any more; 0: the clock runs, so
  -- that it is in time until due_at and too late from then on.
  verdict smallint not null,
  contacts integer not null,
  primary key (tenant_id, case_id)
);
create index case_fact_open on insight.case_fact (tenant_id, day) where verdict = 0;
create index case_fact_listed on insight.case_fact (tenant_id, verdict, received_at, case_id);

-- Cases whose verdict stands, by the local date of receipt.
create table insight.day_count (
  tenant_id text not null,
  day date not null,
  team_id text not null,
  channel smallint not null,
  met bigint not null,
  missed bigint not null,
  no_norm bigint not null,
  excluded bigint not null,
  contacts bigint not null,
  primary key (tenant_id, day, team_id, channel)
  -- Today's rows are counted up all day long.
) with (fillfactor = 50);

-- How far the log of a municipality has been read.
create table insight.progress (
  tenant_id text not null,
  -- Whatever transactions before this one wrote is counted; later ones may be.
  read_to xid8 not null,
  primary key (tenant_id)
);

do $$
declare
  name text;
begin
  foreach name in array array['case_fact', 'day_count', 'progress'] loop
    execute format('alter table insight.%I enable row level security', name);
    execute format('alter table insight.%I force row level security', name);
    execute format('create policy tenant on insight.%I using (tenant_id = (select wissel.tenant())) '
                   'with check (tenant_id = (select wissel.tenant()))', name);
    execute format('grant select, insert, update, delete on insight.%I to wissel_insight', name);
    execute format('alter table insight.%I set (autovacuum_analyze_scale_factor = 0.01, '
                   'autovacuum_analyze_threshold = 1000)', name);
  end loop;
end
$$;

-- A reader goes on from a snapshot watermark over `xid`.
create or replace view cases.figure_event with (security_invoker = true) as
  select tenant_id, case_id, sequence, at, kind, team_id, outcome, due_at, channel,
         first_attempt_counts, no_verdict, xid
    from cases.case_event;
grant select (xid) on cases.case_event to wissel_insight, wissel_router;

create function insight.analyze_rollups() returns void
  language plpgsql security definer set search_path = pg_catalog
  as $$
begin
  analyze insight.case_fact, insight.day_count;
end
$$;
comment on function insight.analyze_rollups() is
  'Counts anew what plans go by, after all of a municipality was made again.';
revoke all on function insight.analyze_rollups() from public;
grant execute on function insight.analyze_rollups() to wissel_insight;

reset role;
