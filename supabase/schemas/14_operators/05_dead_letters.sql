-- Dead letters: deliveries that could not be projected after five tries, or were unreadable.

-- Those that an operator checked and does not want to see again. They stay stored, and dead in the ledger.
create table private.dismissed_dead_letters (
  event_id bigint primary key references private.webhook_events (id) on delete cascade,
  dismissed_at timestamptz not null default now(),
  dismissed_by uuid,
  reason text not null check (btrim(reason) <> '' and length(reason) <= 500)
);

comment on table private.dismissed_dead_letters is
  'Dead letters that an operator dismissed, with the reason: they no longer count as a problem. A replay or a restore ends it.';

alter table private.dismissed_dead_letters enable row level security;

grant select, insert, update, delete on private.dismissed_dead_letters to service_role;

create policy "Only the functions dismiss dead letters"
on private.dismissed_dead_letters for all to service_role using (true) with check (true);

-- Definer, because type and campaign are inside the delivery, which no user may read; nothing of a lead comes out.
create function private.list_dead_letters()
returns table (
  id bigint, client_id uuid, connection_id uuid, connection_name text, campaign_id uuid, type text, reason text,
  replayable boolean, attempts smallint, received_at timestamptz, dismissed_at timestamptz, dismissed_by_name text,
  dismissed_reason text
)
language sql
stable
security definer
set search_path = ''
as $$
  select
    w.id, coalesce(k.client_id, c.client_id), c.id, c.name, k.id, w.event ->> 'type', w.reason,
    w.event is not null, w.attempts, w.received_at, d.dismissed_at, private.person_name(d.dismissed_by), d.reason
  from private.webhook_events as w
  join public.provider_connections as c on c.id = w.connection_id
  left join private.provider_campaigns as p
    on p.connection_id = w.connection_id and p.provider_campaign_id = w.provider_campaign_id
  left join public.campaigns as k on k.id = p.campaign_id
  left join private.dismissed_dead_letters as d on d.event_id = w.id
  where w.status = 'dead' and (select private.may_operate())
$$;

comment on function private.list_dead_letters() is
  'Dead letters without payload, lead and provider''s ids. No rows unless private.may_operate().';

grant execute on function private.list_dead_letters() to authenticated, service_role;

-- One row per dead letter.
create view public.dead_letters
with (security_invoker = true)
as
select
  d.id, d.client_id, d.connection_id, d.connection_name, d.campaign_id, d.type, d.reason, d.replayable, d.attempts, d.received_at,
  d.dismissed_at, d.dismissed_by_name, d.dismissed_reason
from private.list_dead_letters() as d;

comment on view public.dead_letters is
  'Deliveries that could not be projected, with the reason. replayable = false: it could not be read, so there is nothing to project. dismissed_at = an operator does not want to see it again. Operators only; replay with replay_dead_letters, dismiss with dismiss_dead_letters.';

grant select on public.dead_letters to authenticated, service_role;

-- The dead letters that meet all given criteria; dismissed ones only if their ids are given, or if they are asked for.
create function private.find_dead_letters(
  ids bigint[], target_connection_id uuid, reason_like text, received_from timestamptz, received_to timestamptz, dismissed boolean
)
returns table (id bigint, replayable boolean)
language plpgsql
stable
set search_path = ''
as $$
begin
  if ids is null and target_connection_id is null and reason_like is null and received_from is null and received_to is null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Say which dead letters: ids, target_connection_id, reason_like, received_from or received_to';
  end if;

  return query
  select w.id, w.event is not null
  from private.webhook_events as w
  left join private.dismissed_dead_letters as d on d.event_id = w.id
  where w.status = 'dead'
    and (ids is null or w.id = any (ids))
    and (target_connection_id is null or w.connection_id = target_connection_id)
    and (reason_like is null or w.reason ilike reason_like)
    and (received_from is null or w.received_at >= received_from)
    and (received_to is null or w.received_at < received_to)
    and case when dismissed is null then ids is not null or d.event_id is null else (d.event_id is not null) = dismissed end;
end
$$;

comment on function private.find_dead_letters(bigint[], uuid, text, timestamptz, timestamptz, boolean) is
  'Dead letters by criteria, at least one. dismissed null = also dismissed ones where ids are given.';

grant execute on function private.find_dead_letters(bigint[], uuid, text, timestamptz, timestamptz, boolean) to service_role;

