-- The inbox of operators: one row per conversation, in the order in which it deserves an answer.

create view public.operator_threads
with (security_invoker = true)
as
select
  t.*,
  -- 0: a reminder that is due; 1 and 2: interested people and questions, then everybody else who waits; 3: waits, and wants
  -- nothing from us; 4: no one waits.
  case
    when t.snoozed_until <= now() then 0
    when t.waiting_since is null then 4
    when t.is_hot then 1
    when t.is_declined then 3
    else 2
  end as place,
  coalesce(t.waiting_since, t.last_reply_at) as ordered_at,
  coalesce(t.snoozed_until > now(), false) as is_snoozed,
  case
    when t.waiting_since is not null then 'waiting'
    when t.done_at > coalesce(t.answered_at, '-infinity') then 'done'
    when t.answered_at is not null then 'answered'
    else 'automatic'
  end as state
from (
  select
    s.lead_id, s.client_id, k.name as client_name, s.campaign_id, c.name as campaign_name, s.last_reply_id as message_id, m.email,
    m.written_by, l.first_name, l.last_name, l.company_name, b.name as business_name, b.city, m.occurred_at, m.subject, m.snippet,
    m.is_auto_reply, m.reply_class, m.reply_class_source, m.reply_class_confidence, m.reply_date, l.interest_status, m.verdict, m.verdict_note, m.verdict_by, m.verdict_at, s.last_reply_at, s.replies,
    s.answered_at, s.waiting_since, s.assigned_to, private.person_name(s.assigned_to) as assigned_to_name, s.snoozed_until, s.done_at,
    (select count(*) from private.thread_notes as n where n.lead_id = s.lead_id) as notes,
    s.waiting_since is not null and (
      -- A person's verdict counts for more than any reading of the words.
      coalesce(m.verdict = 'qualified', false)
      or (
        m.verdict is null and (
          coalesce(m.reply_class in ('interested', 'question'), false) or (m.reply_class is null and coalesce(l.interest_status = 'positive', false))
        )
      )
    ) as is_hot,
    coalesce(m.verdict = 'not_interested', false)
      or (
        m.verdict is null and (
          coalesce(m.reply_class in ('not_interested', 'unsubscribe', 'bounce'), false)
          or (m.reply_class is null and coalesce(l.interest_status = 'negative', false))
        )
      ) as is_declined
  from private.threads as s
  join public.messages as m on m.id = s.last_reply_id
  join public.clients as k on k.id = s.client_id
  join public.campaigns as c on c.id = s.campaign_id
  join public.synced_leads as l on l.id = s.lead_id
  left join public.businesses as b on b.id = l.business_id
  where (select private.may_operate())
) as t;

comment on view public.operator_threads is
  'Conversations with leads who replied: newest reply (message_id), how many, since when somebody waits, who has it. Order by place and ordered_at: what deserves an answer first. state: waiting, answered, done, automatic. Operators only.';

grant select on public.operator_threads to authenticated, service_role;

-- How much there is to do, per client.
create view public.operator_inbox_counts
with (security_invoker = true)
as
select
  t.client_id,
  count(*) filter (where t.waiting_since is not null and not coalesce(t.snoozed_until > now(), false)) as waiting,
  count(*) filter (where t.snoozed_until > now()) as snoozed,
  count(*) filter (
    where t.assigned_to = (select auth.uid()) and t.waiting_since is not null and not coalesce(t.snoozed_until > now(), false)
  ) as mine,
  count(*) as threads
from private.threads as t
where (select private.may_operate())
group by t.client_id;

comment on view public.operator_inbox_counts is
  'Per client: conversations that wait for an answer, snoozed ones, waiting ones assigned to the reader, and all. Operators only.';

grant select on public.operator_inbox_counts to authenticated, service_role;
