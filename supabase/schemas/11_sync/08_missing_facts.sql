-- Facts from a provider's statistics: one row per sent mail, with what happened to it. Those that no delivery brought are
-- stored through the same door.

-- Which of the facts are missing. Known is what has the same key, and what the same lead did within the fact's tolerance
-- (null = at any time): a delivery names another millisecond, or another id. Sent mails are distinguished by step. Where the
-- provider counts (the n-th open of a mail), known is what we have as many of. Events must be projected before, because
-- that search goes by lead.
-- facts: [{ "key": uuid, "provider_campaign_id": text, "event": object, "payload": any, "tolerance": seconds|null, "nth": n? }]
-- Answers the positions (from 0) of those that are missing.
create function worker.find_missing_facts(target_connection_id uuid, facts jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_agg(f.position - 1 order by f.position), '[]')
    from jsonb_array_elements(facts) with ordinality as f (value, position)
    cross join lateral jsonb_to_record(f.value -> 'event') as e (
      email text, type public.email_event_type, occurred_at timestamptz, step smallint, email_id text
    )
    cross join lateral (
      select
        coalesce(e.occurred_at - make_interval(secs => (f.value ->> 'tolerance')::float), '-infinity') as earliest,
        coalesce(e.occurred_at + make_interval(secs => (f.value ->> 'tolerance')::float), 'infinity') as latest,
        case
          when e.type in ('reply_received', 'auto_reply_received')
          then array['reply_received', 'auto_reply_received']::public.email_event_type[]
          else array[e.type]
        end as types,
        e.type = 'email_sent' as by_step,
        (f.value ->> 'nth')::integer as nth
    ) as same
    -- A look for each, its lead first: without statistics, as on a first day, each page read all deliveries of the connection.
    cross join lateral (
      select private.find_lead(target_connection_id, f.value ->> 'provider_campaign_id', e.email) as id
      offset 0
    ) as lead
    where not exists (
      select
      from private.webhook_events as w
      where w.connection_id = target_connection_id and w.event_key = (f.value ->> 'key')::uuid
      offset 0
    )
    and (same.nth is null or same.nth > (
      select count(*)
      from public.email_events as known
      join private.webhook_events as w on w.id = known.id and w.event ->> 'email_id' = e.email_id
      where known.lead_id = lead.id and known.type = e.type
    ))
    and not exists (
      select
      from public.email_events as known
      where known.lead_id = lead.id
        and same.nth is null
        and known.type = any (same.types)
        -- What the statistics call automatic is news where a delivery called it a person's.
        and not (e.type = 'auto_reply_received' and known.type = 'reply_received')
        and known.occurred_at between same.earliest and same.latest
        and (not same.by_step or known.step is null or e.step is null or known.step = e.step)
      offset 0
    )
    -- The same for events whose campaign is not mapped yet.
    and not exists (
      select
      from private.webhook_events as w
      where w.connection_id = target_connection_id
        and w.provider_campaign_id = f.value ->> 'provider_campaign_id'
        and w.status = 'quarantined'
        and same.nth is null
        and w.event ->> 'email' = e.email
        and (w.event ->> 'type')::public.email_event_type = any (same.types)
        and (w.event ->> 'occurred_at')::timestamptz between same.earliest and same.latest
        and (not same.by_step or (w.event ->> 'step')::smallint is not distinct from e.step)
      offset 0
    )
  );
end
$$;

comment on function worker.find_missing_facts(uuid, jsonb) is
  'Positions of the facts that no event tells of yet, by key or by lead, kind and time. Service role only.';

grant execute on function worker.find_missing_facts(uuid, jsonb) to service_role;

-- The provider's ids of leads, to ask for their correspondence: { address: id }
create function worker.read_provider_lead_ids(target_campaign_id uuid, emails text[])
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(l.email, l.provider_lead_id), '{}')
  from public.synced_leads as l
  where l.campaign_id = target_campaign_id and l.email = any (emails) and l.provider_lead_id is not null
$$;

comment on function worker.read_provider_lead_ids(uuid, text[]) is
  'The provider''s ids of these leads of a campaign, by address. Service role only.';

grant execute on function worker.read_provider_lead_ids(uuid, text[]) to service_role;
