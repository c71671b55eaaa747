-- Days on which a campaign is not to send although its schedule at the provider allows it: neither provider knows
-- holidays, and Smartlead knows no last day. The campaign is paused for the day and resumed after it.

create type private.pause_state as enum ('pausing', 'paused', 'resuming', 'resumed', 'dropped');

-- One row per campaign and day on which a pause began. Only what is in here as ours is ever resumed.
create table private.schedule_pauses (
  id uuid primary key default gen_random_uuid(),
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  day date not null,
  reason text not null,
  state private.pause_state not null default 'pausing',
  pause_sent_at timestamptz,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  error text,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  constraint schedule_pauses_once_a_day unique (campaign_id, day)
);

comment on table private.schedule_pauses is
  'Pauses of campaigns for a holiday, or after the last day where the provider has none. dropped = a person paused or resumed meanwhile: theirs counts.';
comment on column private.schedule_pauses.pause_sent_at is
  'Set before the provider is asked to pause, so that a run that died in between knows that the pause it finds is ours.';

create index schedule_pauses_open_idx on private.schedule_pauses (next_attempt_at) where state in ('pausing', 'paused', 'resuming');
create index schedule_pauses_connection_id_idx on private.schedule_pauses (connection_id);

alter table private.schedule_pauses enable row level security;

grant select, insert, update, delete on private.schedule_pauses to service_role;

create policy "Only the functions read pauses"
on private.schedule_pauses for all to service_role using (true) with check (true);

-- Why a campaign is not to send on a day, or null: the name of a holiday, or that its last day is over.
create function private.pause_reason(campaign public.campaigns, day date)
returns text
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (select h.name from private.holidays(campaign.holiday_countries, pause_reason.day, pause_reason.day) as h limit 1),
    case when campaign.provider = 'smartlead' and pause_reason.day > campaign.end_on then 'Its last day is over' end
  )
$$;

comment on function private.pause_reason(public.campaigns, date) is
  'Why we keep a campaign from sending on a day: a holiday, or (Smartlead) that its last day is over; null = we do not.';

grant execute on function private.pause_reason(public.campaigns, date) to service_role;

-- Opens a pause for every active campaign whose day it is, turns pauses that are over into resumptions, and names what is due.
create function private.plan_pauses(moment timestamptz)
returns table (pause_id uuid)
language plpgsql
set search_path = ''
as $$
begin
  insert into private.schedule_pauses (campaign_id, connection_id, day, reason, next_attempt_at)
  select c.id, p.connection_id, d.day, reason.text, moment
  from public.campaigns as c
  join private.provider_campaigns as p on p.campaign_id = c.id
  join public.provider_connections as k on k.id = p.connection_id and k.status = 'active' and k.removed_at is null
  join public.clients as t on t.id = c.client_id and t.integration_enabled
  cross join lateral (select (moment at time zone c.time_zone)::date as day) as d
  cross join lateral (select private.pause_reason(c, d.day) as text) as reason
  where c.provider_status = 'active'
    and (cardinality(c.holiday_countries) > 0 or c.end_on < d.day)
    and reason.text is not null
    and not exists (
      select from private.schedule_pauses as s where s.campaign_id = c.id and s.state in ('pausing', 'paused', 'resuming')
    )
  on conflict (campaign_id, day) do nothing;

  -- A pause over several days (Christmas) is one: it ends with the first day without a reason.
  update private.schedule_pauses as s
  set state = 'resuming', attempts = 0, next_attempt_at = moment
  from public.campaigns as c
  where c.id = s.campaign_id and s.state = 'paused' and private.pause_reason(c, (moment at time zone c.time_zone)::date) is null;

  -- A pause that never got through while its day lasted: what was asked of the provider may have arrived.
  update private.schedule_pauses as s
  set
    state = case when s.pause_sent_at is null then 'dropped' else 'resuming' end::private.pause_state,
    ended_at = case when s.pause_sent_at is null then moment end,
    attempts = 0, next_attempt_at = moment
  from public.campaigns as c
  where c.id = s.campaign_id and s.state = 'pausing' and private.pause_reason(c, (moment at time zone c.time_zone)::date) is null;

  return query
  update private.schedule_pauses as s
  set
    attempts = s.attempts + 1,
    next_attempt_at = moment + make_interval(secs => least(3600, 300 * power(2, s.attempts)))
  where s.state in ('pausing', 'resuming') and s.next_attempt_at <= moment
    and exists (
      select
      from public.provider_connections as k
      where k.id = s.connection_id and k.status = 'active' and k.removed_at is null
    )
  returning s.id;
