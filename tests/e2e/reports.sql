-- What the reports show beyond months.sql: first times, steps with variants, follow-up emails, segments, and costs. The
-- counting is done by the projector's own functions, so that every number agrees with every other.

-- The two subjects of the first mail do not work alike: B is opened and answered more in the best campaign.
create temporary table mail_variant as
select
  l.id as lead_id,
  case
    when l.campaign_id <> 'f0000000-0000-4000-8000-000000000001' then 1 + (hashtext(l.email) & 1)
    when l.replied_at is not null then case when (hashtext(l.email) & 7) < 2 then 1 else 2 end
    else 1 + (hashtext(l.email) & 1)
  end::smallint as variant
from public.synced_leads as l
join plan as p on p.id = l.campaign_id;

update public.email_events as e
set variant = v.variant
from mail_variant as v
where e.lead_id = v.lead_id and e.type in ('email_sent', 'email_opened', 'reply_received');

-- By name, so that further columns change nothing here.
create function pg_temp.as_event(known jsonb)
returns public.email_events
language sql
as $$
  select jsonb_populate_record(null::public.email_events, '{"is_inferred": false, "time_is_arrival": false}'::jsonb || known)
$$;

create function pg_temp.as_resolved(e public.email_events, is_new boolean)
returns private.resolved_event
language sql
as $$
  select jsonb_populate_record(
    null::private.resolved_event,
    to_jsonb(e) || jsonb_build_object(
      'is_new_to_lead', is_new,
      'lead_known_at',
      case e.type when 'email_sent' then l.sent_at when 'email_opened' then l.opened_at when 'reply_received' then l.replied_at end,
      'lead_last_event_at', l.last_event_at,
      'opts_out', false,
      'shows_contact', e.type in ('email_sent', 'email_opened', 'reply_received'),
      'is_new_contact', is_new and e.type = 'email_sent',
      'contact_known_at', l.sent_at
    )
  )
  from public.synced_leads as l
  where l.id = e.lead_id
$$;

-- Leads who did not reply get up to two more emails, and some open those.
update public.synced_leads as l set sent_count_observed = 1 from plan as p where p.id = l.campaign_id;

create temporary table follow_up as
select e.*
from (
  select
    (8000000 + row_number() over (order by l.id, n.step, k.type))::bigint as id,
    m.sent_at + k.later as occurred_at, l.client_id, l.campaign_id, l.id as lead_id, p.connection_id,
    'instantly'::public.provider as provider, k.type, null::text as label, l.email, l.sender_account as email_account,
    n.step, 1::smallint as variant, null::public.bounce_class as bounce_class, m.sent_at + k.later + interval '1 second' as received_at,
    false as is_inferred
  from public.synced_leads as l
  join plan as p on p.id = l.campaign_id and p.id <> 'f0000000-0000-4000-8000-000000000004'
  cross join lateral (values (2::smallint, interval '3 days'), (3::smallint, interval '8 days')) as n (step, later)
  cross join lateral (select l.sent_at + n.later as sent_at) as m
  cross join lateral (
    values
      ('email_sent'::public.email_event_type, interval '0'),
      ('email_opened'::public.email_event_type, interval '50 minutes')
  ) as k (type, later)
  where l.bounced_at is null
    and coalesce(l.replied_at > m.sent_at, true)
    and (hashtext(l.email || n.step) & 7) < 5
    -- An open of a later mail by someone who had opened the first.
    and (k.type = 'email_sent' or l.opened_at < m.sent_at and (hashtext(l.email || n.step) & 1) = 0)
    and m.sent_at + k.later < now() - interval '9 minutes'
) as e;

-- An answer belongs to the mail before it.
update public.email_events as e
set step = f.step, variant = 1
from follow_up as f
where e.lead_id = f.lead_id and e.type = 'reply_received' and f.type = 'email_sent' and f.occurred_at < e.occurred_at;

select private.count_for_reports(array_agg(pg_temp.as_resolved(e, true)))
from public.email_events as e
where e.type in ('email_sent', 'email_opened', 'reply_received');

select private.count_events(array_agg(pg_temp.as_resolved(pg_temp.as_event(to_jsonb(f)), false))) from follow_up as f;
select private.count_for_reports(array_agg(pg_temp.as_resolved(pg_temp.as_event(to_jsonb(f)), false))) from follow_up as f;

