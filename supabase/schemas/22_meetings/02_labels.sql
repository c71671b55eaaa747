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
