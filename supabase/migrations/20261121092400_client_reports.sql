-- Generated from supabase/schemas/24_client_reports by "npm run migrations".

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

-- The numbers of a report: those of stats_between and campaigns_between, so a client reads the same in its report and on its page.

-- Whether a share became better, if it is no chance: the test that compares the variants of a step, and its minimum sample.
create function private.report_tone(part bigint, whole bigint, part_before bigint, whole_before bigint, more_is_better boolean)
returns text
language sql
immutable
set search_path = ''
as $$
  select case
    when least(whole, whole_before) < private.minimum_sample() then null
    when least(whole, whole_before) * (c.part + c.part_before) < private.minimum_expected_replies() * (whole + whole_before) then null
    when coalesce(private.two_proportion_p_value(c.part, whole, c.part_before, whole_before), 1) >= 0.05 then 'neutral'
    when (c.part::numeric / whole > c.part_before::numeric / whole_before) = more_is_better then 'good'
    else 'bad'
  end
  from (select least(part, whole) as part, least(part_before, whole_before) as part_before) as c
$$;

comment on function private.report_tone(bigint, bigint, bigint, bigint, boolean) is
  'good or bad where two shares differ by more than chance (p < 0.05), neutral where not, null where there are too few to say.';

grant execute on function private.report_tone(bigint, bigint, bigint, bigint, boolean) to service_role;

create function private.report_number(metric text, value numeric, before numeric, tone text, enough_signal boolean)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object(
    'metric', metric, 'value', value, 'before', before,
    'change', case when metric like '%\_rate' then value - before when before > 0 then round((value - before) / before, 4) end,
    'tone', tone, 'enough_signal', enough_signal
  )
$$;

comment on function private.report_number(text, numeric, numeric, text, boolean) is
  'One number of a report: change is of a count its share of the number before, of a rate the difference.';

grant execute on function private.report_number(text, numeric, numeric, text, boolean) to service_role;

create function private.report_numbers(this public.range_stats, before public.range_stats)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_array(
    private.report_number('contacted', this.contacted, before.contacted, null, true),
    private.report_number('replied', this.replied, before.replied, t.replied, true),
    private.report_number('reply_rate', this.reply_rate, before.reply_rate, t.replied, this.enough_signal),
    private.report_number('positive', this.positive, before.positive, t.positive, true),
    private.report_number('positive_rate', this.positive_rate, before.positive_rate, t.positive, this.enough_signal),
    private.report_number('meetings', this.meetings, before.meetings, t.meetings, true),
    private.report_number('sent', this.sent, before.sent, null, true),
    private.report_number('bounce_rate', this.bounce_rate, before.bounce_rate, t.bounced, this.sent >= private.minimum_sample())
  )
  from (
    select
      private.report_tone(this.replied, this.contacted, before.replied, before.contacted, true) as replied,
      private.report_tone(this.positive, this.contacted, before.positive, before.contacted, true) as positive,
      private.report_tone(this.meetings, this.contacted, before.meetings, before.contacted, true) as meetings,
      private.report_tone(this.bounced, this.sent, before.bounced, before.sent, false) as bounced
  ) as t
$$;

comment on function private.report_numbers(public.range_stats, public.range_stats) is
  'Two rows of stats_between as the numbers of a report.';

grant execute on function private.report_numbers(public.range_stats, public.range_stats) to service_role;

create function private.report_days(target_client_id uuid, from_day date, to_day date)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(
    jsonb_build_object('day', d.day, 'contacted', d.contacted, 'replied', d.replied, 'positive', d.positive) order by d.day
  ), '[]')
  from public.daily_stats_between(report_days.from_day, report_days.to_day, target_client_id) as d
$$;

comment on function private.report_days(uuid, date, date) is 'The days of a report: daily_stats_between of the client.';

grant execute on function private.report_days(uuid, date, date) to service_role;

-- The largest first, the best one marked.
create function private.report_campaign_numbers(target_client_id uuid, from_day date, to_day date)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'name', b.name, 'contacted', b.contacted, 'replied', b.replied, 'positive', b.positive, 'positive_rate', b.positive_rate,
    'enough_signal', b.enough_signal, 'is_best', b.is_best
  ) order by b.contacted desc, b.replied desc, b.name, b.campaign_id), '[]')
  from public.campaigns_between(report_campaign_numbers.from_day, report_campaign_numbers.to_day, target_client_id) as b
  where b.contacted > 0 or b.replied > 0 or b.positive > 0 or b.is_best
$$;

comment on function private.report_campaign_numbers(uuid, date, date) is
  'Campaigns of a client of which something happened in the period, the largest first; is_best = the one with the best positive rate, which none is without enough signal and a positive reply.';

grant execute on function private.report_campaign_numbers(uuid, date, date) to service_role;

-- Of campaigns that sent in the period; a step's numbers are of its whole life, because no source has its replies by day.
create function private.report_best_step(target_client_id uuid, from_day date, to_day date)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'campaign_name', s.campaign_name, 'step', s.step, 'variant', case when s.variants > 1 then s.variant_letter end, 'sent', s.sent,
    'replied', s.replied, 'reply_rate', s.reply_rate
  )
  from (
    select c.*, count(*) over (partition by c.campaign_id, c.step) as variants
    from public.campaign_steps as c
    where c.client_id = target_client_id
      and exists (
        select
        from private.campaign_daily_numbers as d
        where d.client_id = target_client_id and d.campaign_id = c.campaign_id and d.day between report_best_step.from_day and report_best_step.to_day and d.sent > 0
      )
  ) as s
  where s.enough_signal and s.replied > 0
  order by s.reply_rate desc, s.sent desc, s.campaign_id, s.step, s.variant
  limit 1
