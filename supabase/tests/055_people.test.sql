-- Memberships as the function `people` gives, changes and ends them.

begin;
set local search_path = public, extensions;
select plan(42);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('people ' || name)::uuid $$;
grant execute on function pg_temp.id(text) to public;

insert into public.clients (id, name) select pg_temp.id(name), name from unnest('{bakery,dentist}'::text[]) as name;
insert into auth.users (id, email, email_confirmed_at, last_sign_in_at)
select pg_temp.id(name), name || '@people.test', case when name <> 'new' then now() end, case when name <> 'new' then now() end
from unnest('{olga,otto,ada,new}'::text[]) as name;
delete from public.members;
insert into public.members (user_id, role) values (pg_temp.id('olga'), 'operator'), (pg_temp.id('otto'), 'operator');

-- Only the service role.
select ok(not has_function_privilege(role, signature, 'execute'), format('%s cannot call %s', role, signature))
from unnest('{anon,authenticated}'::text[]) as role,
  unnest('{
    "worker.find_person(text,uuid)", "worker.add_member(uuid,text,public.member_role,uuid,boolean,uuid)",
    "worker.record_invitation(uuid,text,text,uuid)", "worker.change_member(uuid,text,public.member_role,uuid,uuid)",
    "worker.remove_member(uuid,text,uuid)", "worker.read_mail_identity()", "private.write_mail_identity(uuid[],jsonb)", "private.remove_person(uuid,text,uuid)", "private.find_person(text,uuid)"
  }'::text[]) as signature;

-- Mails carry the agency's identity, which is in the metadata of members' accounts and nobody else's.
select is(private.ink_on(colour), ink, 'text on ' || colour)
from (values ('#ffffff', '#000000'), ('#000000', '#ffffff'), ('#ffcc00', '#000000'), ('#003366', '#ffffff'), ('#0d6661', '#ffffff')) as c (colour, ink);
create function pg_temp.said_to(name text) returns jsonb language sql as $$
  select coalesce(u.raw_user_meta_data, '{}') from auth.users as u where u.id = pg_temp.id(said_to.name)
$$;
update auth.users set raw_user_meta_data = '{"name": "Olga"}' where id = pg_temp.id('olga');
update private.agency set name = 'Northbeam', support_address = 'help@northbeam.test', accent_colour = '#ffcc00', logo_url = 'https://x.test/logo';
select is(
  pg_temp.said_to('olga'),
  '{"name": "Olga", "agency_name": "Northbeam", "agency_support": "help@northbeam.test", "agency_colour": "#ffcc00", "agency_ink": "#000000", "agency_logo": "https://x.test/logo"}',
  'a change of the agency reaches its people, beside what their accounts have'
);
select is(pg_temp.said_to('ada'), '{}', 'and nobody who is no member');
update private.agency set support_address = null, logo_url = null, accent_colour = null;
select is(pg_temp.said_to('olga'), '{"name": "Olga", "agency_name": "Northbeam"}', 'what the agency has no more is said no more');
insert into public.members (user_id, role, client_id) values (pg_temp.id('ada'), 'client', pg_temp.id('bakery'));
select is(pg_temp.said_to('ada'), '{"agency_name": "Northbeam"}', 'a membership brings it');
delete from public.members where user_id = pg_temp.id('ada');
select is(pg_temp.said_to('ada'), '{}', 'and its end takes it away');

set local role service_role;

select is(
  worker.find_person('ADA@people.test') - 'user_id',
  '{"email": "ada@people.test", "is_confirmed": true, "role": null, "client_id": null, "client_name": null, "made_account": false, "seconds_since_mail": null}',
  'an account is found by its address, however it is written'
);
select is(worker.find_person('stranger@people.test'), null, 'an unknown address has none');

select throws_ok(
  format($$ select worker.check_invitation('client', null) $$), 'PT400', 'VALIDATION_FAILED', 'a person of a client needs a client'
);
select throws_ok(
  format($$ select worker.check_invitation('operator', %L) $$, pg_temp.id('bakery')), 'PT400', 'VALIDATION_FAILED', 'an operator has none'
);
select throws_ok(
  format($$ select worker.check_invitation('client', %L) $$, pg_temp.id('nowhere')), 'PT404', 'NOT_FOUND', 'and it has to exist'
);

select is(
  worker.add_member(pg_temp.id('ada'), 'ada@people.test', 'client', pg_temp.id('bakery'), true, pg_temp.id('olga')),
  '{"added": true}', 'an account gets a membership'
);
select is(
  worker.add_member(pg_temp.id('ada'), 'ada@people.test', 'client', pg_temp.id('bakery'), false, pg_temp.id('otto')),
  '{"added": false}', 'once'
);
select throws_ok(
  format(
    $$ select worker.add_member(%L, 'ada@people.test', 'client', %L, false, null) $$, pg_temp.id('ada'), pg_temp.id('dentist')
  ),
  'PT400', 'VALIDATION_FAILED', 'an invitation moves no one to another client'
);

select throws_ok(
  format($$ select worker.change_member(%L, '', 'client', %L, %1$L) $$, pg_temp.id('olga'), pg_temp.id('bakery')),
  'PT400', 'VALIDATION_FAILED', 'no one changes the own role'
);
select throws_ok(
  format($$ select worker.remove_member(%L, '', %1$L) $$, pg_temp.id('olga')), 'PT400', 'VALIDATION_FAILED', 'or removes oneself'
);
select is(
  worker.change_member(pg_temp.id('ada'), '', 'client', pg_temp.id('dentist'), pg_temp.id('olga')),
  '{"changed": true}', 'an operator moves a person'
);

reset role;
insert into auth.sessions (id, user_id, created_at) values (pg_temp.id('session'), pg_temp.id('ada'), now());
set local role service_role;

select is(
  worker.remove_member(pg_temp.id('ada'), 'ada@people.test', pg_temp.id('olga')),
  '{"removed": true, "sessions_ended": 1, "made_account": true}', 'a removal ends the sessions in the same transaction'
);
select is(
  worker.remove_member(pg_temp.id('otto'), '', pg_temp.id('olga')) -> 'removed', 'true', 'the last but one operator can be removed'
);
select throws_ok(
  format($$ select worker.remove_member(%L, '', null) $$, pg_temp.id('olga')), 'PT400', 'VALIDATION_FAILED',
  'the last one cannot, not even by a secret key'
);

select * from finish();
rollback;
