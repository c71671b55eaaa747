-- The one way by which a meeting comes into being or changes, whoever speaks: the provider's label, a person, the CRM.

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

-- Which meeting a word is about: the one that was named, the one that the source knows by this reference, else the newest one
-- of the lead that the source spoke of, else the newest one. A word with a reference is never about a meeting to which the same
-- source gave another one.
create function private.find_meeting(target_lead_id uuid, word_source public.meeting_source, known_as text)
returns uuid
language sql
stable
set search_path = ''
as $$
  select m.id
  from public.meetings as m
  left join private.meeting_references as r on r.meeting_id = m.id and r.source = word_source and r.reference = known_as
  where m.lead_id = target_lead_id
    and (
      known_as is null or r.reference is not null
      or not exists (select from private.meeting_references as o where o.meeting_id = m.id and o.source = word_source)
    )
  order by
    r.reference is not null desc,
    m.removed_at is null desc,
    exists (select from private.meeting_words as w where w.meeting_id = m.id and w.source = word_source) desc,
    m.booked_at desc, m.id
  limit 1
$$;

comment on function private.find_meeting(uuid, public.meeting_source, text) is
  'The meeting of a lead that a word of this source is about, also a removed one; null = a new one.';

grant execute on function private.find_meeting(uuid, public.meeting_source, text) to service_role;

-- Makes a meeting what its words say it is. A person and the CRM are believed before the provider's label, and of these two whoever
-- spoke last. What the believed one leaves open (value, time, note) comes from the next. Without a word it is none.
create function private.believe_meeting(target_meeting_id uuid, moment timestamptz)
returns void
language sql
volatile
set search_path = ''
as $$
  with word as (
    select w.*, row_number() over (order by w.source = 'provider', w.stated_at desc, w.source = 'person' desc) as place
    from private.meeting_words as w
    where w.meeting_id = target_meeting_id
  ),
  told as (
    select
      (array_agg(w.value order by w.place) filter (where w.value is not null))[1] as value,
      (array_agg(w.currency order by w.place) filter (where w.value is not null))[1] as currency,
      (array_agg(w.occurs_at order by w.place) filter (where w.occurs_at is not null))[1] as occurs_at,
      (array_agg(w.note order by w.place) filter (where w.note is not null))[1] as note,
      min(w.booked_at) as booked_at,
      min(w.held_at) as held_at
    from word as w
  ),
  spoken as (
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
      updated_at = now()
    from word as w
    cross join told as t
    left join lateral private.meeting_step(
      (select k.lead_id from public.meetings as k where k.id = target_meeting_id), t.booked_at
    ) as sent on true
    where m.id = target_meeting_id and w.place = 1
    returning m.id
  )
  update public.meetings as m
  set removed_at = moment, updated_at = now()
  where m.id = target_meeting_id and not exists (select from spoken)
$$;

comment on function private.believe_meeting(uuid, timestamptz) is
  'Writes a meeting as the words about it say; without any it is removed as of this time.';

grant execute on function private.believe_meeting(uuid, timestamptz) to service_role;

