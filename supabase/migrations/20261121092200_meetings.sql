-- Generated from supabase/schemas/22_meetings by "npm run migrations".

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

-- Meetings by the provider's labels: a label that names a meeting records it, one that contradicts it withdraws it. Triggers with a
-- condition on the row, so that ordinary events and leads cost a comparison.

-- Smartlead's categories of these names are read as the types when they come in; a custom label of Instantly has its name only.
create function private.meeting_status_of(label_type public.email_event_type, label text)
returns public.meeting_status
language sql
immutable
set search_path = ''
as $$
  select case label_type
    when 'lead_meeting_booked' then 'booked'
    when 'lead_meeting_completed' then 'held'
    when 'lead_closed' then 'won'
    when 'lead_no_show' then 'no_show'
    when 'lead_lost' then 'lost'
    when 'lead_labelled' then case private.plain_label(label)
      when 'meeting booked' then 'booked'
      when 'meeting completed' then 'held'
      when 'meeting held' then 'held'
      when 'no show' then 'no_show'
      when 'won' then 'won'
      when 'closed won' then 'won'
      when 'lost' then 'lost'
      when 'closed lost' then 'lost'
    end
  end::public.meeting_status
$$;

comment on function private.meeting_status_of(public.email_event_type, text) is
  'What a label says of a meeting, by its type or as a custom one by its name: booked, held, won, no_show or lost; null for any other.';

grant execute on function private.meeting_status_of(public.email_event_type, text) to service_role;

-- A lead that was "meeting booked" and is "interested" now has none any more. "Out of office" speaks of the person's absence, and a
-- custom label of a good or an unknown meaning may be a later stage of the same deal: these leave the meeting as it is.
create function private.withdraws_meeting(label_type public.email_event_type, label_connection_id uuid, label text)
returns boolean
language sql
stable
set search_path = ''
as $$
  select case
    when label_type in ('lead_interested', 'lead_not_interested', 'lead_wrong_person', 'lead_neutral') then true
    when label_type = 'lead_labelled' and not private.means_automatic(label)
      then coalesce(private.event_interest(label_type, label_connection_id, label) <> 'positive', false)
    else false
  end
$$;

comment on function private.withdraws_meeting(public.email_event_type, uuid, text) is
  'True for a label that contradicts a meeting; not for out of office, and not for a custom label that is positive or not explained.';

grant execute on function private.withdraws_meeting(public.email_event_type, uuid, text) to service_role;

