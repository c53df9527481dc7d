-- The life of an SOP: drafts, who accepted them, and versions that come into force on a later day.
-- What replay and proposals look at: past contacts with what was decided and who answered.

set role wissel_owner;

-- Of all versions the highest with `in_force_from` in the past is in force.
alter table router.sop_version
  -- Of its draft; empty if it was loaded.
  add column title text not null default '',
  -- Display name; empty for a part of Wissel.
  add column loaded_by_name text not null default '',
  drop constraint sop_document_size,
  add constraint sop_document_size check (octet_length(document) between 1 and 4194304),
  add constraint sop_title_length check (char_length(title) <= 120);

create table router.sop_draft (
  tenant_id text not null references directory.municipality (tenant_id),
  -- 1, 2, 3, ...
  draft_id bigint not null,
  -- Counts up with each save.
  revision bigint not null,
  title text not null,
  -- YAML; any text.
  document text not null,
  -- The revision that brought the document as it stands, on the version that it stands on.
  document_revision bigint not null,
  -- The latest version when it was saved: what the teams concerned compare it with; 0: none.
  based_on_version bigint not null,
  -- The check found no error when it was last made.
  is_sound boolean not null,
  -- Teams that have to accept; empty while it cannot be read.
  concerned_team_ids text[] not null,
  saved_by text not null,
  saved_by_name text not null,
  saved_at timestamptz not null default now(),
  -- What it became.
  version bigint,
  discarded_at timestamptz,
  primary key (tenant_id, draft_id),
  foreign key (tenant_id, version) references router.sop_version (tenant_id, version),
  constraint draft_title_length check (char_length(title) between 1 and 120),
  constraint draft_document_size check (octet_length(document) <= 4194304),
  constraint draft_revisions check (document_revision between 1 and revision),
  constraint draft_ends_once check (version is null or discarded_at is null)
);
create unique index sop_draft_version on router.sop_draft (tenant_id, version)
  where version is not null;

-- That a team agreed with a document. Only those of the document's present revision count.
create table router.sop_acceptance (
  tenant_id text not null,
  draft_id bigint not null,
  document_revision bigint not null,
  team_id text not null,
  accepted_by text not null,
  accepted_by_name text not null,
  accepted_at timestamptz not null default now(),
  primary key (tenant_id, draft_id, document_revision, team_id),
  foreign key (tenant_id, draft_id) references router.sop_draft (tenant_id, draft_id)
);

-- Keys of saves with the first answer, kept for 30 days.
create table router.idempotency_key (
  tenant_id text not null references directory.municipality (tenant_id),
  key text not null,
  request_hash bytea not null,
  -- Serialized answer, less the document, which the request repeats.
  response bytea not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, key)
);
create index idempotency_age on router.idempotency_key (tenant_id, created_at);

do $$
declare
  name text;
begin
  foreach name in array array['sop_draft', 'sop_acceptance', 'idempotency_key'] loop
    execute format('alter table router.%I enable row level security', name);
    execute format('alter table router.%I force row level security', name);
    execute format('create policy tenant on router.%I using (tenant_id = (select wissel.tenant())) '
                   'with check (tenant_id = (select wissel.tenant()))', name);
  end loop;
end
$$;

grant select, insert on router.sop_draft, router.sop_acceptance to wissel_router;
grant update (revision, title, document, document_revision, based_on_version, is_sound,
              concerned_team_ids, saved_by, saved_by_name, saved_at, version, discarded_at)
  on router.sop_draft to wissel_router;
grant select, insert, delete on router.idempotency_key to wissel_router;

-- What routing looks at besides, and what it said. Kept for replay, proposals and misroutes.
alter table cases.contact
  add column postcode text not null default '',
  add column neighbourhood text not null default '',
  add column is_urgent boolean not null default false,
  add column is_business boolean not null generated always as (organisation <> '') stored;
alter table cases.case_file
  add column rule_id text not null default '',
  add column sop_version bigint not null default 0,
  add column neighbourhood text not null default '';
create index contact_received on cases.contact (tenant_id, received_at, case_id, contact_no);

-- Contacts as routing saw them, with what came of their case. Nothing says who asked; subject and
-- question are there because rules look for words in them. Joins are left ones on whole keys, so
-- that whoever does not ask for the columns does not pay for them.
create view cases.routed_contact with (security_invoker = true) as
  select c.tenant_id, c.case_id, c.contact_no, c.received_at, c.channel, f.topic_id, c.subject,
         c.question, c.is_business, c.is_urgent, c.postcode, c.neighbourhood,
         -- Where it was sent first: by the router, which may have been away at receipt.
         (select e.team_id from cases.case_event e
           where e.tenant_id = c.tenant_id and e.case_id = c.case_id and e.kind in (1, 2)
           order by e.kind desc, e.sequence limit 1) as first_team_id,
         f.team_id as final_team_id, f.rule_id, f.sop_version, f.due_at, f.closed_at, f.outcome
    from cases.contact c
    left join cases.case_file f on f.tenant_id = c.tenant_id and f.case_id = c.case_id;
grant usage on schema cases to wissel_router;
grant select on cases.routed_contact to wissel_router;
grant select (tenant_id, case_id, contact_no, received_at, channel, subject, question, is_business,
              is_urgent, postcode, neighbourhood) on cases.contact to wissel_router;
grant select (tenant_id, case_id, topic_id, team_id, rule_id, sop_version, due_at, closed_at,
              outcome) on cases.case_file to wissel_router;
grant select (tenant_id, case_id, sequence, kind, team_id) on cases.case_event to wissel_router;

-- What the check of an SOP needs to know of teams: not who their members are, but whether they
-- have any.
create view directory.team_facts_view with (security_invoker = true) as
  select t.tenant_id, t.team_id, t.name, t.mailbox, t.transfer_number,
         (select count(*) from directory.account_team m
           where m.tenant_id = t.tenant_id and m.team_id = t.team_id) as members,
         exists (select from directory.norm n
                  where n.tenant_id = t.tenant_id and n.team_id = t.team_id) as has_norm
    from directory.team t;
grant select on directory.team_facts_view to wissel_router;
grant select (tenant_id, team_id) on directory.account_team to wissel_router;

-- Agreements of an SOP are applied once, in the order of versions.
alter table directory.municipality
  add column sop_version bigint not null default 0;
create or replace view directory.municipality_view with (security_invoker = true) as
  select tenant_id, name, time_zone, directory_version, sop_version from directory.municipality;
grant select (sop_version) on directory.municipality to wissel_cases, wissel_insight, wissel_router;
grant update (mailbox, transfer_number) on directory.team to wissel_directory;
-- Two versions may come into force on one day; their norms begin on the same date.
grant update (working_days, target_share, statutory, first_attempt_counts) on directory.norm
  to wissel_directory;

reset role;
