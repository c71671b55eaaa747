-- Conversations as work: who waits for an answer since when, who of the agency has it, when it comes back.

-- One row per lead who has replied. The first half follows the messages, the second is what people decide.
create table private.threads (
  lead_id uuid primary key references public.synced_leads (id) on delete cascade,
  client_id uuid not null references public.clients (id) on delete cascade,
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  last_reply_id uuid not null,
  last_reply_at timestamptz not null,
  replies integer not null,
  answered_at timestamptz,
  waiting_since timestamptz,
  assigned_to uuid references auth.users (id) on delete set null,
  snoozed_until timestamptz,
  snoozed_at timestamptz,
  done_at timestamptz,
  answers_read_at timestamptz
);

comment on table private.threads is
  'A conversation with a lead who replied: written by private.refresh_threads from the messages, and by change_thread. Operators read it as operator_threads.';
comment on column private.threads.last_reply_id is 'The newest reply of a person; where there are only automatic ones, the newest of them.';
comment on column private.threads.replies is 'Replies of people, without automatic ones.';
comment on column private.threads.answered_at is 'Our newest answer, written here or at the provider; mails of the sequence are none.';
comment on column private.threads.waiting_since is
  'The oldest reply of a person after our newest answer, and after somebody marked the conversation as done; null = no one waits.';
comment on column private.threads.done_at is 'When somebody marked it as done; a later reply opens it again.';

comment on column private.threads.answers_read_at is
  'When the sync last asked the provider for answers that people wrote there, where it shows them by lead only.';

create index threads_waiting_idx on private.threads (waiting_since) where waiting_since is not null;
create index threads_client_id_idx on private.threads (client_id, last_reply_at desc);
create index threads_campaign_id_idx on private.threads (campaign_id);
create index threads_newest_idx on private.threads (last_reply_at desc);
create index threads_assigned_to_idx on private.threads (assigned_to) where assigned_to is not null;
create index threads_last_reply_id_idx on private.threads (last_reply_id);

alter table private.threads enable row level security;

grant select on private.threads to authenticated;
grant select, insert, update, delete on private.threads to service_role;

create policy "Operators see conversations"
on private.threads for select to authenticated
using ((select private.is_operator()));

-- Where our answers are found: sent mails that no event of the sequence announced.
create index messages_answers_idx on public.messages (client_id, occurred_at) where direction = 'sent' and event_id is null;

-- Reads the conversations of these leads again from their messages.
create function private.refresh_threads(lead_ids uuid[])
returns void
language sql
volatile
set search_path = ''
as $$
  -- Read by their leads and by nothing else: with a condition on direction or time in the same place, a plan that was made without
  -- statistics searches all replies there are, once for each lead (2.9 s for a hundred leads among 22,000 messages).
  with mail as materialized (
    select
      m.lead_id, m.id, m.occurred_at, m.is_auto_reply, m.direction = 'received' as is_received,
      max(m.occurred_at) filter (where m.direction = 'sent' and m.event_id is null) over (partition by m.lead_id) as answered_at
    from public.messages as m
    where m.lead_id = any (lead_ids)
  ),
  conversation as (
    select
      m.lead_id, m.answered_at,
      count(*) filter (where not m.is_auto_reply) as replies,
      (array_agg(m.id order by m.is_auto_reply, m.occurred_at desc, m.id desc))[1] as last_reply_id,
      (array_agg(m.occurred_at order by m.is_auto_reply, m.occurred_at desc, m.id desc))[1] as last_reply_at,
      min(m.occurred_at) filter (
        where not m.is_auto_reply and m.occurred_at > coalesce(greatest(m.answered_at, known.done_at), '-infinity')
      ) as waiting_since
    from mail as m
    left join private.threads as known on known.lead_id = m.lead_id
    where m.is_received
    group by m.lead_id, m.answered_at
  )
  insert into private.threads as t (lead_id, client_id, campaign_id, last_reply_id, last_reply_at, replies, answered_at, waiting_since)
  select
    l.id, l.client_id, l.campaign_id, c.last_reply_id, c.last_reply_at, c.replies, c.answered_at, c.waiting_since
  from conversation as c
  join public.synced_leads as l on l.id = c.lead_id
  order by l.id
  on conflict (lead_id) do update set
    client_id = excluded.client_id, campaign_id = excluded.campaign_id, last_reply_id = excluded.last_reply_id,
    last_reply_at = excluded.last_reply_at, replies = excluded.replies, answered_at = excluded.answered_at,
    waiting_since = excluded.waiting_since,
    -- What the person writes meanwhile ends a snooze, and an answer one that is over; a reminder to come stays.
    snoozed_until = case
      when excluded.last_reply_at > t.snoozed_at then null
      when excluded.answered_at > t.snoozed_at and t.snoozed_until <= now() then null
      else t.snoozed_until
    end;

  delete from private.threads as t
  where t.lead_id = any (lead_ids)
    and t.lead_id <> all (array(
      select m.lead_id from public.messages as m where m.lead_id = any (lead_ids) and (m.direction = 'received') is true
    ));

  -- Without an answer no wait has ended: most replies cost the projector this look and no more.
  select private.refresh_waits(a.ids)
  from (
    select array_agg(t.lead_id) as ids
    from private.threads as t
    where t.lead_id = any (lead_ids) and t.answered_at is not null
  ) as a
  where a.ids is not null
