-- The demo agency: an operator, two clients with one sign-in each, a dedicated connection at Instantly and a shared one at Smartlead, two campaigns
-- and their 200 businesses. For development only; hosted projects are never seeded.

-- Sign-ins. Passwords are public on purpose.
insert into auth.users
  (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data,
   created_at, updated_at, confirmation_token, recovery_token, email_change, email_change_token_new)
select
  '00000000-0000-0000-0000-000000000000', u.id, 'authenticated', 'authenticated', u.email,
  extensions.crypt(u.password, extensions.gen_salt('bf', 6)), now(),
  '{"provider": "email", "providers": ["email"]}', '{}', now(), now(), '', '', '', ''
from (
  values
    ('a0000000-0000-4000-8000-000000000001'::uuid, 'operator@replyloop.test', 'operator-demo-password'),
    ('a0000000-0000-4000-8000-000000000002'::uuid, 'anna@lakeside.test', 'lakeside-demo-password'),
    ('a0000000-0000-4000-8000-000000000003'::uuid, 'ben@harbour.test', 'harbour-demo-password')
) as u (id, email, password)
on conflict (id) do nothing;

insert into auth.identities (provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at)
select u.id::text, u.id, jsonb_build_object('sub', u.id::text, 'email', u.email), 'email', now(), now(), now()
from auth.users as u
where u.id in (
  'a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000003'
)
on conflict (provider_id, provider) do nothing;

update private.agency set name = 'Northbeam Outreach', support_address = 'hello@northbeam.test' where name is null;

insert into public.clients (id, name)
values
  ('c0000000-0000-4000-8000-000000000001', 'Lakeside Dental Supplies'),
  ('c0000000-0000-4000-8000-000000000002', 'Harbour Accounting')
on conflict (id) do nothing;

insert into public.members (user_id, role, client_id)
values
  ('a0000000-0000-4000-8000-000000000001', 'operator', null),
  ('a0000000-0000-4000-8000-000000000002', 'client', 'c0000000-0000-4000-8000-000000000001'),
  ('a0000000-0000-4000-8000-000000000003', 'client', 'c0000000-0000-4000-8000-000000000002')
on conflict (user_id) do nothing;

-- Lakeside has a workspace of its own at Instantly; Harbour sends from the one at Smartlead that the agency shares among
-- clients.
insert into public.provider_connections (id, provider, client_id, name)
values
  ('d0000000-0000-4000-8000-000000000001', 'instantly', 'c0000000-0000-4000-8000-000000000001', 'Lakeside workspace'),
  ('d0000000-0000-4000-8000-000000000002', 'smartlead', null, 'Agency workspace')
on conflict (id) do nothing;

insert into public.campaigns
  (id, client_id, connection_id, name, generation_status, time_zone, daily_limit, sending_accounts)
values
  ('e0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000001', 'd0000000-0000-4000-8000-000000000001',
   'Dental practices in Gelderland', 'completed', 'Europe/Amsterdam', 7, '{}'),
  ('e0000000-0000-4000-8000-000000000002', 'c0000000-0000-4000-8000-000000000002', 'd0000000-0000-4000-8000-000000000002',
   'Family restaurants in Ohio', 'completed', 'America/New_York', 3, '{hello@agency-outreach.test,team@agency-outreach.test}'),
  ('e0000000-0000-4000-8000-000000000003', 'c0000000-0000-4000-8000-000000000001', 'd0000000-0000-4000-8000-000000000001',
   'Orthodontists in Utrecht', 'running', 'Europe/Amsterdam', null, '{}')
on conflict (id) do nothing;

-- 200 businesses with the mix that scraping gives: most deliverable, some risky, some without an address, and every
-- eighth with a LinkedIn contact who has an address of its own.
insert into public.businesses
  (id, client_id, campaign_id, name, category, rating, email, email_deliverability, email_source, subject_line, icebreaker,
   website, phone, address, city, state, zip, linkedin_url, facebook_url,
   linkedin_contact_name, linkedin_contact_title, linkedin_contact_url, linkedin_contact_email, linkedin_contact_email_deliverability)
select
  md5('business ' || n)::uuid,
  c.client_id,
  c.id,
  place.name,
  case when dental then 'Dentist' else 'Restaurant' end,
  3.5 + (n % 16) / 10.0,
  case when n % 20 = 0 then null else 'info@' || place.domain end,
  case
    when n % 20 = 0 then 'not_found'
    when n % 10 = 3 then 'risky'
    when n % 25 = 7 then 'undeliverable'
    else 'deliverable'
  end::public.email_deliverability,
  case when n % 2 = 0 then 'website' else 'enrichment' end,
  case when dental then 'A question about ' || place.name else 'Bookkeeping at ' || place.name end,
  case
    when dental then 'I saw that patients praise ' || place.name || ' for short waiting times.'
    else 'Your reviews mention Sunday brunch again and again; it must keep the books busy too.'
  end,
  'https://' || place.domain,
  case when dental then '+31 26 555 ' || lpad(n::text, 4, '0') else '+1 614 555 ' || lpad(n::text, 4, '0') end,
  n || case when dental then ' Dorpsstraat' else ' Main Street' end,
  (case when dental then '{Arnhem,Nijmegen,Apeldoorn,Ede,Zutphen}' else '{Columbus,Dayton,Akron,Toledo,Dublin}' end::text[])[1 + n % 5],
  case when dental then 'Gelderland' else 'OH' end,
  case when dental then (6800 + n)::text || ' AB' else (43000 + n)::text end,
  'https://www.linkedin.com/company/' || place.slug,
  case when n % 3 = 0 then 'https://www.facebook.com/' || place.slug end,
  case when n % 8 = 1 then contact.name end,
  case when n % 8 = 1 then case when dental then 'Practice manager' else 'Owner' end end,
  case when n % 8 = 1 then 'https://www.linkedin.com/in/' || replace(lower(contact.name), ' ', '-') || '-' || n end,
  case when n % 8 = 1 then replace(lower(contact.name), ' ', '.') || '@' || place.domain end,
  case when n % 8 = 1 then 'deliverable' else 'unverified' end::public.email_deliverability
from generate_series(1, 200) as n
cross join lateral (select n <= 120 as dental) as kind
join public.campaigns as c
  on c.id = case when kind.dental then 'e0000000-0000-4000-8000-000000000001' else 'e0000000-0000-4000-8000-000000000002' end::uuid
cross join lateral (
  select
    (case when kind.dental then '{Willows,Canal,Station,Old Mill,Parkside,Linden}' else '{Maple,Riverside,Corner,Golden,Harvest,Blue Door}' end::text[])[1 + n % 6]
      || case when kind.dental then ' Dental Care ' else ' Kitchen ' end || n as name,
    case when kind.dental then 'dental-care-' else 'kitchen-' end || n as slug,
    case when kind.dental then 'dental-care-' else 'kitchen-' end || n || '.test' as domain
) as place
cross join lateral (
  select (array['Sanne de Vries', 'Pieter van den Berg', 'Eva Jansen', 'Maria Lopez', 'James Carter', 'Ellen Brooks'])[1 + n % 6] as name
) as contact
on conflict (id) do nothing;
