-- Who was erased, without saying who: a salted hash per scope, against which every address that comes back is held.

-- The key of the hashes. It is kept in the Vault, whose own key is outside the database: with a copy of the tables alone no
-- addresses can be tried. Made with the first erasure; until then nothing asks for it.
create function private.erasure_salt()
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (select s.decrypted_secret from vault.decrypted_secrets as s where s.name = 'erasure_salt');
end
$$;

comment on function private.erasure_salt() is 'The secret "erasure_salt" of the Vault; null before the first erasure.';

grant execute on function private.erasure_salt() to service_role;

create function private.make_erasure_salt()
returns text
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- Two first erasures at once must not make two salts.
  perform pg_advisory_xact_lock(hashtextextended('replyloop erasure salt', 0));

  if private.erasure_salt() is null then
    -- Hashes of a salt that was lost protect no one and would only hide that.
    if exists (select from private.erasures as e where e.salt = 'erasure_salt') then
      raise exception using errcode = 'PT409', message = 'VALIDATION_FAILED',
        detail = 'The Vault secret "erasure_salt" is missing, so people who were erased are not recognised; restore it, then try again';
    end if;

    perform vault.create_secret(
      replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'erasure_salt',
      'Salt of the hashes of erased addresses. Without it they are not recognised when they come back.'
    );
  end if;

  return private.erasure_salt();
end
$$;

comment on function private.make_erasure_salt() is 'The salt of erased addresses, made if there is none.';

grant execute on function private.make_erasure_salt() to service_role;

-- A client that came from another project has people who were erased there, and no one knows their addresses any more: those hashes keep
-- the salt of that project, beside ours in the Vault.
create function private.erasure_salts()
returns text[]
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return array(
    select s.decrypted_secret
    from vault.decrypted_secrets as s
    where starts_with(s.name, 'erasure_salt')
  );
end
$$;

comment on function private.erasure_salts() is
  'The secret "erasure_salt" of the Vault, and "erasure_salt of <project>" of each project from which a client came with erased people.';

grant execute on function private.erasure_salts() to service_role;

-- The scope is part of what is hashed: two erasures of one person for two clients do not show that they are of one. Nested, as
-- an HMAC is.
create function private.address_digest(salt text, scope uuid, email text)
returns bytea
language sql
stable
set search_path = ''
as $$
  select sha256(convert_to(salt, 'UTF8') || sha256(convert_to(salt || coalesce(scope::text, '*') || ' ' || email, 'UTF8')))
$$;

comment on function private.address_digest(text, uuid, text) is
  'Salted SHA-256 of an address in its stored form, for one client or (scope null) for all.';

grant execute on function private.address_digest(text, uuid, text) to service_role;

-- All hashes under which an address may be kept. An array, so that each is looked up in the index.
create function private.erasure_digests(salts text[], scope uuid, email text)
returns bytea[]
language sql
stable
set search_path = ''
as $$
  select array_agg(d.digest)
  from unnest(salts) as s (salt)
  cross join lateral (
    values (private.address_digest(s.salt, null, email)), (private.address_digest(s.salt, scope, email))
  ) as d (digest)
$$;

comment on function private.erasure_digests(text[], uuid, text) is
  'The hashes of an address with each of these salts, for one client and for all.';

grant execute on function private.erasure_digests(text[], uuid, text) to service_role;

create table private.erasures (
  id uuid primary key,
  digest bytea not null check (length(digest) = 32),
  client_id uuid references public.clients (id) on delete cascade,
  requested_by uuid,
  requested_at timestamptz not null default now(),
  is_blocked boolean not null default false,
  status text check (status in ('completed', 'partial', 'failed')),
  finished_at timestamptz,
  report jsonb not null default '{}',
  salt text not null default 'erasure_salt'
);

comment on table private.erasures is
  'Erasures of people, under the id of their job: for one client or (client_id null) for all, by whom, and what was done per table. Of the person only a salted hash stays.';
comment on column private.erasures.status is 'How it ended; null while the job is under way.';
comment on column private.erasures.report is
  '{ tables: { name: { removed?, anonymised? } }, providers: [{ name, removed, blocked, error? }], crm_contacts }.';

comment on column private.erasures.salt is
  'The Vault secret with which the address was hashed: erasure_salt, or that of the project from which the client came. Such a row concerns its client only, also if it was for all clients there.';

create index erasures_digest_idx on private.erasures (digest);
create index erasures_client_id_idx on private.erasures (client_id);

alter table private.erasures enable row level security;

-- What operator_erasures shows; never the hash.
grant select (id, client_id, requested_by, requested_at, is_blocked, status, finished_at, report) on private.erasures to authenticated;
grant select, insert, update, delete on private.erasures to service_role;

create policy "Operators see erasures"
on private.erasures for select to authenticated
using ((select private.is_operator()));

-- Which of these addresses belong to people who were erased for a client, or for all. One look at an empty table while no one was.
create function private.erased_among(of_client_id uuid, addresses text[])
returns setof text
language plpgsql
stable
rows 1
set search_path = ''
as $$
declare
  salts text[];
