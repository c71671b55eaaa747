-- Moves of a client from one project to another (npm run move-client): what keeps it from being at work in both.

create table private.client_moves (
  client_id uuid primary key references public.clients (id) on delete cascade,
  state text not null check (state in ('closed', 'moved', 'arriving', 'arrived')),
  other_project text not null,
  was jsonb not null default '{}',
  copied jsonb not null default '{}',
  started_at timestamptz not null default now(),
  changed_at timestamptz not null default now()
);

comment on table private.client_moves is
  'Clients that leave for another project or came from one. Leaving: closed (nothing works while it is copied), moved (it is at work there). Arriving: arriving (copied, not opened yet), arrived.';
comment on column private.client_moves.other_project is 'Address of the project that it goes to or comes from.';
comment on column private.client_moves.was is
  'What was on before it was closed: { enabled, archived_at, connections: { id: status }, endpoints and crm: { id: hold_until } }. It is set again where the client is opened.';
comment on column private.client_moves.copied is
  'What was copied: the snapshot, rows and digests of each table, how ids were shifted, and the accounts that were made.';

alter table private.client_moves enable row level security;

grant select, insert, update, delete on private.client_moves to service_role;

create policy "Only the functions read moves"
on private.client_moves for all to service_role using (true) with check (true);

-- Asked before a client is opened or its connections resume: what is closed by a move is opened by the move only.
create function private.require_not_moving(target_client_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  move private.client_moves;
begin
  select m.* into move
  from private.client_moves as m
  where m.client_id = target_client_id and m.state in ('closed', 'moved', 'arriving');

  if found then
    raise exception using errcode = 'PT409', message = 'VALIDATION_FAILED',
      detail = case move.state
        when 'closed' then format('This client is being moved to %s; finish or cancel the move with npm run move-client', move.other_project)
        when 'moved' then format('This client has moved to %s and is at work there; here it stays closed until it is removed', move.other_project)
        else format('This client is arriving from %s; it opens when the move is complete', move.other_project)
      end;
  end if;
end
$$;

comment on function private.require_not_moving(uuid) is
  'Raises VALIDATION_FAILED (409) while a client is being moved to another project, or after it has.';

grant execute on function private.require_not_moving(uuid) to service_role;
