-- Queues are counted along the index of their open cases, and what was counted holds until an event
-- touches the queue (services/cases/queue/queue_counter.h): who writes a case writes no count.

set role wissel_owner;

drop trigger case_file_inserted_counts on cases.case_file;
drop trigger case_file_updated_counts on cases.case_file;
drop function cases.count_queue();
drop function cases.fold_queue_count(text, text[], timestamptz[], timestamptz[]);
drop table cases.queue_count;

-- By team first, so that what is claimed in a queue is counted along it as well.
drop index cases.case_held;
create index case_held on cases.case_file (tenant_id, team_id, claimed_by) where state = 2;

-- An index alone tells what everybody sees of a page once that page was vacuumed: soon.
alter table cases.case_file set (autovacuum_vacuum_insert_scale_factor = 0.02,
                                 autovacuum_vacuum_scale_factor = 0.05);

reset role;
