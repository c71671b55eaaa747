-- The one way by which a meeting is created or changed, by the provider's label, a person or the CRM.

-- The mail of the sequence that led to it: the last one sent before the newest reply before it; without a reply, before it.
create function private.meeting_step(target_lead_id uuid, before timestamptz, out step smallint, out variant smallint)
returns record
language sql
stable
set search_path = ''
as $$
  select e.step, e.variant
  from (
    select coalesce(max(r.occurred_at) filter (where r.type = 'reply_received'), before) as at
    from public.email_events as r
    where r.lead_id = target_lead_id and r.occurred_at <= before
  ) as reply
  join public.email_events as e on e.lead_id = target_lead_id and e.type = 'email_sent' and e.occurred_at <= reply.at
  where e.step is not null
  order by e.occurred_at desc, e.step desc, e.variant desc nulls last
  limit 1
$$;

comment on function private.meeting_step(uuid, timestamptz) is
  'Step and variant of the last mail that a lead got before its newest reply before this time; null where no mail of it is known.';

grant execute on function private.meeting_step(uuid, timestamptz) to service_role;

-- Which meeting a report is about: the one that the source knows by this reference, else the newest one of the lead that the source
-- reported before, else the newest one. A report with a reference is never about a meeting that has another one of the same source.
create function private.find_meeting(target_lead_id uuid, report_source public.meeting_source, known_as text)
returns uuid
language sql
stable
set search_path = ''
as $$
  select m.id
  from public.meetings as m
  left join private.meeting_references as r on r.meeting_id = m.id and r.source = report_source and r.reference = known_as
  where m.lead_id = target_lead_id
    and (
      known_as is null or r.reference is not null
      or not exists (select from private.meeting_references as o where o.meeting_id = m.id and o.source = report_source)
    )
  order by
    r.reference is not null desc,
    m.removed_at is null desc,
    exists (select from private.meeting_reports as w where w.meeting_id = m.id and w.source = report_source) desc,
    m.booked_at desc, m.id
  limit 1
$$;

comment on function private.find_meeting(uuid, public.meeting_source, text) is
  'The meeting of a lead that a report of this source is about, also a removed one; null = a new one.';

grant execute on function private.find_meeting(uuid, public.meeting_source, text) to service_role;

-- Brings a meeting in line with its reports. A person and the CRM come before the provider's label, and of these two the later one.
-- What the first leaves open (value, time, note) comes from the next. Without any report the meeting is removed.
create function private.settle_meeting(target_meeting_id uuid, moment timestamptz)
returns void
language sql
volatile
set search_path = ''
as $$
  with report as (
    select w.*, row_number() over (order by w.source = 'provider', w.reported_at desc, w.source = 'person' desc) as place
    from private.meeting_reports as w
    where w.meeting_id = target_meeting_id
  ),
  combined as (
    select
      (array_agg(w.value order by w.place) filter (where w.value is not null))[1] as value,
      (array_agg(w.currency order by w.place) filter (where w.value is not null))[1] as currency,
      (array_agg(w.occurs_at order by w.place) filter (where w.occurs_at is not null))[1] as occurs_at,
      (array_agg(w.note order by w.place) filter (where w.note is not null))[1] as note,
      min(w.booked_at) as booked_at,
      min(w.held_at) as held_at
    from report as w
  ),
  written as (
    update public.meetings as m
    set
      status = w.status,
      source = w.source,
      status_at = w.happened_at,
      booked_at = t.booked_at,
      held_at = case when w.status in ('held', 'won', 'lost') then coalesce(w.held_at, t.held_at) end,
      won_at = case when w.status = 'won' then w.won_at end,
      occurs_at = t.occurs_at,
      value = t.value,
      currency = coalesce(t.currency, m.currency),
      note = t.note,
      step = coalesce(sent.step, m.step),
      variant = coalesce(sent.variant, m.variant),
      removed_at = null,
      removed_by_hand = false,
      updated_at = now()
    from report as w
    cross join combined as t
    left join lateral private.meeting_step(
      (select k.lead_id from public.meetings as k where k.id = target_meeting_id), t.booked_at
    ) as sent on true
    where m.id = target_meeting_id and w.place = 1
    returning m.id
  )
  update public.meetings as m
  set removed_at = moment, updated_at = now()
  where m.id = target_meeting_id and not exists (select from written)
