-- On a first day no table has statistics, and plans are guesses: a delivery must not cost more for that, however much has come.

begin;
set local search_path = public, extensions;
select plan(5);

-- New tables, as in the first sync (096), whatever files that ran before have counted in these.
set local client_min_messages = warning;
truncate public.clients, private.webhook_events cascade;

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('first day ' || name)::uuid $$;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery');
insert into public.provider_connections (id, client_id, name) values (pg_temp.id('connection'), pg_temp.id('bakery'), 'Bakery');
insert into private.webhook_secrets (connection_id, digest) values (pg_temp.id('connection'), sha256('secret'));
insert into public.campaigns (id, client_id, connection_id, name)
select pg_temp.id('campaign ' || n), pg_temp.id('bakery'), pg_temp.id('connection'), 'Bread ' || n from generate_series(1, 400) as n;
select private.map_provider_campaign(pg_temp.id('connection'), 'pc-' || n, pg_temp.id('campaign ' || n)) from generate_series(1, 400) as n;

-- Half of the leads are in one campaign.
create function pg_temp.campaign_of(lead integer) returns integer language sql as $$ select case when lead % 2 = 0 then 1 else lead % 400 + 1 end $$;

-- One delivery of each of these types for each lead from one number to another.
create function pg_temp.arrive(first integer, last integer, types text[]) returns void language sql as $$
  select worker.ingest_webhook_events(jsonb_build_array(jsonb_build_object(
    'connection_id', pg_temp.id('connection'),
    'secret_digest', encode(sha256('secret'), 'hex'),
    'events', (
      select jsonb_agg(jsonb_build_object(
        'key', gen_random_uuid(), 'provider_campaign_id', 'pc-' || pg_temp.campaign_of(lead), 'payload', jsonb_build_object('text', 'Yes, number ' || random()),
        'event', jsonb_strip_nulls(jsonb_build_object(
          'type', type, 'email', 'p' || lead || '@lead.test', 'occurred_at', now() - interval '1 hour' + random() * interval '50 minutes',
          'provider_campaign_ids', jsonb_build_array('pc-' || pg_temp.campaign_of(lead)), 'email_account', 'mia@outreach.test', 'step', 1, 'variant', 1,
          'message', case when type = 'reply_received' then jsonb_build_object('text', 'text') end,
          -- As the inbox lists a reply.
          'email_id', case when type = 'reply_received' then gen_random_uuid()::text end,
          'thread_id', case when type = 'reply_received' then 'thread ' || lead end,
          'answers', case when type = 'reply_received' then jsonb_build_array('mail ' || lead) end
        ))
      ))
      from generate_series(first, last) as lead, unnest(types) as type
    )
  )))
$$;

-- Rows that were read so far in this transaction, by table and index.
create function pg_temp.rows_read() returns table (name text, number bigint) language sql volatile as $$
  select c.oid::regclass::text, greatest(pg_stat_get_xact_tuples_returned(c.oid), pg_stat_get_xact_tuples_fetched(c.oid))
  from pg_class as c
  join pg_namespace as s on s.oid = c.relnamespace
  where s.nspname in ('public', 'private') and c.relkind in ('r', 'i')
    -- Notes of this transaction, which end with it.
    and c.relname not in ('pending_changes_pkey', 'pending_changes')
$$;

-- Of six deliveries that come now. The first call makes the plans, and reads the statistics that there are.
create function pg_temp.cost() returns setof text language plpgsql as $$
declare
  claimed bigint[];
begin
  perform pg_temp.arrive(7, 7, '{email_sent,email_opened,reply_received,lead_interested,email_bounced}');
  perform pg_temp.arrive(3002, 3002, '{reply_received}');
  perform worker.process_webhook_events(10);
  perform pg_temp.arrive(11, 11, '{email_sent,email_opened,reply_received,lead_interested,email_bounced}');
  -- A reply of somebody to whom we sent nothing that we know of.
  perform pg_temp.arrive(3000, 3000, '{reply_received}');
  -- The claim has its own tests, and reads what this transaction itself claimed before.
  claimed := (select c.claimed from private.claim_webhook_events(10, '{}', null, '{0,1,2,3}') as c);
  create temporary table before on commit drop as select * from pg_temp.rows_read();
  perform private.project_claimed_events(claimed);

  return query
  select a.name || ': ' || a.number - b.number || ' rows'
  from pg_temp.rows_read() as a
  join before as b using (name)
  where a.number - b.number > 400;

  drop table before;
end
$$;

select pg_temp.arrive(1, 2500, '{email_sent,reply_received}');
select is((worker.process_webhook_events(5000) ->> 'claimed')::integer, 5000, 'five thousand deliveries of 2,500 leads come on the first day');
select is((select count(*) from public.messages where client_id = pg_temp.id('bakery')), 2500::bigint, 'with 2,500 replies');
select is_empty('select pg_temp.cost()', 'six more read their own rows, and not what came before: no table more than 400 rows');
select is((select string_agg(distinct concat(status, reason), ' ') from private.webhook_events where connection_id = pg_temp.id('connection')), 'projected', 'all are projected');
analyze;
select is_empty('select pg_temp.cost()', 'nor do they when there are statistics');

select * from finish();
rollback;
