-- Who loses a case to somebody else: a colleague takes it over, a lead puts it back, the KCC closes
-- or forwards it, or Wissel puts it back because the holder no longer works the team.

set role wissel_owner;

alter table cases.case_event
  -- Account that held the case until this event took it away, and its name as it was then; both
  -- empty if nobody else held it.
  add column previous_holder text not null default '',
  add column previous_holder_name text not null default '';

-- What is held, for the look at holders who no longer work the team.
create index case_held on cases.case_file (tenant_id, claimed_by, team_id) where state = 2;

reset role;
