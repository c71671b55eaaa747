-- Who asked not to be written to again: asked once, and it holds.

-- A step of the projector: suppresses who unsubscribed, reported spam or carries a label that says "do not contact". For the
-- campaign's client, or the owner of a dedicated workspace. Where a shared workspace names no campaign, for each client that has
-- the address in that workspace, and for whatever is sent through this workspace from then on.
create function private.suppress_who_asked(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  if not exists (select from unnest(batch) as b where b.opts_out and b.email is not null) then
    return;
  end if;

  with asked as materialized (
    select
      b.connection_id, b.client_id, b.email, b.occurred_at,
      case b.type
        when 'lead_unsubscribed' then 'unsubscribed'
        when 'email_spam_reported' then 'spam_report'
        else 'do_not_contact'
      end::public.suppression_reason as reason
    from unnest(batch) as b
    where b.opts_out and b.email is not null
  ),
  of_workspace as (
    insert into private.workspace_suppressions (connection_id, email, reason, suppressed_at)
    select distinct on (a.connection_id, a.email) a.connection_id, a.email, a.reason, a.occurred_at
    from asked as a
    where a.client_id is null
    order by a.connection_id, a.email, a.occurred_at
    on conflict (connection_id, email) do nothing
  )
  insert into public.suppressions as s (client_id, email, reason, suppressed_at)
  select distinct on (o.client_id, o.email) o.client_id, o.email, o.reason, o.occurred_at
  from (
    select a.client_id, a.email, a.reason, a.occurred_at
    from asked as a
    where a.client_id is not null
    union all
    select l.client_id, a.email, a.reason, a.occurred_at
    from asked as a
    join public.synced_leads as l on l.email = a.email
    join public.campaigns as c on c.id = l.campaign_id and c.connection_id = a.connection_id
    where a.client_id is null
  ) as o
  order by o.client_id, o.email, o.occurred_at
  on conflict (client_id, email) do update
  set reason = excluded.reason, bounce_class = null, suppressed_at = excluded.suppressed_at
  where s.reason = 'bounced';
end
$$;

comment on function private.suppress_who_asked(private.resolved_event[]) is
  'Step of the projector: suppresses who unsubscribed, reported spam or is not to be contacted.';

grant execute on function private.suppress_who_asked(private.resolved_event[]) to service_role;

-- The same for deliveries that have to wait (campaign not mapped, or client switched off): their request
-- does not wait, as far as it is known whose address it is.
create function private.suppress_held(held bigint[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.suppressions as s (client_id, email, reason, bounce_class, suppressed_at)
  select distinct on (h.client_id, h.email) h.client_id, h.email, h.reason, h.bounce_class, h.occurred_at
  from (
    select
      coalesce(known.client_id, c.client_id) as client_id,
      w.event ->> 'email' as email,
      coalesce(private.believed_time((w.event ->> 'occurred_at')::timestamptz, w.received_at), w.received_at) as occurred_at,
      found.reason::public.suppression_reason as reason,
      case when found.reason = 'bounced' then 'hard' end::public.bounce_class as bounce_class
    from private.webhook_events as w
    join public.provider_connections as c on c.id = w.connection_id
    left join lateral (
      select k.client_id
      from jsonb_array_elements_text(w.event -> 'provider_campaign_ids') as candidate (id)
      join private.provider_campaigns as p on p.connection_id = w.connection_id and p.provider_campaign_id = candidate.id
      join public.campaigns as k on k.id = p.campaign_id
      limit 1
    ) as known on true
    cross join lateral (
      select case
        when w.event ->> 'type' = 'lead_unsubscribed' then 'unsubscribed'
        when w.event ->> 'type' = 'email_spam_reported' then 'spam_report'
        when w.event ->> 'type' = 'email_bounced' then case when coalesce(w.event ->> 'bounce_class', 'hard') = 'hard' then 'bounced' end
        when private.means_do_not_contact(coalesce(
          w.event ->> 'label', private.category_label(w.connection_id, (w.event ->> 'category_id')::integer)
        )) then 'do_not_contact'
      end as reason
    ) as found
    where w.id = any (held)
      and (w.event ->> 'type' in ('lead_unsubscribed', 'email_spam_reported', 'email_bounced') or w.event ? 'label' or w.event ? 'category_id')
      and w.event ->> 'email' is not null
      and found.reason is not null
  ) as h
  where h.client_id is not null
  order by h.client_id, h.email, h.reason = 'bounced', h.occurred_at
  on conflict (client_id, email) do update
  set reason = excluded.reason, bounce_class = null, suppressed_at = excluded.suppressed_at
  where s.reason = 'bounced' and excluded.reason <> 'bounced';
end
$$;

comment on function private.suppress_held(bigint[]) is
  'Step of the projector: suppresses at once who asked for it in a delivery that waits, where its client is known.';

grant execute on function private.suppress_held(bigint[]) to service_role;
