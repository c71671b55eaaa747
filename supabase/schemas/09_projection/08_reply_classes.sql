-- The believed class of a reply, and what follows from it: the reply rate, suppressions.

-- The provider's opinion of replies: the latest label between a reply and the lead's next one, at most seven days later.
create function private.read_provider_opinions(message_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  with labelled as materialized (
    select m.id as message_id, label.reply_class, label.occurred_at
    from public.messages as m
    left join lateral (
      select private.class_by_label(x.type, x.label, x.provider, x.connection_id) as reply_class, x.occurred_at
      from public.email_events as x
      where x.lead_id = m.lead_id
        and x.type >= 'lead_interested' and x.type <= 'lead_labelled'
        and x.occurred_at between m.occurred_at and m.occurred_at + interval '7 days'
        and not exists (
          select
          from public.email_events as n
          where n.lead_id = m.lead_id
            and n.type in ('reply_received', 'auto_reply_received')
            and n.occurred_at > m.occurred_at and n.occurred_at <= x.occurred_at
        )
      order by x.occurred_at desc, coalesce(x.label, x.type::text) collate "C" desc
      limit 1
    ) as label on true
    where m.id = any (message_ids) and m.direction = 'received'
  ),
  forgotten as (
    delete from private.reply_opinions as o
    using labelled as s
    where o.message_id = s.message_id and o.source = 'provider' and s.reply_class is null
  )
  insert into private.reply_opinions as o (message_id, source, reply_class, given_at)
  select s.message_id, 'provider', s.reply_class, s.occurred_at
  from labelled as s
  where s.reply_class is not null
  order by s.message_id
  on conflict (message_id, source) do update
  set reply_class = excluded.reply_class, given_at = excluded.given_at
  where (o.reply_class, o.given_at) is distinct from (excluded.reply_class, excluded.given_at);
end
$$;

comment on function private.read_provider_opinions(uuid[]) is
  'Reads what the providers'' labels say of these replies.';

grant execute on function private.read_provider_opinions(uuid[]) to service_role;

-- Suppresses who asks for it in these replies, the lead and the person who wrote in their place, and lifts what a reply asks for no more.
create function private.suppress_by_class(message_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  with lifted as (
    delete from private.class_suppressions as k
    using public.messages as m
    where k.message_id = m.id and m.id = any (message_ids) and m.reply_class is distinct from 'unsubscribe'
    returning k.client_id, k.email, k.suppressed_at
  )
  delete from public.suppressions as s
  using lifted as k
  where s.client_id = k.client_id and s.email = k.email and s.reason = 'unsubscribed' and s.suppressed_at = k.suppressed_at;

  with asked as materialized (
    select distinct on (m.client_id, a.email) m.id, m.client_id, a.email, m.occurred_at
    from public.messages as m
    cross join lateral (
      select m.email
      union
      select private.normalize_email(m.written_by)
    ) as a (email)
    where m.id = any (message_ids)
      and m.reply_class = 'unsubscribe'
      and (m.reply_class_source in ('person', 'provider') or m.reply_class_confidence >= private.enough_to_suppress())
      and a.email is not null
    order by m.client_id, a.email, m.occurred_at
  ),
  suppressed as (
    insert into public.suppressions as s (client_id, email, reason, suppressed_at)
    select a.client_id, a.email, 'unsubscribed', a.occurred_at
    from asked as a
    order by a.client_id, a.email
    on conflict (client_id, email) do update
    set reason = excluded.reason, bounce_class = null, suppressed_at = excluded.suppressed_at
    where s.reason = 'bounced'
    returning s.client_id, s.email, s.suppressed_at
  )
  insert into private.class_suppressions (message_id, client_id, email, suppressed_at)
  select a.id, s.client_id, s.email, s.suppressed_at
  from suppressed as s
  join asked as a on a.client_id = s.client_id and a.email = s.email
  on conflict (message_id, email) do nothing;
end
$$;

comment on function private.suppress_by_class(uuid[]) is
  'Suppresses the people whose replies ask for it, and lifts that where a reply asks for it no more.';

grant execute on function private.suppress_by_class(uuid[]) to service_role;

-- Makes the most believed opinion of each reply its class, and lets numbers and suppressions follow. A plain request to stop is
-- finer than the provider's "not interested" and stays. The caller holds the lock against moving campaigns and the leads.
create function private.settle_reply_classes(message_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  changed uuid[];
  changed_leads uuid[];
begin
  perform private.read_provider_opinions(message_ids);

  with believed as materialized (
    select
      m.id,
      best.reply_class,
      best.source,
      best.confidence,
      coalesce(best.reply_date, (
        select min(o.reply_date) from private.reply_opinions as o where o.message_id = m.id and o.reply_class = best.reply_class
      )) as reply_date
    from public.messages as m
    left join lateral (
      select o.*
      from private.reply_opinions as o
      where o.message_id = m.id
      order by
        o.source = 'person' desc,
        o.reply_class = 'unsubscribe' and o.confidence >= private.enough_to_suppress() and exists (
          select
          from private.reply_opinions as p
          where p.message_id = m.id and p.source = 'provider' and p.reply_class = 'not_interested'
        ) desc,
        o.source desc
      limit 1
    ) as best on true
    where m.id = any (message_ids) and m.direction = 'received'
  ),
  written as (
    update public.messages as m
    set
      reply_class = b.reply_class, reply_class_source = b.source, reply_class_confidence = b.confidence, reply_date = b.reply_date
    from believed as b
    where m.id = b.id
      and (m.reply_class, m.reply_class_source, m.reply_class_confidence, m.reply_date)
        is distinct from (b.reply_class, b.source, b.confidence, b.reply_date)
    returning m.id, m.lead_id
  )
  select array_agg(w.id), array_agg(distinct w.lead_id)
  into changed, changed_leads
  from written as w;

  if changed is null then
    return;
  end if;

  perform private.suppress_by_class(changed);
  perform private.settle_replies(changed_leads);
end
$$;

comment on function private.settle_reply_classes(uuid[]) is
  'Brings the class of these replies, the numbers and the suppressions in line with what is known of them.';

grant execute on function private.settle_reply_classes(uuid[]) to service_role;

-- Part of a step of the projector: a label of this batch speaks of the replies before it, and a reply of it ends what a label meant
-- of the one before. They are only marked: the background settles them a moment later, under a lock that no projector can take
-- in the middle of its work.
create function private.mark_labelled_replies(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  update private.message_contents as c
  set prepare_at = now()
  from (
    select b.lead_id, min(b.occurred_at) as first_at
    from unnest(batch) as b
    where b.lead_id is not null and b.type >= 'lead_interested' and b.type <= 'lead_labelled'
    group by b.lead_id
    union all
    select b.lead_id, min(b.occurred_at)
    from unnest(batch) as b
    join public.synced_leads as l on l.id = b.lead_id and l.interest_label_at >= b.occurred_at
    where b.type in ('reply_received', 'auto_reply_received')
    group by b.lead_id
  ) as t
  -- By the lead and by nothing else, as in private.refresh_threads.
  cross join lateral (
    select m.id, m.direction, m.occurred_at from public.messages as m where m.lead_id = t.lead_id offset 0
  ) as m
  where m.direction = 'received' and m.occurred_at >= t.first_at - interval '7 days'
    and c.message_id = m.id and (c.prepare_at is null or c.prepare_at > now());
end
$$;

comment on function private.mark_labelled_replies(private.resolved_event[]) is
  'Part of a step of the projector: marks the replies of which the labels of a batch speak.';

grant execute on function private.mark_labelled_replies(private.resolved_event[]) to service_role;
