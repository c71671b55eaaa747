-- Who must not be written to again: who asked for silence, and addresses that do not exist. The first is said once and holds;
-- the second is concluded from bounces, and withdrawn when the person writes to us after all.

-- A step of the projector: suppresses who unsubscribed, reported spam or carries a label that says "do not contact". For the
-- campaign's client, or the owner of a dedicated workspace. Where a shared workspace names no campaign, for each client that has
-- the address in that workspace, and for whatever this workspace is told to send from then on.
create function private.suppress_who_asked(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  if not exists (select from unnest(batch) as b where b.asks_for_silence and b.email is not null) then
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
    where b.asks_for_silence and b.email is not null
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

-- The same for deliveries that have to wait (nobody has mapped their campaign, or the client is switched off): silence does
-- not wait, as far as it is known whose address it is.
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
      said.reason::public.suppression_reason as reason,
      case when said.reason = 'bounced' then 'hard' end::public.bounce_class as bounce_class
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
    ) as said
    where w.id = any (held)
      and (w.event ->> 'type' in ('lead_unsubscribed', 'email_spam_reported', 'email_bounced') or w.event ? 'label' or w.event ? 'category_id')
      and w.event ->> 'email' is not null
      and said.reason is not null
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

-- A step of the projector: looks again at people of whom this batch tells a bounce, or a reply or a label after one.
create function private.settle_bounces_of(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  owners uuid[];
  addresses text[];
begin
  select array_agg(p.client_id), array_agg(p.email)
  into owners, addresses
  from (
    select b.client_id, b.email
    from unnest(batch) as b
    where b.type = 'email_bounced' and b.lead_id is not null
    union
    select b.client_id, b.email
    from unnest(batch) as b
    where b.lead_id is not null
      and (
        (b.type = 'reply_received' and exists (
          select
          from public.suppressions as s
          where s.client_id = b.client_id and s.email = b.email and s.reason = 'bounced'
        ))
        or (b.label is not null and private.means_sender_bounce(b.label))
      )
  ) as p;

  if owners is not null then
    perform private.settle_bounces(owners, addresses);
  end if;
end
$$;

comment on function private.settle_bounces_of(private.resolved_event[]) is
  'Step of the projector: suppresses addresses that do not exist, and lifts what a reply or a label has disproved.';

-- Brings class and suppression of bounced people in line with all that is known, in whatever order it came. Only a hard bounce
-- suppresses, and only until the person writes; a label "sender originated bounce", up to an hour before or any time after,
-- makes it the sender's. A bounce without an event of its own (the provider shows the lead as bounced) is a hard one.
-- owners and addresses belong together by their position.
create function private.settle_bounces(owners uuid[], addresses text[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  with person as materialized (
    select distinct p.client_id, p.email
    from unnest(owners, addresses) as p (client_id, email)
    where p.client_id is not null and p.email is not null
  ),
  bounce as materialized (
    select
      l.client_id, l.email, l.id as lead_id, coalesce(e.occurred_at, l.bounced_at) as bounced_at,
      case
        when e.id is not null and exists (
          select
          from public.email_events as x
          where x.lead_id = l.id
            and x.type >= 'lead_interested' and x.type <= 'lead_labelled'
            and x.occurred_at >= e.occurred_at - interval '1 hour'
            and private.means_sender_bounce(x.label)
        ) then 'sender'
        else coalesce(e.bounce_class, 'hard')
      end::public.bounce_class as class
    from person as p
    join public.synced_leads as l on l.client_id = p.client_id and l.email = p.email and l.bounced_at is not null
    left join public.email_events as e
      on e.lead_id = l.id and e.type = 'email_bounced' and e.occurred_at >= l.bounced_at
  ),
  latest as (
    select distinct on (b.lead_id) b.lead_id, b.class
    from bounce as b
    order by b.lead_id, b.bounced_at desc, b.class
  ),
  classed as (
    update public.synced_leads as l
    set bounce_class = n.class, updated_at = now()
    from latest as n
    where l.id = n.lead_id and l.bounce_class is distinct from n.class
  ),
  -- When somebody wrote to us last, as a person, to any campaign of the client.
  written as materialized (
    select p.client_id, p.email, max(coalesce(e.occurred_at, case when l.reply_count_provider > 0 then l.replied_at end)) as last_at
    from person as p
    join public.synced_leads as l on l.client_id = p.client_id and l.email = p.email
    left join public.email_events as e on e.lead_id = l.id and e.type = 'reply_received'
    group by p.client_id, p.email
  ),
  standing as materialized (
    select b.client_id, b.email, min(b.bounced_at) as bounced_at
    from bounce as b
    left join written as w on w.client_id = b.client_id and w.email = b.email
    where b.class = 'hard' and b.bounced_at >= coalesce(w.last_at, '-infinity')
    group by b.client_id, b.email
  ),
  lifted as (
    delete from public.suppressions as s
    using person as p
    left join written as w on w.client_id = p.client_id and w.email = p.email
    where s.client_id = p.client_id
      and s.email = p.email
      and s.reason = 'bounced'
      and not exists (select from standing as h where h.client_id = p.client_id and h.email = p.email)
      and (
        w.last_at > s.suppressed_at
        or exists (select from bounce as b where b.client_id = p.client_id and b.email = p.email)
      )
  )
  insert into public.suppressions as s (client_id, email, reason, bounce_class, suppressed_at)
  select h.client_id, h.email, 'bounced', 'hard', h.bounced_at
  from standing as h
  order by h.client_id, h.email
  on conflict (client_id, email) do nothing;
end
$$;

comment on function private.settle_bounces(uuid[], text[]) is
  'Suppresses the hard-bounced among these people of clients, lifts what a later reply or label has disproved, and notes the class on their leads.';

grant execute on function
  private.suppress_who_asked(private.resolved_event[]),
  private.suppress_held(bigint[]),
  private.settle_bounces_of(private.resolved_event[]),
  private.settle_bounces(uuid[], text[])
to service_role;
