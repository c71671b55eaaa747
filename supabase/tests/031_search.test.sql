-- What people type becomes a query that never fails.

begin;
set local search_path = public, extensions;
select plan(14);

select is(private.search_query('send deck')::text, '''send'' & ''deck'':*', 'all words, the last also as a beginning');
select is(private.search_query('"the deck"')::text, '''the'' <-> ''deck''', 'a phrase unchanged');
select is(private.search_query('deck -frid')::text, '''deck'' & !''frid''', 'a word that must not be there is no beginning');
select is(private.search_query('deck or frid')::text, '''deck'' | ''frid'':*', 'either word');
select is(private.search_query('ingrid@fjordpak.test')::text, '''ingrid@fjordpak.test'':*', 'an address is one word');
select is(private.search_query('"the deck')::text, '''the'' <-> ''deck''', 'a phrase that is still open is no beginning');
select is(private.search_query('x')::text, '''x''', 'one letter is no beginning');
select is(private.search_query(''), null, 'nothing is no query');
select is(private.search_query(' !& | ():* <-> '' \ " '), null, 'signs alone are no query');
select lives_ok($$ select private.search_query(repeat(chr(39) || '\:*&|!()<>"-' || chr(8203), 30) || n) from generate_series(1, 50) as n $$,
  'no mixture of signs fails');
select is(private.search_query(repeat('!! - ', 60) || 'ab'), null, 'nor does a row of minus signs that the parser gives up on');
select throws_ok($$ select * from private.find_messages(null, null, null, 50, 0, null) $$, 'PT400', 'VALIDATION_FAILED', 'no query at all is an error that says so');
select throws_ok($$ select * from private.find_messages('deck', null, null, 101, 0, null) $$, 'PT400', 'VALIDATION_FAILED', 'a page has at most 100 rows');
select is_empty($$ select * from private.find_messages('deck', null, null, 50, 0, null) $$, 'no messages are no rows');

select * from finish();
rollback;
