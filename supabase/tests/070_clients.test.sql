-- Operators make, change, archive and delete clients; nobody else does.

begin;
set local search_path = public, extensions;
select plan(49);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('clients ' || name)::uuid $$;
grant execute on function pg_temp.id(text) to public;

create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;

insert into public.clients (id, name) select pg_temp.id(name), name from unnest('{Bakery,Dentist}'::text[]) as name;
insert into auth.users (id, email) select pg_temp.id(name), name || '@clients.test' from unnest('{ada,bob,olga}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('ada'), 'client', pg_temp.id('Bakery')), (pg_temp.id('bob'), 'client', pg_temp.id('Dentist')), (pg_temp.id('olga'), 'operator', null);

-- Who may not.
create view pg_temp.doors as
select * from (values
  ($$ select public.create_client('{"name": "New"}') $$),
  (format('select public.change_client(%L, ''{"may_see_costs": true}'')', pg_temp.id('Bakery'))),
  (format('select public.archive_client(%L)', pg_temp.id('Bakery'))),
  (format('select public.restore_client(%L)', pg_temp.id('Bakery'))),
  (format('select public.delete_client(%L, ''Bakery'')', pg_temp.id('Bakery'))),
  (format('select private.request_client_removal(%L, ''Bakery'')', pg_temp.id('Bakery')))
) as d (call);
grant select on pg_temp.doors to public;
select pg_temp.sign_in('ada');
select throws_ok(d.call, 'PT403', 'FORBIDDEN', 'its own client cannot: ' || d.call) from pg_temp.doors as d;
reset role;
select pg_temp.sign_in('bob');
select throws_ok(d.call, 'PT403', 'FORBIDDEN', 'another client cannot: ' || d.call) from pg_temp.doors as d;
reset role;
set local role anon;
select throws_ok(d.call, '42501', null, 'signed out nobody can: ' || d.call) from pg_temp.doors as d;
reset role;
select pg_temp.sign_in('ada');
select throws_ok($$ select private.remove_client_rows(gen_random_uuid(), '{}', 1) $$, '42501', null, 'a batch is for the service role');
reset role;

-- Making and changing.
select pg_temp.sign_in('olga');
select is(
  public.create_client('{"name": " Florist "}') - 'client_id',
  '{"name": "Florist", "time_zone": "UTC", "currency": "EUR", "positive_reply_value": null, "may_see_costs": false, "may_see_connection": false, "approval_required": false}',
  'an operator makes a client, with defaults'
);
select throws_ok(format('select public.create_client(%L)', wrong), 'PT400', 'VALIDATION_FAILED', 'refused: ' || wrong)
from unnest(array[
  '{}', '[]', '{"name": "  "}', '{"name": "florist"}', '{"name": "A\nB"}', '{"name": "N", "time_zone": "Mars/Olympus"}',
  '{"name": "N", "currency": "euro"}', '{"name": "N", "positive_reply_value": -1}', '{"name": "N", "positive_reply_value": "lots"}',
  '{"name": "N", "may_see_costs": null}', '{"name": "N", "id": 1}'
]) as wrong;
select is(
  public.change_client(pg_temp.id('Bakery'), '{"name": "Corner Bakery", "time_zone": "Europe/Amsterdam", "positive_reply_value": 99.5}') - 'client_id',
  '{"name": "Corner Bakery", "time_zone": "Europe/Amsterdam", "currency": "EUR", "positive_reply_value": 99.50, "may_see_costs": false, "may_see_connection": false, "approval_required": false}',
  'what is sent changes'
);
select is(
  public.change_client(pg_temp.id('Bakery'), '{"positive_reply_value": null}') ->> 'name', 'Corner Bakery', 'what is not sent stays'
);
select throws_ok(format('select public.change_client(%L, ''{"name": "Dentist"}'')', pg_temp.id('Bakery')), 'PT400', 'VALIDATION_FAILED', 'no name twice');
select throws_ok('select public.change_client(gen_random_uuid(), ''{}'')', 'PT404', 'NOT_FOUND', 'an unknown client is not found');

-- Archiving.
select is(public.archive_client(pg_temp.id('Bakery')) -> 'enabled', 'false', 'an archived client is off');
select throws_ok(format('select public.set_client_integration(%L, true)', pg_temp.id('Bakery')), 'PT400', 'VALIDATION_FAILED', 'and stays off');
reset role;
select is(private.is_still_member(pg_temp.id('ada'), 'client', pg_temp.id('Bakery')), false, 'its people are shut out');
select is(private.is_still_member(pg_temp.id('bob'), 'client', pg_temp.id('Dentist')), true, 'others are not');
select pg_temp.sign_in('olga');
select is(public.restore_client(pg_temp.id('Bakery')) -> 'enabled', 'true', 'restored, it is on');
reset role;
select is(private.is_still_member(pg_temp.id('ada'), 'client', pg_temp.id('Bakery')), true, 'and its people are back');

-- Deleting: the request.
select pg_temp.sign_in('olga');
select throws_ok(format('select public.delete_client(%L, ''Bakery'')', pg_temp.id('Bakery')), 'PT400', 'VALIDATION_FAILED', 'deleting takes the name of today');
create table pg_temp.asked as select public.delete_client(pg_temp.id('Bakery'), ' Corner Bakery ') as answer;
select is(
  public.delete_client(pg_temp.id('Bakery'), 'Corner Bakery') -> 'job_id', (select answer -> 'job_id' from pg_temp.asked), 'asked again it is the same job'
);
select throws_ok(format('select public.restore_client(%L)', pg_temp.id('Bakery')), 'PT400', 'VALIDATION_FAILED', 'it cannot be restored any more');
select results_eq(
  'select kind::text, status::text, client_id, client_name from public.operator_jobs', $$ values ('removal', 'queued', null::uuid, 'Corner Bakery') $$,
  'operators see the job'
);
reset role;

-- Every table of one client is found, and none that belongs to somebody else.
select is_empty(
  $$ select r.relation, r.owner_column from private.list_client_tables() as r
     where not exists (
       select from pg_catalog.pg_index as i join pg_catalog.pg_attribute as a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
       where i.indrelid = r.relation::regclass and a.attname = r.owner_column
     ) $$,
  'what is deleted by client or workspace leads an index'
);
select is_empty(
  $$ select k.conrelid::regclass, a.attname, k.confrelid::regclass
     from pg_catalog.pg_constraint as k
     join pg_catalog.pg_attribute as a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
     join pg_catalog.pg_class as c on c.oid = k.conrelid and not c.relispartition
     where k.contype = 'f' and k.confrelid::regclass::text = any (
       array(select relation from private.list_client_tables()) || array(select split_part(relation, '.', 2) from private.list_client_tables())
     ) and not exists (select from pg_catalog.pg_index as i where i.indrelid = k.conrelid and i.indkey[0] = k.conkey[1]) $$,
  'and so does what is deleted along with it'
);
select is_empty(
  $$ select c.oid::regclass from pg_catalog.pg_class as c join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
     where n.nspname in ('public', 'private') and c.relkind = 'p' and c.oid <> 'public.email_events'::regclass $$,
  'only email_events is partitioned, which has a step of its own'
);
select is_empty(
  $$ select relation from private.list_client_tables()
     where owner_column = 'client_id' and relation in ('public.audit_log', 'private.organizations', 'public.clients') $$,
  'the log and the organisations of shared workspaces are kept'
);

select * from finish();
rollback;
