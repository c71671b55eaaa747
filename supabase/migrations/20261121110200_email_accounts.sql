-- Email accounts: the mailboxes that send, how they are, and what each did per day.

create type public.email_account_status as enum ('active', 'paused', 'error', 'suspended');

-- A mailbox of a workspace. client_id is set for the mailboxes of a dedicated connection; those of a shared one belong to
-- no client alone and only operators see them.
create table public.email_accounts (
  id uuid primary key default gen_random_uuid(),
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  client_id uuid references public.clients (id) on delete cascade,
  email text not null constraint email_accounts_email_is_normal check ((email = private.normalize_email(email)) is true),
  status public.email_account_status not null,
  status_reason text,
  provider_kind text,
  daily_limit integer,
  sent_today integer not null default 0,
  warmup_status text,
  warmup_score numeric,
  warmup_sent integer,
  warmup_landed_inbox integer,
  warmup_landed_spam integer,
  provider_updated_at timestamptz,
  last_synced_at timestamptz not null default now(),
  days_synced_at timestamptz,
  created_at timestamptz not null default now(),
  constraint email_accounts_one_per_connection unique (connection_id, email)
);

comment on table public.email_accounts is
  'Mailboxes that send for a connection, as the last sync found them. sent_today is the UTC day of that sync.';
comment on column public.email_accounts.warmup_landed_spam is
  'Warm-up mails that landed in spam, over the period that the provider reports; with warmup_sent and warmup_landed_inbox the provider''s own numbers.';
comment on column public.email_accounts.days_synced_at is 'Last time that the days of this mailbox were read; null = never.';

create index email_accounts_client_id_idx on public.email_accounts (client_id);

-- What a mailbox did per UTC day, by two witnesses as on leads: *_provider columns move with the sync (at Instantly the only
-- place that tells bounces per day), *_seen columns with the events that we stored. What is shown is the greater of the two.
create table public.email_account_days (
  account_id uuid not null references public.email_accounts (id) on delete cascade,
  day date not null,
  client_id uuid references public.clients (id) on delete cascade,
  sent_seen integer not null default 0,
  bounced_seen integer not null default 0,
  opens_seen integer not null default 0,
  clicks_seen integer not null default 0,
  replies_seen integer not null default 0,
  auto_replies_seen integer not null default 0,
  sent_provider integer not null default 0,
  bounced_provider integer not null default 0,
  opens_provider integer not null default 0,
  clicks_provider integer not null default 0,
  replies_provider integer not null default 0,
  auto_replies_provider integer not null default 0,
  sent integer not null generated always as (greatest(sent_seen, sent_provider)) stored,
  bounced integer not null generated always as (greatest(bounced_seen, bounced_provider)) stored,
  opens integer not null generated always as (greatest(opens_seen, opens_provider)) stored,
  clicks integer not null generated always as (greatest(clicks_seen, clicks_provider)) stored,
  replies integer not null generated always as (greatest(replies_seen, replies_provider)) stored,
  auto_replies integer not null generated always as (greatest(auto_replies_seen, auto_replies_provider)) stored,
  contacted integer not null default 0,
  opened integer not null default 0,
  clicked integer not null default 0,
  replied integer not null default 0,
  primary key (account_id, day)
);

comment on table public.email_account_days is
  'Per mailbox and UTC day the greater of what the provider says and what we saw by webhook: mails, bounces, opens, clicks, replies. contacted, opened, clicked and replied are distinct leads of the day, by the provider.';

create index email_account_days_client_id_idx on public.email_account_days (client_id, day);

alter table public.email_accounts enable row level security;
alter table public.email_account_days enable row level security;

grant select on public.email_accounts, public.email_account_days to authenticated;
grant select, insert, update, delete on public.email_accounts, public.email_account_days to service_role;

create policy "Clients see their mailboxes, operators see all"
on public.email_accounts for select to authenticated
using (client_id = any (array(select private.visible_client_ids())) or (select private.is_operator()));

create policy "Clients see days of their mailboxes, operators see all"
on public.email_account_days for select to authenticated
using (client_id = any (array(select private.visible_client_ids())) or (select private.is_operator()));

