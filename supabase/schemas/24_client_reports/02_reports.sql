-- Reports as they were made, and their mails. A report is one per client, kind and period, however often a run starts.

create table public.client_reports (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references public.clients (id) on delete cascade,
  kind public.report_kind not null,
  from_day date not null,
  to_day date not null,
  snapshot jsonb,
  skipped text check (skipped in ('no_data', 'no_recipients')),
  scheduled_at timestamptz,
  requested_by uuid,
  sent_at timestamptz,
  created_at timestamptz not null default now(),
  constraint client_reports_once_per_period unique (client_id, kind, from_day),
  constraint client_reports_snapshot_or_reason check ((snapshot is null) = (skipped is not null)),
  constraint client_reports_days check (from_day <= to_day)
);

comment on table public.client_reports is
  'Reports to clients, each frozen when it was made: one per client, kind and period. Clients read those that were sent, operators all.';
comment on column public.client_reports.snapshot is
  'Everything that mail, page, PDF and link show (docs/api-client-reports.md); a reply goes from it with its lead. null = skipped.';
comment on column public.client_reports.skipped is
  'Why the scheduled run sent nothing: no_data = nothing happened in the period and the one before, no_recipients = there was no one to send it to.';
comment on column public.client_reports.scheduled_at is 'When the schedule made it or found it made; null = only a person did.';
comment on column public.client_reports.requested_by is 'The operator who sent it first by hand; null = the schedule.';
comment on column public.client_reports.sent_at is 'When its first mail was sent; null = none was.';

create index client_reports_client_id_idx on public.client_reports (client_id, to_day desc);

alter table public.client_reports enable row level security;

grant select on public.client_reports to authenticated;
grant select, insert, update, delete on public.client_reports to service_role;

create policy "Clients see reports that were sent to them, operators see all"
on public.client_reports for select to authenticated
using (
  client_id = any (array(select private.visible_client_ids()))
  and (sent_at is not null or (select private.is_operator()))
);

-- A mail that is reserved before it is sent: its id is the idempotency key, so that it is never sent twice.
create table private.client_report_mails (
  id uuid primary key default gen_random_uuid(),
  report_id uuid not null references public.client_reports (id) on delete cascade,
  client_id uuid not null references public.clients (id) on delete cascade,
  recipient_id uuid references private.client_report_recipients (id) on delete set null,
  email text not null,
  state public.outgoing_state not null default 'waiting',
  attempts smallint not null default 0,
  wanted_at timestamptz not null default now(),
  next_attempt_at timestamptz not null default now(),
  lease_token uuid,
  last_error text check (length(last_error) <= 500),
  sent_at timestamptz,
  constraint client_report_mails_once_per_address unique (report_id, email)
);

comment on table private.client_report_mails is
  'One report on its way to one address: reserved, then sent with its id as the idempotency key. failed = given up after 24 hours, or at once where the address is refused.';
comment on column private.client_report_mails.wanted_at is 'When it was first to be sent, or again; the 24 hours count from here.';

create index client_report_mails_client_id_idx on private.client_report_mails (client_id);
create index client_report_mails_recipient_id_idx on private.client_report_mails (recipient_id);
create index client_report_mails_due_idx on private.client_report_mails (next_attempt_at) where state = 'waiting';

alter table private.client_report_mails enable row level security;

-- What operator_report_mails shows.
grant select (id, report_id, client_id, email, state, attempts, wanted_at, next_attempt_at, last_error, sent_at)
on private.client_report_mails to authenticated;
grant select, insert, update, delete on private.client_report_mails to service_role;

create policy "Operators see mails of reports"
on private.client_report_mails for select to authenticated
using ((select private.is_operator()));

create view public.operator_report_mails
with (security_invoker = true)
as
select m.id, m.client_id, m.report_id, m.email, m.state, m.attempts, m.wanted_at, m.next_attempt_at, m.last_error, m.sent_at
from private.client_report_mails as m
where (select private.may_operate());

comment on view public.operator_report_mails is
  'To which address a report went: state (waiting, delivered = the mail service has taken it, failed), attempts, last error. Operators only.';

grant select on public.operator_report_mails to authenticated, service_role;

-- Whose words a report holds: when a lead is deleted, or erased, its reply leaves the reports too.
create table private.client_report_leads (
  report_id uuid not null references public.client_reports (id) on delete cascade,
  lead_id uuid not null references public.synced_leads (id) on delete cascade,
  client_id uuid not null references public.clients (id) on delete cascade,
  primary key (report_id, lead_id)
);

comment on table private.client_report_leads is 'Leads whose reply is in the snapshot of a report.';

create index client_report_leads_lead_id_idx on private.client_report_leads (lead_id);
create index client_report_leads_client_id_idx on private.client_report_leads (client_id);

alter table private.client_report_leads enable row level security;

grant select, insert, update, delete on private.client_report_leads to service_role;

create policy "Only the functions read leads of reports"
on private.client_report_leads for all to service_role using (true) with check (true);

create function private.forget_reported_reply()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  update public.client_reports as r
  set snapshot = jsonb_set(
    r.snapshot, '{replies}',
    coalesce(
      (
        select jsonb_agg(e.reply order by e.place)
        from jsonb_array_elements(r.snapshot -> 'replies') with ordinality as e (reply, place)
        where e.reply ->> 'lead_id' <> old.lead_id::text
      ),
      '[]'
    )
  )
  where r.id = old.report_id and jsonb_typeof(r.snapshot -> 'replies') = 'array';

  return null;
end
$$;

comment on function private.forget_reported_reply() is 'Trigger: takes the reply of a deleted lead out of the report.';

grant execute on function private.forget_reported_reply() to service_role;

create trigger forget_reply after delete on private.client_report_leads
for each row execute function private.forget_reported_reply();
