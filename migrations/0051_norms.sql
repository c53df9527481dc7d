-- Norm verdicts for everybody who counts, and statistics that keep up with imports.

set role wissel_owner;

-- The replay of an SOP judges cases as the figures do: from the log, with nothing personal.
grant select on cases.figure_event to wissel_router;
grant select (at, outcome, due_at, channel, first_attempt_counts, no_verdict) on cases.case_event
  to wissel_router;

-- Whose first attempt counts may change when a case that waited for the router gets its team: the
-- event ROUTED tells it, as RECEIVED does. Events of before do not, and leave it as it was.
comment on column cases.case_event.first_attempt_counts is
  'For RECEIVED, and for ROUTED since 0051: the norm that holds from now on says that the first attempt stops the clock.';

-- Runtime roles own nothing, so nobody but autovacuum can analyze these tables. By default it waits
-- for a tenth of a table to change: a municipality whose history was imported may be less than
-- that, and would be unknown to the planner until others have filled it up.
do $$
declare
  name text;
begin
  foreach name in array array['case_file', 'contact', 'case_event', 'customer', 'outbox',
                              'idempotency_key'] loop
    execute format('alter table cases.%I set (autovacuum_analyze_scale_factor = 0.01, '
                   'autovacuum_analyze_threshold = 1000)', name);
  end loop;
end
$$;

reset role;
