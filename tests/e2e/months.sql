-- Four months of two clients: campaigns, leads with sentiment, daily numbers of both sources, events, and exports.
-- Every number follows from the day and the campaign, so that each run sees the same shape.

-- Mail goes out on weekdays; what comes back follows a few days later and never stops at the weekend.
create temporary table plan (
  id uuid, client_id uuid, connection_id uuid, name text, provider_status public.provider_campaign_status,
  first_day date, last_day date, a_day integer, open_share numeric, reply_share numeric, positive_share numeric, seed integer
);

insert into plan
select p.id::uuid, p.client_id::uuid, p.connection_id::uuid, p.name, p.status::public.provider_campaign_status,
  current_date - p.from_day, current_date - p.to_day, p.a_day, p.open_share, p.reply_share, p.positive_share, p.seed
from (
  values
    ('f0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000001', 'd0000000-0000-4000-8000-000000000001',
     'Dental clinics in Brabant', 'active', 119, 0, 26, 0.52, 0.061, 0.34, 1),
    ('f0000000-0000-4000-8000-000000000002', 'c0000000-0000-4000-8000-000000000001', 'd0000000-0000-4000-8000-000000000001',
     'Oral surgeons in South Holland', 'active', 74, 0, 18, 0.46, 0.042, 0.22, 2),
    ('f0000000-0000-4000-8000-000000000003', 'c0000000-0000-4000-8000-000000000001', 'd0000000-0000-4000-8000-000000000001',
     'Dental labs, reactivation', 'completed', 110, 52, 15, 0.61, 0.055, 0.18, 3),
    ('f0000000-0000-4000-8000-000000000004', 'c0000000-0000-4000-8000-000000000001', 'd0000000-0000-4000-8000-000000000001',
     'Veterinary pilot', 'paused', 9, 2, 7, 0.4, 0.06, 0.3, 4),
    ('f0000000-0000-4000-8000-000000000005', 'c0000000-0000-4000-8000-000000000002', 'd0000000-0000-4000-8000-000000000002',
     'Coffee bars in Columbus', 'active', 95, 0, 21, 0.49, 0.038, 0.27, 5),
    ('f0000000-0000-4000-8000-000000000006', 'c0000000-0000-4000-8000-000000000002', 'd0000000-0000-4000-8000-000000000002',
     'Bakeries in Ohio', 'bounce_protect', 60, 21, 19, 0.35, 0.021, 0.15, 6)
) as p (id, client_id, connection_id, name, status, from_day, to_day, a_day, open_share, reply_share, positive_share, seed);

insert into public.campaigns
  (id, client_id, connection_id, name, generation_status, provider_status, provider_status_at, synced_at, created_at)
select id, client_id, connection_id, name, 'completed', provider_status, now(), now() - interval '11 minutes', first_day
from plan;

-- One lead per contact: first mail, what the lead did, and when.
create temporary table lead_plan as
select
  p.id as campaign_id, p.client_id, p.seed, d.day::date as day, n,
  row_number() over (partition by p.id order by d.day, n) as number,
  ('x' || left(md5(p.seed || ' ' || d.day::date || ' ' || n), 7))::bit(28)::integer / 268435455.0 as opens,
  ('x' || left(md5('reply ' || p.seed || ' ' || d.day::date || ' ' || n), 7))::bit(28)::integer / 268435455.0 as replies,
  ('x' || left(md5('likes ' || p.seed || ' ' || d.day::date || ' ' || n), 7))::bit(28)::integer / 268435455.0 as likes,
  ('x' || left(md5('delay ' || p.seed || ' ' || d.day::date || ' ' || n), 7))::bit(28)::integer % 6 as delay,
  p.open_share, p.reply_share, p.positive_share
from plan as p
cross join lateral generate_series(p.first_day, p.last_day, interval '1 day') as d (day)
cross join lateral generate_series(1, greatest(0, p.a_day + (extract(doy from d.day)::integer * p.seed) % 7 - 3)) as n
where extract(isodow from d.day) < 6;

create temporary table fate as
select
  l.*,
  day + time '08:10' + (n * interval '11 minutes') as sent_at,
  case when opens < open_share then day + time '10:30' + (n * interval '17 minutes') end as opened_at,
  case when replies < reply_share and day + delay <= current_date
    then least(day + delay + time '09:05' + (n * interval '13 minutes'), now() at time zone 'UTC' - interval '9 minutes') end as replied_at,
  opens > 0.985 as bounced
from lead_plan as l;

insert into public.synced_leads
  (client_id, campaign_id, email, first_name, last_name, company_name, job_title, industry, company_size,
   sent_count_observed, open_count_observed, reply_count_observed, sent_at, opened_at, replied_at, bounced_at,
   interest_status_reported, interest_label, interest_changed_at_reported, sender_account, last_event_at, created_at)