$$;

comment on function private.refresh_threads(uuid[]) is 'Writes the conversations of these leads as their messages are now; what people decided stays.';

grant execute on function private.refresh_threads(uuid[]) to service_role;

-- Of a batch of the projector only replies and answers concern a conversation; sent mails cost one look at the rows.
create function private.follow_messages()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  touched uuid[];
begin
  select array_agg(distinct n.lead_id) into touched
  from after as n
  where n.direction = 'received' or n.event_id is null;

  if touched is not null then
    perform private.refresh_threads(touched);
  end if;

  return null;
end
$$;

comment on function private.follow_messages() is 'Trigger: new replies and answers change their conversations.';

grant execute on function private.follow_messages() to service_role;

create trigger follow_messages after insert on public.messages
referencing new table as after
for each statement execute function private.follow_messages();

-- A reply that proves to be automatic, or a lead that is merged with another.
create function private.follow_changed_message()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.refresh_threads(array[old.lead_id, new.lead_id]);
  perform private.refresh_waits(array[old.lead_id, new.lead_id]);
  return null;
end
$$;

comment on function private.follow_changed_message() is 'Trigger: a corrected reply changes its conversation.';

grant execute on function private.follow_changed_message() to service_role;

create trigger follow_changed_message after update of is_auto_reply, lead_id on public.messages
for each row when ((old.is_auto_reply, old.lead_id) is distinct from (new.is_auto_reply, new.lead_id))
execute function private.follow_changed_message();

-- Messages go with their campaign, or when a person is erased.
create function private.follow_removed_messages()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  touched uuid[];
begin
  select array_agg(distinct o.lead_id) into touched from before as o where o.direction = 'received' or o.event_id is null;

  if touched is not null then
    perform private.refresh_threads(touched);
    perform private.refresh_waits(touched);
  end if;

  return null;
end
$$;

comment on function private.follow_removed_messages() is 'Trigger: removed replies and answers change their conversations.';

grant execute on function private.follow_removed_messages() to service_role;

create trigger follow_removed_messages after delete on public.messages
referencing old table as before
for each statement execute function private.follow_removed_messages();

-- Notes among colleagues; no client ever reads one.
create table private.thread_notes (
  id uuid primary key default gen_random_uuid(),
  lead_id uuid not null references private.threads (lead_id) on delete cascade,
  client_id uuid not null references public.clients (id) on delete cascade,
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  author_id uuid,
  body text not null check (length(body) between 1 and 4000),
  created_at timestamptz not null default now()
);

comment on table private.thread_notes is 'Internal notes on a conversation. Operators read them as operator_thread_notes, no client does.';

create index thread_notes_lead_id_idx on private.thread_notes (lead_id, created_at);
create index thread_notes_client_id_idx on private.thread_notes (client_id);
create index thread_notes_campaign_id_idx on private.thread_notes (campaign_id);

alter table private.thread_notes enable row level security;

grant select on private.thread_notes to authenticated;
grant select, insert, update, delete on private.thread_notes to service_role;

create policy "Operators see notes"
on private.thread_notes for select to authenticated
using ((select private.is_operator()));

create view public.operator_thread_notes
with (security_invoker = true)
as
select n.id, n.client_id, n.lead_id, n.author_id, private.person_name(n.author_id) as author_name, n.body, n.created_at
from private.thread_notes as n
where (select private.may_operate());

comment on view public.operator_thread_notes is 'Internal notes on conversations, by lead_id. Operators only; clients never read them.';

grant select on public.operator_thread_notes to authenticated, service_role;
