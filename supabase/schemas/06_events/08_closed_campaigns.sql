-- Campaigns whose books are closed: they ended long ago, and the events of their leads that never answered are in the archive.

create table private.closed_campaigns (
  campaign_id uuid primary key references public.campaigns (id) on delete cascade,
  client_id uuid not null references public.clients (id) on delete cascade,
  closed_at timestamptz not null default now(),
  archived_at timestamptz
);

comment on table private.closed_campaigns is
  'Campaigns that ended before a month that was archived. Mails, opens and clicks that are reported of one later are held, because without the events it is unknown whether they count; replies and everything else count as ever.';
comment on column private.closed_campaigns.archived_at is 'When its events were in the archive and gone from here; null = not yet.';

create index closed_campaigns_client_id_idx on private.closed_campaigns (client_id);
create index closed_campaigns_open_idx on private.closed_campaigns (campaign_id) where archived_at is null;

alter table private.closed_campaigns enable row level security;

grant select on private.closed_campaigns to authenticated;
grant select, insert, update, delete on private.closed_campaigns to service_role;

create policy "Clients see which of theirs are closed, operators see all"
on private.closed_campaigns for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));
