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

-- Replaces rows of the same due moment by their sum, for teams and the due moments between the two
-- bounds of each. Rows that another transaction folds at this moment are left to it.
create function cases.fold_queue_count(of_tenant text, teams text[], firsts timestamptz[],
                                       lasts timestamptz[]) returns void
  language sql as $$
  with mine as materialized (
    select q.ctid as place, q.team_id, q.open, q.claimed,
           case when q.due_at < now() - interval '2 days' then '-infinity' else q.due_at end
             as bucket
      from unnest(teams, firsts, lasts) as due (team_id, first_due, last_due)
      join cases.queue_count q on q.tenant_id = of_tenant and q.team_id = due.team_id
                              and q.due_at between due.first_due and due.last_due
       for update of q skip locked
  ), crowded as (
    select *
      from (select *, count(*) over (partition by team_id, bucket) as entries from mine) counted
     where entries > 1
  ), gone as (
    -- By place: a row that is locked does not move, and no plan can be a bad one.
    delete from cases.queue_count where ctid = any(array(select place from crowded))
  )
  insert into cases.queue_count (tenant_id, team_id, due_at, open, claimed)
  select of_tenant, team_id, bucket, sum(open), sum(claimed) from crowded
   group by team_id, bucket having sum(open) <> 0 or sum(claimed) <> 0
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
  -- Now and then is enough, since a reader sums what is there, folded or not: often for the due
  -- moments at hand, seldom for whole queues, where moments that nobody touches any more pile up.
  if random() < 0.02 then
    perform cases.fold_queue_count(tenant_id, array_agg(team_id), array_agg(due_at),
                                   array_agg(due_at))
       from (select distinct tenant_id, team_id, due_at from new_case) touched
      group by tenant_id;
  elsif random() < 0.001 then
    perform cases.fold_queue_count(tenant_id, array_agg(team_id),
                                   array_agg('-infinity'::timestamptz),
                                   array_agg('infinity'::timestamptz))
       from (select distinct tenant_id, team_id from new_case) touched
      group by tenant_id;
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
