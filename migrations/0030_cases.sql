-- Contacts, cases, their history, mail to send and the keys of writes. Written by `cases` alone.

set role wissel_owner;
grant usage on schema cases to wissel_cases, wissel_insight;

-- Numbers of cases; scrambled and given a check digit in services/cases/reference.h.
create sequence cases.reference_seq as bigint minvalue 1 maxvalue 999999999;
grant usage on sequence cases.reference_seq to wissel_cases;

-- One way to reach somebody. Names belong to the contact: a household shares a phone.
create table cases.customer (
  tenant_id text not null,
  customer_id bigint generated always as identity,
  phone text not null default '',
  email text not null default '',
  last_contact_at timestamptz not null,
  primary key (tenant_id, customer_id),
  constraint customer_reachable unique (tenant_id, phone, email),
  constraint customer_has_address check (phone <> '' or email <> '')
);

-- The piece of work that a team owes an answer to: what the events add up to.
create table cases.case_file (
  tenant_id text not null,
  -- The reference that a resident gets.
  case_id bigint not null,
  -- Numbers of wissel.cases.v1.CaseState, CaseOutcome and wissel.common.v1.Channel.
  state smallint not null,
  outcome smallint not null default 0,
  channel smallint not null,
  team_id text not null,
  topic_id text not null default '',
  subject text not null default '',
  customer_name text not null default '',
  received_at timestamptz not null,
  -- 'infinity': no norm holds.
  due_at timestamptz not null,
  norm_working_days smallint,
  norm_statutory boolean not null default false,
  calendar_version bigint not null default 0,
  claimed_by text not null default '',
  claimed_by_name text not null default '',
  attempts smallint not null default 0,
  routing_pending boolean not null default false,
  -- wissel.routing.v1.Decision as it was made.
  decision bytea not null default '',
  answer text not null default '',
  closed_at timestamptz,
  preferred_from timestamptz,
  preferred_to timestamptz,
  -- Id in the source of imported history.
  source_id text,
  version bigint not null default 1,
  primary key (tenant_id, case_id),
  foreign key (tenant_id, team_id) references directory.team (tenant_id, team_id),
  constraint case_reference_range check (case_id between 1 and 9999999999),
  constraint case_state_known check (state between 1 and 3),
  constraint case_closed_has_outcome check ((state = 3) = (outcome <> 0)),
  constraint case_closed_has_moment check ((state = 3) = (closed_at is not null)),
  constraint case_claimed_has_holder check ((state = 2) = (claimed_by <> '')),
  constraint case_due_after_receipt check (due_at >= received_at)
);
create index case_queue on cases.case_file (tenant_id, team_id, due_at, case_id) where state < 3;
create index case_pending on cases.case_file (tenant_id, case_id) where routing_pending;
create unique index case_source on cases.case_file (tenant_id, source_id) where source_id is not null;

-- One interaction; the first contact of a case has number 1.
create table cases.contact (
  tenant_id text not null,
  case_id bigint not null,
  contact_no smallint not null,
  customer_id bigint,
  channel smallint not null,
  account text not null default '',
  external_id text,
  given_name text not null default '',
  name_prefix text not null default '',
  family_name text not null default '',
  organisation text not null default '',
  phone text not null default '',
  email text not null default '',
  subject text not null,
  question text not null default '',
  internal_note text not null default '',
  received_at timestamptz not null,
  primary key (tenant_id, case_id, contact_no),
  foreign key (tenant_id, case_id) references cases.case_file (tenant_id, case_id),
  foreign key (tenant_id, customer_id) references cases.customer (tenant_id, customer_id),
  constraint contact_subject_length check (char_length(subject) <= 200),
  constraint contact_question_length check (char_length(question) <= 1000),
  constraint contact_note_length check (char_length(internal_note) <= 1000)
);
create unique index contact_message on cases.contact (tenant_id, channel, account, external_id)
  where external_id is not null;

-- What happened, append-only; everything above can be rebuilt from it.
create table cases.case_event (
  tenant_id text not null,
  case_id bigint not null,
  sequence integer not null,
  at timestamptz not null,
  -- Number of wissel.cases.v1.EventKind.
  kind smallint not null,
  actor_id text not null,
  actor_name text not null,
  -- Team that holds the case from now on.
  team_id text not null,
  -- For RECEIVED, ANSWERED and CLOSED: how the case ended; 0 while it is open.
  outcome smallint not null default 0,
  -- For RECEIVED and DUE_MOVED; 'infinity': no norm holds.
  due_at timestamptz,
  -- For RECEIVED.
  channel smallint,
  first_attempt_counts boolean,
  no_verdict boolean,
  text text not null default '',
  suggested_team_id text not null default '',
  -- Identity columns commit out of order: readers go on from a snapshot watermark over this.
  xid xid8 not null default pg_current_xact_id(),
  primary key (tenant_id, case_id, sequence),
  foreign key (tenant_id, case_id) references cases.case_file (tenant_id, case_id)
);
create index event_watermark on cases.case_event (tenant_id, xid);
create index event_received on cases.case_event (tenant_id, at) where kind = 1;

create function cases.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end
$$;
create trigger case_event_append_only before update or delete on cases.case_event
  for each row execute function cases.refuse_change();
create trigger case_event_no_truncate before truncate on cases.case_event
  for each statement execute function cases.refuse_change();

-- Messages to send, written in the transaction that causes them.
create table cases.outbox (
  tenant_id text not null,
  outbox_id bigint generated always as identity,
  case_id bigint not null,
  -- 'team_new_case', 'customer_receipt', 'customer_interim_reply', 'customer_answer', ...
  kind text not null,
  -- Address it goes to.
  recipient text not null,
  payload jsonb not null,
  created_at timestamptz not null,
  xid xid8 not null default pg_current_xact_id(),
  primary key (tenant_id, outbox_id),
  foreign key (tenant_id, case_id) references cases.case_file (tenant_id, case_id)
);

-- Keys of writes with the first answer, kept for 30 days.
create table cases.idempotency_key (
  tenant_id text not null,
  key text not null,
  request_hash bytea not null,
  -- Serialized response of the method.
  response bytea not null,
  created_at timestamptz not null,
  primary key (tenant_id, key)
);
create index idempotency_age on cases.idempotency_key (tenant_id, created_at);

do $$
declare
  name text;
begin
  foreach name in array array['customer', 'case_file', 'contact', 'case_event', 'outbox',
                              'idempotency_key'] loop
    execute format('alter table cases.%I enable row level security', name);
    execute format('alter table cases.%I force row level security', name);
    execute format('create policy tenant on cases.%I using (tenant_id = (select wissel.tenant())) '
                   'with check (tenant_id = (select wissel.tenant()))', name);
  end loop;
end
$$;

grant select, insert, update on cases.customer, cases.case_file, cases.contact to wissel_cases;
grant select, insert on cases.case_event, cases.outbox to wissel_cases;
grant select, insert, delete on cases.idempotency_key to wissel_cases;
-- A key is taken first, so that its twin waits, and gets its answer at the end.
grant update (response) on cases.idempotency_key to wissel_cases;

-- What figures are made of: the event log without anything personal.
create view cases.figure_event with (security_invoker = true) as
  select tenant_id, case_id, sequence, at, kind, team_id, outcome, due_at, channel,
         first_attempt_counts, no_verdict
    from cases.case_event;
grant select on cases.figure_event to wissel_insight;
grant select (tenant_id, case_id, sequence, at, kind, team_id, outcome, due_at, channel,
              first_attempt_counts, no_verdict) on cases.case_event to wissel_insight;

reset role;