-- One row per mailbox with its last 30 days; what nobody told of a mailbox is null and not 0. Above 5 % bounces mailbox
-- providers start to refuse a sender.
create view public.email_account_health
with (security_invoker = true)
as
select
  a.id as account_id,
  a.connection_id,
  a.client_id,
  a.email,
  a.status,
  a.status_reason,
  a.provider_kind,
  a.daily_limit,
  d.sent_today,
  a.warmup_status,
  a.warmup_score,
  a.warmup_sent,
  private.rate(a.warmup_landed_spam, a.warmup_sent) as warmup_spam_rate,
  d.sent,
  d.bounced,
  d.replied,
  private.rate(d.bounced, d.sent) as bounce_rate,
  coalesce(d.bounced::numeric / nullif(d.sent, 0) > 0.05, false) as is_bouncing,
  coalesce(d.sent >= private.minimum_sample(), false) as enough_signal,
  a.last_synced_at
from public.email_accounts as a
cross join lateral (
  -- Days that were read and hold nothing are 0; a mailbox without a day that anybody told of is unknown.
  select
    coalesce(sum(n.sent), known.nothing)::bigint as sent,
    coalesce(sum(n.bounced), known.nothing)::bigint as bounced,
    -- Where the provider told nothing of the day, the replies that we saw.
    coalesce(
      sum(case when n.sent_provider + n.replied > 0 then n.replied else n.replies_seen end), known.nothing
    )::bigint as replied,
    coalesce(sum(n.sent) filter (where n.day = (now() at time zone 'UTC')::date), known.nothing)::bigint as sent_today
  from (
    select case when a.days_synced_at is not null or exists (select from public.email_account_days as o where o.account_id = a.id) then 0 end as nothing
  ) as known
  left join public.email_account_days as n
    on n.account_id = a.id and n.day > (now() at time zone 'UTC')::date - 30
  group by known.nothing
) as d;

comment on view public.email_account_health is
  'Mailboxes with their last 30 UTC days: sent, bounced, bounce_rate (fraction of sent), is_bouncing above 5 %, enough_signal from 100 mails on. Numbers are null where neither the provider nor a webhook told any.';

grant select on public.email_account_health to authenticated, service_role;

