-- How mails leave: a sender address and the key of a Resend-compatible HTTP API, which only the functions can decrypt.

-- One row, or none: then no mail is written.
create table private.mail_settings (
  is_only boolean primary key default true constraint mail_settings_is_one_row check (is_only),
  sender_address text not null check (sender_address ~ '^[^\s@<>]+@[^\s@<>]+$' and length(sender_address) <= 320),
  base_url text not null check (base_url ~ '^https?://' and length(base_url) <= 500),
  encrypted_key text not null,
  master_key_id text not null,
  key_last4 text not null,
  dashboard_url text not null check (dashboard_url ~ '^https?://' and length(dashboard_url) <= 500),
  updated_at timestamptz not null default now()
);

comment on table private.mail_settings is
  'Sender, API and encrypted key for notifications by email; no row = they are not set up. dashboard_url is where links in mails lead.';

create trigger set_updated_at before update on private.mail_settings
for each row execute function private.set_updated_at();

alter table private.mail_settings enable row level security;

grant select, insert, update, delete on private.mail_settings to service_role;

create policy "Only the functions read the mail settings"
on private.mail_settings for all to service_role using (true) with check (true);

-- What operators see of it.
create function worker.read_mail_settings()
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'sender_address', m.sender_address, 'base_url', m.base_url, 'key_last4', m.key_last4, 'dashboard_url', m.dashboard_url,
    'encrypted_key', m.encrypted_key, 'master_key_id', m.master_key_id
  )
  from private.mail_settings as m
$$;

comment on function worker.read_mail_settings() is 'The mail settings with the encrypted key; null = not set up. Service role only.';

grant execute on function worker.read_mail_settings() to service_role;

-- saved: { sender_address, base_url, dashboard_url, encrypted_key?, master_key_id?, key_last4? }; without a key the saved one stays.
create function worker.save_mail_settings(saved jsonb, actor uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if not saved ? 'encrypted_key' and not exists (select from private.mail_settings) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'Enter the API key too';
  end if;

  if saved ? 'encrypted_key' then
    insert into private.mail_settings as m (sender_address, base_url, dashboard_url, encrypted_key, master_key_id, key_last4)
    values (
      saved ->> 'sender_address', saved ->> 'base_url', saved ->> 'dashboard_url', saved ->> 'encrypted_key', saved ->> 'master_key_id',
      saved ->> 'key_last4'
    )
    on conflict (is_only) do update set
      sender_address = excluded.sender_address, base_url = excluded.base_url, dashboard_url = excluded.dashboard_url,
      encrypted_key = excluded.encrypted_key, master_key_id = excluded.master_key_id, key_last4 = excluded.key_last4;
  else
    update private.mail_settings as m
    set
      sender_address = saved ->> 'sender_address', base_url = saved ->> 'base_url', dashboard_url = saved ->> 'dashboard_url'
    where m.is_only;
  end if;

  perform private.write_audit(
    'mail_settings_saved', 'agency', null, null,
    jsonb_build_object('sender_address', saved ->> 'sender_address', 'new_key', saved ? 'encrypted_key'), actor
  );
end
$$;

comment on function worker.save_mail_settings(jsonb, uuid) is 'Saves sender, API and key of notifications by email. Service role only.';

grant execute on function worker.save_mail_settings(jsonb, uuid) to service_role;
