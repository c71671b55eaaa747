-- Operators suppress addresses and domains by hand, for one client or for all; what they removed stays removed.

begin;
set local search_path = public, extensions;
select plan(36);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('suppressing ' || name)::uuid $$;

-- Speaks as a user, as PostgREST does.
create function pg_temp.act_as(role text, user_role text default null, client_id uuid default null) returns void language plpgsql as $$
begin
  perform set_config('role', act_as.role, true);
  perform set_config('request.jwt.claims', jsonb_strip_nulls(jsonb_build_object(
    'sub', case when user_role is null then null else pg_temp.id(coalesce(act_as.client_id::text, user_role)) end,
    'role', act_as.role, 'user_role', user_role, 'client_id', act_as.client_id
  ))::text, true);
end
$$;
create function pg_temp.as_operator() returns void language sql as $$ select pg_temp.act_as('authenticated', 'operator') $$;
create function pg_temp.as_client(name text) returns void language sql as $$ select pg_temp.act_as('authenticated', 'client', pg_temp.id(name)) $$;
create function pg_temp.as_owner() returns void language plpgsql as $$ begin perform set_config('role', 'none', true); perform set_config('request.jwt.claims', '', true); end $$;
grant execute on all functions in schema pg_temp to authenticated, anon;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery'), (pg_temp.id('dentist'), 'Dentist');
insert into auth.users (id, email) values
  (pg_temp.id('operator'), 'boss@agency.test'), (pg_temp.id(pg_temp.id('bakery')::text), 'b@bakery.test'), (pg_temp.id(pg_temp.id('dentist')::text), 'd@dentist.test');
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('operator'), 'operator', null),
  (pg_temp.id(pg_temp.id('bakery')::text), 'client', pg_temp.id('bakery')), (pg_temp.id(pg_temp.id('dentist')::text), 'client', pg_temp.id('dentist'));

-- What people enter is brought into the stored form.
select is(private.suppression_entry(entered), entry, format('%L is %s', entered, coalesce(entry, 'neither')))
from (values
  (' Mia@Shop.example ', 'mia@shop.example'), ('Mia Moss <mia@shop.example>', 'mia@shop.example'), ('@Shop.example', 'shop.example'),
  ('*@shop.example', 'shop.example'), ('*.shop.example', 'shop.example'), ('https://www.Shop.example/contact?x=1', 'shop.example'),
  ('bücher.example', 'xn--bcher-kva.example'), ('shop', null), ('two words', null), ('a@b@c.example', null), ('', null)
) as e (entered, entry);

-- An operator suppresses for one client.
select pg_temp.as_operator();
select is(
  public.add_suppressions(array['Mia@shop.example', 'mia@shop.example', 'rival.example', 'nonsense', ' '], pg_temp.id('bakery'), 'do_not_contact', 'A competitor'),
  '{"addresses": 1, "domains": 1, "already": 0, "refused": 1, "refused_entries": ["nonsense"]}',
  'an operator can suppress addresses and domains of a client, and is told what is neither'
);
select is(
  public.add_suppressions(array['mia@shop.example', 'rival.example'], pg_temp.id('bakery')) ->> 'already', '2', 'again changes nothing'
);
select is(
  public.add_suppressions(array['boss@bank.example', 'bank.example']), '{"addresses": 1, "domains": 1, "already": 0, "refused": 0, "refused_entries": []}',
  'and for all clients'
);
select results_eq(
  $$ select client_name, entry, is_domain, reason::text, note from public.suppression_list order by client_name nulls last, entry $$,
  $$ values ('Bakery', 'mia@shop.example', false, 'do_not_contact', 'A competitor'), ('Bakery', 'rival.example', true, 'do_not_contact', 'A competitor'),
     (null, 'bank.example', true, 'do_not_contact', null), (null, 'boss@bank.example', false, 'do_not_contact', null) $$,
  'one list shows all of them'
);
select throws_ok($$ select public.add_suppressions('{}') $$, 'PT400', 'VALIDATION_FAILED', 'an empty list is refused');
select throws_ok(format('select public.add_suppressions(array[%L], %L)', 'a@b.example', pg_temp.id('nobody')), 'PT404', 'NOT_FOUND', 'and a client that does not exist');
select throws_ok($$ select public.add_suppressions('{a@b.example}', null, 'erased') $$, 'PT400', 'VALIDATION_FAILED', 'nobody is erased this way');
select results_eq(
  $$ select action, details -> 'addresses', details -> 'domains' from public.audit_log where action = 'suppressions_added' order by id $$,
  $$ values ('suppressions_added', '1'::jsonb, '1'::jsonb), ('suppressions_added', '1', '1') $$, 'what was added is on record, and nothing for the repetition'
);

