-- Preferences as their person reads and changes them. Definer functions: the table is no one's to read, and each acts on the row
-- of the caller alone.

create function private.preferences_of(person_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'events', to_jsonb(coalesce(p.events, private.default_event_types(m.role))), 'frequency', coalesce(p.frequency, 'daily'),
    'language', coalesce(p.language, private.default_language(m.client_id)), 'time_zone', coalesce(p.time_zone, c.time_zone, 'UTC'),
    'offered', (
      select jsonb_agg(t order by t)
      from unnest(enum_range(null::public.outgoing_event_type)) as t
      where t <> 'test' and (m.role = 'operator' or t <> all (private.agency_event_types()))
    ),
    'is_set_up', exists (select from private.mail_settings)
  )
  from public.members as m
  left join private.notification_preferences as p on p.user_id = m.user_id
  left join public.clients as c on c.id = m.client_id
  where m.user_id = person_id
$$;

comment on function private.preferences_of(uuid) is
  'What a person gets by email: { events, frequency, language, time_zone, offered (types to choose from), is_set_up (mails can be sent) }.';

create function private.read_own_preferences()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_member();
  return private.preferences_of((select auth.uid()));
end
$$;

comment on function private.read_own_preferences() is 'The work of public.my_notifications, for the caller alone.';

grant execute on function private.read_own_preferences() to authenticated, service_role;

create function public.my_notifications()
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.read_own_preferences()
$$;

comment on function public.my_notifications() is
  'What the caller gets by email: { events, frequency (at_once, hourly, daily), language (en, nl, de), time_zone, offered, is_set_up }. Null for a user without membership.';

grant execute on function public.my_notifications() to authenticated, service_role;

create function private.edit_own_preferences(settings jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  person uuid := (select auth.uid());
  before jsonb := private.preferences_of(person);
  wanted jsonb := before || coalesce(settings, '{}');
  problem text;
begin
  perform private.require_member();

  if before is null then
    raise exception using errcode = 'PT403', message = 'FORBIDDEN', detail = 'Only members get notifications; ask the agency';
  end if;

  if jsonb_typeof(settings) is distinct from 'object'
    or exists (select from jsonb_object_keys(settings) as k (name) where k.name not in ('events', 'frequency', 'language', 'time_zone')) then
    problem := 'Send events, frequency, language and time_zone, and no other setting';
  elsif jsonb_typeof(wanted -> 'events') <> 'array' or not before -> 'offered' @> (wanted -> 'events') then
    problem := 'Choose events from the list in offered';
  elsif coalesce(wanted ->> 'frequency', '') not in ('at_once', 'hourly', 'daily') then
    problem := 'The frequency is at_once, hourly or daily';
  elsif coalesce(wanted ->> 'language', '') not in ('en', 'nl', 'de') then
    problem := 'The language is en, nl or de';
  elsif not exists (select from pg_catalog.pg_timezone_names as z where z.name = wanted ->> 'time_zone') then
    problem := format('There is no time zone %L; use a name such as Europe/Amsterdam', wanted ->> 'time_zone');
  end if;

  if problem is not null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = problem;
  end if;

  insert into private.notification_preferences as p (user_id, events, frequency, language, time_zone)
  values (
    person,
    array(select distinct e.name::public.outgoing_event_type from jsonb_array_elements_text(wanted -> 'events') as e (name) order by 1),
    (wanted ->> 'frequency')::public.mail_frequency, (wanted ->> 'language')::public.mail_language, wanted ->> 'time_zone'
  )
  on conflict (user_id) do update set
    events = excluded.events, frequency = excluded.frequency, language = excluded.language, time_zone = excluded.time_zone;

  -- What waits follows the new clock; what is no longer wanted is not sent.
  delete from private.notifications as n
  using private.outgoing_events as v
  where n.user_id = person and n.mail_id is null and v.id = n.event_id and not wanted -> 'events' ? v.type::text;

  update private.notifications as n
  set due_at = least(n.due_at, private.mail_due_at((wanted ->> 'frequency')::public.mail_frequency, wanted ->> 'time_zone'))
  where n.user_id = person and n.mail_id is null;

  perform private.write_audit(
    'notifications_changed', 'member', person::text, (select m.client_id from public.members as m where m.user_id = person),
    wanted - 'offered' - 'is_set_up'
  );

  return private.preferences_of(person);
end
$$;

comment on function private.edit_own_preferences(jsonb) is 'The work of public.change_my_notifications, for the caller alone.';

grant execute on function private.edit_own_preferences(jsonb) to authenticated, service_role;

create function public.change_my_notifications(settings jsonb)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.edit_own_preferences(settings)
$$;

comment on function public.change_my_notifications(jsonb) is
  'Changes what is sent of { events, frequency, language, time_zone } of the caller''s own notifications by email; events [] ends them. Returns what my_notifications does.';

grant execute on function public.change_my_notifications(jsonb) to authenticated, service_role;

-- The link in a mail, and the button that mail programs make of its header.
create function worker.stop_notifications(token uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  person uuid;
begin
  update private.notification_preferences as p set events = '{}' where p.stop_token = token returning p.user_id into person;
  delete from private.notifications as n where n.user_id = person and n.mail_id is null;

  if person is not null then
    perform private.write_audit('notifications_stopped', 'member', person::text, null, '{}', person);
  end if;

  return person is not null;
end
$$;

comment on function worker.stop_notifications(uuid) is 'Ends the notifications of the person whose mail held this token; false for an unknown one. Service role only.';

grant execute on function worker.stop_notifications(uuid) to service_role;
