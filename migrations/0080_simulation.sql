-- Municipalities whose past was made up by `wissel simulate`.

set role wissel_owner;

create table cases.simulation (
  tenant_id text not null,
  -- The same values give the same past, so that one that was stopped halfway goes on.
  seed bigint not null,
  inhabitants bigint not null,
  first_day date not null,
  -- Nothing of it lies after this moment.
  until timestamptz not null,
  -- Share of answers in time that all teams come near to; null: each has its own.
  share_in_time double precision,
  -- Null: it was stopped halfway.
  finished_at timestamptz,
  primary key (tenant_id),
  constraint simulation_has_inhabitants check (inhabitants > 0),
  constraint simulation_share_is_one check (share_in_time between 0 and 1)
);
comment on table cases.simulation is 'What the past of a municipality was made up with; most have no row.';
alter table cases.simulation enable row level security;
alter table cases.simulation force row level security;
create policy tenant on cases.simulation using (tenant_id = (select wissel.tenant()))
  with check (tenant_id = (select wissel.tenant()));
grant select, insert on cases.simulation to wissel_cases;
grant update (finished_at) on cases.simulation to wissel_cases;

-- Who acts in it.
create view directory.colleague_view with (security_invoker = true) as
  select tenant_id, account_id, display_name from directory.account;
grant select on directory.colleague_view to wissel_cases;
grant select (tenant_id, account_id, display_name) on directory.account to wissel_cases;

-- The mail that each event causes, with the address that it goes to. Whoever sends it goes on from
-- a snapshot watermark over `xid`, and keeps what became of each message by event and kind. Mail to
-- a team holds a number and a link, nothing personal.
--
-- Addresses of teams and due moments are those of now. An answer goes to the latest address that
-- the customer had given by then. What was simulated tells nobody.
create or replace view cases.caused_mail with (security_invoker = true) as
  select e.tenant_id, e.case_id, e.sequence, e.xid, e.at as caused_at, mail.kind, mail.recipient,
         mail.payload
    from cases.case_event e
    join cases.case_file f on f.tenant_id = e.tenant_id and f.case_id = e.case_id
   cross join lateral (
      -- 1 received, 2 routed: the team that has an open case now, unless it had it already. Imports
      -- tell nobody.
      select 'team_new_case' as kind, t.mailbox as recipient,
             jsonb_build_object('reference', e.case_id, 'link', '/zaak/' || e.case_id) as payload
        from directory.team_view t
       where t.tenant_id = e.tenant_id and t.team_id = e.team_id
         and case e.kind
               when 1 then e.outcome = 0 and f.source_id is null
               when 2 then e.team_id <> (select p.team_id from cases.case_event p
                                          where p.tenant_id = e.tenant_id
                                            and p.case_id = e.case_id
                                            and p.sequence = e.sequence - 1)
               else false
             end
      union all
      -- 10 returned, 11 forwarded, 12 reopened: a team without a mailbox is told by way of the KCC.
      select case e.kind when 10 then 'team_returned_case'
                         when 11 then 'team_forwarded_case'
                         else 'team_reopened_case' end,
             case when t.mailbox <> '' then t.mailbox
                  else (select k.mailbox from directory.team_view k
                         where k.tenant_id = e.tenant_id and k.is_kcc) end,
             jsonb_build_object('reference', e.case_id, 'link', '/zaak/' || e.case_id)
        from directory.team_view t
       where e.kind in (10, 11, 12) and t.tenant_id = e.tenant_id and t.team_id = e.team_id
      union all
      -- 1 received, 14 contact added: the contact of the event, at the address that it gave; and 7
      -- interim reply, 8 answered: the latest contact by then that gave an address.
      select case e.kind when 7 then 'customer_interim_reply'
                         when 8 then 'customer_answer'
                         else 'customer_receipt' end,
             c.email,
             case when e.kind in (1, 14) then
               jsonb_build_object(
                 'reference', e.case_id, 'received_at', e.at,
                 'due_at', nullif(f.due_at, 'infinity'),
                 'norm_working_days', f.norm_working_days, 'name', c.name, 'phone', c.phone,
                 'subject', c.subject, 'question', c.question,
                 'preferred_from', case e.kind when 1 then f.preferred_from
                                               else c.preferred_from end,
                 'preferred_to', case e.kind when 1 then f.preferred_to else c.preferred_to end)
             else
               jsonb_build_object(
                 'reference', e.case_id,
                 'name', case when c.name = '' then f.customer_name else c.name end,
                 'subject', f.subject, 'text', e.text)
             end
        from (select 1 + count(*) as contacts from cases.case_event p
               where p.tenant_id = e.tenant_id and p.case_id = e.case_id and p.kind = 14
                 and p.sequence <= e.sequence) by_then
       cross join lateral (
              select n.*,
                     coalesce(nullif(concat_ws(' ', nullif(n.given_name, ''),
                                               nullif(n.name_prefix, ''),
                                               nullif(n.family_name, '')), ''),
                              n.organisation) as name
                from cases.contact n
               where n.tenant_id = e.tenant_id and n.case_id = e.case_id and n.email <> ''
                 -- Contact 1 came with the event 1; each of the others with an event 14.
                 and case when e.kind in (1, 14) then n.contact_no = by_then.contacts
                          else n.contact_no <= by_then.contacts end
               order by n.contact_no desc limit 1) c
       where e.kind in (1, 7, 8, 14)) mail
  where mail.recipient <> ''
    and not exists (select from cases.simulation s
                     where s.tenant_id = e.tenant_id and e.at <= s.until);

reset role;
