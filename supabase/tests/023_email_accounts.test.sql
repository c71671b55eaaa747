-- Mailboxes: what a sync writes of them and who sees it.

begin;
set local search_path = public, extensions;
select plan(15);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('mailboxes ' || name)::uuid $$;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery'), (pg_temp.id('dentist'), 'Dentist');
insert into public.provider_connections (id, client_id, name) values
  (pg_temp.id('dedicated'), pg_temp.id('bakery'), 'Bakery'), (pg_temp.id('shared'), null, 'Shared');

create function pg_temp.record(connection text, status text, more jsonb default '{}') returns jsonb language sql as $$
  select worker.record_email_accounts(
    pg_temp.id(connection),
    jsonb_build_array(jsonb_build_object('email', 'Mia@outreach.test', 'status', status, 'updated_at', now() - interval '3 hours') || more)
  )
$$;
create function pg_temp.status() returns text language sql as $$
  select status::text from public.email_accounts where connection_id = pg_temp.id('dedicated')
$$;
create function pg_temp.fail(kind text, age interval) returns void language sql as $$
  insert into public.email_events (id, occurred_at, connection_id, provider, type, email_account, received_at)
  values (-extract(epoch from age)::bigint, now() - age, pg_temp.id('dedicated'), 'instantly', kind::public.email_event_type, 'mia@outreach.test', now())
$$;

select is(pg_temp.record('dedicated', 'active') - 'accounts', '{"imported": 1, "updated": 0}', 'a mailbox is imported');
select is(pg_temp.record('dedicated', 'active') #>> '{accounts,0,needs_history}', 'true', 'its history is needed until it was read');
select results_eq(
  $$ select sent, bounced, replied, bounce_rate, enough_signal, is_bouncing, sent_today from public.email_account_health where client_id = pg_temp.id('bakery') $$,
  $$ values (null::bigint, null::bigint, null::bigint, null::numeric, false, false, null::bigint) $$,
  'a mailbox without reported days is unknown, which is not 0'
);
select is(
  worker.record_email_account_days(pg_temp.id('dedicated'), array['mia@outreach.test'], jsonb_build_array(
    jsonb_build_object('email', 'mia@outreach.test', 'day', (now() at time zone 'UTC')::date, 'sent', 100, 'bounced', 6, 'contacted', 100,
      'opens', 0, 'opened', 0, 'clicks', 0, 'clicked', 0, 'replies', 0, 'replied', 0, 'auto_replies', 0),
    jsonb_build_object('email', 'mia@outreach.test', 'day', (now() at time zone 'UTC')::date - 31, 'sent', 500, 'bounced', 0, 'contacted', 1,
      'opens', 0, 'opened', 0, 'clicks', 0, 'clicked', 0, 'replies', 0, 'replied', 0, 'auto_replies', 0)
  )), 2, 'its days are written'
);
select is(pg_temp.record('dedicated', 'active') #>> '{accounts,0,needs_history}', 'false', 'then only the late days are read');
select results_eq(
  $$ select sent, bounced, bounce_rate, is_bouncing, enough_signal, sent_today from public.email_account_health where client_id = pg_temp.id('bakery') $$,
  $$ values (100::bigint, 6::bigint, 0.06, true, true, 100::bigint) $$, 'health counts 30 days and flags more than 5 % bounces'
);

-- A problem that an event reported.
select pg_temp.fail('account_error', '4 hours'), pg_temp.record('dedicated', 'active');
select is(pg_temp.status(), 'active', 'an event older than the provider''s last change says nothing');
select pg_temp.fail('account_error', '2 hours'), pg_temp.record('dedicated', 'active');
select is(pg_temp.status(), 'error', 'a newer one does');
select pg_temp.fail('account_suspended', '1 hour'), pg_temp.record('dedicated', 'active');
select is(pg_temp.status(), 'suspended', 'the latest counts');
select pg_temp.record('dedicated', 'active', jsonb_build_object('updated_at', now()));
select is(pg_temp.status(), 'active', 'a later change at the provider ends it');
select pg_temp.record('dedicated', 'paused');
select is(pg_temp.status(), 'paused', 'a mailbox that a person paused is paused');

-- Who sees them.
select pg_temp.record('shared', 'active');
create function pg_temp.seen_by(role text, client uuid) returns bigint language plpgsql as $$
declare
  found bigint;
begin
  perform set_config('request.jwt.claims', jsonb_build_object('role', 'authenticated', 'user_role', role, 'client_id', client)::text, true);
  perform set_config('role', 'authenticated', true);
  select count(*) into found from public.email_account_health;
  perform set_config('role', 'none', true);
  return found;
end
$$;
select is(pg_temp.seen_by('client', pg_temp.id('bakery')), 1::bigint, 'a client sees the mailboxes of its dedicated connection');
select is(pg_temp.seen_by('client', pg_temp.id('dentist')), 0::bigint, 'and no one else''s');
select is(pg_temp.seen_by('operator', null), (select count(*) from public.email_accounts), 'an operator sees all');
select ok(not has_table_privilege('authenticated', 'public.email_accounts', 'insert, update, delete'), 'no signed-in user writes them');

select * from finish();
rollback;
