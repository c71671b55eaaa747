-- A delivery with the right secret is stored, once; one with a wrong secret leaves no trace.

begin;
set local search_path = public, extensions;
select plan(38);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('ingest ' || name)::uuid $$;

-- One delivery as the function hands it over: whose door, with which secret, and what was in it.
create function pg_temp.delivery(connection text, secret text, variadic events jsonb[]) returns jsonb language sql as $$
  select jsonb_build_object(
    'connection_id', pg_temp.id(connection), 'secret_digest', encode(sha256(secret::bytea), 'hex'), 'events', to_jsonb(events)
  )
$$;

-- One event in it; its key is made from its name.
create function pg_temp.event(name text, reading jsonb default '{"type": "email_sent"}', reason text default null) returns jsonb language sql as $$
  select jsonb_build_object(
    'key', pg_temp.id(name), 'provider_campaign_id', 'pc-1', 'event', reading, 'reason', reason, 'payload', jsonb_build_object('said', name)
  )
$$;

create function pg_temp.answer(accepted boolean, received integer, stored integer, duplicate integer) returns jsonb language sql as $$
  select jsonb_build_object('accepted', accepted, 'received', received, 'stored', stored, 'duplicate', duplicate)
$$;

grant execute on all functions in schema pg_temp to service_role;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery');
insert into public.provider_connections (id, client_id, name) values
  (pg_temp.id('first'), pg_temp.id('bakery'), 'First'), (pg_temp.id('second'), null, 'Second');
insert into private.webhook_secrets (connection_id, digest, expires_at) values
  (pg_temp.id('first'), sha256('right'), null),
  (pg_temp.id('first'), sha256('rotated out'), now() + interval '1 hour'),
  (pg_temp.id('first'), sha256('expired'), now()),
  (pg_temp.id('second'), sha256('second'), null);

-- What the service role sees of the stored deliveries of this story.
create view pg_temp.stored as
select w.payload ->> 'said' as said, w.* from private.webhook_events as w
where w.connection_id in (pg_temp.id('first'), pg_temp.id('second'));
grant select on pg_temp.stored to service_role;

set local role service_role;

-- Asked before a body is read.
create function pg_temp.asked(connection text, secret text, provider text default 'instantly') returns jsonb language sql as $$
  select jsonb_build_object(
    'provider', provider, 'connection_id', pg_temp.id(connection), 'secret_digest', encode(sha256(secret::bytea), 'hex')
  )
$$;
select is(
  worker.check_webhook_secrets(jsonb_build_array(
    pg_temp.asked('first', 'right'), pg_temp.asked('first', 'wrong'), pg_temp.asked('first', 'rotated out'),
    pg_temp.asked('first', 'expired'), pg_temp.asked('first', 'second'), pg_temp.asked('second', 'second'),
    pg_temp.asked('nobody', 'right'), pg_temp.asked('first', 'right', 'smartlead')
  )),
  '[true, false, true, false, false, true, false, false]', 'each secret is judged for its connection and provider, in order'
);
select is(worker.check_webhook_secrets('[]'), '[]', 'nothing asked, nothing answered');
select is(
  worker.check_webhook_secrets(jsonb_build_array(pg_temp.asked('first', null))), '[false]',
  'a connection without a secret that travels in bodies has none there'
);
update private.webhook_secrets set origin = 'body' where connection_id = pg_temp.id('second');
select is(
  worker.check_webhook_secrets(jsonb_build_array(pg_temp.asked('second', null), pg_temp.asked('second', 'second'))),
  '[true, true]', 'one that was saved counts'
);
update private.webhook_secrets set origin = 'ours' where connection_id = pg_temp.id('second');
select ok(
  not has_function_privilege('anon', 'worker.check_webhook_secrets(jsonb)', 'execute')
    and not has_function_privilege('authenticated', 'worker.check_webhook_secrets(jsonb)', 'execute'),
  'no other role may ask whether a secret is right'
);

