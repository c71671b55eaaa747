-- Webhooks of single campaigns: which campaigns need one, and how far their failed deliveries were asked for again.

begin;
set local search_path = public, extensions;
select plan(13);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('campaign webhooks ' || name)::uuid $$;
create function pg_temp.without_webhook(since timestamptz) returns jsonb language sql as $$
  select worker.list_campaigns_without_webhook(pg_temp.id('shared'), since)
$$;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery');
insert into public.provider_connections (id, provider, client_id, name) values (pg_temp.id('shared'), 'smartlead', null, 'Shared');
insert into public.campaigns (id, client_id, connection_id, name) select pg_temp.id(name), pg_temp.id('bakery'), pg_temp.id('shared'), name
from unnest('{rolls,buns,cakes}'::text[]) as name;
insert into private.provider_campaigns (connection_id, provider_campaign_id, campaign_id, listed_at) values
  (pg_temp.id('shared'), '10', pg_temp.id('rolls'), null), (pg_temp.id('shared'), '20', pg_temp.id('buns'), null);

-- What an export made exists there, so it can have a webhook before a sync has listed it; what only an event named cannot.
select is(pg_temp.without_webhook('infinity'), '[]', 'a campaign not listed or exported waits for the sync');
insert into private.jobs (kind, status, client_id, connection_id, campaign_id, deadline_at)
values ('export', 'completed', pg_temp.id('bakery'), pg_temp.id('shared'), pg_temp.id('rolls'), now());
select is(pg_temp.without_webhook('infinity'), '["10"]', 'an exported one can have its webhook at once');

insert into private.provider_campaigns (connection_id, provider_campaign_id, campaign_id, listed_at) values
  (pg_temp.id('shared'), '30', pg_temp.id('cakes'), now()), (pg_temp.id('shared'), '40', null, now());
select is(pg_temp.without_webhook('infinity'), '["10", "30", "40"]', 'so can listed ones, mapped or not');
update public.campaigns set provider_status = 'completed' where id = pg_temp.id('cakes');
select is(pg_temp.without_webhook('infinity'), '["10", "40"]', 'what is over needs none');

select worker.record_campaign_webhook(pg_temp.id('shared'), '10', 'w1');
select is(pg_temp.without_webhook(now()), '["40"]', 'one that has its webhook is not checked again');
select is(pg_temp.without_webhook(now() + interval '1 second'), '["40", "10"]', 'until its last look is too old, the new ones first');
select worker.record_campaign_webhook(pg_temp.id('shared'), '10', 'w2');
select is(
  worker.list_campaign_webhooks(pg_temp.id('shared')),
  '[{"provider_campaign_id":"10","provider_webhook_id":"w2","redelivered_until":null,"failed_around":0,"redelivered_at":null}]', 'a new webhook replaces the one before'
);

select worker.record_redelivery(pg_temp.id('shared'), '10', '2026-11-02T00:00Z', 3, false);
select is(worker.list_campaign_webhooks(pg_temp.id('shared')) #>> '{0,redelivered_at}', null, 'checked without a need');
select worker.record_redelivery(pg_temp.id('shared'), '10', '2026-11-01T00:00Z', 1, true);
select is(
  (worker.list_campaign_webhooks(pg_temp.id('shared')) #>> '{0,redelivered_until}')::timestamptz, '2026-11-02T00:00Z', 'how far they were checked never decreases'
);
select is(worker.list_campaign_webhooks(pg_temp.id('shared')) #>> '{0,failed_around}', '3', 'nor are the failures around it those of an earlier moment');
select is((worker.list_campaign_webhooks(pg_temp.id('shared')) #>> '{0,redelivered_at}')::timestamptz, now(), 'that some were asked for is noted');

select is(worker.list_campaign_webhooks(pg_temp.id('nobody')), '[]', 'another connection has none');
delete from private.provider_campaigns where provider_campaign_id = '10' and connection_id = pg_temp.id('shared');
select is(worker.list_campaign_webhooks(pg_temp.id('shared')), '[]', 'a campaign takes its webhook with it');

select * from finish();
rollback;