-- Writes one page of mailboxes and tells whose days need the longer look back: new ones and those not read for long.
-- listed: [{ "email", "status", "status_reason", "provider_kind", "daily_limit", "warmup_status", "warmup_score", "updated_at" }]
create function public.record_email_accounts(target_connection_id uuid, listed jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  owner_id uuid;
  counted jsonb;
begin
  select c.client_id into owner_id from public.provider_connections as c where c.id = target_connection_id;

  with said as (
    select distinct on (address.email)
      address.email, n.status, n.status_reason, n.provider_kind, n.daily_limit, n.warmup_status, n.warmup_score, n.updated_at
    from jsonb_to_recordset(listed) as n (
      email text, status public.email_account_status, status_reason text, provider_kind text, daily_limit integer,
      warmup_status text, warmup_score numeric, updated_at timestamptz
    )
    cross join lateral (select private.normalize_email(n.email) as email) as address
    where address.email is not null
    order by address.email, n.updated_at desc nulls last
  ),
  judged as (
    -- An event of the mailbox that is newer than the provider's last change counts, for a day at the most: a provider that
    -- goes on saying that all is well must be right in the end.
    select
      s.*,
      coalesce(event.status, s.status) as judged_status,
      coalesce(event.reason, s.status_reason) as judged_reason
    from said as s
    left join lateral (
      select
        case e.type when 'account_suspended' then 'suspended' else 'error' end::public.email_account_status as status,
        case e.type when 'account_suspended' then 'The provider suspended this mailbox' else 'The provider reported an error of this mailbox' end as reason
      from public.email_events as e
      where e.connection_id = target_connection_id
        and e.type in ('account_error', 'account_suspended')
        and e.email_account = s.email
        and e.occurred_at > greatest(coalesce(s.updated_at, '-infinity'), now() - interval '1 day')
        and s.status in ('active', 'error')
      order by e.occurred_at desc
      limit 1
    ) as event on true
  ),
  written as (
    insert into public.email_accounts as a (
      connection_id, client_id, email, status, status_reason, provider_kind, daily_limit, warmup_status, warmup_score,
      provider_updated_at
    )
    select
      target_connection_id, owner_id, j.email, j.judged_status, j.judged_reason, j.provider_kind, j.daily_limit,
      j.warmup_status, j.warmup_score, j.updated_at
    from judged as j
    order by j.email
    on conflict (connection_id, email) do update set
      client_id = excluded.client_id,
      status = excluded.status,
      status_reason = excluded.status_reason,
      provider_kind = excluded.provider_kind,
      daily_limit = excluded.daily_limit,
      warmup_status = excluded.warmup_status,
      warmup_score = excluded.warmup_score,
      provider_updated_at = excluded.provider_updated_at,
      last_synced_at = now()
    returning a.id, a.email, a.days_synced_at, (a.xmax = 0) as is_new
  )
  select jsonb_build_object(
    'imported', count(*) filter (where w.is_new),
    'updated', count(*) filter (where not w.is_new),
    'accounts', coalesce(jsonb_agg(jsonb_build_object(
      'id', w.id, 'email', w.email,
      'needs_history', w.days_synced_at is null or w.days_synced_at < now() - interval '6 days'
    ) order by w.email), '[]')
  )
  into counted
  from written as w;

  return counted;
end
$$;

comment on function public.record_email_accounts(uuid, jsonb) is
  'Writes mailboxes of a connection; returns { imported, updated, accounts: [{ id, email, needs_history }] }. Service role only.';

-- Which of the addresses that a delivery names is the lead's: one that is a lead of the campaign, else one that is no mailbox
-- of the workspace, else the one that its reader found the likeliest. Asked only of deliveries that do not say it.
create function private.lead_of_sides(event_connection_id uuid, event_campaign_id uuid, sides jsonb)
returns text
language sql
stable
set search_path = ''
as $$
  select s.email
  from jsonb_array_elements_text(sides) with ordinality as s (email, position)
  order by
    exists (select from public.synced_leads as l where l.campaign_id = event_campaign_id and l.email = s.email) desc,
    exists (select from public.email_accounts as a where a.connection_id = event_connection_id and a.email = s.email),
    s.position
  limit 1
$$;

comment on function private.lead_of_sides(uuid, uuid, jsonb) is
  'The address of the lead among those that a delivery names, told apart by known leads and mailboxes.';

-- The mailbox of the workspace among the addresses that a delivery names; null when none is known.
create function private.mailbox_of_sides(event_connection_id uuid, sides jsonb)
returns text
language sql
stable
set search_path = ''
as $$
  select a.email
  from jsonb_array_elements_text(sides) as s (email)
  join public.email_accounts as a on a.connection_id = event_connection_id and a.email = s.email
  limit 1
$$;

comment on function private.mailbox_of_sides(uuid, jsonb) is 'The mailbox of ours among the addresses that a delivery names.';

grant execute on function private.lead_of_sides(uuid, uuid, jsonb), private.mailbox_of_sides(uuid, jsonb) to service_role;

-- Serves the lookup of a mailbox's latest trouble, which is rare among events.
create index email_events_account_trouble_idx on public.email_events (connection_id, email_account, occurred_at)
where type in ('account_error', 'account_suspended');

-- Writes days of mailboxes; emails names all that were asked for, also those without a day.
-- days: [{ "email", "day", "sent", "bounced", "contacted", "opens", "opened", "clicks", "clicked", "replies", "replied", "auto_replies" }]
create function public.record_email_account_days(target_connection_id uuid, emails text[], days jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  written integer;
begin
  insert into public.email_account_days as d
    (account_id, day, client_id, sent_provider, bounced_provider, contacted, opens_provider, opened, clicks_provider, clicked,
     replies_provider, replied, auto_replies_provider)
  select distinct on (a.id, n.day)
    a.id, n.day, a.client_id, n.sent, n.bounced, n.contacted, n.opens, n.opened, n.clicks, n.clicked, n.replies, n.replied,
    n.auto_replies
  from jsonb_to_recordset(days) as n (
    email text, day date, sent integer, bounced integer, contacted integer, opens integer, opened integer, clicks integer,
    clicked integer, replies integer, replied integer, auto_replies integer
  )
  join public.email_accounts as a on a.connection_id = target_connection_id and a.email = private.normalize_email(n.email)
  where private.believed_time(n.day::timestamp at time zone 'UTC', now()) is not null
  order by a.id, n.day
  on conflict (account_id, day) do update set
    client_id = excluded.client_id,
    sent_provider = excluded.sent_provider,
    bounced_provider = excluded.bounced_provider,
    contacted = excluded.contacted,
    opens_provider = excluded.opens_provider,
    opened = excluded.opened,
    clicks_provider = excluded.clicks_provider,
    clicked = excluded.clicked,
    replies_provider = excluded.replies_provider,
    replied = excluded.replied,
    auto_replies_provider = excluded.auto_replies_provider;

  get diagnostics written = row_count;

  update public.email_accounts as a
  set
    days_synced_at = now(),
    sent_today = coalesce((
      select d.sent from public.email_account_days as d
      where d.account_id = a.id and d.day = (now() at time zone 'UTC')::date
    ), 0)
  where a.connection_id = target_connection_id and a.email = any (emails);

  return written;
end
$$;

comment on function public.record_email_account_days(uuid, text[], jsonb) is
  'Writes days of mailboxes as the provider counts them; returns how many rows it wrote. Service role only.';

-- A step of the projector: a mailbox's day moves with the events of its mails. Only mailboxes that a sync has listed have days.
create function private.count_mailboxes(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.email_account_days as d
    (account_id, day, client_id, sent_seen, bounced_seen, opens_seen, clicks_seen, replies_seen, auto_replies_seen)
  select
    a.id, n.day, a.client_id, n.sent, n.bounced, n.opens, n.clicks, n.replies, n.auto_replies
  from (
    select
      b.connection_id, b.email_account, (b.occurred_at at time zone 'UTC')::date as day,
      count(*) filter (where b.type = 'email_sent') as sent,
      count(*) filter (where b.type = 'email_bounced') as bounced,
      count(*) filter (where b.type = 'email_opened') as opens,
      count(*) filter (where b.type = 'email_clicked') as clicks,
      count(*) filter (where b.type = 'reply_received') as replies,
      count(*) filter (where b.type = 'auto_reply_received') as auto_replies
    from unnest(batch) as b
    where b.email_account is not null and b.shows_contact
    group by b.connection_id, b.email_account, (b.occurred_at at time zone 'UTC')::date
  ) as n
  join public.email_accounts as a on a.connection_id = n.connection_id and a.email = n.email_account
  order by a.id, n.day
  on conflict (account_id, day) do update set
    sent_seen = d.sent_seen + excluded.sent_seen,
    bounced_seen = d.bounced_seen + excluded.bounced_seen,
    opens_seen = d.opens_seen + excluded.opens_seen,
    clicks_seen = d.clicks_seen + excluded.clicks_seen,
    replies_seen = d.replies_seen + excluded.replies_seen,
    auto_replies_seen = d.auto_replies_seen + excluded.auto_replies_seen;
end
$$;

comment on function private.count_mailboxes(private.resolved_event[]) is
  'Step of the projector: adds the events to the days of their mailboxes.';

-- Writes how warm-up goes: [{ "email", "sent", "landed_inbox", "landed_spam", "score" }]
create function public.record_email_account_warmup(target_connection_id uuid, warmups jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  written integer;
begin
  update public.email_accounts as a
  set
    warmup_sent = n.sent,
    warmup_landed_inbox = n.landed_inbox,
    warmup_landed_spam = n.landed_spam,
    warmup_score = coalesce(n.score, a.warmup_score)
  from jsonb_to_recordset(warmups) as n (email text, sent integer, landed_inbox integer, landed_spam integer, score numeric)
  where a.connection_id = target_connection_id and a.email = private.normalize_email(n.email);

  get diagnostics written = row_count;
  return written;
end
$$;

comment on function public.record_email_account_warmup(uuid, jsonb) is
  'Writes the provider''s warm-up numbers of mailboxes; returns how many it knew. Service role only.';

grant execute on function
  private.count_mailboxes(private.resolved_event[]),
  public.record_email_account_warmup(uuid, jsonb),
  public.record_email_accounts(uuid, jsonb),
  public.record_email_account_days(uuid, text[], jsonb)
to service_role;