-- What a lead's label of this time says of its meeting. One that comes late, after a label that withdrew the meeting, says nothing
-- any more; nor does the provider's answer to a verdict that was pushed to it.
create function private.follow_meeting_label(
  target_lead_id uuid, label_type public.email_event_type, label_connection_id uuid, label text, labelled_at timestamptz
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  status public.meeting_status := private.meeting_status_of(label_type, label);
begin
  if status is not null then
    if not exists (
      select
      from public.email_events as e
      where e.lead_id = target_lead_id
        and e.occurred_at > labelled_at
        and e.type in ('lead_interested', 'lead_not_interested', 'lead_wrong_person', 'lead_neutral', 'lead_labelled')
        and private.meeting_status_of(e.type, e.label) is null
        and private.withdraws_meeting(e.type, e.connection_id, e.label)
    ) then
      perform private.record_meeting(target_lead_id, 'provider', status, labelled_at);
    end if;
  elsif exists (select from public.meetings as m where m.lead_id = target_lead_id and m.removed_at is null)
    and private.withdraws_meeting(label_type, label_connection_id, label)
    and not exists (
      select
      from private.verdict_pushes as v
      where v.lead_id = target_lead_id
        and v.status = 'pushed'
        and labelled_at between v.pushed_at - interval '5 minutes' and v.pushed_at + interval '15 minutes'
    )
  then
    perform private.withdraw_meeting(target_lead_id, 'provider', labelled_at);
  end if;
end
$$;

comment on function private.follow_meeting_label(uuid, public.email_event_type, uuid, text, timestamptz) is
  'Records or withdraws the provider''s report of a lead''s meeting by a label.';

grant execute on function private.follow_meeting_label(uuid, public.email_event_type, uuid, text, timestamptz) to service_role;

create function private.follow_label_event()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.follow_meeting_label(new.lead_id, new.type, new.connection_id, new.label, new.occurred_at);
  return null;
end
$$;

comment on function private.follow_label_event() is 'Trigger: an event that labels a lead, for its meeting.';

grant execute on function private.follow_label_event() to service_role;

create trigger follow_new_label after insert on public.email_events
for each row when (
  new.lead_id is not null and new.type in (
    'lead_meeting_booked', 'lead_meeting_completed', 'lead_closed', 'lead_no_show', 'lead_lost',
    'lead_interested', 'lead_not_interested', 'lead_wrong_person', 'lead_neutral', 'lead_labelled'
  )
)
execute function private.follow_label_event();

-- A category that came by number gets its meaning later.
create trigger follow_read_label after update of type on public.email_events
for each row when (
  new.lead_id is not null and old.type = 'lead_labelled' and new.type <> old.type
)
execute function private.follow_label_event();

-- A label that only the sync saw. Its names are those of the events, where it is no custom one; none at all is plain "lead" again.
create function private.follow_synced_label()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.follow_meeting_label(
    new.id,
    case
      when new.interest_label is null then 'lead_neutral'
      when new.interest_label in (
        'lead_meeting_booked', 'lead_meeting_completed', 'lead_closed', 'lead_no_show', 'lead_lost',
        'lead_interested', 'lead_not_interested', 'lead_wrong_person', 'lead_neutral', 'lead_out_of_office'
      ) then new.interest_label::public.email_event_type
      else 'lead_labelled'
    end,
    (select c.connection_id from public.campaigns as c where c.id = new.campaign_id),
    new.interest_label,
    coalesce(new.interest_label_at, new.interest_changed_at_reported, new.provider_updated_at, now())
  );
  return null;
end
$$;

comment on function private.follow_synced_label() is 'Trigger: a label that the sync read, for the lead''s meeting.';

grant execute on function private.follow_synced_label() to service_role;

create trigger follow_new_label after insert on public.synced_leads
for each row when (
  new.last_synced_at is not null
  and new.interest_label is not null
  and (
    new.interest_label in ('lead_meeting_booked', 'lead_meeting_completed', 'lead_closed', 'lead_no_show')
    or private.meeting_status_of('lead_labelled', new.interest_label) is not null
  )
)
execute function private.follow_synced_label();

create trigger follow_changed_label after update of interest_label on public.synced_leads
for each row when (
  new.interest_label is distinct from old.interest_label and new.last_synced_at is distinct from old.last_synced_at
)
execute function private.follow_synced_label();

-- The numbers show it at once; every report ends in an update of its meeting.
create trigger record_changes after update on public.meetings
referencing new table as changed
for each statement execute function private.record_changed_rows('stats');

-- Meetings by hand: what operators, and clients for their own leads, record, change and remove.

create function private.keep_meeting(
  target_lead_id uuid, new_status text, happened_at timestamptz, occurs_at timestamptz, deal_value numeric, deal_currency text,
  note text, target_meeting_id uuid, is_another boolean, cleared text[]
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  kept uuid;
  meeting public.meetings;
begin
  perform private.require_member();

  if new_status is null or new_status not in (select s.name::text from unnest(enum_range(null::public.meeting_status)) as s (name)) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'A meeting is booked, held, no_show, cancelled, won or lost';
  end if;

  if deal_value < 0 or deal_value >= 1e12 or deal_currency !~ '^[A-Z]{3}$' or length(note) > 2000 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'A value is 0 or more, its currency three capital letters; a note has at most 2,000 characters';
  end if;

  if happened_at > now() + interval '1 day' or happened_at < '2015-01-01 00:00:00+00'
    or occurs_at < '2015-01-01 00:00:00+00' or occurs_at > now() + interval '5 years' then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'What happened lies between 2015 and today; a meeting takes place within five years';
  end if;

  if not cleared <@ '{occurs_at,value,note}'::text[] then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'To be emptied are occurs_at, value or note';
  end if;

  -- The campaign cannot move to another client before the meeting is written.
  perform pg_advisory_xact_lock_shared(private.campaign_moves_lock());

  if not exists (
    select
    from public.synced_leads as l
    where l.id = target_lead_id
      and ((select private.may_operate()) or l.client_id in (select private.visible_client_ids()))
  ) then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no lead %L; check the id', target_lead_id);
  end if;

  if target_meeting_id is not null and not exists (
    select from public.meetings as m where m.id = target_meeting_id and m.lead_id = target_lead_id and m.removed_at is null
  ) then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('This lead has no meeting %L; it may have been removed meanwhile', target_meeting_id);
  end if;

  kept := private.record_meeting(
    target_lead_id, 'person', new_status::public.meeting_status, clock_timestamp(), null, happened_at, occurs_at, deal_value,
    deal_currency, note, (select auth.uid()), target_meeting_id, coalesce(is_another, false), coalesce(cleared, '{}')
  );
  select m.* into meeting from public.meetings as m where m.id = kept;

  perform private.write_audit(
    'meeting_recorded', 'meeting', meeting.id::text, meeting.client_id,
    jsonb_build_object(
      'lead_id', meeting.lead_id, 'email', (select l.email from public.synced_leads as l where l.id = meeting.lead_id),
      'status', meeting.status, 'value', meeting.value, 'currency', meeting.currency
    )
  );

  return jsonb_build_object(
    'meeting_id', meeting.id, 'lead_id', meeting.lead_id, 'status', meeting.status, 'source', meeting.source,
    'booked_at', meeting.booked_at, 'held_at', meeting.held_at, 'won_at', meeting.won_at, 'occurs_at', meeting.occurs_at,
    'value', meeting.value, 'currency', meeting.currency, 'note', meeting.note
  );
end
$$;

comment on function private.keep_meeting(uuid, text, timestamptz, timestamptz, numeric, text, text, uuid, boolean, text[]) is
  'The work of public.record_meeting; a lead that the caller may not see is not found.';

grant execute on function private.keep_meeting(uuid, text, timestamptz, timestamptz, numeric, text, text, uuid, boolean, text[])
to authenticated, service_role;

create function public.record_meeting(
  target_lead_id uuid, new_status text, happened_at timestamptz default null, occurs_at timestamptz default null,
  deal_value numeric default null, deal_currency text default null, note text default null, target_meeting_id uuid default null,
  is_another boolean default false, cleared text[] default '{}'
)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.keep_meeting(
    target_lead_id, new_status, happened_at, record_meeting.occurs_at, deal_value, deal_currency, record_meeting.note,
    target_meeting_id, is_another, cleared
  )
$$;

comment on function public.record_meeting(uuid, text, timestamptz, timestamptz, numeric, text, text, uuid, boolean, text[]) is
  'Records a meeting of a lead by hand, or changes the lead''s newest one or the one named: booked, held, no_show, cancelled, won or lost. What is null stays as it was; cleared names what becomes empty (occurs_at, value, note); is_another = one more meeting of this lead. Returns { meeting_id, lead_id, status, source, booked_at, held_at, won_at, occurs_at, value, currency, note }. Clients for their own leads, operators for all.';

grant execute on function public.record_meeting(uuid, text, timestamptz, timestamptz, numeric, text, text, uuid, boolean, text[])
to authenticated, service_role;

-- What the sources reported until now is dropped, and counts on no day; only a report after it brings the meeting back.
create function private.drop_meeting(target_meeting_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  meeting public.meetings;
begin
  perform private.require_member();
  perform pg_advisory_xact_lock_shared(private.campaign_moves_lock());

  select m.* into meeting
  from public.meetings as m
  where m.id = target_meeting_id
    and m.removed_at is null
    and ((select private.may_operate()) or m.client_id in (select private.visible_client_ids()));

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no meeting %L; it may have been removed meanwhile', target_meeting_id);
  end if;

  -- Reports about one lead take turns.
  perform from public.synced_leads as l where l.id = meeting.lead_id for no key update;
  delete from private.meeting_reports as w where w.meeting_id = meeting.id;
  perform private.settle_meeting(meeting.id, clock_timestamp());
  update public.meetings as m set removed_by_hand = true where m.id = meeting.id;

  insert into public.meeting_changes (meeting_id, client_id, campaign_id, lead_id, source, happened_at, changed_by, is_followed)
  values (meeting.id, meeting.client_id, meeting.campaign_id, meeting.lead_id, 'person', clock_timestamp(), (select auth.uid()), true);

  perform private.write_audit(
    'meeting_removed', 'meeting', meeting.id::text, meeting.client_id,
    jsonb_build_object(
      'lead_id', meeting.lead_id, 'email', (select l.email from public.synced_leads as l where l.id = meeting.lead_id),
      'status', meeting.status, 'value', meeting.value, 'currency', meeting.currency
    )
  );

  return jsonb_build_object('meeting_id', meeting.id, 'lead_id', meeting.lead_id, 'removed', true);
end
$$;

comment on function private.drop_meeting(uuid) is 'The work of public.remove_meeting; a meeting that the caller may not see is not found.';

grant execute on function private.drop_meeting(uuid) to authenticated, service_role;

create function public.remove_meeting(target_meeting_id uuid)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.drop_meeting(target_meeting_id)
$$;

comment on function public.remove_meeting(uuid) is
  'Removes a meeting that never was one; a later report of the provider or the CRM brings it back. Returns { meeting_id, lead_id, removed }. Clients for their own leads, operators for all.';

grant execute on function public.remove_meeting(uuid) to authenticated, service_role;

-- What came of the replies: each meeting with its lead, and from positive reply to won deal.

create view public.client_meetings
with (security_invoker = true)
as
select
  m.id as meeting_id,
  m.client_id,
  m.campaign_id,
  c.name as campaign_name,
  m.lead_id,
  l.email,
  l.first_name,
  l.last_name,
  l.company_name,
  m.status,
  m.source,
  m.status_at,
  m.booked_at,
  m.held_at,
  m.won_at,
  m.occurs_at,
  m.value,
  m.currency,
  m.note,
  m.step::integer as step,
  m.variant::integer as variant
from public.meetings as m
join public.synced_leads as l on l.id = m.lead_id
join public.campaigns as c on c.id = m.campaign_id
where m.removed_at is null;

comment on view public.client_meetings is
  'Meetings that count, with lead and campaign. Clients see their own, operators all.';

grant select on public.client_meetings to authenticated, service_role;

-- Of this many on a stage, the share that reached the next one says something.
create function private.minimum_stage()
returns integer
language plpgsql
immutable
set search_path = ''
as $$
begin
  return 10;
end
$$;

comment on function private.minimum_stage() is 'Leads or meetings on a stage of the pipeline below which no rate is made of it.';

grant execute on function private.minimum_stage() to authenticated, service_role;

-- Only leads that are positive or have a meeting are read; spelling that differs in case or blanks is one segment, as in
-- client_segments. Nothing is spent on a segment in particular, so only client and campaigns have costs.
create view public.client_pipeline
with (security_invoker = true)
as
select
  n.client_id,
  n.dimension,
  n.segment,
  n.campaign_id,
  n.currency,
  n.positive,
  n.booked,
  n.held,
  n.no_show,
  n.won,
  n.lost,
  n.won_value,
  n.open_value,
  n.in_other_currencies,
  case when n.positive >= private.minimum_stage() then private.rate(n.booked, n.positive) end as booked_rate,
  case when n.booked >= private.minimum_stage() then private.rate(n.held, n.booked) end as held_rate,
  case when n.held >= private.minimum_stage() then private.rate(n.won, n.held) end as won_rate,
  spent.cost,
  round(nullif(spent.cost, 0) / nullif(n.held, 0), 4) as cost_per_meeting_held,
  round(nullif(spent.cost, 0) / nullif(n.won, 0), 4) as cost_per_won
from (
  select
    t.client_id,
    d.dimension,
    min(d.segment collate "C") as segment,
    d.campaign_id,
    o.currency,
    count(distinct l.id) filter (where l.interest_status = 'positive') as positive,
    count(m.id) as booked,
    count(m.held_at) as held,
    count(m.id) filter (where m.status = 'no_show') as no_show,
    count(m.id) filter (where m.status = 'won') as won,
    count(m.id) filter (where m.status = 'lost') as lost,
    coalesce(sum(m.value) filter (where m.status = 'won' and m.currency = o.currency), 0)::numeric(14, 2) as won_value,
    coalesce(sum(m.value) filter (where m.status in ('booked', 'held') and m.currency = o.currency), 0)::numeric(14, 2) as open_value,
    count(m.value) filter (where m.currency <> o.currency) as in_other_currencies
  from (
    select p.client_id, p.id as lead_id from public.synced_leads as p where p.interest_status = 'positive'
    union
    select q.client_id, q.lead_id from public.meetings as q where q.removed_at is null
  ) as t
  join public.clients as o on o.id = t.client_id
  join public.synced_leads as l on l.id = t.lead_id
  join public.campaigns as k on k.id = l.campaign_id
  left join public.meetings as m on m.lead_id = l.id and m.removed_at is null
  cross join lateral (
    values
      ('client', 'All campaigns', null::uuid), ('campaign', k.name, k.id), ('industry', l.industry, null),
      ('job_title', l.job_title, null), ('company_size', l.company_size, null)
  ) as v (dimension, raw, campaign_id)
  cross join lateral (
    select v.dimension, btrim(regexp_replace(v.raw, '\s+', ' ', 'g')) as segment, v.campaign_id
  ) as d
  where d.segment <> ''
  group by t.client_id, o.currency, d.dimension, lower(d.segment), d.campaign_id
) as n
left join lateral (
  select sum(e.amount) as cost
  from public.cost_entries as e
  where n.dimension in ('client', 'campaign')
    and e.client_id = n.client_id
    and (n.campaign_id is null or e.campaign_id = n.campaign_id)
    and e.currency = n.currency
) as spent on true;

comment on view public.client_pipeline is
  'From positive reply to booked, held and won, per client, campaign, industry, job title and company size, all time; value and costs in the client''s currency. Rates only of ten or more; costs for operators, and the client where clients.may_see_costs is true.';

grant select on public.client_pipeline to authenticated, service_role;