begin
  if not exists (select from private.erasures) then
    return;
  end if;

  salts := private.erasure_salts();

  return query
  select a.email
  from unnest(addresses) as a (email)
  where exists (
    select
    from private.erasures as e
    where e.digest = any (private.erasure_digests(salts, of_client_id, a.email))
      and (e.client_id is null or e.client_id = of_client_id)
  );
end
$$;

comment on function private.erased_among(uuid, text[]) is
  'The addresses, of those given, of people who were erased for this client or for all clients.';

grant execute on function private.erased_among(uuid, text[]) to service_role;

-- A page of leads of the provider without those who were erased.
create function private.without_erased(of_client_id uuid, leads jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  gone text[] := array(
    select private.erased_among(of_client_id, array(select n.value ->> 'email' from jsonb_array_elements(leads) as n (value)))
  );
begin
  if gone = '{}' then
    return leads;
  end if;

  return (
    select coalesce(jsonb_agg(n.value order by n.position), '[]')
    from jsonb_array_elements(leads) with ordinality as n (value, position)
    where coalesce(n.value ->> 'email', '') <> all (gone)
  );
end
$$;

comment on function private.without_erased(uuid, jsonb) is 'Leads of a provider without people who were erased for this client or for all.';

grant execute on function private.without_erased(uuid, jsonb) to service_role;

-- An address in a text, but not as a part of a longer one (o'brien@… is not brien@…, and 'brien@…' is). In JSON a line break is \n, in a link @ may be %40.
create function private.address_pattern(address text)
returns text
language sql
immutable
set search_path = ''
as $$
  select '(?:(?<![a-z0-9._%+-])(?<![a-z0-9]'')|(?<=\\[nrtbf])|(?<=%[0-9a-f][0-9a-f]))'
    || replace(regexp_replace(address, '([.^$*+?()\[\]{}|\\/-])', '\\\1', 'g'), '@', '(?:@|%40)')
    || '(?![a-z0-9-]|\.[a-z0-9])'
$$;

comment on function private.address_pattern(text) is 'Regular expression that finds an address in a text, and in none that is longer.';

grant execute on function private.address_pattern(text) to service_role;

-- What takes the place of an address: one for all leads of a person within a client, so that people are still counted apart.
create function private.pseudonym(erasure_id uuid, of_client_id uuid)
returns text
language sql
immutable
set search_path = ''
as $$
  select 'erased-' || md5(erasure_id::text || coalesce(of_client_id::text, ''))::uuid || '@erased.invalid'
$$;

comment on function private.pseudonym(uuid, uuid) is 'The address that an erased person has afterwards, within one client; it says nothing of the real one.';

grant execute on function private.pseudonym(uuid, uuid) to service_role;

-- Every address in a payload, in its stored form.
create function private.addresses_in(payload jsonb)
returns setof text
language sql
immutable
set search_path = ''
as $$
  select distinct a.email
  from regexp_matches(payload::text, '[^\s"<>,;:()\\]{1,100}(?:@|%40)[^\s"<>,;:()\\]{1,200}', 'g') as m (found)
  cross join lateral (select private.normalize_email(replace(m.found[1], '%40', '@')) as email) as a
  where a.email is not null
$$;

comment on function private.addresses_in(jsonb) is 'The addresses in a payload, each once, in their stored form.';

grant execute on function private.addresses_in(jsonb) to service_role;

-- Mails of others that name an erased person, as the provider's inbox shows them again: with the pseudonym in the place of the
-- address, as the erasure left them.
create function private.mask_erased(target_connection_id uuid, mails jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  salts text[];
  named record;
begin
  if not exists (select from private.erasures) then
    return mails;
  end if;

  salts := private.erasure_salts();

  for named in
    select distinct on (m.position, a.email) m.position - 1 as index, a.email, e.id
    from jsonb_array_elements(mails) with ordinality as m (value, position)
    join public.provider_connections as c on c.id = target_connection_id
    left join private.provider_campaigns as p
      on p.connection_id = c.id and p.provider_campaign_id = m.value ->> 'provider_campaign_id'
    left join public.campaigns as k on k.id = p.campaign_id
    cross join lateral private.addresses_in(m.value -> 'payload') as a (email)
    join private.erasures as e
      on e.digest = any (private.erasure_digests(salts, coalesce(k.client_id, c.client_id), a.email))
      and (e.client_id is null or e.client_id = coalesce(k.client_id, c.client_id))
    order by m.position, a.email, e.requested_at
  loop
    mails := jsonb_set(
      mails, array[named.index::text, 'payload'],
      regexp_replace(
        (mails -> named.index::integer -> 'payload')::text, private.address_pattern(named.email), private.pseudonym(named.id, null), 'gi'
      )::jsonb
    );
  end loop;

  return mails;
end
$$;

comment on function private.mask_erased(uuid, jsonb) is
  'Mails of a provider''s inbox, [{ provider_campaign_id, payload, … }], with a pseudonym in the place of each erased address in their payloads.';

grant execute on function private.mask_erased(uuid, jsonb) to service_role;
