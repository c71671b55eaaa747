-- Operators say whose campaign an unmapped one is, and move one that was mapped to the wrong client.

begin;
set local search_path = public, extensions;
select plan(54);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('mapping ' || name)::uuid $$;
grant execute on function pg_temp.id(text) to public;

create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;

create function pg_temp.arrive(connection text, campaign text, who text, kind text) returns void language sql as $$
  select worker.ingest_webhook_events(jsonb_build_array(jsonb_build_object(
    'connection_id', pg_temp.id(connection), 'secret_digest', encode(sha256('secret'), 'hex'),
    'events', jsonb_build_array(jsonb_build_object(
      'key', gen_random_uuid(), 'provider_campaign_id', campaign, 'payload', '{}'::jsonb,
      'event', jsonb_build_object(
        'type', kind, 'email', who || '@lead.test', 'occurred_at', '2026-10-05T08:00Z',
        'provider_campaign_ids', jsonb_build_array(campaign), 'campaign_name', 'Named ' || campaign
      )
    ))
  )))
$$;

insert into public.clients (id, name) select pg_temp.id(name), name from unnest('{bakery,dentist}'::text[]) as name;
insert into auth.users (id, email) select pg_temp.id(name), name || '@mapping.test' from unnest('{ada,ben,olga}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('ada'), 'client', pg_temp.id('bakery')), (pg_temp.id('ben'), 'client', pg_temp.id('dentist')), (pg_temp.id('olga'), 'operator', null);
insert into public.provider_connections (id, client_id, name) values
  (pg_temp.id('shared'), null, 'Shared'), (pg_temp.id('dedicated'), pg_temp.id('bakery'), 'Dedicated');
insert into private.webhook_secrets (connection_id, digest)
select pg_temp.id(name), sha256('secret') from unnest('{shared,dedicated}'::text[]) as name;
insert into public.campaigns (id, client_id, connection_id, name) values
  (pg_temp.id('bread'), pg_temp.id('bakery'), null, 'Bread'), (pg_temp.id('own'), pg_temp.id('bakery'), pg_temp.id('dedicated'), 'Own');

select pg_temp.arrive('shared', 'pc-1', who, kind)
from (values ('ida', 'email_sent'), ('ida', 'reply_received'), ('jon', 'email_sent')) as e (who, kind);
select pg_temp.arrive('shared', 'pc-2', 'kim', 'email_sent');
select worker.process_webhook_events();

create view pg_temp.unmapped as
select p.id, p.provider_campaign_id from private.provider_campaigns as p where p.connection_id = pg_temp.id('shared');
create table pg_temp.known as select * from pg_temp.unmapped;
grant select on pg_temp.known to public;

-- Who sees the quarantine, and what of it.
select pg_temp.sign_in('ada');
select is_empty('select * from public.unmapped_campaigns', 'a client sees no unmapped campaign');
select throws_ok('select * from private.provider_campaigns', '42501', null, 'nor the table behind it');
select is_empty('select * from private.list_unmapped_campaigns()', 'nor through the function behind the view');
select throws_ok(
  format('select public.map_campaign(%L, %L)', (select id from pg_temp.known where provider_campaign_id = 'pc-1'), pg_temp.id('bakery')),
  'PT403', 'FORBIDDEN', 'a client cannot map, not even to itself'
);
select throws_ok(
  format('select private.map_unmapped_campaign(%L, %L, null)', (select id from pg_temp.known where provider_campaign_id = 'pc-1'), pg_temp.id('bakery')),
  'PT403', 'FORBIDDEN', 'and the function behind the door asks again'
);
select throws_ok(
  format('select public.remap_campaign(%L, %L)', pg_temp.id('own'), pg_temp.id('dentist')), 'PT403', 'FORBIDDEN', 'a client cannot move a campaign'
);
reset role;
set local role anon;
select throws_ok('select * from public.unmapped_campaigns', '42501', null, 'anon cannot read unmapped campaigns');
select throws_ok('select public.map_campaign(null, null)', '42501', null, 'nor map one');
select throws_ok('select public.remap_campaign(null, null)', '42501', null, 'nor move one');
reset role;

select pg_temp.sign_in('olga');
select results_eq(
  'select connection_id, connection_name, provider::text, name, held_events, first_event_at, last_event_at from public.unmapped_campaigns order by name',
  format($$ values (%1$L::uuid, 'Shared', 'instantly', 'Named pc-1', 3::bigint, now(), now()), (%1$L, 'Shared', 'instantly', 'Named pc-2', 1, now(), now()) $$, pg_temp.id('shared')),
  'an operator sees each with what it holds back'
);
select is_empty(
  $$ select * from public.unmapped_campaigns as u where to_jsonb(u)::text ~ '"pc-[12]"' $$, 'and never the provider''s id as such'
);
select throws_ok('select provider_campaign_id from private.webhook_events', '42501', null, 'an operator cannot read provider campaign ids of deliveries');
select throws_ok('select payload from private.webhook_events', '42501', null, 'nor payloads');

-- What cannot be mapped says why.
select throws_ok(
  format('select public.map_campaign(%L, %L)', pg_temp.id('nothing'), pg_temp.id('bakery')), 'PT404', 'NOT_FOUND', 'an unknown campaign is not found'
);
select throws_ok(
  format('select public.map_campaign(%L, %L)', (select id from pg_temp.known where provider_campaign_id = 'pc-1'), pg_temp.id('nothing')),
  'PT404', 'NOT_FOUND', 'nor an unknown client'
);
select throws_ok(
  format('select public.map_campaign(%L, %L, %L)', (select id from pg_temp.known where provider_campaign_id = 'pc-1'), pg_temp.id('dentist'), pg_temp.id('bread')),
  'PT404', 'NOT_FOUND', 'nor a campaign of another client'
);
select throws_ok(
  format('select public.map_campaign(%L, %L, %L)', (select id from pg_temp.known where provider_campaign_id = 'pc-1'), pg_temp.id('bakery'), pg_temp.id('own')),
  'PT400', 'VALIDATION_FAILED', 'a campaign of another workspace is invalid'
);

-- To a campaign that exists: what waited is projected at once.
select results_eq(
  format('select public.map_campaign(%L, %L, %L)', (select id from pg_temp.known where provider_campaign_id = 'pc-1'), pg_temp.id('bakery'), pg_temp.id('bread')),
  format($$ values ('{"campaign_id": "%s", "released": 3, "projected": 3}'::jsonb) $$, pg_temp.id('bread')), 'mapping to an existing campaign projects its three events'
);
select results_eq(
  format('select email, reply_count from public.synced_leads where campaign_id = %L order by email', pg_temp.id('bread')),
  $$ values ('ida@lead.test', 1), ('jon@lead.test', 0) $$, 'the leads are there without waiting for a sweep'
);
select is((select connection_id from public.campaigns where id = pg_temp.id('bread')), pg_temp.id('shared'), 'and the campaign knows its workspace');
select throws_ok(
  format('select public.map_campaign(%L, %L)', (select id from pg_temp.known where provider_campaign_id = 'pc-1'), pg_temp.id('dentist')),
  'PT400', 'VALIDATION_FAILED', 'what is mapped cannot be mapped again'
);
select throws_ok(
  format('select public.map_campaign(%L, %L, %L)', (select id from pg_temp.known where provider_campaign_id = 'pc-2'), pg_temp.id('bakery'), pg_temp.id('bread')),
  'PT400', 'VALIDATION_FAILED', 'and one campaign is not two at the provider'
);

-- To a new campaign with the provider's name.
select is(
  public.map_campaign((select id from pg_temp.known where provider_campaign_id = 'pc-2'), pg_temp.id('dentist')) - 'campaign_id',
  '{"released": 1, "projected": 1}', 'without a campaign one is created'
);
select results_eq(
  format('select name, generation_status::text from public.campaigns where client_id = %L', pg_temp.id('dentist')),
  $$ values ('Named pc-2', 'completed') $$, 'with the provider''s name'
);
select is_empty('select * from public.unmapped_campaigns', 'nothing is left to map');
select results_eq(
  'select action, actor_id, client_id, target_id, details ->> ''projected'' from public.audit_log order by id',
  format(
    $$ values ('campaign_mapped', %1$L::uuid, %2$L::uuid, %3$L, '3'), ('campaign_mapped', %1$L, %4$L, %5$L, '1') $$,
    pg_temp.id('olga'), pg_temp.id('bakery'), pg_temp.id('bread'), pg_temp.id('dentist'),
    (select id from public.campaigns where client_id = pg_temp.id('dentist'))
  ),
  'both are in the audit log with who did it'
);
reset role;

-- Bread was the dentist's all along. It has a row in everything, and its leads asked not to be written to.
select pg_temp.arrive('shared', 'pc-1', 'ida', 'lead_unsubscribed');
select pg_temp.arrive('shared', 'pc-1', 'jon', 'email_spam_reported');
select worker.process_webhook_events();
insert into public.synced_leads (client_id, campaign_id, email, bounced_at) values (pg_temp.id('bakery'), pg_temp.id('bread'), 'lea@lead.test', now());
insert into public.suppressions (client_id, email, reason) values (pg_temp.id('bakery'), 'other@lead.test', 'unsubscribed');
insert into public.businesses (id, client_id, campaign_id, name) values (pg_temp.id('business'), pg_temp.id('bakery'), pg_temp.id('bread'), 'Mill');
insert into public.campaign_analytics (campaign_id, day, client_id, synced_at) values (pg_temp.id('bread'), '2026-10-05', pg_temp.id('bakery'), now());
insert into public.campaign_analytics_totals (campaign_id, client_id, synced_at) values (pg_temp.id('bread'), pg_temp.id('bakery'), now());
insert into private.jobs (id, kind, status, connection_id, client_id, campaign_id, deadline_at)
values (pg_temp.id('export'), 'export', 'running', pg_temp.id('shared'), pg_temp.id('bakery'), pg_temp.id('bread'), now());
insert into public.export_receipts (export_id, client_id, campaign_id, business_id, recipient, outcome)
values (pg_temp.id('export'), pg_temp.id('bakery'), pg_temp.id('bread'), pg_temp.id('business'), 'business', 'created');

create function pg_temp.rows_of_bread() returns table (relation text, client_id uuid, number bigint) language plpgsql as $$
begin
  for relation in
    select c.oid::regclass::text from pg_catalog.pg_class as c
    where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'p') and not c.relispartition
      and (select count(*) from pg_catalog.pg_attribute as a where a.attrelid = c.oid and a.attname in ('client_id', 'campaign_id')) = 2
  loop
    return query execute format(
      'select %L, t.client_id, count(*) from %s as t where t.campaign_id = %L group by t.client_id', relation, relation, pg_temp.id('bread')
    );
  end loop;
