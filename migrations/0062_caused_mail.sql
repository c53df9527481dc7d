-- Mail follows from the log: what is to be sent is read from the events, and nothing is written for
-- it beside them.

set role wissel_owner;

alter table cases.contact
  -- When a customer who asked again wants to be called; that of the first contact stands in its
  -- case.
  add column preferred_from timestamptz,
  add column preferred_to timestamptz;

-- The mail that each event causes, with the address that it goes to. Whoever sends it goes on from
-- a snapshot watermark over `xid`, and keeps what became of each message by event and kind. Mail to
-- a team holds a number and a link, nothing personal.
--
-- Addresses of teams and due moments are those of now. An answer goes to the latest address that
-- the customer had given by then.
create view cases.caused_mail with (security_invoker = true) as
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
  where mail.recipient <> '';
grant select on cases.caused_mail to wissel_cases;

-- The owner of the tables reads past the policies, to see to the rows of all municipalities.
alter table cases.outbox no force row level security;
alter table cases.contact no force row level security;
alter table cases.case_event no force row level security;

-- They were written anew a moment ago, and a plan without statistics may never end.
analyze cases.outbox, cases.contact, cases.case_event;

-- What stood in the table of mail alone.
update cases.contact c
   set preferred_from = (o.payload->>'preferred_from')::timestamptz,
       preferred_to = (o.payload->>'preferred_to')::timestamptz
  from cases.outbox o
 where o.tenant_id = c.tenant_id and o.case_id = c.case_id and o.kind = 'customer_receipt'
   and o.created_at = c.received_at and c.contact_no > 1
   and coalesce(o.payload->>'preferred_from', o.payload->>'preferred_to') is not null;

-- Nothing goes that does not follow from the log.
do $$
begin
  if exists (select from cases.outbox o
              where not exists (
                    select from cases.case_event e
                     where e.tenant_id = o.tenant_id and e.case_id = o.case_id
                       and e.at = o.created_at
                       and e.kind = any (case o.kind when 'team_new_case' then array[1, 2]
                                                     when 'customer_receipt' then array[1, 14]
                                                     when 'customer_interim_reply' then array[7]
                                                     when 'customer_answer' then array[8]
                                                     when 'team_returned_case' then array[10]
                                                     when 'team_forwarded_case' then array[11]
                                                     when 'team_reopened_case' then array[12] end)))
  -- Apart, since PostgreSQL would look for each row of an "or" one by one.
     or exists (select from cases.outbox o
                 where o.kind like 'customer%' and not exists (
                       select from cases.contact c
                        where c.tenant_id = o.tenant_id and c.case_id = o.case_id
                          and c.email = o.recipient)) then
    raise exception 'there is mail in cases.outbox that does not follow from the events';
  end if;
end
$$;

drop table cases.outbox;
alter table cases.contact force row level security;
alter table cases.case_event force row level security;

reset role;