-- Puts dead letters back to pending; the next sweep projects them. A replayed one is to be seen again, so
-- it is no longer dismissed.
create function private.replay_deliveries(
  ids bigint[], target_connection_id uuid, reason_like text, received_from timestamptz, received_to timestamptz, dry_run boolean
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  matched bigint[];
  replayable bigint[];
  replayed integer := 0;
begin
  perform private.require_operator();

  select coalesce(array_agg(f.id), '{}'), coalesce(array_agg(f.id) filter (where f.replayable), '{}')
  into matched, replayable
  from private.find_dead_letters(ids, target_connection_id, reason_like, received_from, received_to, null) as f;

  if dry_run is false then
    delete from private.dismissed_dead_letters as d where d.event_id = any (replayable);

    update private.webhook_events as w
    set status = 'pending', reason = null, attempts = 0, next_attempt_at = now(), processed_at = null
    where w.id = any (replayable) and w.status = 'dead';

    get diagnostics replayed = row_count;

    perform private.write_audit(
      'dead_letters_replayed', 'connection', target_connection_id::text,
      (select c.client_id from public.provider_connections as c where c.id = target_connection_id),
      jsonb_strip_nulls(jsonb_build_object(
        'ids', case when cardinality(ids) <= 100 then to_jsonb(ids) end, 'reason_like', reason_like,
        'received_from', received_from, 'received_to', received_to,
        'matched', cardinality(matched), 'replayed', replayed
      ))
    );
  end if;

  return jsonb_build_object('matched', cardinality(matched), 'replayable', cardinality(replayable), 'replayed', replayed);
end
$$;

comment on function private.replay_deliveries(bigint[], uuid, text, timestamptz, timestamptz, boolean) is
  'The work of public.replay_dead_letters; checks the caller itself.';

grant execute on function private.replay_deliveries(bigint[], uuid, text, timestamptz, timestamptz, boolean) to authenticated, service_role;

-- The door to it for operators.
create function public.replay_dead_letters(
  ids bigint[] default null, target_connection_id uuid default null, reason_like text default null,
  received_from timestamptz default null, received_to timestamptz default null, dry_run boolean default true
)
returns jsonb
language sql
volatile
set search_path = ''
-- Moves as many rows as there are: longer than a person's read may take.
set statement_timeout = '60s'
as $$
  select private.replay_deliveries(ids, target_connection_id, reason_like, received_from, received_to, dry_run)
$$;

comment on function public.replay_dead_letters(bigint[], uuid, text, timestamptz, timestamptz, boolean) is
  'Puts the dead letters that meet all given criteria back to pending; a dry run (the default) only counts. reason_like is a pattern with %, received_to is exclusive. Returns { matched, replayable, replayed }. Operators.';

grant execute on function public.replay_dead_letters(bigint[], uuid, text, timestamptz, timestamptz, boolean) to authenticated, service_role;

-- Definer, because people may read neither deliveries nor dismissals.
create function private.dismiss_deliveries(
  why text, ids bigint[], target_connection_id uuid, reason_like text, received_from timestamptz, received_to timestamptz,
  dry_run boolean
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  matched bigint[];
  dismissed integer := 0;
begin
  perform private.require_operator();

  if coalesce(btrim(why), '') = '' or length(why) > 500 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Say why these dead letters need no repair, in 1 to 500 characters';
  end if;

  select coalesce(array_agg(f.id), '{}')
  into matched
  from private.find_dead_letters(ids, target_connection_id, reason_like, received_from, received_to, false) as f;

  if dry_run is false then
    insert into private.dismissed_dead_letters (event_id, dismissed_by, reason)
    select m, (select auth.uid()), btrim(why) from unnest(matched) as m
    on conflict (event_id) do nothing;

    get diagnostics dismissed = row_count;

    perform private.write_audit(
      'dead_letters_dismissed', 'connection', target_connection_id::text,
      (select c.client_id from public.provider_connections as c where c.id = target_connection_id),
      jsonb_strip_nulls(jsonb_build_object(
        'why', btrim(why), 'ids', case when cardinality(ids) <= 100 then to_jsonb(ids) end, 'reason_like', reason_like,
        'received_from', received_from, 'received_to', received_to, 'dismissed', dismissed
      ))
    );
  end if;

  return jsonb_build_object('matched', cardinality(matched), 'dismissed', dismissed);
end
$$;

comment on function private.dismiss_deliveries(text, bigint[], uuid, text, timestamptz, timestamptz, boolean) is
  'The work of public.dismiss_dead_letters; checks the caller itself.';

grant execute on function private.dismiss_deliveries(text, bigint[], uuid, text, timestamptz, timestamptz, boolean) to authenticated, service_role;

-- The door to it for operators.
create function public.dismiss_dead_letters(
  why text, ids bigint[] default null, target_connection_id uuid default null, reason_like text default null,
  received_from timestamptz default null, received_to timestamptz default null, dry_run boolean default true
)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.dismiss_deliveries(why, ids, target_connection_id, reason_like, received_from, received_to, dry_run)
$$;

comment on function public.dismiss_dead_letters(text, bigint[], uuid, text, timestamptz, timestamptz, boolean) is
  'Dismisses the dead letters that meet all given criteria, with the reason why: they stay stored but are no problem any more. A dry run (the default) only counts. Returns { matched, dismissed }. Operators.';

grant execute on function public.dismiss_dead_letters(text, bigint[], uuid, text, timestamptz, timestamptz, boolean) to authenticated, service_role;

-- Definer for the same reason.
create function private.restore_deliveries(ids bigint[])
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  restored integer;
begin
  perform private.require_operator();

  if coalesce(cardinality(ids), 0) = 0 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'No ids were given; send those of the dead letters';
  end if;

  delete from private.dismissed_dead_letters as d where d.event_id = any (ids);
  get diagnostics restored = row_count;

  if restored > 0 then
    perform private.write_audit(
      'dead_letters_restored', 'connection', null, null,
      jsonb_strip_nulls(jsonb_build_object('ids', case when cardinality(ids) <= 100 then to_jsonb(ids) end, 'restored', restored))
    );
  end if;

  return restored;
end
$$;

comment on function private.restore_deliveries(bigint[]) is 'The work of public.restore_dead_letters; checks the caller itself.';

grant execute on function private.restore_deliveries(bigint[]) to authenticated, service_role;

-- The door to it for operators.
create function public.restore_dead_letters(ids bigint[])
returns integer
language sql
volatile
set search_path = ''
as $$
  select private.restore_deliveries(ids)
$$;

comment on function public.restore_dead_letters(bigint[]) is
  'Takes the dismissal of dead letters back; returns how many were dismissed. Operators.';

grant execute on function public.restore_dead_letters(bigint[]) to authenticated, service_role;
