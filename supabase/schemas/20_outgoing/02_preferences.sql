-- What each person gets by email, set by themselves.

create type public.mail_frequency as enum ('at_once', 'hourly', 'daily');

create type public.mail_language as enum ('en', 'nl', 'de');

create table private.notification_preferences (
  user_id uuid primary key references public.members (user_id) on delete cascade,
  events public.outgoing_event_type[] not null check (not 'test' = any (events)),
  frequency public.mail_frequency not null default 'daily',
  language public.mail_language not null default 'en',
  time_zone text not null default 'UTC',
  stop_token uuid not null default gen_random_uuid() unique,
  updated_at timestamptz not null default now()
);

comment on table private.notification_preferences is
  'Which events a person gets by email, how often, in which language, and by which clock a daily mail comes at 8:00. stop_token is in the mails: who has it can end them, and nothing else.';

create trigger set_updated_at before update on private.notification_preferences
for each row execute function private.set_updated_at();

alter table private.notification_preferences enable row level security;

grant select, insert, update, delete on private.notification_preferences to service_role;

create policy "Only the functions read preferences"
on private.notification_preferences for all to service_role using (true) with check (true);

-- What a person gets before choosing: a client that is asked, and an agency whose client answered, would otherwise not know of it.
create function private.default_event_types(of_role public.member_role)
returns public.outgoing_event_type[]
language sql
immutable
set search_path = ''
as $$
  select case of_role when 'client' then '{approval.requested}' else '{approval.answered}' end::public.outgoing_event_type[]
$$;

comment on function private.default_event_types(public.member_role) is 'The events that a person gets by email without having chosen any.';

grant execute on function private.default_event_types(public.member_role) to service_role;

-- A client that gets its reports in a language reads mails in it.
create function private.default_language(of_client uuid)
returns public.mail_language
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce((select s.language from private.client_report_settings as s where s.client_id = of_client), 'en');
end
$$;

comment on function private.default_language(uuid) is 'The language of a client''s reports, else English; null = of the agency.';

grant execute on function private.default_language(uuid) to service_role;

-- Writes down the defaults of those who have not chosen, because a mail needs their language and the key that ends them.
create function private.note_default_preferences(people uuid[])
returns void
language sql
volatile
set search_path = ''
as $$
  insert into private.notification_preferences (user_id, events, language, time_zone)
  select m.user_id, private.default_event_types(m.role), private.default_language(m.client_id), coalesce(c.time_zone, 'UTC')
  from public.members as m
  left join public.clients as c on c.id = m.client_id
  where m.user_id = any (people)
  on conflict (user_id) do nothing
$$;

comment on function private.note_default_preferences(uuid[]) is 'Writes the default preferences of people who have none yet.';

grant execute on function private.note_default_preferences(uuid[]) to service_role;

-- When a mail about something that happened now is due.
create function private.mail_due_at(frequency public.mail_frequency, time_zone text)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select case mail_due_at.frequency
    when 'at_once' then now()
    when 'hourly' then date_trunc('hour', now()) + interval '1 hour'
    when 'daily' then (
      select min(d.due)
      from generate_series(0, 1) as n (days)
      cross join lateral (
        select ((now() at time zone mail_due_at.time_zone)::date + n.days + time '08:00') at time zone mail_due_at.time_zone as due
      ) as d
      where d.due > now()
    )
  end
$$;

comment on function private.mail_due_at(public.mail_frequency, text) is
  'When what happens now is to be mailed: now, at the next full hour, or at the next 8:00 of the time zone.';

grant execute on function private.mail_due_at(public.mail_frequency, text) to service_role;
