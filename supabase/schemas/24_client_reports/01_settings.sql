-- What an operator sets for the reports of a client: when, to whom, in which language, with what.

create type public.report_kind as enum ('weekly', 'monthly');

create table private.client_report_settings (
  client_id uuid primary key references public.clients (id) on delete cascade,
  language public.mail_language not null default 'en',
  with_replies boolean not null default true,
  attach_pdf boolean not null default true,
  note text check (length(note) between 1 and 1000),
  updated_at timestamptz not null default now()
);

comment on table private.client_report_settings is
  'How the reports of a client are written: language, with replies worth reading or without, with the report as PDF or without, a few words of the agency. No row = as the defaults.';

create trigger set_updated_at before update on private.client_report_settings
for each row execute function private.set_updated_at();

alter table private.client_report_settings enable row level security;

grant select, insert, update, delete on private.client_report_settings to service_role;

create policy "Only the functions read report settings"
on private.client_report_settings for all to service_role using (true) with check (true);

create table private.client_report_schedules (
  client_id uuid not null references public.clients (id) on delete cascade,
  kind public.report_kind not null,
  send_on smallint not null,
  send_hour smallint not null check (send_hour between 0 and 23),
  since timestamptz not null default now(),
  attempts smallint not null default 0,
  next_attempt_at timestamptz not null default now(),
  last_error text check (length(last_error) <= 500),
  primary key (client_id, kind),
  constraint client_report_schedules_day check (send_on between 1 and case kind when 'weekly' then 7 else 28 end)
);

comment on table private.client_report_schedules is
  'When the reports of a client are sent, by its own clock. A row = this kind is switched on.';
comment on column private.client_report_schedules.send_on is 'weekly: 1 = Monday to 7 = Sunday; monthly: the day of the month, 1 to 28.';
comment on column private.client_report_schedules.since is 'When it was switched on; what was due before is not sent late.';
comment on column private.client_report_schedules.attempts is 'Attempts to make the report that is due; a made one sets it to 0.';

alter table private.client_report_schedules enable row level security;

grant select, insert, update, delete on private.client_report_schedules to service_role;

create policy "Only the functions read report schedules"
on private.client_report_schedules for all to service_role using (true) with check (true);

-- A person of the client, whose address is the account's, or an address without an account.
create table private.client_report_recipients (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references public.clients (id) on delete cascade,
  user_id uuid references public.members (user_id) on delete cascade,
  email text check (email = private.normalize_email(email)),
  stop_token uuid not null default gen_random_uuid() unique,
  stopped_at timestamptz,
  created_at timestamptz not null default now(),
  constraint client_report_recipients_is_one check (num_nonnulls(user_id, email) = 1),
  constraint client_report_recipients_person unique (client_id, user_id),
  constraint client_report_recipients_address unique (client_id, email)
);

comment on table private.client_report_recipients is
  'Who gets the reports of a client. stop_token is in the mails: who has it can end them, and nothing else.';
comment on column private.client_report_recipients.stopped_at is 'When the person ended the reports; they stay ended until an operator adds the person again.';

create index client_report_recipients_user_id_idx on private.client_report_recipients (user_id);

alter table private.client_report_recipients enable row level security;

grant select, insert, update, delete on private.client_report_recipients to service_role;

create policy "Only the functions read report recipients"
on private.client_report_recipients for all to service_role using (true) with check (true);

-- Who gets a report now. Somebody who moved to another client, or left, gets none.
create function private.report_recipients(of_client uuid)
returns table (id uuid, user_id uuid, email text, stop_token uuid, stopped_at timestamptz)
language sql
stable
set search_path = ''
as $$
  select r.id, r.user_id, coalesce(r.email, private.address_of(r.user_id)), r.stop_token, r.stopped_at
  from private.client_report_recipients as r
  where r.client_id = of_client
    and (r.user_id is null or exists (select from public.members as m where m.user_id = r.user_id and m.client_id = of_client))
$$;

comment on function private.report_recipients(uuid) is
  'Recipients of a client''s reports with their addresses; stopped_at set = ended by the person.';

grant execute on function private.report_recipients(uuid) to service_role;
