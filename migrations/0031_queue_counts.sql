-- How much lies in each queue, without counting cases one by one: what each statement on
-- cases.case_file adds to or takes from a queue, by due moment. The sum over a team is its queue.
--
-- Rows are only added and folded, never updated: writers never wait for each other here, as they
-- would for one counter a team. Whoever writes the triggers fire, so that the counts are exact in
-- every snapshot.

set role wissel_owner;

create table cases.queue_count (
  tenant_id text not null,
  team_id text not null,
  -- '-infinity': long overdue, put together.
  due_at timestamptz not null,
  entry_id bigint generated always as identity,
  open integer not null,
  claimed integer not null,
  primary key (tenant_id, team_id, due_at, entry_id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- Replaces rows of the same due moment by their sum. Rows that another transaction folds at this
-- moment are left to it.
create function cases.fold_queue_count(of_tenant text, of_team text) returns void
  language sql as $$
  with entry as (
    select due_at, entry_id,
           case when due_at < now() - interval '2 days' then '-infinity' else due_at end as bucket
      from cases.queue_count
     where tenant_id = of_tenant and team_id = of_team
  ), crowded as (
    select bucket from entry group by bucket having count(*) > 1
  ), mine as (
    select q.due_at, q.entry_id, e.bucket
      from crowded join entry e using (bucket)
      join cases.queue_count q on q.tenant_id = of_tenant and q.team_id = of_team
                              and q.due_at = e.due_at and q.entry_id = e.entry_id
       for update of q skip locked
  ), gone as (
    delete from cases.queue_count q using mine
     where q.tenant_id = of_tenant and q.team_id = of_team
       and q.due_at = mine.due_at and q.entry_id = mine.entry_id
    returning mine.bucket, q.open, q.claimed
  )
  insert into cases.queue_count (tenant_id, team_id, due_at, open, claimed)
  select of_tenant, of_team, bucket, sum(open), sum(claimed) from gone
   group by bucket having sum(open) <> 0 or sum(claimed) <> 0
$$;

create function cases.count_queue() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into cases.queue_count (tenant_id, team_id, due_at, open, claimed)
    select tenant_id, team_id, due_at, count(*), count(*) filter (where state = 2)
      from new_case where state < 3
     group by tenant_id, team_id, due_at;
  else
    insert into cases.queue_count (tenant_id, team_id, due_at, open, claimed)
    select tenant_id, team_id, due_at, sum(open), sum(claimed)
      from (select tenant_id, team_id, due_at, 1 as open, (state = 2)::int as claimed
              from new_case where state < 3
            union all
            select tenant_id, team_id, due_at, -1, -(state = 2)::int
              from old_case where state < 3) change
     group by tenant_id, team_id, due_at
    having sum(open) <> 0 or sum(claimed) <> 0;
  end if;
  -- Now and then is enough: a reader sums what is there, folded or not.
  if random() < 0.03 then
    perform cases.fold_queue_count(tenant_id, team_id)
       from (select distinct tenant_id, team_id from new_case) touched;
  end if;
  return null;
end
$$;
create trigger case_file_inserted_counts after insert on cases.case_file
  referencing new table as new_case
  for each statement execute function cases.count_queue();
create trigger case_file_updated_counts after update on cases.case_file
  referencing old table as old_case new table as new_case
  for each statement execute function cases.count_queue();

alter table cases.queue_count enable row level security;
alter table cases.queue_count force row level security;
create policy tenant on cases.queue_count using (tenant_id = (select wissel.tenant()))
  with check (tenant_id = (select wissel.tenant()));

-- Update is for locking rows only.
grant select, insert, update, delete on cases.queue_count to wissel_cases;

reset role;
