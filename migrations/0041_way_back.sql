-- The way back: what insight makes the matrix of misroutes of. And what finds the open cases of a
-- customer who asks again.

set role wissel_owner;

-- What decided where a case went first; nothing personal. Imported ones were routed elsewhere.
create view cases.routed_case with (security_invoker = true) as
  select tenant_id, case_id, rule_id, sop_version from cases.case_file where source_id is null;
grant select (tenant_id, case_id, rule_id, sop_version, source_id) on cases.case_file
  to wissel_insight;
grant select on cases.routed_case to wissel_insight;

-- Returns and forwards, with the reason in the words of the team.
create view cases.way_back_event with (security_invoker = true) as
  select tenant_id, case_id, sequence, kind, team_id, suggested_team_id, text
    from cases.case_event where kind in (10, 11);
grant select (suggested_team_id, text) on cases.case_event to wissel_insight;
grant select on cases.way_back_event to wissel_insight;

-- Names are compared in small letters. A column, since a function in the condition would hide the
-- index from a query under row-level security.
alter table cases.contact
  add column family_name_key text not null generated always as (lower(family_name)) stored;

-- The latest contacts of a customer come first, so that looking for open cases stops soon.
create index customer_email on cases.customer (tenant_id, email) where email <> '';
create index contact_customer on cases.contact (tenant_id, customer_id, received_at)
  where customer_id is not null;
create index contact_household on cases.contact (tenant_id, postcode, family_name_key, received_at)
  where postcode <> '' and family_name_key <> '';

reset role;