-- Records what a source says of a meeting of a lead; returns the meeting, or null where nothing came of it: the word is older than
-- what the source said before, or than the removal of the meeting, or it ends a meeting (lost, cancelled) that never was.
-- known_as is the source's own id of the meeting or the deal, so that the same one never becomes two. A time, value or note of null
-- leaves what the source said before; cleared names those that it takes back. is_another = a meeting beside those that the lead has.
create function private.record_meeting(
  target_lead_id uuid, word_source public.meeting_source, new_status public.meeting_status, stated_at timestamptz,
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
  before private.meeting_words;
  said timestamptz := coalesce(private.believed_time(stated_at, now()), now());
  is_dated boolean := happened_at is not null;
  since timestamptz := coalesce(private.believed_time(happened_at, now()), private.believed_time(stated_at, now()), now());
begin
  -- Words about one lead take turns.
  select l.* into lead from public.synced_leads as l where l.id = target_lead_id for no key update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no lead %L; check the id', target_lead_id);
  end if;

  select m.* into meeting
  from public.meetings as m
  where not is_another
    and m.id = coalesce(target_meeting_id, private.find_meeting(target_lead_id, word_source, known_as))
    and m.lead_id = target_lead_id;

  if meeting.removed_at >= said then
    return null;
  end if;

  if meeting.id is null or meeting.removed_at is not null then
    if new_status in ('lost', 'cancelled') and word_source <> 'person' then
      return null;
    end if;

    if meeting.id is null then
      insert into public.meetings (client_id, campaign_id, lead_id, status, source, status_at, booked_at, currency, removed_at)
      select lead.client_id, lead.campaign_id, lead.id, new_status, word_source, since, since, c.currency, '-infinity'
      from public.clients as c
      where c.id = lead.client_id
      returning * into meeting;
    end if;
  end if;

  if known_as is not null then
    insert into private.meeting_references (source, reference, meeting_id)
    values (word_source, known_as, meeting.id)
    on conflict (source, reference) do update set meeting_id = excluded.meeting_id;
  end if;

  select w.* into before from private.meeting_words as w where w.meeting_id = meeting.id and w.source = word_source for update;

  if before.stated_at > said then
    return null;
  end if;

  insert into private.meeting_words as w
    (meeting_id, source, status, stated_at, happened_at, booked_at, held_at, won_at, occurs_at, value, currency, note, said_by)
  values (
    meeting.id, word_source, new_status, said,
    case when before.status = new_status and not is_dated then before.happened_at else since end,
    case when new_status = 'booked' and is_dated then since else least(before.booked_at, since) end,
    case
      when new_status = 'held' and is_dated then since
      when new_status in ('held', 'won') then coalesce(before.held_at, since)
      when new_status = 'lost' then before.held_at
    end,
    case when new_status = 'won' then case when is_dated then since else coalesce(before.won_at, since) end end,
    case when 'occurs_at' <> all (cleared) then coalesce(meeting_time, before.occurs_at) end,
    case when 'value' <> all (cleared) then coalesce(round(deal_value, 2), before.value) end,
    case when deal_value is not null then coalesce(deal_currency, meeting.currency) else before.currency end,
    case when 'note' <> all (cleared) then coalesce(nullif(btrim(record_meeting.note), ''), before.note) end, actor
  )
  on conflict (meeting_id, source) do update set
    status = excluded.status, stated_at = excluded.stated_at, happened_at = excluded.happened_at, booked_at = excluded.booked_at,
    held_at = excluded.held_at, won_at = excluded.won_at, occurs_at = excluded.occurs_at, value = excluded.value,
    currency = excluded.currency, note = excluded.note, said_by = excluded.said_by;

  perform private.believe_meeting(meeting.id, said);

  -- The same again is no news.
  insert into public.meeting_changes
    (meeting_id, client_id, campaign_id, lead_id, source, status, happened_at, occurs_at, value, currency, note, changed_by, is_believed)
  select
    w.meeting_id, m.client_id, m.campaign_id, m.lead_id, w.source, w.status, w.happened_at, w.occurs_at, w.value, w.currency, w.note,
    w.said_by, m.source = w.source
  from private.meeting_words as w
  join public.meetings as m on m.id = w.meeting_id
  where w.meeting_id = meeting.id and w.source = word_source
    and (w.status, w.occurs_at, w.value, w.currency, w.note)
      is distinct from (before.status, before.occurs_at, before.value, before.currency, before.note);

  return meeting.id;
end
$$;

comment on function private.record_meeting(
  uuid, public.meeting_source, public.meeting_status, timestamptz, text, timestamptz, timestamptz, numeric, text, text, uuid, uuid, boolean, text[]
) is
  'The one way by which a meeting of a lead comes into being or changes. The same word again changes nothing, an older one of the same source neither; returns the meeting, null = nothing came of it.';

grant execute on function private.record_meeting(
  uuid, public.meeting_source, public.meeting_status, timestamptz, text, timestamptz, timestamptz, numeric, text, text, uuid, uuid, boolean, text[]
) to service_role;

-- A source takes its word back: a label that is none of a meeting any more, a meeting or a deal that was deleted in the CRM.
-- Returns the meeting, null = the source had said nothing, or something newer.
create function private.withdraw_meeting(
  target_lead_id uuid, word_source public.meeting_source, stated_at timestamptz, known_as text default null, actor uuid default null
)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  said timestamptz := coalesce(private.believed_time(stated_at, now()), now());
  withdrawn private.meeting_words;
begin
  perform from public.synced_leads as l where l.id = target_lead_id for no key update;

  delete from private.meeting_words as w
  where w.meeting_id = private.find_meeting(target_lead_id, word_source, known_as)
    and w.source = word_source
    and w.stated_at <= said
    and (known_as is null or exists (
      select from private.meeting_references as r
      where r.source = word_source and r.reference = known_as and r.meeting_id = w.meeting_id
    ))
  returning w.* into withdrawn;

  if withdrawn.meeting_id is null then
    return null;
  end if;

  perform private.believe_meeting(withdrawn.meeting_id, said);

  insert into public.meeting_changes (meeting_id, client_id, campaign_id, lead_id, source, happened_at, changed_by, is_believed)
  select m.id, m.client_id, m.campaign_id, m.lead_id, word_source, said, actor, true
  from public.meetings as m
  where m.id = withdrawn.meeting_id;

  return withdrawn.meeting_id;
end
$$;

comment on function private.withdraw_meeting(uuid, public.meeting_source, timestamptz, text, uuid) is
  'Takes back what a source said of a meeting; the next source is believed, and without one the meeting is removed.';

grant execute on function private.withdraw_meeting(uuid, public.meeting_source, timestamptz, text, uuid) to service_role;
