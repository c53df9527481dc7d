-- Roles and schemas. Each service has a schema that its own role alone writes; others read a view
-- that it grants, or ask by RPC. No runtime role owns a table or bypasses row-level security.

-- Roles are shared by all databases of a cluster: another may have made them, or does so now.
do $$
declare
  role text;
begin
  foreach role in array array['owner nologin', 'directory login', 'router login', 'cases login',
                              'insight login', 'gateway login'] loop
    begin
      execute format('create role wissel_%s nosuperuser nobypassrls nocreatedb nocreaterole', role);
    exception
      when duplicate_object or unique_violation then null;
    end;
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