-- The first time it is stored.
select is(
  worker.ingest_webhook_events(jsonb_build_array(pg_temp.delivery('first', 'right', pg_temp.event('a')))),
  jsonb_build_array(pg_temp.answer(true, 1, 1, 0)), 'a delivery with the right secret is stored'
);
select results_eq(
  $$ select status::text, event, payload, provider_campaign_id, delivery_count, attempts::integer from pg_temp.stored where said = 'a' $$,
  $$ values ('pending', '{"type": "email_sent"}'::jsonb, '{"said": "a"}'::jsonb, 'pc-1', 1, 0) $$,
  'it waits with its reading, its payload as it came, and its campaign'
);
select ok((select next_attempt_at <= now() and processed_at is null from pg_temp.stored where said = 'a'), 'it is due at once');

-- The second time it is only counted.
select is(
  worker.ingest_webhook_events(jsonb_build_array(pg_temp.delivery('first', 'right', pg_temp.event('a', '{"type": "email_opened"}')))),
  jsonb_build_array(pg_temp.answer(true, 1, 0, 1)), 'the same fact again is a duplicate'
);
select is((select count(*) from pg_temp.stored where said = 'a'), 1::bigint, 'and not a second row');
select is((select delivery_count from pg_temp.stored where said = 'a'), 2, 'but one more delivery of the first');
select is((select event ->> 'type' from pg_temp.stored where said = 'a'), 'email_sent', 'what was stored first stays as it was');

-- Repeats inside of one body, and a new fact beside them.
select is(
  worker.ingest_webhook_events(jsonb_build_array(
    pg_temp.delivery('first', 'right', pg_temp.event('b'), pg_temp.event('a'), pg_temp.event('b'), pg_temp.event('c'))
  )),
  jsonb_build_array(pg_temp.answer(true, 4, 2, 2)), 'a body with old, repeated and new facts is counted fact by fact'
);
select is((select delivery_count from pg_temp.stored where said = 'b'), 2, 'a repeat inside of one body counts as a delivery');
select is((select delivery_count from pg_temp.stored where said = 'a'), 3, 'so does a repeat of an older one');

-- The same fact in two bodies of one call: the first one stores it.
select is(
  worker.ingest_webhook_events(jsonb_build_array(
    pg_temp.delivery('first', 'right', pg_temp.event('d')), pg_temp.delivery('first', 'right', pg_temp.event('d'), pg_temp.event('e'))
  )),
  jsonb_build_array(pg_temp.answer(true, 1, 1, 0), pg_temp.answer(true, 2, 1, 1)), 'two bodies in one call are answered each for itself'
);

-- The same key at two connections is two facts.
select is(
  worker.ingest_webhook_events(jsonb_build_array(pg_temp.delivery('second', 'second', pg_temp.event('a')))),
  jsonb_build_array(pg_temp.answer(true, 1, 1, 0)), 'the same key at another connection is another fact'
);

-- A wrong secret cannot store anything, and does not say whether the connection exists.
select is(
  worker.ingest_webhook_events(jsonb_build_array(pg_temp.delivery('first', 'wrong', pg_temp.event('f')))),
  jsonb_build_array(pg_temp.answer(false, 0, 0, 0)), 'a wrong secret is refused'
);
select is(
  worker.ingest_webhook_events(jsonb_build_array(pg_temp.delivery('nobody', 'right', pg_temp.event('f')))),
  jsonb_build_array(pg_temp.answer(false, 0, 0, 0)), 'an unknown connection is refused with the same answer'
);
select is(
  worker.ingest_webhook_events(jsonb_build_array(pg_temp.delivery('first', 'second', pg_temp.event('f')))),
  jsonb_build_array(pg_temp.answer(false, 0, 0, 0)), 'the secret of another connection is refused'
);
select is(
  worker.ingest_webhook_events(jsonb_build_array(pg_temp.delivery('first', 'right', pg_temp.event('f')) - 'secret_digest')),
  jsonb_build_array(pg_temp.answer(false, 0, 0, 0)), 'no secret is refused'
);
select is_empty($$ select * from pg_temp.stored where said = 'f' $$, 'nothing of a refused delivery is stored');

-- A wrong secret cannot raise the counter of a stored fact either.
select is(
  worker.ingest_webhook_events(jsonb_build_array(pg_temp.delivery('first', 'wrong', pg_temp.event('a')))),
  jsonb_build_array(pg_temp.answer(false, 0, 0, 0)), 'a repeat with a wrong secret is refused'
);
select is((select delivery_count from pg_temp.stored where said = 'a' and connection_id = pg_temp.id('first')), 3, 'and not counted');