insert into public.email_events
  (id, occurred_at, client_id, campaign_id, lead_id, connection_id, provider, type, label, email, email_account, step, variant, received_at, is_inferred)
select
  f.id, f.occurred_at, f.client_id, f.campaign_id, f.lead_id, f.connection_id, f.provider, f.type, f.label, f.email, f.email_account,
  f.step, f.variant, f.received_at, f.type = 'email_opened' and f.id % 9 = 0
from follow_up as f;

select private.advance_leads(array_agg(pg_temp.as_resolved(pg_temp.as_event(to_jsonb(f)), false))) from follow_up as f;

update public.campaign_activity_totals as t
set observed_at = now() - interval '3 minutes'
from plan as p
where p.id = t.campaign_id and t.observed_at >= now();

-- The provider reports the same for the steps.
select worker.record_campaign_steps(a.campaign_id, jsonb_agg(jsonb_build_object(
  'step', a.step, 'variant', a.variant, 'sent', a.sent, 'opened', a.opened, 'clicked', a.clicked, 'replied', a.replied,
  'auto_replies', a.auto_replies
)))
from public.campaign_step_activity as a
join plan as p on p.id = a.campaign_id
group by a.campaign_id;

-- Segments of unlike size, and unlike interest; some without enough data.
update public.synced_leads as l
set
  industry = case
    when l.reply_count > 0 and h.one < 5 then 'Dentistry'
    when h.one < 7 then 'Dentistry'
    when h.one < 11 then 'Oral surgery'
    when h.one < 14 then 'Dental laboratories'
    when h.one < 15 and h.two < 5 then 'Orthodontics'
    when h.one < 15 then null
    else case when h.two < 2 then 'Veterinary' else 'Wholesale' end
  end,
  job_title = case
    when h.two < 6 then 'Owner'
    when h.two < 9 then 'Practice manager'
    when h.two < 12 then 'Head of purchasing'
    when h.two < 14 then 'Dental technician'
    else 'Office manager'
  end,
  company_size = (array['1-10', '1-10', '1-10', '11-50', '11-50', '51-200', '51-200', '201-500'])[1 + (h.two + h.one) % 8]
from (
  select s.id, hashtext(s.email || 'one') & 15 as one, hashtext(s.email || 'two') & 15 as two from public.synced_leads as s
) as h
join public.synced_leads as x on x.id = h.id
join plan as p on p.id = x.campaign_id and p.client_id = 'c0000000-0000-4000-8000-000000000001'
where l.id = h.id;

-- Lakeside sees what it pays, part of it in dollars; Harbour does not, and nothing was entered for it.
update public.clients set may_see_connection = true where id = 'c0000000-0000-4000-8000-000000000002';
select public.change_client(
  'c0000000-0000-4000-8000-000000000001',
  '{"may_see_costs": true, "positive_reply_value": 180, "may_see_connection": true}'
);
select public.record_cost(c.client_id::uuid, c.kind::public.cost_kind, c.amount, c.campaign_id::uuid, c.currency, current_date - c.days, c.note)
from (
  values
    ('c0000000-0000-4000-8000-000000000001', 'f0000000-0000-4000-8000-000000000001', 'scraping', 420.00, 'EUR', 118, '2,400 practices'),
    ('c0000000-0000-4000-8000-000000000001', 'f0000000-0000-4000-8000-000000000001', 'verification', 96.50, 'EUR', 117, null),
    ('c0000000-0000-4000-8000-000000000001', 'f0000000-0000-4000-8000-000000000001', 'sending', 790.00, 'EUR', 30, 'Mailboxes'),
    ('c0000000-0000-4000-8000-000000000001', 'f0000000-0000-4000-8000-000000000002', 'scraping', 260.00, 'EUR', 73, null),
    ('c0000000-0000-4000-8000-000000000001', 'f0000000-0000-4000-8000-000000000002', 'enrichment', 145.00, 'USD', 72, 'Credits'),
    ('c0000000-0000-4000-8000-000000000001', null, 'sending', 149.00, 'EUR', 15, 'Domains')
) as c (client_id, campaign_id, kind, amount, currency, days, note);

update public.clients set time_zone = 'Europe/Amsterdam' where id = 'c0000000-0000-4000-8000-000000000001';
