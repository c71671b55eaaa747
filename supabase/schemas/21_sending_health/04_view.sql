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
)
select
  d.domain,
  b.mailboxes,
  b.active_mailboxes,
  b.client_ids,
  b.connection_ids,
  b.client_names,
  case
    when j.verdicts @> '{bad}' then 'bad'
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
  n.replied_series
from public.sending_domains as d
join box as b on b.domain = d.domain
join month as n on n.domain = d.domain
left join judged as j on j.domain = d.domain
where (select private.may_operate());

comment on view public.operator_sending_domains is
  'Sending domains with verdict (the worst of its records: bad, warning, good, unknown = not checked yet), checks (per kind: verdict, finding, sentence, advice, records, checked_at, since), mailboxes, sent_today of daily_limit (of the active ones), and the last 30 UTC days as sums and series. Operators only.';

grant select on public.operator_sending_domains to authenticated, service_role;
