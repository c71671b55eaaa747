-- Addresses that do not exist: concluded from bounces, and withdrawn when the person writes to us after all.

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
    select p.client_id, p.email, max(coalesce(e.occurred_at, case when l.reply_count_reported > 0 then l.replied_at end)) as last_at
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

grant execute on function private.settle_bounces(uuid[], text[]) to service_role;

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

grant execute on function private.settle_bounces_of(private.resolved_event[]) to service_role;
