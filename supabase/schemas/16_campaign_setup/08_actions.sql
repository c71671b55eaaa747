-- What operators do to a campaign that is at the provider; the function asks the provider, these read and write our side.

-- What an action on a campaign needs to know of it. The provider's id stays between the database and the function.
create function worker.read_exported_campaign(target_campaign_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'campaign_id', c.id, 'client_id', c.client_id, 'name', c.name, 'provider', c.provider, 'provider_status', c.provider_status,
    'time_zone', c.time_zone, 'sending_days', c.sending_days, 'sending_from', to_char(c.sending_from, 'HH24:MI'),
    'sending_to', to_char(c.sending_to, 'HH24:MI'), 'start_on', c.start_on, 'end_on', c.end_on,
    'connection_id', p.connection_id, 'provider_campaign_id', p.provider_campaign_id,
    'pause', (
      select jsonb_build_object('day', s.day, 'reason', s.reason)
      from private.schedule_pauses as s
      where s.campaign_id = c.id and s.state in ('pausing', 'paused', 'resuming')
    ),
    'leads_waiting', (
      select count(*) from public.synced_leads as l where l.campaign_id = c.id and l.lead_status = 'not_yet_emailed' and l.removed_at is null
    ),
    'mailboxes', case when p.connection_id is not null then private.campaign_mailboxes(c.id, p.connection_id) end
  )
  from public.campaigns as c
  left join private.provider_campaigns as p on p.campaign_id = c.id
  where c.id = target_campaign_id
$$;

comment on function worker.read_exported_campaign(uuid) is
  'A campaign with its id at the provider (null = not exported), its schedule, a pause of ours and its mailboxes; null = there is none. Service role only.';

grant execute on function worker.read_exported_campaign(uuid) to service_role;

-- A person paused or resumed a campaign, and the provider confirmed it. A pause of ours for a holiday ends with that: the
-- person's word counts, also on the day itself.
create function worker.record_campaign_act(target_campaign_id uuid, act text, actor uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  owner_id uuid;
begin
  update private.schedule_pauses as s
  set state = 'dropped', ended_at = now()
  where s.campaign_id = target_campaign_id and s.state in ('pausing', 'paused', 'resuming');

  -- Resumed by hand on a holiday: not paused again on this day.
  if act = 'resumed' then
    insert into private.schedule_pauses (campaign_id, connection_id, day, reason, state, ended_at)
    select c.id, p.connection_id, d.day, private.pause_reason(c, d.day), 'dropped', now()
    from public.campaigns as c
    join private.provider_campaigns as p on p.campaign_id = c.id
    cross join lateral (select (now() at time zone c.time_zone)::date as day) as d
    where c.id = target_campaign_id and private.pause_reason(c, d.day) is not null
    on conflict (campaign_id, day) do nothing;
  end if;

  update public.campaigns as c
  set provider_status = case act when 'paused' then 'paused' else 'active' end::public.provider_campaign_status
  where c.id = target_campaign_id
  returning c.client_id into owner_id;

  perform private.write_audit('campaign_' || act, 'campaign', target_campaign_id::text, owner_id, '{}', actor);
end
$$;

comment on function worker.record_campaign_act(uuid, text, uuid) is
  'Writes that a person paused or resumed a campaign (act: paused, resumed) after the provider confirmed it. Service role only.';

grant execute on function worker.record_campaign_act(uuid, text, uuid) to service_role;

-- The lead that a person wants removed, with its id at the provider.
create function worker.read_campaign_lead(target_campaign_id uuid, target_lead_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('email', l.email, 'provider_lead_id', l.provider_lead_id, 'is_removed', l.removed_at is not null)
  from public.synced_leads as l
  where l.id = target_lead_id and l.campaign_id = target_campaign_id
$$;

comment on function worker.read_campaign_lead(uuid, uuid) is
  'A lead of a campaign: { email, provider_lead_id, is_removed }; null = it has no such lead. Service role only.';

grant execute on function worker.read_campaign_lead(uuid, uuid) to service_role;

-- Removed at the provider: the row stays with its history, and says since when it is gone.
create function worker.record_lead_removed(target_campaign_id uuid, target_lead_id uuid, actor uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  owner_id uuid;
begin
  update public.synced_leads as l
  set removed_at = coalesce(l.removed_at, now()), updated_at = now()
  where l.id = target_lead_id and l.campaign_id = target_campaign_id
  returning l.client_id into owner_id;

  perform private.write_audit(
    'lead_removed', 'lead', target_lead_id::text, owner_id, jsonb_build_object('campaign_id', target_campaign_id), actor
  );
end
$$;

comment on function worker.record_lead_removed(uuid, uuid, uuid) is
  'Marks a lead as removed at the provider by a person. Service role only.';

grant execute on function worker.record_lead_removed(uuid, uuid, uuid) to service_role;