$$;

comment on function private.report_best_step(uuid, date, date) is
  'The step and variant with the best reply rate among campaigns that sent in the period; null = none has enough signal.';

grant execute on function private.report_best_step(uuid, date, date) to service_role;

-- Replies worth reading, each lead once: what a person of the client would like to know of. The whole text; the function that
-- words the report cuts it to the person's own words.
create function private.report_replies(target_client_id uuid, from_day date, to_day date, zone text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'lead_id', r.lead_id, 'name', r.name, 'company', r.company_name, 'campaign_name', r.campaign_name,
    'reply_class', case when r.reply_class in ('interested', 'question', 'referral', 'not_now') then r.reply_class end,
    'is_positive', r.is_positive, 'text', r.body, 'received_at', r.occurred_at
  ) order by r.place, r.occurred_at desc), '[]')
  from (
    select o.*
    from (
      select distinct on (m.lead_id)
        m.lead_id, coalesce(nullif(concat_ws(' ', l.first_name, l.last_name), ''), m.email) as name, l.company_name,
        c.name as campaign_name, m.reply_class, m.occurred_at, left(coalesce(m.body_text, m.snippet), 4000) as body,
        coalesce(l.interest_status = 'positive', false) as is_positive,
        case
          when l.interest_status = 'positive' then 0
          when m.reply_class = 'interested' then 1
          when m.reply_class = 'question' then 2
          when m.reply_class = 'referral' then 3
          else 4
        end as place
      from public.messages as m
      join public.synced_leads as l on l.id = m.lead_id
      join public.campaigns as c on c.id = m.campaign_id
      where m.client_id = target_client_id
        and m.direction = 'received'
        and not m.is_auto_reply
        and m.occurred_at >= report_replies.from_day::timestamp at time zone zone
        and m.occurred_at < (report_replies.to_day + 1)::timestamp at time zone zone
        and m.verdict is distinct from 'not_interested'
        and (m.reply_class in ('interested', 'question', 'referral', 'not_now') or l.interest_status = 'positive')
        and coalesce(m.reply_class not in ('unsubscribe', 'bounce', 'out_of_office', 'automatic', 'not_interested'), true)
        and length(btrim(coalesce(m.body_text, m.snippet, ''))) > 0
      order by m.lead_id, m.occurred_at desc, m.id
    ) as o
    order by o.place, o.occurred_at desc
    limit 5
  ) as r
$$;

comment on function private.report_replies(uuid, date, date, text) is
  'Up to five replies of people in the period that are worth reading: positive ones first, then interested, questions, referrals, later.';

grant execute on function private.report_replies(uuid, date, date, text) to service_role;

-- What the three sentences of a report say, as a code and what its words are filled with; the words are in
-- _shared/client-reports/words. Nothing is called better or worse that chance could have done.

