-- What the demo sends beside the seeded campaigns, so that its six weeks look like an agency's: three campaigns with the
-- people that enrichment found, enough that mails are still sent after the six weeks. Every value is derived from a number,
-- so each start is the same.

insert into public.campaigns (id, client_id, connection_id, name, generation_status, time_zone, daily_limit, sending_accounts)
values
  ('e0000000-0000-4000-8000-000000000011', 'c0000000-0000-4000-8000-000000000001', 'd0000000-0000-4000-8000-000000000001',
   'Dental labs in Limburg', 'completed', 'Europe/Amsterdam', 16, '{}'),
  ('e0000000-0000-4000-8000-000000000012', 'c0000000-0000-4000-8000-000000000001', 'd0000000-0000-4000-8000-000000000001',
   'Oral surgeons in South Holland', 'completed', 'Europe/Amsterdam', 10, '{}'),
  ('e0000000-0000-4000-8000-000000000013', 'c0000000-0000-4000-8000-000000000002', 'd0000000-0000-4000-8000-000000000002',
   'Coffee bars in Ohio', 'completed', 'America/New_York', 7, '{hello@agency-outreach.test,team@agency-outreach.test}')
on conflict (id) do nothing;

insert into public.businesses
  (id, client_id, campaign_id, name, category, rating, email, email_deliverability, email_source, first_name, last_name, job_title,
   subject_line, icebreaker, website, city, state)
select
  md5('demo ' || k.slug || n)::uuid, c.client_id, c.id, place.name, k.category, 3.6 + (n % 14) / 10.0,
  lower(person.first_name) || '@' || place.domain,
  case when n % 15 = 4 then 'risky' when n % 31 = 9 then 'undeliverable' else 'deliverable' end::public.email_deliverability,
  case when n % 2 = 0 then 'website' else 'enrichment' end,
  person.first_name, person.last_name, k.titles[1 + n % cardinality(k.titles)],
  k.subject || place.name, k.icebreaker, 'https://' || place.domain, k.cities[1 + n % cardinality(k.cities)], k.state
from (
  values
    ('e0000000-0000-4000-8000-000000000011'::uuid, 340, 'lab', 'Dental laboratory', 'A question about ', 'Your page mentions that most crowns leave the house within three days.',
     '{Maasland,Sint Servaas,Heuvel,Markt,De Peel,Mijnstreek,Roer}'::text[], ' Tandtechniek', '{Owner,Lab manager,Head of purchasing}'::text[],
     '{Maastricht,Venlo,Roermond,Heerlen,Weert,Sittard}'::text[], 'Limburg'),
    ('e0000000-0000-4000-8000-000000000012'::uuid, 230, 'surgery', 'Oral surgeon', 'Instruments at ', 'Patients write that they were seen on the same day.',
     '{Hofvijver,Kade,Delfland,Vliet,Rijnmond,Westland}'::text[], ' Kaakchirurgie', '{Practice manager,Surgeon,Office manager}'::text[],
     '{Rotterdam,Den Haag,Leiden,Delft,Gouda,Dordrecht}'::text[], 'Zuid-Holland'),
    ('e0000000-0000-4000-8000-000000000013'::uuid, 210, 'coffee', 'Coffee bar', 'Bookkeeping at ', 'Two bars and one till: the month end must be fun.',
     '{Buckeye,Short North,Canal,Lantern,Northside,Third Street}'::text[], ' Coffee', '{Owner,Operations manager,Bookkeeper}'::text[],
     '{Columbus,Cleveland,Cincinnati,Toledo,Akron,Dayton}'::text[], 'OH')
) as k (campaign_id, number, slug, category, subject, icebreaker, names, suffix, titles, cities, state)
join public.campaigns as c on c.id = k.campaign_id
cross join lateral generate_series(1, k.number) as n
cross join lateral (
  select
    k.names[1 + n % cardinality(k.names)] || k.suffix || ' ' || n as name,
    k.slug || '-' || n || '.test' as domain
) as place
cross join lateral (
  select
    ('{Sanne,Pieter,Eva,Maria,James,Ellen,Noor,Tom,Fleur,Daan,Iris}'::text[])[1 + (n * 7) % 11] as first_name,
    ('{de Vries,Jansen,Lopez,Carter,Brooks,Bakker,Smit,Peeters,van Dam,Moore}'::text[])[1 + (n * 3) % 10] as last_name
) as person
on conflict (id) do nothing;

-- Two versions of each mail, so that there is something to compare. Only unexported campaigns can be changed.
update public.campaigns as c
set sequence = jsonb_build_array(
  jsonb_build_object(
    'delay_days', 0, 'subject', '{{subject_line}}', 'body', e'Hi {{firstName}},\n\n{{icebreaker}}\n\nShall we talk for ten minutes this week?',
    'variants', jsonb_build_array(jsonb_build_object(
      'subject', 'Ten minutes for {{companyName}}?', 'body', e'Hi {{firstName}},\n\n{{icebreaker}}\n\nWhat takes most of your time at the end of a month?'
    ))
  ),
  jsonb_build_object(
    'delay_days', 3, 'subject', '', 'body', e'Hi {{firstName}},\n\ndid you have a moment to look at my note?',
    'variants', jsonb_build_array(jsonb_build_object(
      'subject', '', 'body', e'Hi {{firstName}},\n\nI will not write again; a short "no" is fine too.'
    ))
  )
)
where c.client_id in ('c0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000002')
  and c.sequence is null
  and not exists (select from private.provider_campaigns as p where p.campaign_id = c.id);
