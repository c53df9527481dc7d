-- Roles and schemas. Each service has a schema that its own role alone writes; others read a view
-- that it grants, or ask by RPC. No runtime role owns a table or bypasses row-level security.

do $$
declare
  name text;
begin
  if not exists (select from pg_roles where rolname = 'wissel_owner') then
    create role wissel_owner nologin nosuperuser nobypassrls;
  end if;
  foreach name in array array['directory', 'router', 'cases', 'insight', 'gateway'] loop
    if not exists (select from pg_roles where rolname = 'wissel_' || name) then
      execute format('create role wissel_%s login nosuperuser nobypassrls nocreatedb nocreaterole', name);
    end if;
  end loop;
end
$$;

grant wissel_owner to current_user;

create schema directory authorization wissel_owner;
create schema router authorization wissel_owner;
create schema cases authorization wissel_owner;

revoke all on schema public from public;

-- The municipality of the running transaction; null outside one, so that nothing is visible.
create schema wissel authorization wissel_owner;
set role wissel_owner;
create function wissel.tenant() returns text
  language sql stable parallel safe
  return nullif(current_setting('wissel.tenant', true), '');
grant usage on schema wissel to public;
reset role;