create function private.report_sentence(code text, tone text, filled_with jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object('code', code, 'tone', tone, 'values', filled_with)
$$;

comment on function private.report_sentence(text, text, jsonb) is 'A sentence of a report before it has words.';

grant execute on function private.report_sentence(text, text, jsonb) to service_role;

-- Better or worse: positive replies first, all replies where those are too few to say.
create function private.report_trend(this public.range_stats, before public.range_stats)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select case
    when this.sent = 0 and this.contacted = 0
      then private.report_sentence('nothing_sent', case when before.sent > 0 then 'bad' else 'neutral' end, v.numbers)
    when before.sent = 0 and before.contacted = 0 then private.report_sentence('first', 'neutral', v.numbers)
    when t.positive = 'good' or (t.replied = 'good' and t.positive is distinct from 'bad')
      then private.report_sentence('better', 'good', v.numbers || jsonb_build_object('about', case when t.positive = 'good' then 'positive' else 'replied' end))
    when 'bad' in (t.positive, t.replied)
      then private.report_sentence('worse', 'bad', v.numbers || jsonb_build_object('about', case when t.positive = 'bad' then 'positive' else 'replied' end))
    when this.contacted < before.contacted * 0.7 and before.contacted >= private.minimum_sample()
      then private.report_sentence('fewer_contacted', 'bad', v.numbers)
    when t.positive is null and t.replied is null then private.report_sentence('too_few', 'neutral', v.numbers)
    else private.report_sentence('same', 'neutral', v.numbers || jsonb_build_object('about', case when t.positive is null then 'replied' else 'positive' end))
  end
  from (
    select
      private.report_tone(this.positive, this.contacted, before.positive, before.contacted, true) as positive,
      private.report_tone(this.replied, this.contacted, before.replied, before.contacted, true) as replied
  ) as t
  cross join (
    select jsonb_build_object(
      'contacted', this.contacted, 'contacted_before', before.contacted, 'replied', this.replied, 'replied_before', before.replied,
      'positive', this.positive, 'positive_before', before.positive
    ) as numbers
  ) as v
$$;

comment on function private.report_trend(public.range_stats, public.range_stats) is
  'The first sentence of a report: nothing_sent, first, better, worse (each about positive or replied), fewer_contacted (by 30 %), too_few or same.';

grant execute on function private.report_trend(public.range_stats, public.range_stats) to service_role;

-- Conversations in which a person has waited for more than a day, apart for leads who are positive.
create function private.report_waiting(target_client_id uuid)
returns table (positive bigint, positive_since timestamptz, others bigint, others_since timestamptz)
language sql
stable
set search_path = ''
as $$
  select
    count(*) filter (where w.is_positive), min(w.waiting_since) filter (where w.is_positive),
    count(*) filter (where not w.is_positive), min(w.waiting_since) filter (where not w.is_positive)
  from (
    select t.waiting_since, coalesce(l.interest_status = 'positive', false) as is_positive
    from private.threads as t
    join public.synced_leads as l on l.id = t.lead_id
    join public.messages as m on m.id = t.last_reply_id
    where t.client_id = target_client_id
      and t.waiting_since < now() - interval '1 day'
      and coalesce(t.snoozed_until <= now(), true)
      -- Who declined waits for nothing.
      and coalesce(m.reply_class not in ('not_interested', 'unsubscribe', 'bounce'), l.interest_status is distinct from 'negative')
  ) as w
$$;

comment on function private.report_waiting(uuid) is
  'Conversations of a client in which somebody has waited for an answer for more than a day, with the oldest.';

grant execute on function private.report_waiting(uuid) to service_role;

-- Campaigns that send now, and how far their leads reach: people not contacted yet, and the days they last at the pace of the
-- period. lasts null = nothing was contacted in the period, so there is no pace.
create function private.report_campaigns(target_client_id uuid, from_day date, to_day date)
returns table (name text, leads bigint, remaining bigint, lasts integer)
language sql
stable
set search_path = ''
as $$
  with pace as (
    select d.campaign_id, sum(d.contacted) as contacted
    from private.campaign_days(report_campaigns.from_day, report_campaigns.to_day, target_client_id, null) as d
    group by d.campaign_id
  )
  select
    k.name, k.leads, greatest(k.leads - k.contacted, 0),
    case when p.contacted > 0 then
      ceil(greatest(k.leads - k.contacted, 0) * (report_campaigns.to_day - report_campaigns.from_day + 1) / p.contacted)::integer
    end
  from public.client_campaigns as k
  left join pace as p on p.campaign_id = k.campaign_id
  where k.client_id = target_client_id and k.provider_status in ('active', 'running_subsequences') and k.connection_stopped is null
$$;

comment on function private.report_campaigns(uuid, date, date) is
  'Active campaigns of a client: people left to contact, and the days they last at the pace of these days.';

grant execute on function private.report_campaigns(uuid, date, date) to service_role;

-- What needs attention: the most pressing one alone.
create function private.report_attention(target_client_id uuid, this public.range_stats, goals jsonb, zone text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (
      select c.sentence
      from (
        select 1 as place, private.report_sentence(
          'positive_waiting', 'bad', jsonb_build_object('count', w.positive, 'since', private.day_in(w.positive_since, zone))
        ) as sentence
        from private.report_waiting(target_client_id) as w
        where w.positive > 0
        union all
        select 2, private.report_sentence('mailbox_disconnected', 'bad', jsonb_build_object('count', count(*)))
        from public.email_accounts as a
        join public.provider_connections as p on p.id = a.connection_id
        where a.client_id = target_client_id and a.status in ('error', 'suspended') and p.removed_at is null
        having count(*) > 0
        union all
        select 3, private.report_sentence('bounces_high', 'bad', jsonb_build_object('rate', this.bounce_rate, 'bounced', this.bounced, 'sent', this.sent))
        where this.sent >= private.minimum_sample() and this.bounce_rate > 0.05
        union all
        select 4, private.report_sentence('not_sending', 'bad', '{}')
        where this.sent = 0
          and exists (select from private.report_campaigns(target_client_id, this.from_day, this.to_day) as k where k.remaining > 0)
        union all
        select 5, behind.sentence
        from (
          select private.report_sentence('behind_goal', 'bad', jsonb_build_object(
            'metric', g.metric, 'goal', g.goal, 'reached', g.reached, 'pace', g.pace, 'month', g.month,
            'over', ((g.month + interval '1 month - 1 day')::date <= this.to_day)::integer
          )) as sentence
          from jsonb_to_recordset(goals) as g (metric text, month date, goal bigint, reached bigint, pace bigint, behind boolean)
          where g.behind and g.pace is not null
          order by g.pace::numeric / g.goal
          limit 1
        ) as behind
        union all
        select 6, private.report_sentence(
          'replies_waiting', 'bad', jsonb_build_object('count', w.others, 'since', private.day_in(w.others_since, zone))
        )
        from private.report_waiting(target_client_id) as w
        where w.others > 0
      ) as c
      order by c.place
      limit 1
    ),
    private.report_sentence('all_well', 'good', '{}')
  )
$$;

comment on function private.report_attention(uuid, public.range_stats, jsonb, text) is
  'The second sentence of a report: positive replies that wait, disconnected mailboxes, bounces above 5 %, campaigns that do not send, a goal that will be missed, other replies that wait; else all_well.';

grant execute on function private.report_attention(uuid, public.range_stats, jsonb, text) to service_role;

-- What comes next: leads that run out first, for that is what the reader can change.
create function private.report_next(target_client_id uuid, from_day date, to_day date, today date)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with running as materialized (
    select r.* from private.report_campaigns(target_client_id, report_next.from_day, report_next.to_day) as r
  ),
  starting as materialized (
    select c.name, c.start_on
    from public.campaigns as c
    where c.client_id = target_client_id and c.start_on > report_next.today and c.start_on <= report_next.today + 14
      and coalesce(c.provider_status not in ('completed', 'deleted', 'moved'), true)
    order by c.start_on, c.id
    limit 1
  )
  select coalesce(
    (
      select case
        when r.remaining = 0 then private.report_sentence('all_contacted', 'bad', jsonb_build_object('campaign', r.name))
        else private.report_sentence('leads_run_out', 'bad', jsonb_build_object('campaign', r.name, 'left', r.remaining, 'days', r.lasts))
      end
      from running as r
      where r.leads > 0 and (r.lasts <= 7 or r.remaining = 0)
        -- Where another campaign still has people for weeks, the end of one is no news.
        and not exists (select from running as o where o.lasts > 14)
      order by r.remaining desc, r.name
      limit 1
    ),
    (select private.report_sentence('campaign_starts', 'good', jsonb_build_object('campaign', s.name, 'day', s.start_on)) from starting as s),
    (
      select private.report_sentence(
        'continues', 'neutral',
        jsonb_build_object('left', sum(r.remaining), 'campaigns', count(*), 'days', case when bool_and(r.lasts is not null) then max(r.lasts) end)
      )
      from running as r
      having count(*) > 0
    ),
    private.report_sentence('no_campaign', 'bad', '{}')
  )
$$;

comment on function private.report_next(uuid, date, date, date) is
  'The third sentence of a report: leads_run_out (within seven days) or all_contacted, campaign_starts (within two weeks), continues, or no_campaign.';

grant execute on function private.report_next(uuid, date, date, date) to service_role;

-- One report as data: _shared/client-reports/report.ts has its shape and adds the words.

-- The period of the same kind that is over on a day: the last week from Monday to Sunday, or the last month of the calendar. In
-- plpgsql, so that its plan is kept: the schedule of 1,000 clients asks 4,000 times a minute.
create function private.report_period(kind public.report_kind, today date, periods_ago integer, out from_day date, out to_day date)
language plpgsql
immutable
set search_path = ''
as $$
begin
  if kind = 'weekly' then
    from_day := date_trunc('week', today)::date - 7 * (1 + periods_ago);
    to_day := from_day + 6;
  else
    from_day := (date_trunc('month', today) - make_interval(months => 1 + periods_ago))::date;
    to_day := (from_day + interval '1 month - 1 day')::date;
  end if;
end
$$;

comment on function private.report_period(public.report_kind, date, integer) is
  'The last week (Monday to Sunday) or month that is over on a day; periods_ago 1 = the one before it, -1 = the one that is not over.';

grant execute on function private.report_period(public.report_kind, date, integer) to service_role;

-- Goals of the month in which the period ends.
create function private.report_goals(target_client_id uuid, to_day date)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'metric', g.metric, 'month', date_trunc('month', report_goals.to_day)::date, 'goal', g.goal, 'reached', g.reached, 'pace', g.pace,
    'behind', g.behind
  ) order by g.metric), '[]')
  from private.client_pace(target_client_id, date_trunc('month', report_goals.to_day)::date) as g
  where g.goal is not null
