-- What people read of messages: replies with their context, a person's whole history, and how much there is.

-- One row per reply, automatic ones included.
create view public.client_replies
with (security_invoker = true)
as
select
  m.id as message_id,
  m.client_id,
  m.campaign_id,
  c.name as campaign_name,
  m.lead_id,
  m.email,
  m.written_by,
  l.first_name,
  l.last_name,
  l.company_name,
  l.job_title,
  l.business_id,
  b.name as business_name,
  b.city,
  m.occurred_at,
  m.subject,
  m.snippet,
  m.body_text,
  m.body_html,
  m.is_auto_reply,
  l.interest_status,
  l.interest_label,
  m.verdict,
  m.verdict_note,
  m.verdict_by,
  m.verdict_at,
  m.pushed_at,
  m.push_error,
  m.reply_class,
  m.reply_class_source,
  m.reply_class_confidence,
  m.reply_date,
  m.provider,
  m.email_account,
  m.step,
  m.thread_key,
  m.connection_id,
  m.body_removed_at
from public.messages as m
join public.campaigns as c on c.id = m.campaign_id
left join public.synced_leads as l on l.id = m.lead_id
left join public.businesses as b on b.id = l.business_id
where m.direction = 'received';

comment on view public.client_replies is
  'Replies with campaign, person and business. interest_status is the lead''s, verdict is what a person decided about this reply; reply_class is what the reply is, with its source and confidence; reply_date the day to write again (not_now) or of the return (out_of_office); written_by is who wrote, where it was not the lead; body_removed_at is when retention removed the text; automatic replies carry is_auto_reply.';

grant select on public.client_replies to authenticated, service_role;

-- The same for operators, with whose it is and the link into the provider's inbox.
create view public.operator_replies
with (security_invoker = true)
as
select r.*, k.name as client_name, w.name as connection_name, i.inbox_url
from public.client_replies as r
join public.clients as k on k.id = r.client_id
left join public.provider_connections as w on w.id = r.connection_id
left join private.message_contents as i on i.message_id = r.message_id
where (select private.may_operate());

comment on view public.operator_replies is
  'client_replies with client_name, connection_name and inbox_url, the link into the provider''s inbox. Operators only.';

grant select on public.operator_replies to authenticated, service_role;

-- Everything that happened with a person. position orders what happened at the same moment.
create view public.lead_timeline
with (security_invoker = true)
as
select
  l.client_id,
  l.email,
  l.id as lead_id,
  l.campaign_id,
  c.name as campaign_name,
  t.provider,
  t.occurred_at,
  t.kind,
  t.type,
  t.label,
  t.step,
  t.variant,
  t.email_account,
  t.message_id,
  t.subject,
  t.snippet,
  t.written_by,
  t.answered_in,
  to_char(t.occurred_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS') || ' ' || t.kind || ' ' || t.own_key as position
from public.synced_leads as l
join public.campaigns as c on c.id = l.campaign_id
cross join lateral (
  select
    e.provider, e.occurred_at, 'event' as kind, e.type::text as type, e.label, e.step, e.variant, e.email_account,
    null::uuid as message_id, null::text as subject, null::text as snippet, null::text as written_by,
    null::text as answered_in, lpad(e.id::text, 19, '0') as own_key
  from public.email_events as e
  where e.lead_id = l.id
  union all
  select
    m.provider, m.occurred_at, 'message', 'message_' || m.direction::text, null, m.step, m.variant, m.email_account,
    m.id, m.subject, m.snippet, m.written_by,
    -- A sent mail without an event is none of the sequence: a person wrote it.
    case when m.direction = 'sent' and m.event_id is null then case m.source when 'answer' then 'here' else 'provider' end end, m.id::text
  from public.messages as m
  where m.lead_id = l.id
  union all
  -- What the provider reports of a meeting is there as its label already.
  select
    null, h.happened_at, 'meeting', 'meeting_' || coalesce(h.status::text, 'removed'),
    case h.source when 'crm' then 'from the CRM' else 'by hand' end || coalesce(', ' || h.value || ' ' || h.currency, ''),
    null, null, null, null, null, h.note, null, null, lpad(h.id::text, 19, '0')
  from public.meeting_changes as h
  where h.lead_id = l.id and h.source <> 'provider'
) as t;

comment on view public.lead_timeline is
  'Every event and message of a person (client_id and email) over all campaigns, and what a person or the CRM recorded of meetings; ask for one email or one lead_id and order by position. answered_in: here or provider, for a mail that a person of the agency wrote.';

grant select on public.lead_timeline to authenticated, service_role;

-- How many messages a client has, and how many replies wait for a verdict.
create view public.message_stats
with (security_invoker = true)
as
select
  c.id as client_id,
  c.name as client_name,
  n.sent,
  n.received,
  n.auto_replies,
  n.qualified,
  n.not_interested,
  n.neutral,
  n.unanswered,
  n.last_received_at
from public.clients as c
cross join lateral (
  select
    count(*) filter (where m.direction = 'sent') as sent,
    count(*) filter (where m.direction = 'received' and not m.is_auto_reply) as received,
    count(*) filter (where m.is_auto_reply) as auto_replies,
    count(*) filter (where m.verdict = 'qualified') as qualified,
    count(*) filter (where m.verdict = 'not_interested') as not_interested,
    count(*) filter (where m.verdict = 'neutral') as neutral,
    count(*) filter (where m.direction = 'received' and not m.is_auto_reply and m.verdict is null) as unanswered,
    max(m.occurred_at) filter (where m.direction = 'received') as last_received_at
  from public.messages as m
  where m.client_id = c.id
) as n;

comment on view public.message_stats is
  'Messages per client: sent, received (by people), auto_replies; verdicts; unanswered = received without a verdict.';

grant select on public.message_stats to authenticated, service_role;
