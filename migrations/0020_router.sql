-- Standard operating procedures, every version that ever held. Written by `router` alone.

set role wissel_owner;
grant usage on schema router to wissel_router;

create table router.sop_version (
  tenant_id text not null references directory.municipality (tenant_id),
  -- 1, 2, 3, ...; the highest is in force.
  version bigint not null,
  -- YAML as it was loaded.
  document text not null,
  sha256 bytea not null,
  -- Account, or the part of Wissel.
  loaded_by text not null,
  in_force_from timestamptz not null default now(),
  primary key (tenant_id, version),
  constraint sop_version_positive check (version >= 1),
  constraint sop_document_size check (octet_length(document) between 1 and 204800),
  constraint sop_sha256_matches check (sha256 = sha256(convert_to(document, 'UTF8')))
);

alter table router.sop_version enable row level security;
alter table router.sop_version force row level security;
create policy tenant on router.sop_version using (tenant_id = (select wissel.tenant()))
  with check (tenant_id = (select wissel.tenant()));

-- A new version rings on every node.
create function router.ring() returns trigger language plpgsql as $$
begin
  perform pg_notify('wissel_sop', '');
  return null;
end
$$;
create trigger sop_version_rings after insert on router.sop_version
  for each statement execute function router.ring();

-- Decisions cite versions: none is ever changed or removed.
grant select, insert on router.sop_version to wissel_router;

reset role;
