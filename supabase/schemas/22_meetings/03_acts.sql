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
