-- One row per domain for the operators' page: its records, its last 30 days, and how much of its limits is used. Mailboxes and days
-- are read once for all domains.

create view public.operator_sending_domains
with (security_invoker = true)
as
with mailbox as materialized (
  select
    m.domain, a.id, a.client_id, a.connection_id, a.status, a.daily_limit, a.warmup_score,
    private.rate(a.warmup_landed_spam, a.warmup_sent) as warmup_spam_rate
  from private.list_sending_mailboxes() as m
  join public.email_accounts as a on a.id = m.account_id
),
box as (
  select
    a.domain,
    count(*) as mailboxes,
    count(*) filter (where a.status = 'active') as active_mailboxes,
    array_agg(distinct a.client_id) filter (where a.client_id is not null) as client_ids,
    array_agg(distinct a.connection_id) as connection_ids,
    array_agg(distinct c.name) filter (where c.name is not null) as client_names,
    -- What the limits allow is the sum of those that can send.
    sum(a.daily_limit) filter (where a.status = 'active')::bigint as daily_limit,
    round(avg(a.warmup_score), 1) as warmup_score,
    round(avg(a.warmup_spam_rate), 4) as warmup_spam_rate
  from mailbox as a
  left join public.clients as c on c.id = a.client_id
  group by a.domain
),
acted as (
  select
    a.domain, y.day, sum(y.sent) as sent, sum(y.bounced) as bounced,
    sum(case when y.sent_reported + y.replied > 0 then y.replied else y.replies_observed end) as replied
  from mailbox as a
  join public.email_account_days as y on y.account_id = a.id and y.day > (now() at time zone 'UTC')::date - 30
  group by a.domain, y.day
),
month as (
  select
    b.domain,
    coalesce(sum(t.sent) filter (where g.back = 0), 0)::bigint as sent_today,
    coalesce(sum(t.sent), 0)::bigint as sent,
    coalesce(sum(t.bounced), 0)::bigint as bounced,
    coalesce(sum(t.replied), 0)::bigint as replied,
    array_agg(coalesce(t.sent, 0)::integer order by g.back desc) as sent_series,
    array_agg(coalesce(t.bounced, 0)::integer order by g.back desc) as bounced_series,
    array_agg(coalesce(t.replied, 0)::integer order by g.back desc) as replied_series
  from box as b
  cross join generate_series(0, 29) as g (back)
  left join acted as t on t.domain = b.domain and t.day = (now() at time zone 'UTC')::date - g.back
  group by b.domain
),
judged as (
  select
    c.domain,
    jsonb_object_agg(
      c.kind,
      jsonb_build_object(
        'verdict', c.verdict, 'finding', c.finding, 'sentence', c.sentence, 'advice', c.advice, 'records', c.records,
        'checked_at', c.checked_at, 'since', c.since
      )
    ) as checks,
    array_agg(c.verdict) as verdicts
  from public.sending_domain_checks as c
  group by c.domain
),
listed as (
  select
    o.domain,
    jsonb_agg(
      jsonb_build_object(
        'address', o.address, 'blacklist', o.blacklist, 'removal_url', o.removal_url, 'listed_at', o.listed_at, 'seen_at', o.seen_at
      )
      order by o.blacklist, o.address
    ) as blacklists,
    max(o.seen_at) > now() - private.placement_validity() as is_listed
  from public.domain_listings as o
  group by o.domain
)
select
  d.domain,
  b.mailboxes,
  b.active_mailboxes,
  b.client_ids,
  b.connection_ids,
  b.client_names,
  case
    when j.verdicts @> '{bad}' or o.is_listed then 'bad'
    when j.verdicts @> '{warning}' then 'warning'
    when j.verdicts is null then 'unknown'
    else 'good'
  end as verdict,
  j.checks,
  d.checked_at,
  d.attempted_at,
  d.check_error,
  n.sent_today,
  b.daily_limit,
  b.warmup_score,
  b.warmup_spam_rate,
  n.sent,
  n.bounced,
  n.replied,
  private.rate(n.bounced, n.sent) as bounce_rate,
  private.rate(n.replied, n.sent) as reply_rate,
  n.sent >= private.minimum_sample() as enough_signal,
  n.sent_series,
  n.bounced_series,
  n.replied_series,
  coalesce(o.blacklists, '[]') as blacklists,
  d.blacklists_checked_at,
  p.tested as placement_tested,
  p.tested_on as placement_tested_on,
  private.rate(p.inbox, p.tested) as inbox_rate,
  private.rate(p.promotions, p.tested) as promotions_rate,
  private.rate(p.spam, p.tested) as spam_rate,
  d.provider_records,
  d.provider_records_at
from public.sending_domains as d
join box as b on b.domain = d.domain
join month as n on n.domain = d.domain
left join judged as j on j.domain = d.domain
left join listed as o on o.domain = d.domain
left join private.last_placements() as p on p.domain = d.domain
where (select private.may_operate());

comment on view public.operator_sending_domains is
  'Sending domains with verdict (the worst of its records and blacklists: bad, warning, good, unknown = not checked yet), checks (per kind: verdict, finding, sentence, advice, records, checked_at, since), mailboxes, sent_today of daily_limit (of the active ones), the last 30 UTC days as sums and series, blacklists as the provider last saw them, and where the mails of its last placement test landed (shares of placement_tested). Operators only.';

grant select on public.operator_sending_domains to authenticated, service_role;

-- The last placement test per mailbox, of the last 30 days.
create view public.operator_placements
with (security_invoker = true)
as
select
  a.id as account_id, a.email, split_part(a.email, '@', 2) as domain, a.connection_id,
  sum(r.inbox)::bigint as inbox,
  sum(r.promotions)::bigint as promotions,
  sum(r.spam)::bigint as spam,
  max(r.day) as tested_on
from public.email_accounts as a
join lateral (
  select max(n.day) as last_day
  from public.placement_results as n
  where n.account_id = a.id and n.day > ((now() - private.placement_validity()) at time zone 'UTC')::date
) as l on l.last_day is not null
join public.placement_results as r on r.account_id = a.id and r.day between l.last_day - 1 and l.last_day
where (select private.may_operate())
group by a.id;

comment on view public.operator_placements is
  'Per mailbox where the mails of its last placement test landed (inbox, promotions, spam), tested_on a UTC day of the last 30. Operators only.';

grant select on public.operator_placements to authenticated, service_role;

-- Whether placement tests can be read, per connection. Smartlead's API has none.
create view public.operator_placement_readings
with (security_invoker = true)
as
select
  c.id as connection_id, c.name as connection_name, c.provider,
  case when c.provider = 'smartlead' then 'not_offered' else coalesce(r.state, 'waiting') end as state,
  r.error, coalesce(r.tests, 0) as tests, r.attempted_at, r.read_at
from public.provider_connections as c
left join public.placement_readings as r on r.connection_id = c.id
where c.removed_at is null and (select private.may_operate());

comment on view public.operator_placement_readings is
  'Per connection whether its placement tests are read: read, no_tests, missing_scope, not_in_plan, not_offered (Smartlead always), failed with error, reading, waiting (not asked yet). Operators only.';

grant select on public.operator_placement_readings to authenticated, service_role;