-- Two secrets hold at once while one is rotated out.
select is(
  worker.ingest_webhook_events(jsonb_build_array(pg_temp.delivery('first', 'rotated out', pg_temp.event('g')))),
  jsonb_build_array(pg_temp.answer(true, 1, 1, 0)), 'the old secret is accepted until it expires'
);
select is(
  worker.ingest_webhook_events(jsonb_build_array(pg_temp.delivery('first', 'expired', pg_temp.event('h')))),
  jsonb_build_array(pg_temp.answer(false, 0, 0, 0)), 'from the moment that it expires it is refused'
);

-- Several connections in one call: each is judged by its own secret, and the answers keep the order.
select is(
  worker.ingest_webhook_events(jsonb_build_array(
    pg_temp.delivery('second', 'second', pg_temp.event('i'), pg_temp.event('j')),
    pg_temp.delivery('first', 'wrong', pg_temp.event('k')),
    pg_temp.delivery('first', 'right', pg_temp.event('i'))
  )),
  jsonb_build_array(pg_temp.answer(true, 2, 2, 0), pg_temp.answer(false, 0, 0, 0), pg_temp.answer(true, 1, 1, 0)),
  'one call can carry several connections, and one wrong secret refuses only its own part'
);
select is((select count(*) from pg_temp.stored where said = 'i'), 2::bigint, 'each connection got its own row');

-- The answer to nothing is nothing.
select is(worker.ingest_webhook_events('[]'), '[]'::jsonb, 'a call without deliveries is answered with an empty list');
select is(
  worker.ingest_webhook_events(jsonb_build_array(pg_temp.delivery('first', 'right', variadic '{}'::jsonb[]))),
  jsonb_build_array(pg_temp.answer(true, 0, 0, 0)), 'an empty body with the right secret is accepted'
);

-- What cannot be read is kept with the reason, for a person to look at.
select is(
  worker.ingest_webhook_events(jsonb_build_array(
    pg_temp.delivery('first', 'right', pg_temp.event('l', null, 'The field event_type is missing'))
  )),
  jsonb_build_array(pg_temp.answer(true, 1, 1, 0)), 'an unreadable delivery is stored all the same'
);
select results_eq(
  $$ select status::text, reason, event, payload from pg_temp.stored where said = 'l' $$,
  $$ values ('dead', 'The field event_type is missing', null::jsonb, '{"said": "l"}'::jsonb) $$,
  'as a dead letter with the reason and the whole payload'
);
reset role;

-- Only the functions get to this door.
select is_empty(
  $$ select role from unnest('{anon,authenticated}'::text[]) as role
     where has_function_privilege(role, 'worker.ingest_webhook_events(jsonb)', 'execute')
       or has_function_privilege(role, 'worker.process_webhook_events(integer, jsonb, uuid[])', 'execute')
       or has_table_privilege(role, 'private.webhook_events', 'select') $$,
  'neither anon nor a signed-in person can store, project or read deliveries'
);

-- The key is unique in the database itself, not only in the function.
select throws_ok(
  format(
    $$ insert into private.webhook_events (connection_id, event_key, payload) values (%L, %L, '{}') $$, pg_temp.id('first'), pg_temp.id('a')
  ),
  '23505', null, 'the database refuses a second row with the same key'
);

-- Deliveries of a connection go with it.
delete from public.provider_connections where id = pg_temp.id('second');
select is_empty(format('select * from private.webhook_events where connection_id = %L', pg_temp.id('second')), 'a deleted connection takes its deliveries along');

-- A call is all or nothing: an element that is no delivery stores none of its neighbours.
select throws_ok(
  format(
    'select worker.ingest_webhook_events(%L)',
    jsonb_build_array(pg_temp.delivery('first', 'right', pg_temp.event('m')), '{"connection_id": "not a uuid"}'::jsonb)
  ),
  '22P02', null, 'an element that is no delivery fails the call'
);
select is_empty($$ select * from pg_temp.stored where said = 'm' $$, 'and then nothing of that call is stored');
select throws_ok(
  format('select worker.ingest_webhook_events(%L)', jsonb_build_array(pg_temp.delivery('first', 'right', pg_temp.event('n') - 'payload'))),
  '23514', null, 'an event without its payload cannot be stored'
);

select * from finish();
rollback;
