-- The messages behind the months: what was sent to the leads who replied, and the replies, as the projector keeps them.
-- HTML is kept where it arrives (private.message_contents); the test project sanitises it with the real code.

-- Each lead who replied is a business with a name and a town.
insert into public.businesses (id, client_id, campaign_id, name, category, city, website)
select
  md5('business of ' || l.id)::uuid, l.client_id, l.campaign_id,
  (array['Willow', 'Canal', 'Station', 'Old Mill', 'Parkside', 'Linden', 'Harbour', 'Market'])[1 + r.number % 8] || ' '
    || (array['Dental Care', 'Tandartsen', 'Oral Surgery', 'Smiles', 'Orthodontics'])[1 + r.number % 5],
  'Dentist',
  (array['Breda', 'Tilburg', 'Eindhoven', 'Rotterdam', 'Den Haag', '''s-Hertogenbosch'])[1 + r.number % 6],
  'https://' || split_part(l.email, '@', 2)
from (
  select l.id, row_number() over (order by l.replied_at, l.id) as number
  from public.synced_leads as l
  where l.replied_at is not null and l.campaign_id::text like 'f0000000-%'
) as r
join public.synced_leads as l on l.id = r.id;

update public.synced_leads as l
set business_id = b.id, company_name = b.name
from public.businesses as b
where b.id = md5('business of ' || l.id)::uuid;

create temporary table mail as
select
  gen_random_uuid() as id, r.*,
  'https://app.instantly.ai/app/unibox?thread_search=' || r.lead_id as inbox_url
from (
  select
    l.client_id, l.campaign_id, l.id as lead_id, 'sent' as direction, l.sent_at as occurred_at, l.email, l.sender_account,
    'A question about ' || l.company_name as subject,
    'Hi ' || l.first_name || E',\n\nI saw that patients praise ' || l.company_name
      || E' for short waiting times. We deliver consumables within a day, and the first box is on us.\n\nShall I send our price list?\n\nMia' as body,
    null as html, false as is_auto_reply, null::public.reply_verdict as verdict, 0::bigint as number, l.first_name
  from public.synced_leads as l
  where l.replied_at is not null and l.campaign_id::text like 'f0000000-%'
  union all
  select
    l.client_id, l.campaign_id, l.id, 'received', l.replied_at, l.email, l.sender_account,
    'Re: A question about ' || l.company_name,
    reply.text,
    case when row_number() over w % 2 = 0 then
      '<div dir="ltr"><p>' || replace(reply.text, E'\n\n', '</p><p>') || '</p><p>Kind regards,<br><b>' || l.first_name || ' ' || l.last_name
      || '</b><br><span style="color:#888">' || l.job_title || ', ' || l.company_name || '</span><br><img src="https://images.'
      || split_part(l.email, '@', 2) || '/logo.png" width="120" height="40" alt="Logo"></p><blockquote><p>On Monday Mia of Lakeside wrote:</p><p>Hi '
      || l.first_name || ',</p><p>I saw that patients praise ' || l.company_name
      || ' for short waiting times. We deliver consumables within a day, and the first box is on us. Everything that you order before noon leaves the same day, and what you do not need goes back for nothing.</p><p>Shall I send our price list?</p><p>Mia</p></blockquote></div>'
    end,
    false,
    -- Replies older than two weeks have a verdict.
    case when l.replied_at < now() - interval '14 days' then
      case l.interest_status when 'positive' then 'qualified' when 'negative' then 'not_interested' else 'neutral' end
    end::public.reply_verdict,
    row_number() over w, l.first_name
  from public.synced_leads as l
  cross join lateral (
    select (case l.interest_status
      when 'positive' then array[
        E'Yes, please send the price list.\n\nWe order every two weeks; if the delivery times hold, we would start with gloves and composites.',
        E'Sounds interesting. Could we talk on Thursday after four?\n\nMy colleague from purchasing would join.',
        E'Good timing: our supplier has just raised prices.\n\nSend me your terms for around 40 boxes a month.']
      when 'negative' then array[
        E'Thanks, but we are under contract until the end of next year.\n\nPlease do not follow up before that.',
        'No thank you. We buy with our franchise only.',
        E'Not for us.\n\nPlease take us off your list.']
      else array[
        E'I am not the right person. Ask my colleague in the office, she places the orders.',
        E'Maybe later. We move to a new building in spring; come back to us then.',
        E'What exactly do you sell?']
      end)[1 + length(l.email) % 3] as text
  ) as reply
  where l.replied_at is not null and l.campaign_id::text like 'f0000000-%'
  window w as (order by l.replied_at, l.id)
  union all
  select
    l.client_id, l.campaign_id, l.id, 'received', l.sent_at + interval '3 minutes', l.email, l.sender_account,
    'Automatic reply: A question', 'I am out of the office until Monday and answer when I am back.', null, true, null, 0, l.first_name
  from public.synced_leads as l
  where l.replied_at is null and l.bounced_at is null and l.campaign_id::text like 'f0000000-%'
    and ('x' || left(md5('away ' || l.email || l.campaign_id), 7))::bit(28)::integer % 90 = 0
) as r;

insert into public.messages
  (id, client_id, campaign_id, lead_id, connection_id, provider, direction, occurred_at, email, email_account, subject, body_text,
   snippet, is_auto_reply, step, variant, source, verdict, verdict_by, verdict_at, event_id)
select
  m.id, m.client_id, m.campaign_id, m.lead_id, c.connection_id, 'instantly', m.direction::public.message_direction, m.occurred_at, m.email,
  m.sender_account, m.subject, m.body, left(m.body, 300), m.is_auto_reply, 1, 1, 'webhook', m.verdict,
  case when m.verdict is not null then 'a0000000-0000-4000-8000-000000000001'::uuid end,
  case when m.verdict is not null then m.occurred_at + interval '5 hours' end,
  -- A sent mail without its event would be an answer that somebody wrote by hand.
  (
    select min(e.id)
    from public.email_events as e
    where m.direction = 'sent' and e.lead_id = m.lead_id and e.type = 'email_sent' and e.occurred_at = m.occurred_at
  )
from mail as m
join public.campaigns as c on c.id = m.campaign_id;

insert into private.message_contents (message_id, connection_id, direction, inbox_url, raw_html)
select m.id, c.connection_id, m.direction::public.message_direction, case when m.direction = 'received' then m.inbox_url end, m.html
from mail as m
join public.campaigns as c on c.id = m.campaign_id;

-- The newest answer of Lakeside without HTML was written by a colleague of the lead.
update public.messages as m
set written_by = 'petra@' || split_part(m.email, '@', 2)
where m.id = (
  select r.id from mail as r
  where r.client_id = 'c0000000-0000-4000-8000-000000000001' and r.direction = 'received' and r.html is null and r.verdict is null
    and not r.is_auto_reply
  order by r.occurred_at desc
  limit 1
);

drop table mail;

-- Mail of people who are in no campaign: to a mailbox of Lakeside, and to one of the workspace that clients share.
create temporary table outside_mail as
select o.*, now() - make_interval(hours => o.hours) as occurred_at, md5('outside ' || o.email)::uuid as event_key
from (
  values
    ('d0000000-0000-4000-8000-000000000001'::uuid, 20, 'ruth@paperco.test', 'Ruth Adler', 'mia@lakeside-mail.test', 'Your order of 12 boxes',
     E'Hi Mia,\n\nYour twelve boxes leave us on Thursday.\n\nRuth'),
    ('d0000000-0000-4000-8000-000000000001', 75, 'a.very.long.address.of.somebody@subdomain.of-a-long-company-name.test', null, 'mia@lakeside-mail.test',
     null, 'Is this the right address for invoices? <b>Accounting</b> could not tell me.'),
    ('d0000000-0000-4000-8000-000000000001', 400, 'jobs@students.test', 'Noor', 'mia@lakeside-mail.test', 'Internship', null),
    ('d0000000-0000-4000-8000-000000000002', 31, 'press@magazine.test', 'Lou Brandt', 'hello@agency-mail.test', 'An interview?',
     'We write about cold email and would like to talk to you.')
) as o (connection_id, hours, email, sender_name, email_account, subject, body);

insert into private.webhook_events (connection_id, event_key, payload, event, status, received_at, processed_at)
select connection_id, event_key, '{}', jsonb_build_object('type', 'untracked_reply'), 'projected', occurred_at, occurred_at
from outside_mail;

insert into public.untracked_replies
  (id, client_id, connection_id, provider, occurred_at, email, sender_name, email_account, subject, body_text, snippet)
select
  w.id, c.client_id, c.id, c.provider, o.occurred_at, o.email, o.sender_name, o.email_account, o.subject, o.body, left(o.body, 300)
from outside_mail as o
join private.webhook_events as w using (connection_id, event_key)
join public.provider_connections as c on c.id = o.connection_id;

drop table outside_mail;
