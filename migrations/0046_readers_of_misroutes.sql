-- Which team has a case now: whoever may not read that case is not shown why it was returned.

set role wissel_owner;

create or replace view cases.routed_case with (security_invoker = true) as
  select tenant_id, case_id, rule_id, sop_version, team_id from cases.case_file
   where source_id is null;
grant select (team_id) on cases.case_file to wissel_insight;

reset role;
