-- Municipalities, teams, norms, calendars, accounts and who is signed in. Written by `directory`
-- alone; cases, insight and router read the views at the end.

set role wissel_owner;
grant usage on schema directory to wissel_directory, wissel_cases, wissel_insight, wissel_router;

create table directory.municipality (
  tenant_id text primary key,
  name text not null,
  -- IANA name.
  time_zone text not null,
  -- Goes up with every change that may move a due date; others cache by it.
  directory_version bigint not null default 1,
  constraint municipality_code check (tenant_id ~ '^[A-Za-z0-9-]{2,12}$'),
  constraint municipality_name_length check (char_length(name) between 1 and 80)
);

create table directory.team (
  tenant_id text not null references directory.municipality (tenant_id),
  team_id text not null,
  name text not null,
  mailbox text not null default '',
  transfer_number text not null default '',
  is_kcc boolean not null default false,
  primary key (tenant_id, team_id),
  constraint team_name_unique unique (tenant_id, name),
  constraint team_id_length check (char_length(team_id) between 1 and 80),
  constraint team_name_length check (char_length(name) between 1 and 80)
);
create unique index team_one_kcc on directory.team (tenant_id) where is_kcc;

-- A norm holds from a local date on, until a later one of the same team and channel: a period is
-- judged by the target that held then.
create table directory.norm (
  tenant_id text not null,
  team_id text not null,
  -- Number of wissel.common.v1.Channel.
  channel smallint not null,
  valid_from date not null,
  working_days smallint not null,
  -- The share must be more than this.
  target_share double precision not null,
  statutory boolean not null default false,
  first_attempt_counts boolean not null default false,
  primary key (tenant_id, team_id, channel, valid_from),
  foreign key (tenant_id, team_id) references directory.team (tenant_id, team_id),
  constraint norm_channel_known check (channel between 1 and 9),
  constraint norm_working_days_range check (working_days between 0 and 60),
  constraint norm_target_share_range check (target_share >= 0 and target_share <= 1)
);

-- Every service calendar that ever held: a due date keeps the version that made it.
create table directory.calendar (
  tenant_id text not null references directory.municipality (tenant_id),
  version bigint not null,
  -- wissel.directory.v1.Calendar in the JSON form of protobuf.
  definition jsonb not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, version)
);

create table directory.account (
  tenant_id text not null references directory.municipality (tenant_id),
  account_id text not null default gen_random_uuid()::text,
  -- In lower case.
  login text not null,
  display_name text not null,
  -- As libsodium writes it, with its salt and its costs.
  password_hash text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, account_id),
  constraint account_login_unique unique (tenant_id, login),
  constraint account_login_form check (login ~ '^[a-z0-9._@+-]{3,64}$')
);

create table directory.account_role (
  tenant_id text not null,
  account_id text not null,
  -- Number of wissel.options.v1.Role; 7, SERVICE, is never given to an account.
  role smallint not null,
  primary key (tenant_id, account_id, role),
  foreign key (tenant_id, account_id) references directory.account (tenant_id, account_id),
  constraint account_role_known check (role between 1 and 6)
);

create table directory.account_team (
  tenant_id text not null,
  account_id text not null,
  team_id text not null,
  primary key (tenant_id, account_id, team_id),
  foreign key (tenant_id, account_id) references directory.account (tenant_id, account_id),
  foreign key (tenant_id, team_id) references directory.team (tenant_id, team_id)
);

-- Who is signed in. Only a hash of the token is kept: a copy of this table signs nobody in.
create table directory.session (
  tenant_id text not null,
  token_hash bytea not null,
  account_id text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (tenant_id, token_hash),
  foreign key (tenant_id, account_id) references directory.account (tenant_id, account_id)
);
create index session_account on directory.session (tenant_id, account_id);
create index session_expiry on directory.session (tenant_id, expires_at);

-- Tokens of machines; role `integration`.
create table directory.access_token (
  tenant_id text not null references directory.municipality (tenant_id),
  token_hash bytea not null,
  -- Who the machine is in the history of a case.
  account_id text not null default gen_random_uuid()::text,
  label text not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, token_hash),
  constraint access_token_label_length check (char_length(label) between 1 and 100)
);

