-- Replies that are delivered more than once, each time in another form: the same mail is one fact.

-- Which rows of the batch repeat a reply that is known already: the same mail id of the same lead, or, where either side has
-- none, one called by the other name (automatic or not) at the same second (two minutes for what the sync found). Once delivered
-- as automatic, it is automatic.
create function private.match_repeated_replies(batch private.resolved_event[])
returns bigint[]
language plpgsql
set search_path = ''
as $$
declare
  repeated bigint[];
begin
  if not exists (
    select from unnest(batch) as b where b.type in ('reply_received', 'auto_reply_received') and b.lead_id is not null
  ) then
    return '{}'::bigint[];
  end if;

  with reply as materialized (
    select b.id, b.connection_id, b.lead_id, b.type, b.occurred_at, b.email_id
    from unnest(batch) as b
    where b.type in ('reply_received', 'auto_reply_received') and b.lead_id is not null
  ),
  known as (
    select
      r.id, r.lead_id, r.type,
      coalesce(m.event_id, first_value(r.id) over (partition by r.connection_id, r.lead_id, r.email_id order by r.id)) as known_id
    from reply as r
    left join private.message_contents as c
      on c.connection_id = r.connection_id and c.provider_mail_id = r.email_id and c.direction = 'received'
    left join public.messages as m on m.id = c.message_id and m.lead_id = r.lead_id
    where r.email_id is not null
    union all
    select r.id, r.lead_id, r.type, near.id
    from reply as r
    join public.synced_leads as l on l.id = r.lead_id and l.reply_count_observed + l.auto_reply_count > 0
    cross join lateral (
      select case when w.source in ('log', 'inbox') then interval '2 minutes' else interval '1 second' end as span
      from private.webhook_events as w
      where w.id = r.id
      limit 1
    ) as may_differ
    cross join lateral (
      select e.id
      from public.email_events as e
      join private.webhook_events as d on d.id = e.id
      where e.lead_id = r.lead_id
        and e.type in ('reply_received', 'auto_reply_received')
        and e.type <> r.type
        and e.occurred_at between r.occurred_at - may_differ.span and r.occurred_at + may_differ.span
        and (r.email_id is null or d.event ->> 'email_id' is null)
      order by greatest(e.occurred_at - r.occurred_at, r.occurred_at - e.occurred_at), e.id
      limit 1
    ) as near
    union all
    select r.id, r.lead_id, r.type, min(o.id)
    from reply as r
    join reply as o
      on o.lead_id = r.lead_id and o.type <> r.type and o.id < r.id
      and o.occurred_at between r.occurred_at - interval '1 second' and r.occurred_at + interval '1 second'
      and (o.email_id is null or r.email_id is null)
    group by r.id, r.lead_id, r.type
  ),
  repetition as (
    select distinct on (k.id) k.id, k.lead_id, k.type, k.known_id
    from known as k
    where k.known_id <> k.id
    order by k.id, k.known_id
  ),
  marked as (
    insert into private.automatic_replies as a (event_id, lead_id, is_by_label)
    select distinct t.known_id, t.lead_id, false
    from repetition as t
    where t.type = 'auto_reply_received'
    order by t.known_id
    on conflict (event_id) do update set is_by_label = false, is_settled = false where a.is_by_label
  )
  select coalesce(array_agg(t.id), '{}') into repeated from repetition as t;

  return repeated;
end
$$;

comment on function private.match_repeated_replies(private.resolved_event[]) is
  'Ids of the rows that repeat a reply which is known already; records those that came as automatic.';

grant execute on function private.match_repeated_replies(private.resolved_event[]) to service_role;

-- A step of the projector, after events, leads and messages: corrects what this batch shows in another light.
create function private.correct_replies(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  touched uuid[];
begin
  perform private.record_unread_categories(batch);

  select array_agg(t.lead_id)
  into touched
  from (
    select b.lead_id
    from unnest(batch) as b
    join public.synced_leads as l on l.id = b.lead_id and l.out_of_office_at is not null
    where b.type in ('reply_received', 'auto_reply_received') or (b.type >= 'lead_interested' and b.type <= 'lead_labelled')
    union
    select a.lead_id from private.automatic_replies as a where not a.is_settled
  ) as t;

  if touched is not null then
    perform private.settle_replies(touched);
  end if;

  perform private.mark_labelled_replies(batch);
end
$$;

comment on function private.correct_replies(private.resolved_event[]) is
  'Step of the projector: corrects replies that this batch shows to be automatic, or not.';

grant execute on function private.correct_replies(private.resolved_event[]) to service_role;
