-- What Instantly's own tests show: one domain arrives, the other is on blacklists. Smartlead shows none.
insert into public.placement_readings (connection_id, state, tests, attempted_at, read_at, next_read_at)
values ('d0000000-0000-4000-8000-000000000001', 'read', 2, now() - interval '6 hours', now() - interval '6 hours', now() + interval '30 days')
on conflict (connection_id) do update set
  state = excluded.state, tests = excluded.tests, attempted_at = excluded.attempted_at, read_at = excluded.read_at, next_read_at = excluded.next_read_at;

update public.sending_domains set
  blacklists_checked_at = now() - interval '1 day',
  provider_records = case domain
    when 'lakeside-mail.test' then '{"spf": true, "dkim": true, "dmarc": true, "mx": true}'::jsonb
    else '{"spf": true, "dkim": false, "dmarc": true, "mx": null}'::jsonb
  end,
  provider_records_at = now() - interval '6 hours'
where domain in ('lakeside-mail.test', 'try-lakeside.test');

delete from public.domain_listings where domain in ('lakeside-mail.test', 'try-lakeside.test');
insert into public.domain_listings (domain, address, blacklist, removal_url, listed_at, seen_at)
values
  ('try-lakeside.test', 'try-lakeside.test', 'Spamhaus DBL', 'https://check.spamhaus.org/', now() - interval '9 days', now() - interval '1 day'),
  ('try-lakeside.test', 'try-lakeside.test', 'A small regional list', null, now() - interval '1 day', now() - interval '1 day');

insert into public.placement_results (account_id, day, inbox, promotions, spam)
select a.id, (now() at time zone 'UTC')::date - 1, r.inbox, r.promotions, r.spam
from (values ('mia@lakeside-mail.test', 34, 4, 2), ('jon@lakeside-mail.test', 31, 7, 2), ('mia@try-lakeside.test', 18, 5, 17)) as r (email, inbox, promotions, spam)
join public.email_accounts as a on a.email = r.email
on conflict (account_id, day) do update set inbox = excluded.inbox, promotions = excluded.promotions, spam = excluded.spam;