end
$$;
create table pg_temp.before as select * from pg_temp.rows_of_bread();
grant select on pg_temp.before to public;

select pg_temp.sign_in('olga');
select throws_ok(
  format('select public.remap_campaign(%L, %L)', pg_temp.id('own'), pg_temp.id('dentist')), 'PT400', 'VALIDATION_FAILED',
  'a campaign of a dedicated workspace cannot move'
);
select throws_ok(
  format('select public.remap_campaign(%L, %L)', pg_temp.id('nothing'), pg_temp.id('dentist')), 'PT404', 'NOT_FOUND', 'an unknown campaign is not found'
);
select throws_ok(
  format('select public.remap_campaign(%L, %L)', pg_temp.id('bread'), pg_temp.id('nothing')), 'PT404', 'NOT_FOUND', 'nor an unknown client'
);
select throws_ok(
  format('select public.remap_campaign(%L, %L)', pg_temp.id('bread'), pg_temp.id('dentist')), 'PT400', 'VALIDATION_FAILED',
  'while it is being exported it cannot move'
);
reset role;
update private.jobs set status = 'completed' where id = pg_temp.id('export');
select cmp_ok((select count(*) from pg_temp.before), '>=', 9::bigint, 'the campaign has rows in at least nine tables');

select pg_temp.sign_in('olga');
create temporary table answer as select public.remap_campaign(pg_temp.id('bread'), pg_temp.id('dentist')) as body;
select is(
  (select body - 'moved' from pg_temp.answer),
  jsonb_build_object('campaign_id', pg_temp.id('bread'), 'from_client_id', pg_temp.id('bakery'), 'client_id', pg_temp.id('dentist'), 'suppressions', 3, 'is_complete', true),
  'moving says from whom to whom'
);
select is((select (body -> 'moved' ->> 'synced_leads')::integer from pg_temp.answer), 3, 'and how much of each table');
reset role;

