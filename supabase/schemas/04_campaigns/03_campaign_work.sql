-- Moving a campaign to another client and deleting one concern every row that hangs on it, a million or more. A statement through the Data
-- API has seconds, so both are done in steps, each a transaction of its own: what is left is here, and a cron job continues.

create table private.campaign_work (
  campaign_id uuid primary key references public.campaigns (id) on delete cascade,
  -- Null = the campaign is deleted.
  to_client_id uuid references public.clients (id) on delete cascade,
  from_client_id uuid not null references public.clients (id) on delete cascade,
  requested_by uuid,
  requested_at timestamptz not null default clock_timestamp(),
  next_step_at timestamptz not null default clock_timestamp(),
  reached text,
  is_one_pass boolean not null default true,
  done jsonb not null default '{}',
  suppressions integer not null default 0,
  last_error text
);

comment on table private.campaign_work is
  'Campaigns that are being moved to another client (to_client_id) or deleted (null). The campaign itself belongs to the new client from the start.';
comment on column private.campaign_work.reached is 'The table that a move has come to, in the order of private.list_campaign_tables().';
comment on column private.campaign_work.is_one_pass is
  'False = rows may have come into tables that this pass has left behind, so another pass follows.';
comment on column private.campaign_work.last_error is 'Why the last step failed; it is repeated a minute later.';
comment on column private.campaign_work.done is 'Rows that were moved, by table.';

create index campaign_work_to_client_id_idx on private.campaign_work (to_client_id);
create index campaign_work_from_client_id_idx on private.campaign_work (from_client_id);

alter table private.campaign_work enable row level security;

grant select, insert, update, delete on private.campaign_work to service_role;

create policy "Only the database's own work reads what is left of it"
on private.campaign_work for all to service_role using (true) with check (true);

create function private.require_idle_campaign(target_campaign_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  work private.campaign_work;
begin
  select w.* into work from private.campaign_work as w where w.campaign_id = target_campaign_id;

  if found then
    raise exception using errcode = 'PT409', message = 'VALIDATION_FAILED',
      detail = case
        when work.to_client_id is null then 'This campaign is being deleted, which takes some minutes'
        else 'This campaign is being moved to another client; wait some minutes until that has ended'
      end;
  end if;
end
$$;

comment on function private.require_idle_campaign(uuid) is 'Raises VALIDATION_FAILED while a campaign is being moved or deleted.';

grant execute on function private.require_idle_campaign(uuid) to service_role;

-- While rows of a campaign are on their way, neither of its clients can be deleted or move to another project.
create function private.require_idle_client(target_client_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if exists (select from private.campaign_work as w where target_client_id in (w.from_client_id, w.to_client_id)) then
    raise exception using errcode = 'PT409', message = 'VALIDATION_FAILED',
      detail = 'A campaign of this client is being moved to another one or deleted; do this when that has ended, in some minutes';
  end if;
end
$$;

comment on function private.require_idle_client(uuid) is 'Raises VALIDATION_FAILED while a campaign is being moved from or to this client, or deleted.';

grant execute on function private.require_idle_client(uuid) to service_role;
