-- Schedule, recipients and contents as operators read and change them; and how a person ends the reports.

create function private.report_settings_of(target_client_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'client_id', c.id, 'time_zone', c.time_zone, 'language', coalesce(s.language, 'en'), 'with_replies', coalesce(s.with_replies, true),
    'attach_pdf', coalesce(s.attach_pdf, true), 'note', s.note,
    'weekly', turns.of_kind -> 'weekly', 'monthly', turns.of_kind -> 'monthly',
    'recipients', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', p.id, 'user_id', p.user_id, 'email', p.email, 'stopped_at', p.stopped_at
      ) order by p.email, p.id), '[]')
      from private.report_recipients(c.id) as p
    ),
    'people', (
      select coalesce(jsonb_agg(jsonb_build_object('user_id', m.user_id, 'email', private.address_of(m.user_id)) order by m.created_at, m.user_id), '[]')
      from public.members as m
      where m.client_id = c.id
    ),
    'is_set_up', exists (select from private.mail_settings)
  )
  from public.clients as c
  left join private.client_report_settings as s on s.client_id = c.id
  cross join lateral (
    select coalesce(jsonb_object_agg(k.kind, jsonb_build_object(
      'send_on', k.send_on, 'send_hour', k.send_hour, 'last_error', k.last_error,
      'is_due', coalesce(t.due_at is not null and not t.is_made, false), 'next_at', t.next_at
    )), '{}') as of_kind
    from private.client_report_schedules as k
    left join private.list_report_turns(c.id) as t on t.kind = k.kind
    where k.client_id = c.id
  ) as turns
  where c.id = target_client_id
$$;

comment on function private.report_settings_of(uuid) is
  'How, when and to whom a client''s reports are sent; weekly and monthly null = switched off.';

