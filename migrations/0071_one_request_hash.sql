-- One hash of requests for every write that keeps its answer (libs/idempotency). Hashes that were
-- counted otherwise say nothing any more: their keys give their answer to whoever repeats them,
-- until they are 30 days old. Registrations always had this hash, of 32 bytes.

set role wissel_owner;

-- The owner of the tables reads past the policies, to see the rows of all municipalities.
alter table cases.idempotency_key no force row level security;
alter table router.idempotency_key no force row level security;
update cases.idempotency_key set request_hash = '' where length(request_hash) > 32;
update router.idempotency_key set request_hash = '';
alter table cases.idempotency_key force row level security;
alter table router.idempotency_key force row level security;

-- A key is taken first, so that its twin waits, and gets its answer at the end.
grant update (response) on router.idempotency_key to wissel_router;

reset role;