-- Whom it covers.
select pg_temp.as_owner();
select results_eq(
  format($$
    select e.email, s.entry, s.is_agency_wide
    from (values ('mia@shop.example'), ('ann@rival.example'), ('ann@eu.rival.example'), ('ann@notrival.example'), ('boss@bank.example'), ('x@bank.example')) as e (email)
    left join lateral private.suppression_of(%L, e.email) as s on true order by e.email $$, pg_temp.id('bakery')),
  $$ values ('ann@eu.rival.example', 'rival.example', false), ('ann@notrival.example', null, null), ('ann@rival.example', 'rival.example', false),
     ('boss@bank.example', 'boss@bank.example', true), ('mia@shop.example', 'mia@shop.example', false), ('x@bank.example', 'bank.example', true) $$,
  'an address is covered by itself, its domain and the domains above it'
);
select is_empty(format('select * from private.suppression_of(%L, %L)', pg_temp.id('dentist'), 'ann@rival.example'), 'a client''s domain is no other client''s');

-- Clients read theirs and change nothing.
select pg_temp.as_client('bakery');
select results_eq(
  $$ select entry from public.suppression_list order by entry $$, $$ values ('mia@shop.example'), ('rival.example') $$,
  'a client reads its own suppressions and not the agency''s'
);
select results_eq(
  format('select reason::text from private.suppression_of(%L, %L)', pg_temp.id('bakery'), 'x@bank.example'), $$ values ('do_not_contact') $$,
  'but sees that a lead of its own is suppressed by the agency'
);
select is_empty(format('select * from private.suppression_of(%L, %L)', pg_temp.id('dentist'), 'x@bank.example'), 'and learns nothing of another client');
select throws_ok($$ select public.add_suppressions('{a@b.example}') $$, 'PT403', 'FORBIDDEN', 'a client cannot suppress');
select throws_ok(format('select public.remove_suppression(%L, %L, %L)', 'mia@shop.example', pg_temp.id('bakery'), 'x'), 'PT403', 'FORBIDDEN', 'nor remove a suppression');
select throws_ok($$ insert into public.suppression_rules (entry) values ('x.example') $$, '42501', null, 'nor write the table');
select pg_temp.as_client('dentist');
select is_empty($$ select * from public.suppression_list $$, 'another client reads none of it');
select pg_temp.act_as('anon');
select throws_ok($$ select * from public.suppression_list $$, '42501', null, 'nor does who is not signed in');
select throws_ok($$ select public.add_suppressions('{a@b.example}') $$, '42501', null, 'who cannot suppress either');

-- Removing needs a reason; what was known before does not bring it back, what happens later does.
select pg_temp.as_operator();
select throws_ok(format('select public.remove_suppression(%L, %L, %L)', 'mia@shop.example', pg_temp.id('bakery'), ' '), 'PT400', 'VALIDATION_FAILED', 'a removal needs a reason');
select is(
  public.remove_suppression('MIA@shop.example', pg_temp.id('bakery'), 'She asked for an offer') ->> 'reason', 'do_not_contact', 'an operator can remove a suppression'
);
select throws_ok(format('select public.remove_suppression(%L, %L, %L)', 'mia@shop.example', pg_temp.id('bakery'), 'x'), 'PT404', 'NOT_FOUND', 'once');
select is(public.remove_suppression('bank.example', null, 'It is a client now') ->> 'entry', 'bank.example', 'and a domain of the agency');
select pg_temp.as_owner();
insert into public.suppressions (client_id, email, reason, suppressed_at) values (pg_temp.id('bakery'), 'mia@shop.example', 'unsubscribed', now() - interval '1 day');
select is_empty($$ select from public.suppressions where email = 'mia@shop.example' $$, 'an older unsubscribe does not suppress her again');
insert into public.suppressions (client_id, email, reason, suppressed_at) values (pg_temp.id('bakery'), 'mia@shop.example', 'unsubscribed', now() + interval '1 second');
select isnt_empty($$ select from public.suppressions where email = 'mia@shop.example' $$, 'a later one does');

select * from finish();
rollback;