$$;

comment on function private.settle_meeting(uuid, timestamptz) is
  'Writes a meeting as its reports have it; without any it is removed as of this time.';

grant execute on function private.settle_meeting(uuid, timestamptz) to service_role;

-- Records what a source reports of a meeting of a lead; returns the meeting, or null where it changed nothing: the report is older
-- than the source's last one or than the removal of the meeting, or it ends a meeting (lost, cancelled) that was never booked.
-- known_as is the source's own id of the meeting or the deal, so that the same one never becomes two. A time, value or note of null
-- leaves that of the source's last report; cleared names those to be emptied. is_another = one more meeting of this lead.
create function private.record_meeting(
  target_lead_id uuid, report_source public.meeting_source, new_status public.meeting_status, reported_at timestamptz,
  known_as text default null, happened_at timestamptz default null, meeting_time timestamptz default null,
  deal_value numeric default null, deal_currency text default null, note text default null, actor uuid default null,
  target_meeting_id uuid default null, is_another boolean default false, cleared text[] default '{}'
)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  lead public.synced_leads;
  meeting public.meetings;
  before private.meeting_reports;
  is_same boolean;
  at_source timestamptz := coalesce(private.believed_time(reported_at, now()), now());
  is_dated boolean := happened_at is not null;
  since timestamptz := coalesce(private.believed_time(happened_at, now()), private.believed_time(reported_at, now()), now());
begin
  -- Reports about one lead take turns.
  select l.* into lead from public.synced_leads as l where l.id = target_lead_id for no key update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no lead %L; check the id', target_lead_id);
  end if;

  select m.* into meeting
  from public.meetings as m
  where not is_another
    and m.id = coalesce(target_meeting_id, private.find_meeting(target_lead_id, report_source, known_as))
    and m.lead_id = target_lead_id;

  if meeting.removed_at >= at_source then
    return null;
  end if;

  if meeting.id is null or meeting.removed_at is not null then
    if new_status in ('lost', 'cancelled') and report_source <> 'person' then
      return null;
    end if;

    if meeting.id is null then
      insert into public.meetings (client_id, campaign_id, lead_id, status, source, status_at, booked_at, currency, removed_at)
      select lead.client_id, lead.campaign_id, lead.id, new_status, report_source, since, since, c.currency, '-infinity'
      from public.clients as c
      where c.id = lead.client_id
      returning * into meeting;
    end if;
  end if;

  if known_as is not null then
    insert into private.meeting_references (source, reference, meeting_id)
    values (report_source, known_as, meeting.id)
    on conflict (source, reference) do update set meeting_id = excluded.meeting_id;
  end if;

  select w.* into before from private.meeting_reports as w where w.meeting_id = meeting.id and w.source = report_source for update;

  if before.reported_at > at_source then
    return null;
  end if;

  -- A person who adds a value or a note to what another source reported confirms it; nothing became so only now.
  is_same := report_source = 'person' and meeting.removed_at is null and meeting.status = new_status and not is_dated;

  insert into private.meeting_reports as w
    (meeting_id, source, status, reported_at, happened_at, booked_at, held_at, won_at, occurs_at, value, currency, note, reported_by)
  values (
    meeting.id, report_source, new_status, at_source,
    case
      when before.status = new_status and not is_dated then before.happened_at
      when is_same then meeting.status_at
      else since
    end,
    case when new_status = 'booked' and is_dated then since else least(before.booked_at, since) end,
    case
      when new_status = 'held' and is_dated then since
      when new_status in ('held', 'won') then coalesce(
        before.held_at, case when report_source = 'person' and meeting.removed_at is null then meeting.held_at end, since
      )
      when new_status = 'lost' then before.held_at
    end,
    case when new_status = 'won' then case
      when is_dated then since
      else coalesce(before.won_at, case when is_same then meeting.won_at end, since)
    end end,
    case when 'occurs_at' <> all (cleared) then coalesce(meeting_time, before.occurs_at) end,
    case when 'value' <> all (cleared) then coalesce(round(deal_value, 2), before.value) end,
    case when deal_value is not null then coalesce(deal_currency, meeting.currency) else before.currency end,
    case when 'note' <> all (cleared) then coalesce(nullif(btrim(record_meeting.note), ''), before.note) end, actor
  )
  on conflict (meeting_id, source) do update set
    status = excluded.status, reported_at = excluded.reported_at, happened_at = excluded.happened_at, booked_at = excluded.booked_at,
    held_at = excluded.held_at, won_at = excluded.won_at, occurs_at = excluded.occurs_at, value = excluded.value,
    currency = excluded.currency, note = excluded.note, reported_by = excluded.reported_by;

  perform private.settle_meeting(meeting.id, at_source);

  -- A repeated report is no news.
  insert into public.meeting_changes
    (meeting_id, client_id, campaign_id, lead_id, source, status, happened_at, occurs_at, value, currency, note, changed_by, is_followed)
  select
    w.meeting_id, m.client_id, m.campaign_id, m.lead_id, w.source, w.status, w.happened_at, w.occurs_at, w.value, w.currency, w.note,
    w.reported_by, m.source = w.source
  from private.meeting_reports as w
  join public.meetings as m on m.id = w.meeting_id
  where w.meeting_id = meeting.id and w.source = report_source
    and (w.status, w.occurs_at, w.value, w.currency, w.note)
      is distinct from (before.status, before.occurs_at, before.value, before.currency, before.note);

  return meeting.id;
