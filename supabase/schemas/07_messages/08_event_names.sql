-- Email events under the names of the older schema: eleven of them, with a name of their own for what follows a follow-up.

create view public.client_email_events
with (security_invoker = true)
as
select
  e.id, e.occurred_at, e.client_id, e.campaign_id, e.lead_id, e.provider, e.type,
  case e.type
    when 'email_sent' then 'email_sent'
    when 'email_delivered' then 'email_delivered'
    when 'email_opened' then case when e.step > 1 then 'email_follow_up_opened' else 'email_opened' end
    when 'email_clicked' then case when e.step > 1 then 'email_follow_up_clicked' else 'email_clicked' end
    when 'reply_received' then case when e.step > 1 then 'email_follow_up_replied' else 'email_replied' end
    when 'email_bounced' then 'email_bounced'
    when 'lead_unsubscribed' then 'email_unsubscribed'
    when 'email_spam_reported' then 'email_spam_reported'
  end as event_name,
  e.step > 1 as is_follow_up,
  e.label, e.email, e.email_account, e.step, e.variant, e.received_at, e.bounce_class,
  mail.message_id
from public.email_events as e
-- The mail itself; of an open, a click or a bounce the last one of that step that was sent before.
left join lateral (
  select m.id as message_id
  from public.messages as m
  where e.type in ('email_sent', 'reply_received', 'auto_reply_received') and m.event_id = e.id
  union all
  select sent.id
  from (
    select m.id
    from public.messages as m
    where e.type in ('email_delivered', 'email_opened', 'email_clicked', 'email_bounced')
      and m.lead_id = e.lead_id
      and m.direction = 'sent'
      and m.source <> 'answer'
      and m.occurred_at <= e.occurred_at
      and coalesce(m.step = e.step, true)
    order by m.occurred_at desc
    limit 1
  ) as sent
  limit 1
) as mail on true;

comment on view public.client_email_events is
  'email_events of both providers with event_name: the eleven names of the older schema (null for the other types). A follow-up is a mail of a step above 1; is_follow_up null = the step is not known. message_id is the mail that the event is about, as far as messages has it.';

grant select on public.client_email_events to authenticated, service_role;