-- Wrong tries on one sign-in name. The name is hashed: people type passwords there.
create table directory.sign_in_attempt (
  tenant_id text not null references directory.municipality (tenant_id),
  login_hash bytea not null,
  -- At most ten, all within a quarter of an hour when they were written.
  wrong_at timestamptz[] not null,
  last_at timestamptz not null,
  primary key (tenant_id, login_hash)
);
create index sign_in_attempt_age on directory.sign_in_attempt (tenant_id, last_at);

do $$
declare
  name text;
begin
  foreach name in array array['municipality', 'team', 'norm', 'calendar', 'account', 'account_role',
                              'account_team', 'session', 'access_token', 'sign_in_attempt'] loop
    execute format('alter table directory.%I enable row level security', name);
    execute format('alter table directory.%I force row level security', name);
    execute format('create policy tenant on directory.%I using (tenant_id = (select wissel.tenant())) '
                   'with check (tenant_id = (select wissel.tenant()))', name);
  end loop;
end
$$;
-- The list of municipalities is public: the sign-in screen shows it to everybody.
create policy public_names on directory.municipality for select using (true);

-- A change rings, and cannot forget to count up.
create function directory.ring() returns trigger language plpgsql as $$
begin
  perform pg_notify('wissel_directory', '');
  return null;
end
$$;
create trigger municipality_rings after insert or update on directory.municipality
  for each statement execute function directory.ring();

create function directory.count_up() returns trigger language plpgsql as $$
begin
  update directory.municipality m set directory_version = directory_version + 1
   where m.tenant_id in (select tenant_id from changed);
  return null;
end
$$;
do $$
declare
  name text;
begin
  foreach name in array array['team', 'norm', 'calendar'] loop
    execute format('create trigger %1$s_inserted after insert on directory.%1$I '
                   'referencing new table as changed '
                   'for each statement execute function directory.count_up()', name);
    execute format('create trigger %1$s_updated after update on directory.%1$I '
                   'referencing new table as changed '
                   'for each statement execute function directory.count_up()', name);
    execute format('create trigger %1$s_deleted after delete on directory.%1$I '
                   'referencing old table as changed '
                   'for each statement execute function directory.count_up()', name);
  end loop;
end
$$;

grant select, insert, update on directory.municipality to wissel_directory;
grant select, insert on directory.team, directory.norm, directory.calendar to wissel_directory;
grant select, insert, update on directory.account to wissel_directory;
grant select, insert, delete on directory.account_role, directory.account_team, directory.session
  to wissel_directory;
grant select, insert on directory.access_token to wissel_directory;
grant select, insert, update, delete on directory.sign_in_attempt to wissel_directory;

-- What the other services need to compute due dates and figures.
create view directory.municipality_view with (security_invoker = true) as
  select tenant_id, name, time_zone, directory_version from directory.municipality;
create view directory.team_view with (security_invoker = true) as
  select tenant_id, team_id, name, mailbox, transfer_number, is_kcc from directory.team;
create view directory.norm_view with (security_invoker = true) as
  select tenant_id, team_id, channel, valid_from, working_days, target_share, statutory,
         first_attempt_counts
    from directory.norm;
create view directory.calendar_view with (security_invoker = true) as
  select tenant_id, version, definition from directory.calendar;
grant select on directory.municipality_view, directory.team_view, directory.norm_view,
  directory.calendar_view to wissel_cases, wissel_insight, wissel_router;
grant select (tenant_id, name, time_zone, directory_version) on directory.municipality
  to wissel_cases, wissel_insight, wissel_router;
grant select (tenant_id, team_id, name, mailbox, transfer_number, is_kcc) on directory.team
  to wissel_cases, wissel_insight, wissel_router;
grant select (tenant_id, team_id, channel, valid_from, working_days, target_share, statutory,
              first_attempt_counts) on directory.norm
  to wissel_cases, wissel_insight, wissel_router;
grant select (tenant_id, version, definition) on directory.calendar
  to wissel_cases, wissel_insight, wissel_router;

reset role;