end
$$;

comment on function private.record_meeting(
  uuid, public.meeting_source, public.meeting_status, timestamptz, text, timestamptz, timestamptz, numeric, text, text, uuid, uuid, boolean, text[]
) is
  'The one way by which a meeting of a lead is created or changed. A repeated report changes nothing, an older one of the same source neither; returns the meeting, null = nothing changed.';

grant execute on function private.record_meeting(
  uuid, public.meeting_source, public.meeting_status, timestamptz, text, timestamptz, timestamptz, numeric, text, text, uuid, uuid, boolean, text[]
) to service_role;

-- A source withdraws its report: a lead whose label was changed to another one, a meeting or a deal that was deleted in the CRM.
-- Returns the meeting; null = the source had reported none, or something newer.
create function private.withdraw_meeting(
  target_lead_id uuid, report_source public.meeting_source, reported_at timestamptz, known_as text default null, actor uuid default null
)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  at_source timestamptz := coalesce(private.believed_time(reported_at, now()), now());
  withdrawn private.meeting_reports;
begin
  perform from public.synced_leads as l where l.id = target_lead_id for no key update;

  delete from private.meeting_reports as w
  where w.meeting_id = private.find_meeting(target_lead_id, report_source, known_as)
    and w.source = report_source
    and w.reported_at <= at_source
    and (known_as is null or exists (
      select from private.meeting_references as r
      where r.source = report_source and r.reference = known_as and r.meeting_id = w.meeting_id
    ))
  returning w.* into withdrawn;

  if withdrawn.meeting_id is null then
    return null;
  end if;

  perform private.settle_meeting(withdrawn.meeting_id, at_source);

  insert into public.meeting_changes (meeting_id, client_id, campaign_id, lead_id, source, happened_at, changed_by, is_followed)
  select m.id, m.client_id, m.campaign_id, m.lead_id, report_source, at_source, actor, true
  from public.meetings as m
  where m.id = withdrawn.meeting_id;

  return withdrawn.meeting_id;
end
$$;

comment on function private.withdraw_meeting(uuid, public.meeting_source, timestamptz, text, uuid) is
  'Withdraws what a source reported of a meeting; then the next source counts, and without one the meeting is removed.';

grant execute on function private.withdraw_meeting(uuid, public.meeting_source, timestamptz, text, uuid) to service_role;