select
  f.client_id, f.campaign_id, 'lead' || f.number || '@c' || f.seed || '-' || (f.number % 97) || '.test',
  (array['Sanne', 'Pieter', 'Eva', 'Maria', 'James', 'Ellen', 'Noor', 'Tom'])[1 + f.number % 8],
  (array['de Vries', 'Jansen', 'Lopez', 'Carter', 'Brooks', 'Bakker', 'Smit'])[1 + f.number % 7],
  'Company ' || f.number,
  (array['Owner', 'Practice manager', 'Buyer', 'Office manager'])[1 + f.number % 4],
  (array['Dentistry', 'Oral surgery', 'Dental laboratory', 'Hospitality'])[1 + f.number % 4],
  (array['1-10', '11-50', '51-200'])[1 + f.number % 3],
  case when f.bounced then 1 else 1 + f.number % 3 end, (f.opened_at is not null)::integer, (f.replied_at is not null)::integer,
  f.sent_at, f.opened_at, f.replied_at, case when f.bounced then f.sent_at + interval '2 minutes' end,
  case when f.replied_at is null then null
    when f.likes < f.positive_share then 'positive'
    when f.likes < 0.75 then 'negative' else 'neutral' end::public.interest_status,
  case when f.replied_at is null then null
    when f.likes < f.positive_share * 0.3 then 'lead_meeting_booked'
    when f.likes < f.positive_share then 'lead_interested'
    when f.likes < 0.75 then 'lead_not_interested' else 'lead_neutral' end,
  f.replied_at + interval '4 minutes', 'mia@lakeside-mail.test', coalesce(f.replied_at, f.opened_at, f.sent_at), f.sent_at
from fate as f;

-- What the provider reported per day, and what we observed: the same, but for a webhook lost now and then.
create temporary table day_numbers as
select campaign_id, client_id, day,
  sum(sent)::integer as sent, sum(opened)::integer as opened, sum(replied)::integer as replied, sum(bounced)::integer as bounced
from (
  select campaign_id, client_id, day, 1 as sent, 0 as opened, 0 as replied, bounced::integer as bounced from fate
  union all
  select campaign_id, client_id, opened_at::date, 0, 1, 0, 0 from fate where opened_at is not null
  union all
  select campaign_id, client_id, replied_at::date, 0, 0, 1, 0 from fate where replied_at is not null
) as facts
group by campaign_id, client_id, day;

insert into public.campaign_analytics
  (campaign_id, day, client_id, sent, contacted, new_contacted, opens, opened, replies, replied, synced_at)
select campaign_id, day, client_id, sent, sent, sent, opened, opened, replied, replied, now() - interval '11 minutes'
from day_numbers;

insert into public.campaign_activity
  (campaign_id, day, client_id, sent, contacted, opens, opened, replies, replied, bounced, observed_at)
select campaign_id, day, client_id, sent, sent, greatest(0, opened - 1), greatest(0, opened - 1), replied, replied, bounced, now() - interval '3 minutes'
from day_numbers;

insert into public.campaign_analytics_totals
  (campaign_id, client_id, leads, sent, contacted, opened, replied, auto_replies, bounced, unsubscribed, synced_at)
select f.campaign_id, f.client_id, count(*), count(*), count(*), count(f.opened_at), count(f.replied_at), count(*) / 60,
  count(*) filter (where f.bounced), count(*) / 200, now() - interval '11 minutes'
from fate as f
group by f.campaign_id, f.client_id;

insert into public.campaign_activity_totals (campaign_id, client_id, sent, contacted, opened, replied, bounced, last_event_at, observed_at)
select f.campaign_id, f.client_id, count(*), count(*), count(f.opened_at), count(f.replied_at),
  count(*) filter (where f.bounced), max(f.replied_at), now() - interval '3 minutes'
from fate as f
group by f.campaign_id, f.client_id;

-- The paused pilot stopped being read: its numbers are stale.
update public.campaigns set synced_at = now() - interval '31 hours' where id = 'f0000000-0000-4000-8000-000000000004';
update public.campaign_activity_totals set observed_at = now() - interval '31 hours' where campaign_id = 'f0000000-0000-4000-8000-000000000004';

-- Facts, as the projector writes them.
select private.prepare_email_event_months(current_date - 125, 6);

insert into public.email_events
  (id, occurred_at, client_id, campaign_id, lead_id, connection_id, provider, type, email, email_account, step, received_at)
select
  9000000 + row_number() over (order by e.at, l.id, e.type), e.at, l.client_id, l.campaign_id, l.id, p.connection_id, 'instantly', e.type,
  l.email, l.sender_account, 1, e.at + interval '1 second'
from public.synced_leads as l
join plan as p on p.id = l.campaign_id
cross join lateral (
  values
    (l.sent_at, 'email_sent'::public.email_event_type),
    (l.opened_at, 'email_opened'),
    (l.replied_at, 'reply_received'),
    (l.bounced_at, 'email_bounced'),
    (l.interest_changed_at, case l.interest_label
      when 'lead_meeting_booked' then 'lead_meeting_booked'::public.email_event_type
      when 'lead_interested' then 'lead_interested'
      when 'lead_not_interested' then 'lead_not_interested'
      else 'lead_neutral' end)
) as e (at, type)
where e.at is not null;
