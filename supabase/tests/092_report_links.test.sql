-- Share links of reports: who makes, reads and ends them, and what a token opens.

begin;
set local search_path = public, extensions;
select plan(50);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('links ' || name)::uuid $$;
grant execute on function pg_temp.id(text) to public;
create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;
-- As the function asks: with the digest of the token.
create function pg_temp.open(token text, password text default null) returns jsonb language sql as $$
  select worker.open_report_link(encode(sha256(convert_to(token, 'UTF8')), 'hex'), password)
$$;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery'), (pg_temp.id('dentist'), 'Dentist');
insert into auth.users (id, email) select pg_temp.id(name), name || '@links.test' from unnest('{ada,ben,olga,otto}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('ada'), 'client', pg_temp.id('bakery')), (pg_temp.id('ben'), 'client', pg_temp.id('dentist')), (pg_temp.id('olga'), 'operator', null);
insert into public.client_reports (id, client_id, kind, from_day, to_day, snapshot, skipped, sent_at) values
  (pg_temp.id('report'), pg_temp.id('bakery'), 'weekly', '2026-11-16', '2026-11-22', '{"is": "frozen"}', null, now()),
  (pg_temp.id('skipped'), pg_temp.id('bakery'), 'weekly', '2026-11-09', '2026-11-15', null, 'no_data', null);

create temporary table made (name text primary key, link jsonb);
grant all on made to public;

-- An operator makes links.
select pg_temp.sign_in('olga');
insert into made values
  ('plain', public.create_report_link(pg_temp.id('report'))),
  ('locked', public.create_report_link(pg_temp.id('report'), ' For the board ', 365, 'correct horse'));
select set_eq('select jsonb_object_keys(link) from made', '{link_id,token,expires_at}'::text[], 'a new link tells its token');
select ok((select bool_and(link ->> 'token' ~ '^[A-Za-z0-9_-]{43}$') from made), 'of 32 bytes that fit into an address');
select isnt((select link ->> 'token' from made where name = 'plain'), (select link ->> 'token' from made where name = 'locked'), 'another one each time');
select results_eq(
  $$ select label, state, has_password, opens, extract(day from expires_at - created_at)::integer from public.operator_report_links order by has_password $$,
  $$ values (null, 'working', false, 0, 30), ('For the board', 'working', true, 0, 365) $$,
  'she reads of them what they are called, whether they ask for a password, and until when they are good'
);
select is((select created_by_name from public.operator_report_links limit 1), 'olga@links.test', 'and who made them');
select throws_ok(
  format('select public.create_report_link(%L, %L, %s, %L)', pg_temp.id('report'), v.label, v.days, v.password), 'PT400', 'VALIDATION_FAILED', v.why
)
from (values
  (null, '0', null, 'a link that is good for no time is refused'), (null, '366', null, 'and one that is good for more than a year'),
  (null, 'null', null, 'and one that never ends'), (repeat('x', 101), '30', null, 'and a label that is too long'),
  (null, '30', 'seven77', 'and a password that is easily guessed'), (null, '30', '', 'or empty'),
  (null, '30', repeat('ä', 37), 'or longer than bcrypt reads')
) as v (label, days, password, why);
select throws_ok(format('select public.create_report_link(%L)', pg_temp.id('skipped')), 'PT400', 'VALIDATION_FAILED', 'a report that was skipped has nothing to share');
select throws_ok(format('select public.create_report_link(%L)', pg_temp.id('nothing')), 'PT404', 'NOT_FOUND', 'nor has one that does not exist');
select throws_ok(format('select %I from private.report_links', hidden), '42501', null, format('not even an operator reads the column %s', hidden))
from unnest('{token_digest,password_hash,wrong_passwords}'::text[]) as hidden;
select throws_ok('update private.report_links set expires_at = now()', '42501', null, 'or writes the table');
reset role;
select is((select count(*) from public.audit_log where action = 'report_link_created' and client_id = pg_temp.id('bakery')), 2::bigint, 'who made them is in the log');
select is_empty(
  $$ select from public.audit_log as a, made as m where a.details::text like '%' || (m.link ->> 'token') || '%' or a.details::text like '%horse%' $$,
  'without token and password'
);
select is_empty(
  $$ select from private.report_links as l, made as m where l::text like '%' || (m.link ->> 'token') || '%' or l::text like '%horse%' $$,
  'and the table has neither'
);

-- Nobody else can.
select pg_temp.sign_in('ada');
select throws_ok(format('select public.create_report_link(%L)', pg_temp.id('report')), 'PT403', 'FORBIDDEN', 'a client cannot share its report');
select throws_ok(
  format('select public.revoke_report_link(%L)', (select link ->> 'link_id' from made where name = 'plain')), 'PT403', 'FORBIDDEN', 'or end a link'
);
select is_empty('select * from public.operator_report_links', 'or read that there are links');
select throws_ok(format('select worker.open_report_link(%L, null)', 'ab'), '42501', null, 'or open one behind the function''s back');
reset role;
select pg_temp.sign_in('ben');
select throws_ok(format('select public.create_report_link(%L)', pg_temp.id('report')), 'PT403', 'FORBIDDEN', 'nor can another client');
select is_empty('select * from public.operator_report_links', 'which reads nothing of them either');
reset role;
select pg_temp.sign_in('otto');
select throws_ok(format('select public.create_report_link(%L)', pg_temp.id('report')), 'PT403', 'FORBIDDEN', 'nor somebody without a membership');
reset role;
set local role anon;
select throws_ok(format('select public.create_report_link(%L)', pg_temp.id('report')), '42501', null, 'nor anybody who is signed out');
select throws_ok('select * from public.operator_report_links', '42501', null, 'who reads nothing');
reset role;

-- Opening.
select is(
  pg_temp.open((select link ->> 'token' from made where name = 'plain')) - 'expires_at', '{"state": "opened", "report": {"is": "frozen"}}',
  'the token opens the snapshot'
);
select is(pg_temp.open('something else') ->> 'state', 'unknown', 'another one opens nothing');
select is((select opens from private.report_links where id = (select (link ->> 'link_id')::uuid from made where name = 'plain')), 1, 'what was opened is counted');

create function pg_temp.guess(password text) returns text language sql as $$
  select pg_temp.open((select link ->> 'token' from made where name = 'locked'), password) ->> 'state'
$$;
select is(pg_temp.guess(null), 'password_required', 'a link with a password asks for it');
select is(pg_temp.guess('wrong'), 'wrong_password', 'and says when it is wrong');
select is(pg_temp.guess('correct horse'), 'opened', 'and opens with the right one');
select is(
  array(select pg_temp.guess('wrong ' || n) from generate_series(1, 12) as n), array_fill('wrong_password'::text, array[9]) || '{locked,locked,locked}'::text[],
  'ten wrong ones in a row lock it'
);
select is(pg_temp.guess('correct horse'), 'locked', 'for the right one too');
select ok(
  (pg_temp.open((select link ->> 'token' from made where name = 'locked')) ->> 'retry_after')::integer between 890 and 900, 'and it says for how many seconds'
);
select pg_temp.sign_in('olga');
select is((select locked_until > now() from public.operator_report_links where has_password), true, 'operators read that it is locked');
reset role;
update private.report_links set locked_until = now() - interval '1 second' where has_password;
select is(array[pg_temp.guess('wrong'), pg_temp.guess('correct horse')], '{wrong_password,opened}', 'a quarter of an hour later it opens again');
select is((select opens from private.report_links where has_password), 2, 'and only what was opened was counted');

-- The end of a link.
update private.report_links set expires_at = now() where has_password;
select is(pg_temp.guess('correct horse'), 'unknown', 'an expired link is as one that never was');
select pg_temp.sign_in('olga');
select is(
  array(select public.revoke_report_link((link ->> 'link_id')::uuid) from made, generate_series(1, 2) where name = 'plain'), '{t,f}', 'an operator ends a link once'
);
select throws_ok(format('select public.revoke_report_link(%L)', pg_temp.id('nothing')), 'PT404', 'NOT_FOUND', 'and none that does not exist');
select results_eq('select state from public.operator_report_links order by state', '{expired,revoked}'::text[], 'she reads how they ended');
reset role;
select is(pg_temp.open((select link ->> 'token' from made where name = 'plain')), '{"state": "unknown"}', 'a revoked one is as one that never was');
select is((select count(*) from public.audit_log where action = 'report_link_revoked'), 1::bigint, 'who ended it is in the log, once');

-- A client that is being deleted, and one that is.
update private.report_links set revoked_at = null;
update public.clients set removal_requested_at = now() where id = pg_temp.id('bakery');
select is(pg_temp.open((select link ->> 'token' from made where name = 'plain')) ->> 'state', 'unknown', 'nothing opens of a client that is being deleted');
delete from public.client_reports where id = pg_temp.id('report');
select is_empty('select from private.report_links', 'links go with their report');

select * from finish();
rollback;