select set_eq(
  'select relation, client_id, number from pg_temp.rows_of_bread()',
  format('select relation, %L::uuid, number from pg_temp.before', pg_temp.id('dentist')), 'every table with the campaign has all its rows at the new client'
);
select is((select client_id from public.campaigns where id = pg_temp.id('bread')), pg_temp.id('dentist'), 'and so has the campaign');
select results_eq(
  format('select email, reason::text from public.suppressions where client_id = %L order by email', pg_temp.id('dentist')),
  $$ values ('ida@lead.test', 'unsubscribed'), ('jon@lead.test', 'spam_report'), ('lea@lead.test', 'bounced') $$,
  'who asked this campaign not to write is not written to for the new client, and no one else'
);
select is(
  (select count(*) from public.suppressions where client_id = pg_temp.id('bakery')), 3::bigint, 'the old client keeps the suppressions that it had'
);

-- The old client sees nothing of it, the new one sees all.
select pg_temp.sign_in('ada');
select is_empty(format('select * from public.client_campaigns where campaign_id = %L', pg_temp.id('bread')), 'the old client does not see the campaign');
select is_empty(format('select * from public.synced_leads where campaign_id = %L', pg_temp.id('bread')), 'nor a lead');
select is_empty(format('select * from public.email_events where campaign_id = %L', pg_temp.id('bread')), 'nor an event');
select is_empty(format('select * from public.client_exports where campaign_id = %L', pg_temp.id('bread')), 'nor its export');
reset role;
select pg_temp.sign_in('ben');
select results_eq(
  format('select leads, sent, replied from public.client_campaigns where campaign_id = %L', pg_temp.id('bread')),
  'values (3::bigint, 2::bigint, 1::bigint)', 'the new client sees its numbers'
);
reset role;