end
$$;

comment on function private.plan_pauses(timestamptz) is
  'Opens and ends the pauses that the moment asks for, and returns those to be sent to the provider now, each with a growing backoff.';

grant execute on function private.plan_pauses(timestamptz) to service_role;

-- What the function needs to carry a pause out; null when there is nothing to do any more.
create function worker.read_pause(target_pause_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'state', s.state, 'connection_id', s.connection_id, 'provider_campaign_id', p.provider_campaign_id,
    'campaign_id', s.campaign_id, 'pause_sent', s.pause_sent_at is not null
  )
  from private.schedule_pauses as s
  join private.provider_campaigns as p on p.campaign_id = s.campaign_id and p.connection_id = s.connection_id
  where s.id = target_pause_id and s.state in ('pausing', 'resuming')
$$;

comment on function worker.read_pause(uuid) is
  'A pause to carry out: { state: pausing|resuming, connection_id, provider_campaign_id, campaign_id, pause_sent }; null = done or withdrawn. Service role only.';

grant execute on function worker.read_pause(uuid) to service_role;

-- How far carrying out a pause got. step: sent (about to ask the provider), done, not_ours (somebody had paused it, or resumed it), failed.
create function worker.record_pause(target_pause_id uuid, step text, message text default null)
returns text
language plpgsql
set search_path = ''
as $$
declare
  pause private.schedule_pauses;
begin
  select s.* into pause from private.schedule_pauses as s where s.id = target_pause_id for update;

  -- A person acted meanwhile: what he wanted is in the campaign's state.
  if pause.state is null or pause.state not in ('pausing', 'resuming') then
    return coalesce((
      select case c.provider_status when 'active' then 'ended_active' else 'ended_paused' end
      from public.campaigns as c
      where c.id = pause.campaign_id
    ), 'ended_paused');
  end if;

  update private.schedule_pauses as s
  set
    pause_sent_at = case when step = 'sent' then coalesce(s.pause_sent_at, now()) else s.pause_sent_at end,
    state = case
      when step = 'done' and s.state = 'pausing' then 'paused'
      when step = 'done' then 'resumed'
      when step = 'not_ours' then 'dropped'
      else s.state
    end::private.pause_state,
    ended_at = case when step = 'not_ours' or (step = 'done' and s.state = 'resuming') then now() end,
    error = case when step = 'failed' then left(message, 500) end
  where s.id = target_pause_id;

  if step = 'done' then
    update public.campaigns as c
    set provider_status = case pause.state when 'pausing' then 'paused' else 'active' end::public.provider_campaign_status
    where c.id = pause.campaign_id and c.provider_status in ('active', 'paused');

    perform private.write_audit(
      case pause.state when 'pausing' then 'campaign_paused_for_day' else 'campaign_resumed_after_day' end, 'campaign',
      pause.campaign_id::text, (select c.client_id from public.campaigns as c where c.id = pause.campaign_id),
      jsonb_build_object('day', pause.day, 'reason', pause.reason)
    );
  end if;

  return pause.state::text;
end
$$;

comment on function worker.record_pause(uuid, text, text) is
  'Writes how far a pause got (sent, done, not_ours, failed) and the campaign''s state; returns the state before, or ended_active and ended_paused when a person resumed or paused it meanwhile. Service role only.';

grant execute on function worker.record_pause(uuid, text, text) to service_role;