$$;

comment on function private.report_goals(uuid, date) is 'Goals and pace of a client in the month of this day; [] = none is set.';

grant execute on function private.report_goals(uuid, date) to service_role;

-- draft: { language?, with_replies?, note? } of a form that is not saved yet.
create function private.report_facts(target_client_id uuid, of_kind public.report_kind, of_day date, draft jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  client public.clients;
  settings private.client_report_settings;
  agency jsonb := private.mail_identity();
  period record;
  earlier record;
  this public.range_stats;
  before public.range_stats;
  goals jsonb;
  campaigns jsonb;
  with_replies boolean;
begin
  select c.* into client from public.clients as c where c.id = target_client_id;
  select s.* into settings from private.client_report_settings as s where s.client_id = target_client_id;
  select p.from_day, p.to_day into period from private.report_period(of_kind, of_day, 0) as p;
  select p.from_day, p.to_day into earlier from private.report_period(of_kind, of_day, 1) as p;
  select s.* into this from public.stats_between(period.from_day, period.to_day, target_client_id) as s;
  select s.* into before from public.stats_between(earlier.from_day, earlier.to_day, target_client_id) as s;

  goals := private.report_goals(target_client_id, period.to_day);
  campaigns := private.report_campaign_numbers(target_client_id, period.from_day, period.to_day);
  with_replies := coalesce((draft ->> 'with_replies')::boolean, settings.with_replies, true);

  return jsonb_build_object(
    'version', 1, 'kind', of_kind, 'language', coalesce(draft ->> 'language', settings.language::text, 'en'), 'made_at', now(),
    'client', jsonb_build_object('id', client.id, 'name', client.name, 'time_zone', client.time_zone),
    'agency', jsonb_build_object(
      'name', agency -> 'agency_name', 'support_address', agency -> 'agency_support', 'colour', agency -> 'agency_colour',
      'ink', agency -> 'agency_ink', 'logo_url', agency -> 'agency_logo'
    ),
    'period', jsonb_build_object('from_day', period.from_day, 'to_day', period.to_day),
    'before', jsonb_build_object('from_day', earlier.from_day, 'to_day', earlier.to_day),
    'note', case when draft ? 'note' then nullif(draft ->> 'note', '') else settings.note end,
    'sentences', jsonb_build_object(
      'trend', private.report_trend(this, before),
      'attention', private.report_attention(target_client_id, this, goals, client.time_zone),
      'next', private.report_next(target_client_id, period.from_day, period.to_day, private.day_in(now(), client.time_zone))
    ),
    'numbers', private.report_numbers(this, before),
    'goals', goals,
    'best_campaign', (
      select c.one - '{enough_signal,is_best}'::text[] from jsonb_array_elements(campaigns) as c (one) where (c.one ->> 'is_best')::boolean
    ),
    -- As many as anybody reads.
    'campaigns', coalesce(
      (
        select jsonb_agg(c.one - 'is_best' order by c.place)
        from jsonb_array_elements(campaigns) with ordinality as c (one, place)
        where c.place <= 100
      ),
      '[]'
    ),
    'best_step', private.report_best_step(target_client_id, period.from_day, period.to_day),
    'replies', case when with_replies then private.report_replies(target_client_id, period.from_day, period.to_day, client.time_zone) end,
    'days', private.report_days(target_client_id, period.from_day, period.to_day),
    'as_of', this.as_of,
    'rebuilding', this.rebuilding
  );
end
$$;

comment on function private.report_facts(uuid, public.report_kind, date, jsonb) is
  'The report of the last period that is over on a day of the client, as data without words.';

grant execute on function private.report_facts(uuid, public.report_kind, date, jsonb) to service_role;

-- of_day null = today at the client.
create function worker.read_report_facts(target_client_id uuid, of_kind public.report_kind, of_day date, draft jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  perform private.require_client(target_client_id);

  return private.report_facts(
    target_client_id, of_kind,
    coalesce(of_day, (select private.day_in(now(), c.time_zone) from public.clients as c where c.id = target_client_id)),
    coalesce(draft, '{}')
  );
end
$$;

comment on function worker.read_report_facts(uuid, public.report_kind, date, jsonb) is
  'A report as data, for the last period that is over on of_day (null = today at the client); draft replaces saved { language, with_replies, note }. Service role only.';

grant execute on function worker.read_report_facts(uuid, public.report_kind, date, jsonb) to service_role;

-- When a report is due: found by comparing what should have been sent with what was made, so a run that was missed is sent late,
-- once. Only the newest period counts: the reports of a month at once would help no one.

-- The moment by the client's clock; an hour that a change of the clock skips is the one after it.
create function private.report_due_at(to_day date, send_on smallint, send_hour smallint, zone text)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  return ((to_day + send_on)::timestamp + make_interval(hours => send_hour)) at time zone zone;
end
$$;

comment on function private.report_due_at(date, smallint, smallint, text) is
  'When the report of a period that ends on to_day is due: that many days later, at the hour of the client''s clock.';

grant execute on function private.report_due_at(date, smallint, smallint, text) to service_role;

-- Each switched-on report with the newest period that has been due, and the next that will be.
create function private.list_report_turns(only_client uuid)
returns table (
  client_id uuid, kind public.report_kind, due_from_day date, due_to_day date, due_at timestamptz, is_made boolean, next_at timestamptz
)
language sql
stable
set search_path = ''
as $$
  select s.client_id, s.kind, due.from_day, due.to_day, due.at, due.is_made, coming.at
  from private.client_report_schedules as s
  join public.clients as c on c.id = s.client_id and c.archived_at is null and c.removal_requested_at is null
  cross join lateral (select private.day_in(now(), c.time_zone) as today) as t
  left join lateral (
    select
      p.from_day, p.to_day, d.at,
      exists (
        select from public.client_reports as r
        where r.client_id = s.client_id and r.kind = s.kind and r.from_day = p.from_day and r.scheduled_at is not null
      ) as is_made
    from generate_series(0, 1) as n (ago)
    cross join lateral private.report_period(s.kind, t.today, n.ago) as p
    cross join lateral (select private.report_due_at(p.to_day, s.send_on, s.send_hour, c.time_zone) as at) as d
    where d.at between s.since and now()
    order by d.at desc
    limit 1
  ) as due on true
  cross join lateral (
    select min(d.at) as at
    from generate_series(-1, 0) as n (ago)
    cross join lateral private.report_period(s.kind, t.today, n.ago) as p
    cross join lateral (select private.report_due_at(p.to_day, s.send_on, s.send_hour, c.time_zone) as at) as d
    where d.at > now()
      and not exists (
        select from public.client_reports as r
        where r.client_id = s.client_id and r.kind = s.kind and r.from_day = p.from_day and r.scheduled_at is not null
      )
  ) as coming
  where only_client is null or s.client_id = only_client
$$;

comment on function private.list_report_turns(uuid) is
  'Per switched-on report of a client, or (null) of all that are not archived: the newest period that has been due since it was switched on, whether it was made, and when the next one is due.';

grant execute on function private.list_report_turns(uuid) to service_role;

-- While days are cut again after a change of the time zone, a report waits up to six hours for them.
create function private.list_due_reports(only_client uuid default null)
returns table (client_id uuid, kind public.report_kind, from_day date, to_day date)
language sql
stable
set search_path = ''
as $$
  select t.client_id, t.kind, t.due_from_day, t.due_to_day
  from private.list_report_turns(only_client) as t
  join private.client_report_schedules as s on s.client_id = t.client_id and s.kind = t.kind
  where t.due_at is not null and not t.is_made and s.next_attempt_at <= now()
    and exists (select from private.mail_settings)
    and (
      t.due_at < now() - interval '6 hours'
      or not exists (
        select
        from public.campaigns as k
        join public.clients as c on c.id = k.client_id
        left join private.day_cuts as z on z.campaign_id = k.id
        where k.client_id = t.client_id and (coalesce(z.zone, 'UTC') <> c.time_zone or z.counted_before < 'infinity')
      )
      -- A campaign is being moved from this client, or to it.
      and not exists (
        select from private.campaign_work as w where w.to_client_id is not null and t.client_id in (w.from_client_id, w.to_client_id)
      )
    )
  order by t.due_at, t.client_id, t.kind
$$;

comment on function private.list_due_reports(uuid) is 'Reports to be made now, of a client or of all. Without mail settings none.';

grant execute on function private.list_due_reports(uuid) to service_role;

create function worker.list_due_reports(most integer)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('client_id', d.client_id, 'kind', d.kind, 'of_day', d.to_day + 1)), '[]')
  from (select l.* from private.list_due_reports() as l limit most) as d
