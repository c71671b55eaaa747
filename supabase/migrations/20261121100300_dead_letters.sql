-- Dead letters: deliveries that could not be projected after five tries, or that nobody could read.

-- Definer, because type and campaign stand inside the delivery, which nobody may read; nothing of a lead comes out.
create function private.list_dead_letters()
returns table (
  id bigint, client_id uuid, connection_id uuid, connection_name text, campaign_id uuid, type text, reason text,
  replayable boolean, attempts smallint, received_at timestamptz
)
language sql
stable
security definer
set search_path = ''
as $$
  select
    w.id, coalesce(k.client_id, c.client_id), c.id, c.name, k.id, w.event ->> 'type', w.reason,
    w.event is not null, w.attempts, w.received_at
  from private.webhook_events as w
  join public.provider_connections as c on c.id = w.connection_id
  left join private.provider_campaigns as p
    on p.connection_id = w.connection_id and p.provider_campaign_id = w.provider_campaign_id
  left join public.campaigns as k on k.id = p.campaign_id
  where w.status = 'dead' and (select private.may_operate())
$$;

comment on function private.list_dead_letters() is
  'Dead letters without payload, lead and provider''s ids. No rows unless private.may_operate().';

-- One row per dead letter.
create view public.dead_letters
with (security_invoker = true)
as
select
  d.id, d.client_id, d.connection_id, d.connection_name, d.campaign_id, d.type, d.reason, d.replayable, d.attempts, d.received_at
from private.list_dead_letters() as d;

comment on view public.dead_letters is
  'Deliveries that could not be projected, with the reason. replayable = false: it could not be read, so there is nothing to project. Operators only; replay with replay_dead_letters.';

-- Puts dead letters back to pending; the next sweep projects them.
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

  if ids is null and target_connection_id is null and reason_like is null and received_from is null and received_to is null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Say which dead letters: ids, target_connection_id, reason_like, received_from or received_to';
  end if;

  select
    coalesce(array_agg(w.id), '{}'),
    coalesce(array_agg(w.id) filter (where w.event is not null), '{}')
  into matched, replayable
  from private.webhook_events as w
  where w.status = 'dead'
    and (ids is null or w.id = any (ids))
    and (target_connection_id is null or w.connection_id = target_connection_id)
    and (reason_like is null or w.reason ilike reason_like)
    and (received_from is null or w.received_at >= received_from)
    and (received_to is null or w.received_at < received_to);

  if dry_run is false then
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

grant execute on function
  private.list_dead_letters(),
  private.replay_deliveries(bigint[], uuid, text, timestamptz, timestamptz, boolean),
  public.replay_dead_letters(bigint[], uuid, text, timestamptz, timestamptz, boolean)
to authenticated, service_role;

grant select on public.dead_letters to authenticated, service_role;