-- What arrives from now on is the new client's.
select pg_temp.arrive('shared', 'pc-1', 'mia', 'email_sent');
select worker.process_webhook_events();
select is((select client_id from public.synced_leads where email = 'mia@lead.test'), pg_temp.id('dentist'), 'the next event is the new client''s');

-- Projectors keep out of the way of a move, and the other way round.
select matches(
  pg_get_functiondef('private.project_webhook_events(bigint[])'::regprocedure), 'advisory_xact_lock_shared\(private.campaign_moves_lock', 'a projector shares the lock'
);
select matches(
  pg_get_functiondef('private.move_campaign(uuid, uuid)'::regprocedure), 'advisory_xact_lock\(private.campaign_moves_lock', 'that a move takes alone'
);
select matches(
  pg_get_functiondef('private.work_on_campaigns(numeric)'::regprocedure), 'advisory_xact_lock\(private.campaign_moves_lock', 'and so does each of its later steps'
);

-- A large campaign moves in steps. Here the time is over after the first rows of each step; the campaign itself has moved before.
create table pg_temp.large as select * from pg_temp.rows_of_bread();
update public.campaigns set client_id = pg_temp.id('bakery') where id = pg_temp.id('bread');
insert into private.campaign_work (campaign_id, from_client_id, to_client_id, requested_at)
values (pg_temp.id('bread'), pg_temp.id('dentist'), pg_temp.id('bakery'), now());
create function pg_temp.step() returns boolean language sql as $$
  select (private.continue_move(pg_temp.id('bread'), '-infinity') -> 'is_complete')::boolean
$$;
select is(pg_temp.step(), false, 'a step that finds more than it has time for ends');
select isnt(
  (select w.reached from private.campaign_work as w), null, 'and leaves behind where the next one continues'
);
select pg_temp.sign_in('olga');
select throws_ok(
  format('select public.remap_campaign(%L, %L)', pg_temp.id('bread'), pg_temp.id('dentist')), 'PT409', 'VALIDATION_FAILED', 'a campaign on its way does not turn round'
);
select throws_ok(
  format('select public.delete_client(%L, %L)', pg_temp.id('dentist'), (select c.name from public.clients as c where c.id = pg_temp.id('dentist'))),
  'PT409', 'VALIDATION_FAILED', 'nor is one of its clients deleted'
);
reset role;
select throws_ok(format('select worker.preview_export(%L)', pg_temp.id('bread')), 'PT409', 'VALIDATION_FAILED', 'nor is it exported');

-- All but the last table are done when something arrives in the first one that an import had begun before.
do $$
begin
  while (select w.reached from private.campaign_work as w) < 'public.synced' loop
    perform pg_temp.step();
  end loop;
end
$$;
insert into public.businesses (id, client_id, campaign_id, name) values (pg_temp.id('late'), pg_temp.id('dentist'), pg_temp.id('bread'), 'Late');
do $$
begin
  while exists (select from private.campaign_work) loop
    perform pg_temp.step();
  end loop;
end
$$;
select is((select client_id from public.businesses where id = pg_temp.id('late')), pg_temp.id('bakery'), 'what came into a table behind it moves with the next pass');
select is_empty(
  format('select relation from pg_temp.rows_of_bread() where client_id <> %L', pg_temp.id('bakery')), 'in the end every row is at the new client'
);
select is(
  (select details -> 'moved' -> 'synced_leads' from public.audit_log where action = 'campaign_remapped' order by id desc limit 1),
  to_jsonb((select number from pg_temp.large where relation = 'synced_leads')), 'and the audit log says how many'
);

select * from finish();
rollback;
