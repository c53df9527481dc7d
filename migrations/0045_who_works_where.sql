-- Who works where: for cases, which puts back what is held by somebody who no longer works the team;
-- and for the check of an SOP, which looks whether a team has a lead.

set role wissel_owner;

create view directory.account_role_view with (security_invoker = true) as
  select tenant_id, account_id, role from directory.account_role;
create view directory.account_team_view with (security_invoker = true) as
  select tenant_id, account_id, team_id from directory.account_team;
grant select on directory.account_role_view, directory.account_team_view to wissel_cases;
grant select (tenant_id, account_id, role) on directory.account_role to wissel_cases, wissel_router;
grant select (tenant_id, account_id, team_id) on directory.account_team
  to wissel_cases, wissel_router;

create or replace view directory.team_facts_view with (security_invoker = true) as
  select t.tenant_id, t.team_id, t.name, t.mailbox, t.transfer_number,
         (select count(*) from directory.account_team m
           where m.tenant_id = t.tenant_id and m.team_id = t.team_id) as members,
         exists (select from directory.norm n
                  where n.tenant_id = t.tenant_id and n.team_id = t.team_id) as has_norm,
         t.is_kcc,
         -- 3 is wissel.options.v1.ROLE_TEAM_LEAD.
         exists (select from directory.account_team m
                   join directory.account_role r
                     on r.tenant_id = m.tenant_id and r.account_id = m.account_id and r.role = 3
                  where m.tenant_id = t.tenant_id and m.team_id = t.team_id) as has_lead
    from directory.team t;

reset role;
