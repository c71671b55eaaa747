-- Stand-in for supabase_vault 0.3: the same table, view and functions. The platform keeps its root key outside the database;
-- here it is in `vault.root_key`, which only a superuser can read.

create schema if not exists vault;

create table if not exists vault.root_key (
  only_one boolean primary key default true check (only_one),
  key bytea not null default extensions.gen_random_bytes(32)
);
insert into vault.root_key default values on conflict do nothing;

create table if not exists vault.secrets (
  id uuid primary key default gen_random_uuid(),
  name text,
  description text not null default '',
  secret text not null,
  key_id uuid,
  nonce bytea default extensions.gen_random_bytes(16),
  created_at timestamptz not null default current_timestamp,
  updated_at timestamptz not null default current_timestamp
);
comment on table vault.secrets is 'Table with encrypted `secret` column for storing sensitive information on disk.';
create unique index if not exists secrets_name_idx on vault.secrets (name) where name is not null;

create or replace function vault._crypto_aead_det_encrypt(
  message bytea, additional bytea, key_id bigint, context bytea default 'pgsodium', nonce bytea default null
)
returns bytea
language sql
stable
security definer
set search_path = ''
as $$
  select extensions.encrypt_iv(message, root_key.key, nonce, 'aes') from vault.root_key
$$;

create or replace function vault._crypto_aead_det_decrypt(
  message bytea, additional bytea, key_id bigint, context bytea default 'pgsodium', nonce bytea default null
)
returns bytea
language sql
stable
security definer
set search_path = ''
as $$
  select extensions.decrypt_iv(message, root_key.key, nonce, 'aes') from vault.root_key
$$;

create or replace view vault.decrypted_secrets as
select
  secrets.id,
  secrets.name,
  secrets.description,
  secrets.secret,
  convert_from(
    vault._crypto_aead_det_decrypt(
      message => decode(secrets.secret, 'base64'),
      additional => convert_to(secrets.id::text, 'utf8'),
      key_id => 0,
      nonce => secrets.nonce
    ),
    'utf8'
  ) as decrypted_secret,
  secrets.key_id,
  secrets.nonce,
  secrets.created_at,
  secrets.updated_at
from vault.secrets as secrets;

create or replace function vault.create_secret(
  new_secret text, new_name text default null, new_description text default '', new_key_id uuid default null
)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  new_id uuid := gen_random_uuid();
  new_nonce bytea := extensions.gen_random_bytes(16);
begin
  insert into vault.secrets (id, name, description, nonce, secret)
  values (
    new_id,
    new_name,
    new_description,
    new_nonce,
    encode(
      vault._crypto_aead_det_encrypt(
        message => convert_to(new_secret, 'utf8'),
        additional => convert_to(new_id::text, 'utf8'),
        key_id => 0,
        nonce => new_nonce
      ),
      'base64'
    )
  );
  return new_id;
end;
$$;

create or replace function vault.update_secret(
  secret_id uuid,
  new_secret text default null,
  new_name text default null,
  new_description text default null,
  new_key_id uuid default null
)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  update vault.secrets as stored
  set
    secret = case
      when new_secret is null then stored.secret
      else encode(
        vault._crypto_aead_det_encrypt(
          message => convert_to(new_secret, 'utf8'),
          additional => convert_to(stored.id::text, 'utf8'),
          key_id => 0,
          nonce => stored.nonce
        ),
        'base64'
      )
    end,
    name = coalesce(new_name, stored.name),
    description = coalesce(new_description, stored.description),
    updated_at = now()
  where stored.id = secret_id;
end;
$$;

revoke all on all functions in schema vault from public;
revoke all on all tables in schema vault from public;
grant usage on schema vault to postgres with grant option;
grant select, delete, truncate, references on vault.secrets, vault.decrypted_secrets to postgres with grant option;
grant execute on function
  vault.create_secret, vault.update_secret, vault._crypto_aead_det_decrypt
to postgres with grant option;
grant usage on schema vault to service_role;
grant select, delete on vault.secrets, vault.decrypted_secrets to service_role;
grant execute on function
  vault.create_secret, vault.update_secret, vault._crypto_aead_det_decrypt
to service_role;
