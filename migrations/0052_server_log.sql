-- PostgreSQL quotes rows and keys in the DETAIL of an error ("Key (phone)=(...) already exists",
-- "Failing row contains (...)"). Its log is read by others than those who may read cases, so for the
-- roles of services it leaves the detail out. Only a superuser may set this; an administrator who is
-- none sets log_error_verbosity = terse in postgresql.conf.
do $$
declare
  name text;
begin
  foreach name in array array['directory', 'router', 'cases', 'insight', 'gateway'] loop
    begin
      execute format('alter role wissel_%s set log_error_verbosity = terse', name);
    exception
      -- Roles are shared by all databases of a cluster: another sets it at this moment.
      when internal_error then null;
      when insufficient_privilege then
        raise warning 'set log_error_verbosity = terse in postgresql.conf: its log holds values of rows otherwise';
    end;
  end loop;
end
$$;