create function private.read_report_settings(target_client_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_operator();
  perform private.require_client(target_client_id);
  return private.report_settings_of(target_client_id);
end
$$;

comment on function private.read_report_settings(uuid) is 'The work of public.report_settings; checks the caller itself.';

grant execute on function private.read_report_settings(uuid) to authenticated, service_role;

create function public.report_settings(target_client_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.read_report_settings(target_client_id)
$$;

comment on function public.report_settings(uuid) is
  'Reports of a client: { client_id, time_zone, language, with_replies, attach_pdf, note, weekly and monthly ({ send_on, send_hour, is_due, next_at, last_error } or null), recipients, people (of the client, to choose from), is_set_up (emails can be sent) }. Operators.';

grant execute on function public.report_settings(uuid) to authenticated, service_role;

-- What is wrong with settings as a person sends them; null = nothing.
create function private.report_settings_problem(target_client_id uuid, settings jsonb)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  of_kind text;
  turn jsonb;
  wrong text;
begin
  if jsonb_typeof(settings) is distinct from 'object' or exists (
    select
    from jsonb_object_keys(settings) as k (name)
    where k.name not in ('language', 'with_replies', 'attach_pdf', 'note', 'weekly', 'monthly', 'recipients')
  ) then
    return 'Send language, with_replies, attach_pdf, note, weekly, monthly and recipients, and no other setting';
  elsif settings ? 'language' and coalesce(settings ->> 'language', '') not in ('en', 'nl', 'de') then
    return 'The language is en, nl or de';
  elsif settings ? 'with_replies' and jsonb_typeof(settings -> 'with_replies') <> 'boolean' then
    return 'with_replies is true or false';
  elsif settings ? 'attach_pdf' and jsonb_typeof(settings -> 'attach_pdf') <> 'boolean' then
    return 'attach_pdf is true or false';
  elsif settings ? 'note' and not (
    case jsonb_typeof(settings -> 'note') when 'null' then true when 'string' then length(settings ->> 'note') <= 1000 else false end
  ) then
    return 'The note has at most 1,000 characters, or is null';
  end if;

  foreach of_kind in array '{weekly,monthly}'::text[] loop
    turn := settings -> of_kind;

    if jsonb_typeof(turn) <> 'null' and not (
      jsonb_typeof(turn) = 'object'
      and coalesce(turn ->> 'send_hour', '') ~ '^(\d|1\d|2[0-3])$'
      and coalesce(turn ->> 'send_on', '') ~ case of_kind when 'weekly' then '^[1-7]$' else '^([1-9]|1\d|2[0-8])$' end
    ) then
      return case of_kind
        when 'weekly' then 'weekly is null or has send_on (1 = Monday to 7 = Sunday) and send_hour (0 to 23)'
        else 'monthly is null or has send_on (day of the month, 1 to 28) and send_hour (0 to 23)'
      end;
    end if;
  end loop;

  if settings ? 'recipients' then
    if jsonb_typeof(settings -> 'recipients') <> 'array' or jsonb_array_length(settings -> 'recipients') > 20 then
      return 'recipients is a list of at most 20 people ({ "user_id" }) and addresses ({ "email" })';
    end if;

    select r.one #>> '{}' into wrong
    from jsonb_array_elements(settings -> 'recipients') as r (one)
    where (
      case
        when r.one ? 'user_id' then exists (
          select from public.members as m where m.user_id::text = r.one ->> 'user_id' and m.client_id = target_client_id
        )
        else private.normalize_email(r.one ->> 'email') is not null
      end
    ) is not true
    limit 1;

    if wrong is not null then
      return format('%s is no person of this client and no email address', wrong);
    end if;
  end if;

  return null;
end
$$;

comment on function private.report_settings_problem(uuid, jsonb) is 'What is wrong with these settings of a client''s reports; null = nothing.';

-- Only what is sent changes.
create function private.edit_report_settings(target_client_id uuid, settings jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  problem text;
begin
  perform private.require_operator();
  perform private.require_client(target_client_id);
  -- One at a time for a client, and none beside its removal.
  perform from public.clients as c where c.id = target_client_id for no key update;

  problem := private.report_settings_problem(target_client_id, settings);

  if problem is not null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = problem;
  end if;

  insert into private.client_report_settings as s (client_id, language, with_replies, attach_pdf, note)
  values (
    target_client_id, coalesce(settings ->> 'language', 'en')::public.mail_language, coalesce((settings ->> 'with_replies')::boolean, true),
    coalesce((settings ->> 'attach_pdf')::boolean, true), nullif(btrim(settings ->> 'note'), '')
  )
  on conflict (client_id) do update set
    language = case when settings ? 'language' then excluded.language else s.language end,
    with_replies = case when settings ? 'with_replies' then excluded.with_replies else s.with_replies end,
    attach_pdf = case when settings ? 'attach_pdf' then excluded.attach_pdf else s.attach_pdf end,
    note = case when settings ? 'note' then excluded.note else s.note end;

  delete from private.client_report_schedules as s
  where s.client_id = target_client_id and jsonb_typeof(settings -> s.kind::text) = 'null';

  -- since stays, so that a day or an hour that moves neither skips a report nor sends it twice.
  insert into private.client_report_schedules as s (client_id, kind, send_on, send_hour)
  select target_client_id, k.kind, (settings -> k.kind::text ->> 'send_on')::smallint, (settings -> k.kind::text ->> 'send_hour')::smallint
  from unnest(enum_range(null::public.report_kind)) as k (kind)
  where jsonb_typeof(settings -> k.kind::text) = 'object'
  on conflict (client_id, kind) do update set
    send_on = excluded.send_on, send_hour = excluded.send_hour, attempts = 0, next_attempt_at = now(), last_error = null;

  if settings ? 'recipients' then
    delete from private.client_report_recipients as r
    where r.client_id = target_client_id
      and not exists (
        select
        from jsonb_array_elements(settings -> 'recipients') as n (one)
        where n.one ->> 'user_id' = r.user_id::text or private.normalize_email(n.one ->> 'email') = r.email
      );

    -- Who ended the reports stays without them.
    insert into private.client_report_recipients (client_id, user_id, email)
    select distinct
      target_client_id, (n.one ->> 'user_id')::uuid,
      case when not n.one ? 'user_id' then private.normalize_email(n.one ->> 'email') end
    from jsonb_array_elements(settings -> 'recipients') as n (one)
    on conflict do nothing;
  end if;

  if exists (select from private.client_report_schedules as s where s.client_id = target_client_id)
    and not exists (select from private.client_report_recipients as r where r.client_id = target_client_id) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Add at least one recipient before you switch on a report, or switch the reports off';
  end if;

  perform private.write_audit(
    'report_settings_changed', 'client', target_client_id::text, target_client_id,
    (settings - 'recipients') || case
      when settings ? 'recipients' then jsonb_build_object('recipients', jsonb_array_length(settings -> 'recipients')) else '{}'
    end
  );

  return private.report_settings_of(target_client_id);
end
$$;

comment on function private.edit_report_settings(uuid, jsonb) is 'The work of public.change_report_settings; checks the caller itself.';

grant execute on function private.edit_report_settings(uuid, jsonb) to authenticated, service_role;

create function public.change_report_settings(target_client_id uuid, settings jsonb)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.edit_report_settings(target_client_id, settings)
$$;

comment on function public.change_report_settings(uuid, jsonb) is
  'Changes what is sent of { language (en, nl, de), with_replies, note (null = none), weekly and monthly ({ send_on, send_hour }, null = off), recipients ([{ user_id } or { email }], all of them) }. Returns what report_settings does. Operators.';

grant execute on function public.change_report_settings(uuid, jsonb) to authenticated, service_role;

-- The link in a report, and the button that mail programs make of its header.
create function worker.stop_reports(token uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  stopped private.client_report_recipients;
begin
  update private.client_report_recipients as r
  set stopped_at = now()
  where r.stop_token = token and r.stopped_at is null
  returning * into stopped;

  if stopped.id is not null then
    perform private.write_audit(
      'report_stopped', 'client', stopped.client_id::text, stopped.client_id,
      jsonb_build_object('email', coalesce(stopped.email, private.address_of(stopped.user_id))), stopped.user_id
    );
  end if;

  return stopped.id is not null;
end
$$;

comment on function worker.stop_reports(uuid) is 'Ends the reports of the person whose mail held this token; false for an unknown one, or a second time. Service role only.';

grant execute on function worker.stop_reports(uuid) to service_role;
