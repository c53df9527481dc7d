-- Statistics right after an import. Runtime roles own nothing, and only the owner of a table may
-- analyze it; autovacuum comes by once a minute at most.

set role wissel_owner;

create function cases.analyze_history() returns void
  language plpgsql security definer set search_path = pg_catalog
  as $$
begin
  analyze cases.case_file, cases.contact, cases.case_event;
end
$$;
comment on function cases.analyze_history() is
  'Counts anew what plans go by. It reads a sample, whatever the size, and waits for nobody who reads or writes.';
revoke all on function cases.analyze_history() from public;
grant execute on function cases.analyze_history() to wissel_cases;

reset role;
