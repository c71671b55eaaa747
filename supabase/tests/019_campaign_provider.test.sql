-- A campaign knows its provider, whatever happens to its connection, and one definition of numbers adds both up.

begin;
set local search_path = public, extensions;
select plan(11);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('origin ' || name)::uuid $$;
grant execute on function pg_temp.id(text) to public;

create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;

create function pg_temp.provider_of(campaign text) returns public.provider language sql as $$
  select c.provider from public.campaigns as c where c.id = pg_temp.id(campaign)
$$;

insert into public.clients (id, name) select pg_temp.id(name), name from unnest('{bakery,dentist}'::text[]) as name;
insert into auth.users (id, email) values (pg_temp.id('ada'), 'ada@origin.test');
insert into public.members (user_id, role, client_id) values (pg_temp.id('ada'), 'client', pg_temp.id('bakery'));
insert into public.provider_connections (id, provider, client_id, name) values
  (pg_temp.id('own'), 'instantly', pg_temp.id('bakery'), 'Own'), (pg_temp.id('shared'), 'smartlead', null, 'Shared');
insert into public.campaigns (id, client_id, connection_id, name) values
  (pg_temp.id('bread'), pg_temp.id('bakery'), pg_temp.id('own'), 'Bread'),
  (pg_temp.id('rolls'), pg_temp.id('bakery'), pg_temp.id('shared'), 'Rolls'),
  (pg_temp.id('draft'), pg_temp.id('bakery'), null, 'Draft'),
  (pg_temp.id('teeth'), pg_temp.id('dentist'), pg_temp.id('shared'), 'Teeth');
-- Each provider knows more of one thing than we saw, and less of another.
insert into public.campaign_analytics_totals (campaign_id, client_id, leads, sent, contacted, opened, clicked, replied, auto_replies, bounced, unsubscribed, synced_at) values
  (pg_temp.id('bread'), pg_temp.id('bakery'), 200, 120, 100, 40, 10, 4, 0, 6, 2, now()),
  (pg_temp.id('rolls'), pg_temp.id('bakery'), 60, 60, 50, 10, 0, 1, 0, 0, 0, now()),
  (pg_temp.id('teeth'), pg_temp.id('dentist'), 900, 900, 900, 900, 900, 900, 0, 0, 0, now());
insert into public.campaign_activity_totals (campaign_id, client_id, sent, contacted, opened, clicked, replies, replied, auto_replies, bounced, unsubscribed, observed_at, last_event_at)
values (pg_temp.id('rolls'), pg_temp.id('bakery'), 55, 45, 30, 12, 8, 6, 3, 5, 3, now(), now());

select is(pg_temp.provider_of('bread'), 'instantly', 'a campaign has the provider of its connection');
select is(pg_temp.provider_of('draft'), null, 'none without a connection');
update public.campaigns set connection_id = pg_temp.id('shared') where id = pg_temp.id('draft');
select is(pg_temp.provider_of('draft'), 'smartlead', 'and one as soon as it gets a connection');
update public.campaigns set connection_id = pg_temp.id('own') where id = pg_temp.id('draft');
select is(pg_temp.provider_of('draft'), 'instantly', 'another with another one');
update public.campaigns set provider = 'smartlead' where id = pg_temp.id('draft');
select is(pg_temp.provider_of('draft'), 'instantly', 'no writer can change it');
delete from public.campaigns where id = pg_temp.id('draft');

select pg_temp.sign_in('ada');
select is_empty(format('select * from public.provider_connections where id = %L', pg_temp.id('shared')), 'a client does not see a shared connection');
select results_eq(
  'select name, provider, sent, contacted, replied, bounced from public.client_campaigns order by name',
  $$ values ('Bread', 'instantly'::public.provider, 120::bigint, 100::bigint, 4::bigint, 6::bigint), ('Rolls', 'smartlead', 60, 50, 6, 5) $$,
  'but which provider each of its campaigns goes through'
);
select results_eq(
  'select campaigns, leads, sent, contacted, opened, clicked, replied, bounced, unsubscribed, auto_replies from public.client_overview',
  'select count(*), sum(leads)::bigint, sum(sent)::bigint, sum(contacted)::bigint, sum(opened)::bigint, sum(clicked)::bigint, sum(replied)::bigint, sum(bounced)::bigint, sum(unsubscribed)::bigint, sum(auto_replies)::bigint from public.client_campaigns',
  'its overview is the sum of both'
);
select results_eq(
  'select sent, replied, reply_rate from public.client_overview',
  $$ values (180::bigint, 10::bigint, round(10 / 150.0, 4)) $$, 'with rates over the sums'
);
select is_empty('select * from public.client_campaigns where name = ''Teeth''', 'of the shared connection it sees its own campaigns only');
reset role;

delete from public.provider_connections where id = pg_temp.id('shared');
select is(pg_temp.provider_of('rolls'), 'smartlead', 'the provider stays when the connection is removed');

select * from finish();
rollback;