$$;

comment on function worker.list_due_reports(integer) is
  'Reports to be made now: [{ client_id, kind, of_day }], of_day for read_report_facts. Service role only.';

grant execute on function worker.list_due_reports(integer) to service_role;

-- A report that cannot be made does not hold up the others; it is retried later.
create function worker.postpone_report(target_client_id uuid, of_kind public.report_kind, error text)
returns void
language sql
set search_path = ''
as $$
  update private.client_report_schedules as s
  set
    attempts = least(s.attempts + 1, 100),
    next_attempt_at = now() + least(interval '1 minute' * power(2, least(s.attempts, 8)), interval '2 hours'),
    last_error = left(postpone_report.error, 500)
  where s.client_id = target_client_id and s.kind = of_kind
$$;

comment on function worker.postpone_report(uuid, public.report_kind, text) is
  'A scheduled report could not be made: the next attempt comes after a minute, later after up to two hours. Service role only.';

grant execute on function worker.postpone_report(uuid, public.report_kind, text) to service_role;

-- Reports on their way: made once, reserved per address, taken under a lease, recorded.

-- Keeps a report and reserves its mails in one transaction. A second run finds the first one's: the report of a period is
-- made once, and goes to an address once. A person who sends it by hand names the recipients, and what failed is sent once more.
create function private.keep_report(
  target_client_id uuid, of_kind public.report_kind, of_days daterange, snapshot jsonb, skipped text, chosen uuid[], actor uuid
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  kept public.client_reports;
  reserved integer;
begin
  insert into public.client_reports as r (client_id, kind, from_day, to_day, snapshot, skipped, scheduled_at, requested_by)
  values (
    target_client_id, of_kind, lower(of_days), upper(of_days) - 1, keep_report.snapshot, keep_report.skipped,
    case when chosen is null then now() end, actor
  )
  on conflict (client_id, kind, from_day) do update set
    snapshot = coalesce(r.snapshot, excluded.snapshot),
    skipped = case when coalesce(r.snapshot, excluded.snapshot) is null then excluded.skipped end,
    scheduled_at = coalesce(r.scheduled_at, excluded.scheduled_at),
    requested_by = coalesce(r.requested_by, excluded.requested_by)
  returning * into kept;

  insert into private.client_report_leads (report_id, lead_id, client_id)
  select kept.id, l.id, l.client_id
  from jsonb_array_elements(case when jsonb_typeof(kept.snapshot -> 'replies') = 'array' then kept.snapshot -> 'replies' else '[]' end) as e (reply)
  join public.synced_leads as l on l.id = (e.reply ->> 'lead_id')::uuid
  order by l.id
  on conflict do nothing;

  with reserved_mails as (
    insert into private.client_report_mails as m (report_id, client_id, recipient_id, email)
    select kept.id, kept.client_id, min(p.id::text)::uuid, p.email
    from private.report_recipients(target_client_id) as p
    where kept.snapshot is not null and p.stopped_at is null and p.email is not null and (chosen is null or p.id = any (chosen))
    group by p.email
    order by p.email
    on conflict (report_id, email) do update set
      -- A new id: the service remembers its answer to the old one.
      id = excluded.id, recipient_id = excluded.recipient_id, state = 'waiting', attempts = 0, wanted_at = now(), next_attempt_at = now(),
      last_error = null
    where m.state = 'failed' and chosen is not null
    returning m.id
  )
  select count(*) into reserved from reserved_mails;

  return jsonb_build_object('report_id', kept.id, 'reserved', reserved);
end
$$;

comment on function private.keep_report(uuid, public.report_kind, daterange, jsonb, text, uuid[], uuid) is
  'Keeps a report and reserves a mail per address that has none; chosen null = the schedule, to all recipients. Returns { report_id, reserved }.';

grant execute on function private.keep_report(uuid, public.report_kind, daterange, jsonb, text, uuid[], uuid) to service_role;

-- The scheduled run. The schedule is locked and asked again: it may have been switched off meanwhile, or another run was faster.
create function worker.keep_scheduled_report(target_client_id uuid, of_kind public.report_kind, snapshot jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  due record;
  reason text;
  kept jsonb;
begin
  perform from private.client_report_schedules as s where s.client_id = target_client_id and s.kind = of_kind for update;

  select d.* into due
  from private.list_due_reports(target_client_id) as d
  where d.kind = of_kind and d.from_day = (snapshot #>> '{period,from_day}')::date;

  if not found then
    return null;
  end if;

  reason := case
    when not exists (
      select
      from jsonb_to_recordset(snapshot -> 'numbers') as n (metric text, value numeric, before numeric)
      where n.metric in ('sent', 'contacted', 'replied', 'positive', 'meetings') and (n.value > 0 or n.before > 0)
    ) then 'no_data'
    when not exists (
      select from private.report_recipients(target_client_id) as p where p.stopped_at is null and p.email is not null
    ) then 'no_recipients'
  end;

  kept := private.keep_report(
    target_client_id, of_kind, daterange(due.from_day, due.to_day, '[]'), case when reason is null then snapshot end, reason, null, null
  );

  update private.client_report_schedules as s
  set attempts = 0, next_attempt_at = now(), last_error = null
  where s.client_id = target_client_id and s.kind = of_kind;

  return kept;
end
$$;

comment on function worker.keep_scheduled_report(uuid, public.report_kind, jsonb) is
  'Keeps the report of a scheduled run and reserves its mails, if it is still due: { report_id, reserved }; null = it is not. Service role only.';

grant execute on function worker.keep_scheduled_report(uuid, public.report_kind, jsonb) to service_role;

-- By hand. Who has it already is not sent it again.
create function worker.send_report(target_client_id uuid, of_kind public.report_kind, snapshot jsonb, recipient_ids uuid[], actor uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  addresses text[];
  has_it text[];
  kept jsonb;
begin
  if exists (select from public.clients as c where c.id = target_client_id and (c.archived_at is not null or c.removal_requested_at is not null)) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'This client is archived; restore it before you send its report';
  end if;

  if not exists (select from private.mail_settings) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Enter a sender and the key of a mail service in Settings → Agency first';
  end if;

  addresses := array(
    select p.email
    from private.report_recipients(target_client_id) as p
    where p.id = any (recipient_ids) and p.stopped_at is null and p.email is not null
    order by p.email
  );

  if cardinality(addresses) = 0 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Choose at least one recipient who has not ended the reports';
  end if;

  has_it := array(
    select m.email
    from public.client_reports as r
    join private.client_report_mails as m on m.report_id = r.id
    where r.client_id = target_client_id and r.kind = of_kind and r.from_day = (send_report.snapshot #>> '{period,from_day}')::date
      and m.email = any (addresses) and m.state <> 'failed'
    order by m.email
  );

  kept := private.keep_report(
    target_client_id, of_kind,
    daterange((snapshot #>> '{period,from_day}')::date, (snapshot #>> '{period,to_day}')::date, '[]'), snapshot, null, recipient_ids, actor
  );

  perform private.write_audit(
    'report_sent', 'client', target_client_id::text, target_client_id,
    jsonb_build_object('kind', of_kind, 'from_day', snapshot #> '{period,from_day}', 'recipients', kept -> 'reserved'), actor
  );

  return kept || jsonb_build_object('has_it', to_jsonb(has_it));
end
$$;

comment on function worker.send_report(uuid, public.report_kind, jsonb, uuid[], uuid) is
  'Reserves the report of a period for the chosen recipients: { report_id, reserved, has_it (addresses that it was sent to before) }. A report that was made already is sent as it was. Service role only.';

grant execute on function worker.send_report(uuid, public.report_kind, jsonb, uuid[], uuid) to service_role;

-- What a sender needs of the mails that it holds.
create function private.taken_report_mails(token uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'mail_id', m.id, 'token', m.lease_token, 'to', m.email, 'stop_token', p.stop_token, 'report_id', r.id, 'snapshot', r.snapshot,
    'attach_pdf', coalesce(s.attach_pdf, true)
  ) order by m.report_id, m.email), '[]')
  from private.client_report_mails as m
  join public.client_reports as r on r.id = m.report_id
  left join private.client_report_recipients as p on p.id = m.recipient_id
  left join private.client_report_settings as s on s.client_id = m.client_id
  where m.lease_token = token
$$;

comment on function private.taken_report_mails(uuid) is 'Mails of reports under one lease: to whom, what, with the PDF or without, and the token that ends the reports.';

grant execute on function private.taken_report_mails(uuid) to service_role;

-- only_report null = whatever is due.
create function worker.take_report_mails(batch_size integer, lease_seconds integer, only_report uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  token uuid := gen_random_uuid();
begin
  if not exists (select from private.mail_settings) then
    return null;
  end if;

  -- Who ended the reports, or left, after the mail was reserved does not get it.
  delete from private.client_report_mails as m
  where m.state = 'waiting' and m.next_attempt_at <= now()
    and not exists (
      select from private.report_recipients(m.client_id) as p where p.id = m.recipient_id and p.stopped_at is null
    );

  update private.client_report_mails as m
  set lease_token = token, attempts = m.attempts + 1, next_attempt_at = now() + make_interval(secs => lease_seconds)
  where m.id in (
    select d.id
    from private.client_report_mails as d
    join public.clients as c on c.id = d.client_id and c.archived_at is null
    where d.state = 'waiting' and d.next_attempt_at <= now() and (only_report is null or d.report_id = only_report)
    order by d.next_attempt_at, d.id
    limit batch_size
    for update of d skip locked
  );

  return jsonb_build_object('mails', private.taken_report_mails(token), 'settings', worker.read_mail_settings());
end
$$;

comment on function worker.take_report_mails(integer, integer, uuid) is
  'Leases due mails of reports to the caller: { mails, settings }; null without mail settings. Service role only.';

grant execute on function worker.take_report_mails(integer, integer, uuid) to service_role;

-- One incident per report that did not reach everybody; it closes when no mail of it is failed any more, or a later report of the
-- same kind arrived.
create function private.watch_report_mails(reports uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.incidents as i (client_id, kind, subject, details)
  select
    r.client_id, 'report_not_sent', 'report:' || r.id,
    format(
      'The %s report of %s to %s did not reach %s. Correct the address or the mail service, then press “Send now” on the page Reports of the client.',
      r.kind, r.from_day, r.to_day, string_agg(format('%s (%s)', m.email, rtrim(m.last_error, '. ')), ', ' order by m.email)
    )
  from public.client_reports as r
  join private.client_report_mails as m on m.report_id = r.id and m.state = 'failed'
  where r.id = any (reports)
  group by r.id
  on conflict (connection_id, kind, subject) where closed_at is null do update set details = excluded.details
  where i.details is distinct from excluded.details;

  update public.incidents as i
  set closed_at = now()
  from public.client_reports as r
  where i.kind = 'report_not_sent' and i.closed_at is null and i.subject = 'report:' || r.id
    and (
      not exists (
        select from private.client_report_mails as m where m.report_id = r.id and m.state = 'failed'
      )
      or exists (
        select
        from public.client_reports as n
        where n.client_id = r.client_id and n.kind = r.kind and n.from_day > r.from_day and n.sent_at is not null
      )
    );
end
$$;

comment on function private.watch_report_mails(uuid[]) is 'Opens an incident for each of these reports with a failed mail, and closes those that are over.';

grant execute on function private.watch_report_mails(uuid[]) to service_role;

-- results: [{ "mail_id", "token", "error" (null = sent), "is_final" (no further attempt), "is_refused" (the key, the sender or the account
-- is not accepted), "retry_after" (seconds) }]
create function worker.record_report_mails(results jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  reports uuid[];
  refusal text;
  any_sent boolean;
begin
  with written as (
    update private.client_report_mails as m
    set
      state = case
        when r.error is null then 'delivered'
        when r.is_final or private.outgoing_delay(m.attempts) is null or m.wanted_at < now() - interval '24 hours' then 'failed'
        else 'waiting'
      end::public.outgoing_state,
      next_attempt_at = now() + greatest(
        private.outgoing_delay(m.attempts), make_interval(secs => least(coalesce(r.retry_after, 0), 86400))
      ),
      lease_token = null,
      last_error = left(r.error, 500),
      sent_at = case when r.error is null then now() end
    from jsonb_to_recordset(results) as r (
      mail_id uuid, token uuid, error text, is_final boolean, is_refused boolean, retry_after double precision
    )
    where m.id = r.mail_id and m.lease_token = r.token and m.state = 'waiting'
    returning m.report_id, r.error, coalesce(r.is_refused, false) as is_refused
  )
  select
    coalesce(array_agg(w.report_id), '{}'), min(w.error) filter (where w.is_refused), coalesce(bool_or(w.error is null), false)
  into reports, refusal, any_sent
  from written as w;

  update public.client_reports as r
  set sent_at = now()
  where r.id = any (reports) and r.sent_at is null
    and exists (select from private.client_report_mails as m where m.report_id = r.id and m.state = 'delivered');

  perform private.note_mail_refusal(refusal, any_sent);
  perform private.watch_report_mails(reports);

  return cardinality(reports);
end
$$;

comment on function worker.record_report_mails(jsonb) is
  'Records what the mail API answered to mails of reports; a refused key or sender opens the incident mail_refused, a mail that failed report_not_sent. Returns how many. Service role only.';

grant execute on function worker.record_report_mails(jsonb) to service_role;

-- What the person who pressed "Send now" reads.
create function worker.read_report_mails(target_report_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('email', m.email, 'state', m.state, 'error', m.last_error) order by m.email), '[]')
  from private.client_report_mails as m
  where m.report_id = target_report_id
$$;

comment on function worker.read_report_mails(uuid) is 'Mails of a report: [{ email, state, error }]. Service role only.';

grant execute on function worker.read_report_mails(uuid) to service_role;

create function worker.read_own_address(target_user_id uuid)
returns text
language sql
stable
set search_path = ''
as $$
  select private.address_of(target_user_id)
$$;

comment on function worker.read_own_address(uuid) is 'Where a test that somebody asks for goes: the address of the account. Service role only.';

grant execute on function worker.read_own_address(uuid) to service_role;

-- Every minute.
create function private.wake_client_reports()
returns bigint
language plpgsql
set search_path = ''
as $$
begin
  if not exists (select from private.mail_settings)
    or not exists (select from private.client_report_mails as m where m.state = 'waiting' and m.next_attempt_at <= now())
    and not exists (select from private.list_due_reports()) then
    return null;
  end if;

  return private.invoke_function('client-report', '{"action": "run"}');
end
$$;

comment on function private.wake_client_reports() is
  'Every minute: calls the function client-report if a report or a mail of one is due; returns the request or null.';

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
