-- A campaign is made, changed, copied and deleted by operators, and only until it is exported.

begin;
set local search_path = public, extensions;
select plan(59);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('setup ' || name)::uuid $$;
grant execute on function pg_temp.id(text) to public;

insert into public.clients (id, name, time_zone) values
  (pg_temp.id('bakery'), 'Bakery', 'Europe/Amsterdam'), (pg_temp.id('dentist'), 'Dentist', 'UTC');
insert into public.provider_connections (id, client_id, name, provider) values
  (pg_temp.id('own'), pg_temp.id('bakery'), 'Own', 'instantly'), (pg_temp.id('foreign'), pg_temp.id('dentist'), 'Foreign', 'instantly'),
  (pg_temp.id('shared'), null, 'Shared', 'smartlead');
insert into auth.users (id, email) select pg_temp.id(name), name || '@setup.test' from unnest('{olga,bea,dan,nobody}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('olga'), 'operator', null), (pg_temp.id('bea'), 'client', pg_temp.id('bakery')), (pg_temp.id('dan'), 'client', pg_temp.id('dentist'));

create function pg_temp.become(person text) returns void language plpgsql as $$
begin
  perform set_config('role', 'postgres', true);
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;
grant execute on function pg_temp.become(text) to public;

create temporary table kept (name text primary key, id uuid);
grant select, insert on kept to authenticated;

-- Holidays, against the calendars of those years.
select is(
  (select array_agg(private.easter(y)) from unnest('{1999,2000,2008,2024,2025,2026,2027,2038,2100}'::integer[]) as y),
  '{1999-04-04,2000-04-23,2008-03-23,2024-03-31,2025-04-20,2026-04-05,2027-03-28,2038-04-25,2100-03-28}'::date[], 'Easter is where calendars have it'
);
create function pg_temp.days(country text, year integer) returns text language sql as $$
  select string_agg(to_char(h.day, 'MM-DD'), ' ' order by h.day) from private.holidays(array[country], make_date(year, 1, 1), make_date(year, 12, 31)) as h
$$;
select is(pg_temp.days('NL', 2025), '01-01 04-21 04-26 05-05 05-29 06-09 12-25 12-26', 'NL 2025: the King on Saturday, Liberation Day in a fifth year');
select is(pg_temp.days('NL', 2026), '01-01 04-06 04-27 05-14 05-25 12-25 12-26', 'NL 2026');
select is(pg_temp.days('DE', 2026), '01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26', 'DE 2026');
select is(pg_temp.days('DE', 2024), '01-01 03-29 04-01 05-01 05-09 05-20 10-03 12-25 12-26', 'DE 2024');
select is(pg_temp.days('BE', 2026), '01-01 04-06 05-01 05-14 05-25 07-21 08-15 11-01 11-11 12-25', 'BE 2026');
select is(pg_temp.days('UK', 2026), '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28', 'UK 2026: Boxing Day on a Saturday is kept on Monday');
select is(pg_temp.days('UK', 2027), '01-01 03-26 03-29 05-03 05-31 08-30 12-25 12-26 12-27 12-28', 'UK 2027: Christmas on a Saturday, both days have a substitute');
select is(pg_temp.days('UK', 2022), '01-01 01-03 04-15 04-18 05-02 05-30 08-29 12-25 12-26 12-27', 'UK 2022: New Year on Monday the 3rd, Christmas on Tuesday');
select is(pg_temp.days('US', 2026), '01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25', 'US 2026: the Fourth on a Saturday is kept on Friday');
select is(pg_temp.days('US', 2021), '01-01 01-18 02-15 05-31 06-18 06-19 07-04 07-05 09-06 10-11 11-11 11-25 12-24 12-25 12-31', 'US 2021: New Year of 2022 is kept in 2021');

-- Sequences.
select is(private.sequence_problem(null), null, 'no sequence means the default one');
select is(private.sequence_problem('[{"delay_days":0,"subject":"S","body":"B","variants":[{"subject":"S2","body":"B2"}]},{"delay_days":3,"subject":"","body":"B"}]'), null, 'a good one');
select is(private.sequence_problem('[]'), 'A sequence is a list of 1 to 20 steps', 'an empty one');
select is(private.sequence_problem('[{"subject":" ","body":"B"}]'), 'Step 1, variant A has no subject; only a follow-up may leave it empty, which continues the thread', 'no first subject');
select is(private.sequence_problem('[{"subject":"S","body":"Hi {{firstName"}]'), 'Step 1, variant A has a variable whose braces are not closed', 'open braces');
select is(private.sequence_problem('[{"subject":"S","body":"B","delay_days":91}]'), 'Step 1 waits for no whole number of days from 0 to 90', 'too long a wait');

-- Made by an operator.
select pg_temp.become('olga');
select lives_ok($$ insert into kept select 'bread', (public.create_campaign(pg_temp.id('bakery'), pg_temp.id('own'), ' Bread ', '{"sending_days":[5,1,1],"holiday_countries":["NL"],"sending_accounts":["Mia@Outreach.test"],"sequence":[{"subject":"S","body":"B"}]}') ->> 'campaign_id')::uuid $$, 'an operator makes a campaign');
select results_eq(
  $$ select c.name, c.generation_status::text, c.time_zone, c.sending_days, c.sending_accounts, c.unsubscribe_header, c.provider::text from public.campaigns as c, kept as k where c.id = k.id $$,
  $$ values ('Bread', 'completed', 'Europe/Amsterdam', '{1,5}'::smallint[], '{mia@outreach.test}'::text[], true, 'instantly') $$,
  'with its settings in order, the client''s time zone, unsubscribe on, and nothing to generate'
);
select throws_ok($$ select public.create_campaign(pg_temp.id('bakery'), pg_temp.id('foreign'), 'X') $$, 'PT404', 'NOT_FOUND', 'not through another client''s workspace');
select lives_ok($$ insert into kept select 'teeth', (public.create_campaign(pg_temp.id('dentist'), pg_temp.id('shared'), 'Teeth') ->> 'campaign_id')::uuid $$, 'but through a shared one');
select throws_ok($$ select public.create_campaign(pg_temp.id('bakery'), pg_temp.id('own'), ' ') $$, 'PT400', 'VALIDATION_FAILED', 'not without a name');
select throws_ok($$ select public.create_campaign(pg_temp.id('bakery'), pg_temp.id('own'), 'X', '{"client_id":"x"}') $$, 'PT400', 'VALIDATION_FAILED', 'not with a column that is no setting');
select throws_ok(format('select public.create_campaign(pg_temp.id(''bakery''), pg_temp.id(''own''), ''X'', %L)', settings), 'PT400', 'VALIDATION_FAILED', 'not with ' || settings)
from unnest(array[
  '{"time_zone":"Mars/Base"}', '{"sending_days":[]}', '{"sending_days":[9]}', '{"sending_from":"18:00"}', '{"daily_limit":0}', '{"daily_limit":"many"}',
  '{"start_on":"2026-02-30"}', '{"start_on":"2027-01-02","end_on":"2027-01-01"}', '{"holiday_countries":["FR"]}', '{"sending_accounts":["nobody"]}',
  '{"track_opens":null}', '{"sequence":[{"subject":"","body":"B"}]}', '[]'
]) as settings;

-- Changed.
select is((public.change_campaign((select id from kept where name = 'bread'), '{"daily_limit":40,"name":"Rye"}') -> 'changed')::text, '["daily_limit", "name"]', 'what is named changes');
select is((public.change_campaign((select id from kept where name = 'bread'), '{"daily_limit":40}') -> 'changed')::text, '[]', 'what is the same is no change');
select is((public.change_campaign((select id from kept where name = 'bread'), '{}', pg_temp.id('shared')) -> 'changed')::text, '["connection"]', 'also the workspace');
select is((select c.provider::text from public.campaigns as c, kept as k where c.id = k.id and k.name = 'bread'), 'smartlead', 'and with it the provider');

-- Copied, without leads and days.
reset role;
insert into public.businesses (client_id, campaign_id, name, email) select pg_temp.id('bakery'), id, 'Blum', 'a@blum.test' from kept where name = 'bread';
update public.campaigns set start_on = '2026-01-01' where id = (select id from kept where name = 'bread');
select pg_temp.become('olga');
select lives_ok($$ insert into kept select 'copy', (public.duplicate_campaign((select id from kept where name = 'bread')) ->> 'campaign_id')::uuid $$, 'copied');
select results_eq(
  $$ select c.name, c.daily_limit, c.start_on, c.sequence is not null, (select count(*) from public.businesses as b where b.campaign_id = c.id) from public.campaigns as c, kept as k where c.id = k.id and k.name = 'copy' $$,
  $$ values ('Rye (copy)', 40, null::date, true, 0::bigint) $$, 'settings and sequence, no leads, no days'
);
-- A large one is deleted in steps.
reset role;
insert into public.campaigns (id, client_id, name) values (pg_temp.id('large'), pg_temp.id('bakery'), 'Large');
insert into public.businesses (client_id, campaign_id, name) select pg_temp.id('bakery'), pg_temp.id('large'), 'Lead ' || n from generate_series(1, 1001) as n;
insert into private.campaign_work (campaign_id, from_client_id, requested_at) values (pg_temp.id('large'), pg_temp.id('bakery'), now());
select is(private.continue_deletion(pg_temp.id('large'), '-infinity'), false, 'a step that finds more than it has time for ends');
select is((select count(*) from public.businesses where campaign_id = pg_temp.id('large')), 1::bigint, 'a thousand leads are gone');
select throws_ok(format('select worker.preview_export(%L)', pg_temp.id('large')), 'PT409', 'VALIDATION_FAILED', 'and the others are not exported any more');
select is(private.work_on_campaigns(), 1, 'the schedule does the rest');
select is_empty(format('select from public.campaigns where id = %1$L union all select from private.campaign_work where campaign_id = %1$L', pg_temp.id('large')), 'and the campaign is gone');
select pg_temp.become('olga');
select is(public.delete_campaign((select id from kept where name = 'bread')) ->> 'businesses', '1', 'deleted with its leads');
select is((select count(*) from public.audit_log where action like 'campaign_%'), 6::bigint, 'and each act is on record');

-- After the export.
reset role;
insert into private.provider_campaigns (connection_id, provider_campaign_id, campaign_id) select pg_temp.id('shared'), '77', id from kept where name = 'copy';
select pg_temp.become('olga');
select is((public.change_campaign((select id from kept where name = 'copy'), '{"name":"Still","holiday_countries":["DE"]}') -> 'changed')::text, '["holiday_countries", "name"]', 'name and holidays still change');
select throws_ok($$ select public.change_campaign((select id from kept where name = 'copy'), '{"daily_limit":9}') $$, 'PT409', 'VALIDATION_FAILED', 'what the provider was told does not');
select throws_ok($$ select public.delete_campaign((select id from kept where name = 'copy')) $$, 'PT409', 'VALIDATION_FAILED', 'nor is it deleted');

-- Not for others.
select pg_temp.become('bea');
select throws_ok(call, 'PT403', 'FORBIDDEN', 'a client cannot: ' || call)
from unnest(array[
  $$ select public.create_campaign(pg_temp.id('bakery'), pg_temp.id('own'), 'X') $$,
  $$ select public.change_campaign((select id from kept where name = 'copy'), '{}') $$,
  $$ select public.duplicate_campaign((select id from kept where name = 'copy')) $$,
  $$ select public.delete_campaign((select id from kept where name = 'copy')) $$,
  $$ select public.save_sequence_template('X', '[{"subject":"S","body":"B"}]') $$
]) as call;
select is((select count(*) from public.sequence_templates), 0::bigint, 'nor reads the templates');

-- Templates.
reset role;
select is((select count(*) from public.sequence_templates where is_built_in and cardinality(private.unknown_variables(sequence)) = 0), 10::bigint, 'ten came with the installation, and use known variables only');

select * from finish();
rollback;
