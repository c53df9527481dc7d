-- The key of a registration is a column of its contact, and the answer is made again from the rows
-- that were stored. Keys of before stay where they are, with their answers, until they are 30 days
-- old.

set role wissel_owner;

alter table cases.contact
  -- Key of the registration that stored this contact, and the SHA-256 of its request. Null: it was
  -- imported, added to a case, or stored before keys stood here; or its key was given to another
  -- contact after 30 days.
  add column idempotency_key text,
  add column request_hash bytea,
  -- The decision that the sender was told, where another one has taken its place since.
  add column first_decision bytea,
  add constraint contact_key_has_hash check ((idempotency_key is null) = (request_hash is null));
create unique index contact_key on cases.contact (tenant_id, idempotency_key)
  where idempotency_key is not null;

reset role;
