-- A case, its contacts and its events are written together by one statement, so no foreign key
-- looks again for what that statement wrote (ADR 8). What points to rows of others keeps its key.

set role wissel_owner;

do $$
declare
  old record;
begin
  for old in select conrelid::regclass as of_table, conname from pg_constraint
              where contype = 'f' and confrelid = 'cases.case_file'::regclass loop
    execute format('alter table %s drop constraint %I', old.of_table, old.conname);
  end loop;
end
$$;

-- Cases of which something is missing; empty in a sound database.
create view cases.breach with (security_invoker = true) as
  select tenant_id, case_id, 'case_without_first_contact' as breach
    from cases.case_file f
   where not exists (select from cases.contact c
                      where c.tenant_id = f.tenant_id and c.case_id = f.case_id
                        and c.contact_no = 1)
  union all
  -- 1 is RECEIVED.
  select tenant_id, case_id, 'case_without_receipt'
    from cases.case_file f
   where not exists (select from cases.case_event e
                      where e.tenant_id = f.tenant_id and e.case_id = f.case_id
                        and e.sequence = 1 and e.kind = 1)
  union all
  select distinct tenant_id, case_id, 'contact_without_case'
    from cases.contact c
   where not exists (select from cases.case_file f
                      where f.tenant_id = c.tenant_id and f.case_id = c.case_id)
  union all
  select distinct tenant_id, case_id, 'event_without_case'
    from cases.case_event e
   where not exists (select from cases.case_file f
                      where f.tenant_id = e.tenant_id and f.case_id = e.case_id)
  union all
  select tenant_id, case_id, 'contacts_with_a_gap'
    from cases.contact group by tenant_id, case_id having count(*) <> max(contact_no)
  union all
  select tenant_id, case_id, 'events_with_a_gap'
    from cases.case_event group by tenant_id, case_id having count(*) <> max(sequence)
  union all
  -- Each contact after the first came with an event 14, CONTACT_ADDED.
  select tenant_id, case_id, 'contacts_not_in_the_log'
    from cases.contact c group by tenant_id, case_id
  having max(contact_no) <> 1 + (select count(*) from cases.case_event e
                                  where e.tenant_id = c.tenant_id and e.case_id = c.case_id
                                    and e.kind = 14);
grant select on cases.breach to wissel_cases;

reset role;
