-- Operators see what went wrong and replay it; the ledger counts each delivery in exactly one column; drift shows both sides.

begin;
set local search_path = public, extensions;
select plan(55);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('ledger ' || name)::uuid $$;
grant execute on function pg_temp.id(text) to public;

create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;

create function pg_temp.arrive(connection text, campaign text, who text, kind text default 'email_sent') returns void language sql as $$
  select worker.ingest_webhook_events(jsonb_build_array(jsonb_build_object(
    'connection_id', pg_temp.id(connection), 'secret_digest', encode(sha256('secret'), 'hex'),
    'events', jsonb_build_array(jsonb_build_object(
      'key', md5(connection || who || coalesce(kind, 'unreadable'))::uuid, 'provider_campaign_id', campaign, 'payload', '{}'::jsonb,
      'reason', case when kind is null then 'The delivery has no type' end,
      'event', case when kind is not null then jsonb_build_object(
        'type', kind, 'email', who || '@lead.test', 'occurred_at', '2026-10-05T08:00Z', 'provider_campaign_ids', jsonb_build_array(campaign)
      ) end
    ))
  )))
$$;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery');
insert into auth.users (id, email) select pg_temp.id(name), name || '@ledger.test' from unnest('{ada,olga}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('ada'), 'client', pg_temp.id('bakery')), (pg_temp.id('olga'), 'operator', null);
insert into public.provider_connections (id, client_id, name) values
  (pg_temp.id('shared'), null, 'Shared'), (pg_temp.id('dedicated'), pg_temp.id('bakery'), 'Dedicated');
insert into private.webhook_secrets (connection_id, digest)
select pg_temp.id(name), sha256('secret') from unnest('{shared,dedicated}'::text[]) as name;
insert into public.campaigns (id, client_id, connection_id, name) values (pg_temp.id('bread'), pg_temp.id('bakery'), pg_temp.id('dedicated'), 'Bread');
select private.map_provider_campaign(pg_temp.id('dedicated'), 'pc-1', pg_temp.id('bread'));

-- A mixed day: 4 projected (one of them three times), 2 quarantined, 2 poison, 1 unreadable, 1 still waiting.
select pg_temp.arrive('dedicated', 'pc-1', who) from unnest('{ida,jon,kim,lea,ida,ida}'::text[]) as who;
select pg_temp.arrive('shared', 'pc-9', who) from unnest('{max,nia}'::text[]) as who;
select pg_temp.arrive('dedicated', 'pc-1', who, 'no_such_type') from unnest('{oda,pia}'::text[]) as who;
select pg_temp.arrive('dedicated', 'pc-1', 'quin', null);
update private.webhook_events set attempts = 4 where event ->> 'type' = 'no_such_type';
select worker.process_webhook_events();
select pg_temp.arrive('dedicated', 'pc-1', 'roy');

create view pg_temp.dead as select w.id, w.event from private.webhook_events as w where w.status = 'dead';
create table pg_temp.known as select d.id, d.event ->> 'email' as email from pg_temp.dead as d;
grant select on pg_temp.known to public;

-- Clients and anon.
select pg_temp.sign_in('ada');
select is_empty(format('select * from public.%I', name), format('a client sees no row of %s', name))
from unnest('{dead_letters,webhook_ledger,analytics_drift,audit_log}'::text[]) as name;
select is_empty('select status from private.webhook_events', 'nor of the deliveries behind them');
select is_empty('select * from private.list_dead_letters()', 'nor through the function behind the view');
select throws_ok('select public.replay_dead_letters(ids => array[1])', 'PT403', 'FORBIDDEN', 'a client cannot replay');
select throws_ok('select private.replay_deliveries(array[1], null, null, null, null, false)', 'PT403', 'FORBIDDEN', 'nor through the function behind the door');
select throws_ok(
  'select private.write_audit(''x'', ''y'', null, null)', '42501', null, 'nor write into the audit log'
);
reset role;
set local role anon;
select throws_ok(format('select * from public.%I', name), '42501', null, format('anon cannot read %s', name))
from unnest('{dead_letters,webhook_ledger,analytics_drift,audit_log}'::text[]) as name;
select throws_ok('select public.replay_dead_letters(ids => array[1])', '42501', null, 'anon cannot replay');
reset role;

-- The ledger after the mixed day.
select pg_temp.sign_in('olga');
select results_eq(
  'select connection_name, day, received, projected, duplicate, quarantined, waiting, dead, balanced from public.webhook_ledger order by 1',
  $$ values ('Dedicated', (now() at time zone 'UTC')::date, 10::bigint, 4::bigint, 2::bigint, 0::bigint, 1::bigint, 3::bigint, true),
    ('Shared', (now() at time zone 'UTC')::date, 2, 0, 0, 2, 0, 0, true) $$,
  'the ledger has each delivery in one column and balances'
);
select is(
  (select count(*) from public.email_events where connection_id = pg_temp.id('dedicated')), 4::bigint, 'and there are as many events as it says were projected'
);

-- Dead letters without anything of the lead.
select results_eq(
  'select connection_name, client_id, campaign_id, type, replayable, attempts::integer from public.dead_letters order by type, id',
  format($$ values ('Dedicated', %1$L::uuid, %2$L::uuid, 'no_such_type', true, 5), ('Dedicated', %1$L, %2$L, 'no_such_type', true, 5),
    ('Dedicated', %1$L, %2$L, null, false, 0) $$, pg_temp.id('bakery'), pg_temp.id('bread')),
  'an operator sees the dead letters'
);
select is_empty(
  $$ select * from public.dead_letters as d where to_jsonb(d)::text ~ 'lead\.test|pc-1' $$, 'without the lead and without the provider''s id'
);
select throws_ok('select public.replay_dead_letters()', 'PT400', 'VALIDATION_FAILED', 'a replay needs a criterion');
select throws_ok('select public.replay_dead_letters(dry_run => false)', 'PT400', 'VALIDATION_FAILED', 'also when it is meant');

-- A dry run changes nothing.
select is(
  public.replay_dead_letters(target_connection_id => pg_temp.id('dedicated')), '{"matched": 3, "replayable": 2, "replayed": 0}',
  'a dry run is the default and counts'
);
select is(public.replay_dead_letters(ids => array(select id from pg_temp.known), dry_run => null) ->> 'replayed', '0', 'no answer is a dry run too');
select is((select count(*) from public.dead_letters), 3::bigint, 'it changes no delivery');
select is_empty('select * from public.audit_log', 'and leaves no trace in the audit log');

-- Criteria narrow each other.
select is(public.replay_dead_letters(reason_like => '%NO_SUCH_TYPE%') ->> 'matched', '2', 'a pattern of the reason');
select is(public.replay_dead_letters(reason_like => '%no type%') - 'replayed', '{"matched": 1, "replayable": 0}', 'what cannot be read is matched and not replayable');
select is(public.replay_dead_letters(received_from => now() - interval '1 hour', received_to => now()) ->> 'matched', '0', 'the end of the time is not included');
select is(public.replay_dead_letters(received_from => now(), received_to => now() + interval '1 hour') ->> 'matched', '3', 'the start is');
select is(
  public.replay_dead_letters(target_connection_id => pg_temp.id('shared'), reason_like => '%') ->> 'matched', '0', 'all criteria must hold'
);
select is(public.replay_dead_letters(ids => '{}') ->> 'matched', '0', 'an empty list is nothing');
reset role;

-- Dismissing: with a reason, by an operator, and it is no problem any more while the ledger keeps it.
select throws_ok($$ select public.dismiss_dead_letters('  ', ids => array[1]) $$, 'PT400', 'VALIDATION_FAILED', 'a dismissal says why');
select throws_ok($$ select public.dismiss_dead_letters('Noise') $$, 'PT400', 'VALIDATION_FAILED', 'and needs a criterion');
select pg_temp.sign_in('olga');
select is(public.dismiss_dead_letters('Noise', reason_like => '%no type%'), '{"matched": 1, "dismissed": 0}', 'a dry run is the default');
select is(
  public.dismiss_dead_letters('Noise of a test', reason_like => '%no type%', dry_run => false), '{"matched": 1, "dismissed": 1}', 'an operator dismisses'
);
select results_eq(
  'select dismissed_by_name, dismissed_reason from public.dead_letters where dismissed_at is not null',
  $$ values ('olga@ledger.test', 'Noise of a test') $$, 'it says who and why'
);
select is((select dead_letters from public.operator_health where connection_name = 'Dedicated'), 2::bigint, 'it counts no more');
select is((select dead_letters from public.operator_clients where client_name = 'Bakery'), 2::bigint, 'for the client neither');
select is((select dead from public.webhook_ledger where connection_name = 'Dedicated'), 3::bigint, 'but stays dead in the ledger');
select is(
  public.replay_dead_letters(target_connection_id => pg_temp.id('dedicated')), '{"matched": 2, "replayable": 2, "replayed": 0}',
  'a replay by query leaves it alone'
);
select is(
  public.dismiss_dead_letters('Again', target_connection_id => pg_temp.id('dedicated'), reason_like => '%no type%', dry_run => false) ->> 'dismissed', '0',
  'it is dismissed once'
);
reset role;
select is((select occurrences from private.list_incidents() where kind = 'dead_letters'), 2, 'nor is it in the alert');
select pg_temp.sign_in('ada');
select throws_ok($$ select public.dismiss_dead_letters('x', ids => array[1]) $$, 'PT403', 'FORBIDDEN', 'a client cannot dismiss');
select throws_ok($$ select private.dismiss_deliveries('x', array[1], null, null, null, null, false) $$, 'PT403', 'FORBIDDEN', 'nor behind the door');
select throws_ok('select public.restore_dead_letters(array[1])', 'PT403', 'FORBIDDEN', 'nor restore');
reset role;
select pg_temp.sign_in('olga');
select is(public.restore_dead_letters(array(select id from public.dead_letters where dismissed_at is not null)), 1, 'an operator restores');
select is((select dead_letters from public.operator_health where connection_name = 'Dedicated'), 3::bigint, 'and it counts again');
select set_eq(
  'select action from public.audit_log', array['dead_letters_dismissed', 'dead_letters_restored'], 'all that is in the audit log'
);
reset role;
delete from public.audit_log;

-- One is repaired and replayed; then all are.
update private.webhook_events set event = event || '{"type": "email_sent"}' where event ->> 'email' = 'oda@lead.test';
select pg_temp.sign_in('olga');
select is(
  public.replay_dead_letters(ids => array(select id from pg_temp.known where email = 'oda@lead.test'), dry_run => false),
  '{"matched": 1, "replayable": 1, "replayed": 1}', 'one dead letter can be replayed'
);
reset role;
select worker.process_webhook_events();
select pg_temp.sign_in('olga');
select isnt_empty($$ select * from public.synced_leads where email = 'oda@lead.test' $$, 'and is projected');
select is(
  public.replay_dead_letters(target_connection_id => pg_temp.id('dedicated'), dry_run => false),
  '{"matched": 2, "replayable": 1, "replayed": 1}', 'a replay by query leaves what cannot be read'
);
select results_eq(
  'select action, actor_id, details ->> ''replayed'' from public.audit_log order by id',
  format($$ values ('dead_letters_replayed', %1$L::uuid, '1'), ('dead_letters_replayed', %1$L, '1') $$, pg_temp.id('olga')),
  'both are in the audit log'
);
select is_empty('select * from public.webhook_ledger where not balanced', 'the ledger still balances');

-- Drift: what we saw against what the provider reports.
reset role;
insert into public.campaign_analytics (campaign_id, day, client_id, sent, opened, clicked, replied, synced_at) values
  (pg_temp.id('bread'), '2026-10-05', pg_temp.id('bakery'), 7, 2, 0, 1, now() - interval '2 hours'),
  (pg_temp.id('bread'), '2026-10-06', pg_temp.id('bakery'), 3, 0, 0, 0, now());
select pg_temp.sign_in('olga');
select results_eq(
  'select day, sent_observed, sent_reported, sent_difference, opened_difference, clicked_difference, replied_difference, observed_age_seconds, synced_age_seconds
   from public.analytics_drift order by day',
  $$ values ('2026-10-05'::date, 6, 7, -1, -2, 0, -1, 0::bigint, 7200::bigint), ('2026-10-06', null, 3, -3, 0, 0, 0, null, 0) $$,
  'drift has the days of either side with the differences and ages'
);
reset role;

-- A day that the provider was not read for is unknown; read later and missing, it is 0.
update public.campaigns set synced_at = '2026-10-07T12:00Z' where id = pg_temp.id('bread');
insert into public.campaign_activity (campaign_id, day, client_id, sent) values
  (pg_temp.id('bread'), '2026-10-04', pg_temp.id('bakery'), 2), (pg_temp.id('bread'), '2026-10-07', pg_temp.id('bakery'), 4);
select pg_temp.sign_in('olga');
select results_eq(
  'select day, provider_read, sent_difference from public.analytics_drift where day in (''2026-10-04'', ''2026-10-07'') order by day',
  $$ values ('2026-10-04'::date, true, 2), ('2026-10-07', false, null) $$,
  'only days that the provider was read for can differ'
);
reset role;

-- Smartlead reports no people of a day: what it does not say is no difference.
update public.provider_connections as c set provider = 'smartlead' from public.campaigns as k where k.id = pg_temp.id('bread') and c.id = k.connection_id;
update public.campaigns set connection_id = connection_id where id = pg_temp.id('bread');
select pg_temp.sign_in('olga');
select results_eq(
  'select day, provider_read, sent_reported, sent_difference, opened_reported, opened_difference, clicked_difference, replied_reported, replied_difference
   from public.analytics_drift where day = ''2026-10-05''',
  $$ values ('2026-10-05'::date, true, 7, -1, null::integer, null::integer, null::integer, null::integer, null::integer) $$,
  'of Smartlead only the sent mails of a day are compared'
);
reset role;

select * from finish();
rollback;
