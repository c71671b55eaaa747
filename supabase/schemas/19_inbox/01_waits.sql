-- How long people who wrote waited for an answer, in working time. Kept as rows, because the median over a thousand clients is asked
-- for on every page load, and an answer is written seldom.

-- Seconds between two moments that fall into Monday to Friday, 9 to 17 o'clock, of a time zone. Counted by the clock on the wall, so
-- that a change to summer time (at night) changes nothing.
create function private.working_seconds(since timestamptz, until timestamptz, time_zone text)
returns integer
language sql
stable strict
set search_path = ''
as $$
  select greatest(0, max(w.seconds) - min(w.seconds))::integer
  from (values (since), (least(until, since + interval '90 days'))) as m (at)
  cross join lateral (select m.at at time zone time_zone as wall) as c
  -- 2001 began on a Monday.
  cross join lateral (
    select c.wall::date - date '2001-01-01' as days, extract(epoch from c.wall::time - time '09:00') as since_nine
  ) as d
  cross join lateral (
    select
      (d.days / 7) * 5 * 28800 + least(d.days % 7, 5) * 28800
        + case when d.days % 7 < 5 then least(greatest(d.since_nine, 0), 28800) else 0 end as seconds
  ) as w
  where until > since
$$;

comment on function private.working_seconds(timestamptz, timestamptz, text) is
  'Working seconds (Monday to Friday, 9 to 17 o''clock) between two moments in a time zone, over 90 days at most.';

grant execute on function private.working_seconds(timestamptz, timestamptz, text) to authenticated, service_role;

-- One row per wait that ended: from a reply of a person to whom we owed nothing yet until our next answer.
create table private.reply_waits (
  lead_id uuid not null references public.synced_leads (id) on delete cascade,
  began_at timestamptz not null,
  client_id uuid not null references public.clients (id) on delete cascade,
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  answered_at timestamptz not null,
  seconds integer not null,
  is_at_provider boolean not null,
  primary key (lead_id, began_at)
);

comment on table private.reply_waits is
  'How long somebody who wrote waited for an answer of ours; only waits that ended. Written by private.refresh_waits from the messages; read as client_reply_times and reply_times.';
comment on column private.reply_waits.seconds is 'In working time of the client: Monday to Friday, 9 to 17 o''clock in its time zone.';
comment on column private.reply_waits.is_at_provider is 'The answer was written in the provider''s own inbox, not here.';

-- Everything that the views ask for, in the index alone.
create index reply_waits_client_id_idx on private.reply_waits (client_id, began_at) include (seconds, is_at_provider);
create index reply_waits_campaign_id_idx on private.reply_waits (campaign_id);

alter table private.reply_waits enable row level security;

grant select on private.reply_waits to authenticated;
grant select, insert, update, delete on private.reply_waits to service_role;

create policy "Clients see their waits, operators see all"
on private.reply_waits for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- Reads the waits of these leads again from their messages.
create function private.refresh_waits(lead_ids uuid[])
returns void
language sql
volatile
set search_path = ''
as $$
  delete from private.reply_waits as w where w.lead_id = any (lead_ids);

  insert into private.reply_waits (lead_id, began_at, client_id, campaign_id, answered_at, seconds, is_at_provider)
  select
    t.lead_id, t.occurred_at, t.client_id, t.campaign_id, t.answered_at,
    private.working_seconds(t.occurred_at, t.answered_at, c.time_zone), t.answered_in = 'inbox'
  from (
    select
      m.*, lead(m.occurred_at) over turns as answered_at, lead(m.source) over turns as answered_in
    from (
      select
        x.lead_id, x.client_id, x.campaign_id, x.id, x.occurred_at, x.direction, x.source,
        lag(x.direction) over (partition by x.lead_id order by x.occurred_at, x.direction = 'sent', x.id) as before
      -- Read by their leads and by nothing else, as in private.refresh_threads.
      from (select a.* from public.messages as a where a.lead_id = any (lead_ids) offset 0) as x
      where (x.direction = 'received' and not x.is_auto_reply) or (x.direction = 'sent' and x.event_id is null)
    ) as m
    -- The first of each turn: what is written while one waits, or after an answer, begins no wait and ends none.
    where m.before is distinct from m.direction
    -- Of one moment, the answer comes after what it answers.
    window turns as (partition by m.lead_id order by m.occurred_at, m.direction = 'sent', m.id)
  ) as t
  join public.clients as c on c.id = t.client_id
  join public.synced_leads as l on l.id = t.lead_id
  where t.direction = 'received' and t.answered_at is not null
  -- Two replies at one moment with an answer at it between them.
  on conflict (lead_id, began_at) do nothing
$$;

comment on function private.refresh_waits(uuid[]) is 'Writes the waits of these leads as their messages are now.';

grant execute on function private.refresh_waits(uuid[]) to service_role;

-- Working hours are those of the client's time zone.
create function private.recount_waits()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  update private.reply_waits as w
  set seconds = private.working_seconds(w.began_at, w.answered_at, new.time_zone)
  where w.client_id = new.id;

  return null;
end
$$;

comment on function private.recount_waits() is
  'Trigger: counts the waits of a client again when its time zone changes. Definer: who may change a client need not write here.';

create trigger recount_waits after update of time_zone on public.clients
for each row when (old.time_zone is distinct from new.time_zone)
execute function private.recount_waits();
