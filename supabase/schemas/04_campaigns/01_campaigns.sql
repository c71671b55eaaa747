-- Campaigns, as clients know them.

create type public.generation_status as enum ('pending', 'running', 'completed', 'failed');

create type public.provider_campaign_status as enum (
  'draft', 'active', 'paused', 'completed', 'running_subsequences',
  'accounts_unhealthy', 'bounce_protect', 'account_suspended',
  -- Our own words for a campaign that the provider's list no longer has, and for one that belongs to another organisation now.
  'deleted', 'moved'
);

-- A campaign of one client, made here from businesses or found in the client's workspace at the provider.
create table public.campaigns (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references public.clients (id) on delete cascade,
  connection_id uuid references public.provider_connections (id) on delete set null,
  provider public.provider,
  name text not null check (length(btrim(name)) > 0),
  generation_status public.generation_status not null default 'pending',
  provider_status public.provider_campaign_status,
  provider_status_at timestamptz,
  time_zone text not null default 'UTC',
  sending_days smallint[] not null default '{1,2,3,4,5}' check (sending_days <@ '{0,1,2,3,4,5,6}' and cardinality(sending_days) > 0),
  sending_from time not null default '09:00',
  sending_to time not null default '17:00',
  daily_limit integer check (daily_limit > 0),
  sending_accounts text[] not null default '{}',
  sequence jsonb,
  unsubscribe_header boolean not null default true,
  unsubscribe_text text check (length(unsubscribe_text) <= 200),
  footer text check (length(footer) <= 1000),
  start_on date,
  end_on date,
  holiday_countries text[] not null default '{}' check (holiday_countries <@ '{NL,DE,BE,UK,US}'),
  sending_account_tags text[] not null default '{}',
  stop_on_reply boolean not null default true,
  stop_for_company boolean not null default false,
  track_opens boolean not null default true,
  track_clicks boolean not null default true,
  plain_text boolean not null default false,
  synced_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint campaigns_sending_window check (sending_from < sending_to),
  constraint campaigns_start_before_end check (start_on <= end_on)
);

comment on table public.campaigns is
  'A campaign of one client. generation_status = are its leads found, enriched and verified; provider_status = what the provider does with it (null = not exported yet).';
comment on column public.campaigns.provider is
  'The provider of its connection, kept by a trigger; stays when the connection is removed, because the numbers stay too. null = it never had one.';
comment on column public.campaigns.sequence is
  'Steps to create at the provider: [{ "delay_days": 0, "subject": "…", "body": "…" }]; null = the default sequence with {{subject_line}} and {{icebreaker}}.';
comment on column public.campaigns.unsubscribe_header is
  'Whether people can unsubscribe with one click: the header by which mail programs show "Unsubscribe" (Instantly), or a link under the mail (Smartlead).';
comment on column public.campaigns.unsubscribe_text is 'The text of the unsubscribe link, where the provider has a link (Smartlead); null = "Unsubscribe".';
comment on column public.campaigns.footer is 'Added to the end of every mail at the export: who writes, and a postal address, which the law of many countries wants.';
comment on column public.campaigns.start_on is 'First day on which mail goes out, in the campaign''s time zone; null = as soon as it is started.';
comment on column public.campaigns.end_on is 'Last day on which mail goes out; null = until all is sent.';
comment on column public.campaigns.holiday_countries is
  'Countries on whose public holidays nothing is sent: NL, DE, BE, UK, US. The providers know no holidays: the campaign is paused for the day and resumed after it.';
comment on column public.campaigns.sending_account_tags is 'Labels of mailboxes at the provider (Instantly): every mailbox with one of them sends, besides sending_accounts.';
comment on column public.campaigns.stop_for_company is 'Whether a reply stops the mails to everybody with the same mail domain.';
comment on column public.campaigns.track_opens is 'Whether mails carry a picture that counts opens. Switched off, opens are 0 and mean nothing.';
comment on column public.campaigns.sending_days is 'Weekdays on which mail goes out, 0 = Sunday.';
comment on column public.campaigns.synced_at is 'When the last sync finished this campaign without an error.';

create index campaigns_client_id_idx on public.campaigns (client_id);
create index campaigns_connection_id_idx on public.campaigns (connection_id);

create trigger set_updated_at before update on public.campaigns
for each row execute function private.set_updated_at();

alter table public.campaigns enable row level security;

grant select on public.campaigns to authenticated;
grant select, insert, update, delete on public.campaigns to service_role;

create policy "Clients see their campaigns, operators see all"
on public.campaigns for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- Takes the provider from the connection whenever that is set. It is kept on the campaign itself, because a client cannot
-- read a connection that many clients share.
create function private.set_campaign_provider()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.provider = coalesce((select c.provider from public.provider_connections as c where c.id = new.connection_id), old.provider);
  return new;
end
$$;

comment on function private.set_campaign_provider() is 'Keeps campaigns.provider at the provider of the connection.';

create trigger set_provider before insert or update of connection_id, provider on public.campaigns
for each row execute function private.set_campaign_provider();
