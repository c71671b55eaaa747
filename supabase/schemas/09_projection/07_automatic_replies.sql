-- An automatic reply that was taken for a person's is corrected wherever it was counted.

-- Replies that are automatic although the delivery that became their event reported otherwise.
create table private.automatic_replies (
  event_id bigint primary key references private.webhook_events (id) on delete cascade,
  lead_id uuid not null references public.synced_leads (id) on delete cascade,
  is_by_label boolean not null,
  is_settled boolean not null default false
);

comment on table private.automatic_replies is
  'Events of replies that turned out to be automatic: another delivery, the inbox or the statistics reported so of the same mail, or a label after it (is_by_label) did, which a later label can undo. is_settled = counters follow.';

create index automatic_replies_lead_id_idx on private.automatic_replies (lead_id);
create index automatic_replies_open_idx on private.automatic_replies (event_id) where not is_settled;

alter table private.automatic_replies enable row level security;

grant select, insert, update, delete on private.automatic_replies to service_role;

create policy "Only the functions read automatic replies"
on private.automatic_replies for all to service_role using (true) with check (true);

-- Brings the replies of some leads in line with all that is known of them, in whatever order it came. A reply is automatic if
-- any delivery of it says so, or if, at Smartlead, the latest category between it and the lead's next reply, at most seven days
-- later, is "out of office" (Instantly tells automatic mails itself; its label speaks of the lead); the class of the reply overrules
-- that. Where it changes, event, message, lead, days, totals, steps, first times and mailbox move by the difference.
create function private.settle_replies(touched uuid[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  flipped bigint[];
  told_before bigint[];
  told_now bigint[];
  changed_leads uuid[];
begin
  with known as materialized (
    select
      e.id, e.lead_id, e.type,
      m.reply_class, m.reply_class_source, o.is_human as overruled_to,
      case
        when a.is_by_label then false
        when a.event_id is not null then true
        else coalesce(o.is_human, e.type = 'auto_reply_received')
      end as is_told,
      coalesce(label.is_automatic, false) as is_labelled
    from public.email_events as e
    left join private.automatic_replies as a on a.event_id = e.id
    left join private.overruled_replies as o on o.event_id = e.id
    left join lateral (
      select n.reply_class, n.reply_class_source
      from public.messages as n
      where n.event_id = e.id and n.reply_class is not null
      order by n.id
      limit 1
    ) as m on true
    left join lateral (
      select x.type = 'lead_out_of_office' or private.means_automatic(x.label) as is_automatic
      from public.email_events as x
      where x.lead_id = e.lead_id
        and x.provider = 'smartlead'
        and x.type >= 'lead_interested' and x.type <= 'lead_labelled'
        and x.occurred_at between e.occurred_at and e.occurred_at + interval '7 days'
        and not exists (
          select
          from public.email_events as n
          where n.lead_id = e.lead_id
            and n.type in ('reply_received', 'auto_reply_received')
            and n.occurred_at > e.occurred_at and n.occurred_at <= x.occurred_at
        )
      order by x.occurred_at desc, coalesce(x.label, x.type::text) collate "C" desc
      limit 1
    ) as label on true
    where e.lead_id = any (touched) and e.type in ('reply_received', 'auto_reply_received')
  ),
  reply as materialized (
    select
      k.*,
      not (k.is_told or k.is_labelled) as is_told_human,
      coalesce(not k.overruled_to, k.type = 'reply_received') as was_told_human,
      private.is_written_by_person(k.reply_class, k.reply_class_source, not (k.is_told or k.is_labelled)) as is_human
    from known as k
  ),
  noted as (
    insert into private.automatic_replies (event_id, lead_id, is_by_label)
    select r.id, r.lead_id, true
    from reply as r
    where r.is_labelled and not r.is_told
    order by r.id
    on conflict (event_id) do nothing
  ),
  forgotten as (
    delete from private.automatic_replies as a
    using reply as r
    where a.event_id = r.id and a.is_by_label and not r.is_labelled
  ),
  overruled as (
    insert into private.overruled_replies as o (event_id, lead_id, is_human)
    select r.id, r.lead_id, r.is_human
    from reply as r
    where r.is_human <> r.is_told_human
    order by r.id
    on conflict (event_id) do update set is_human = excluded.is_human where o.is_human <> excluded.is_human
  ),
  agreed as (
    delete from private.overruled_replies as o
    using reply as r
    where o.event_id = r.id and r.is_human = r.is_told_human
  )
  select
    coalesce(array_agg(r.id) filter (where r.is_human <> (r.type = 'reply_received')), '{}'),
    coalesce(array_agg(r.id) filter (where r.was_told_human), '{}'),
    coalesce(array_agg(r.id) filter (where r.is_told_human), '{}'),
    array_agg(distinct r.lead_id) filter (
      where r.is_human <> (r.type = 'reply_received') or r.was_told_human <> r.is_told_human
    )
  into flipped, told_before, told_now, changed_leads
  from reply as r;

  update private.automatic_replies as a set is_settled = true where a.lead_id = any (touched) and not a.is_settled;

  if changed_leads is null then
    return;
  end if;

  with reply as materialized (
    select
      e.id, e.lead_id, e.campaign_id, e.client_id, e.connection_id, e.email_account, e.occurred_at, e.step,
      coalesce(e.variant, 1::smallint) as variant,
      (e.occurred_at at time zone 'UTC')::date as day, z.zone, z.counted_before,
      e.type = 'reply_received' as was_human,
      (e.type = 'reply_received') <> (e.id = any (flipped)) as is_human,
      e.id = any (told_before) as was_told_human,
      e.id = any (told_now) as is_told_human
    from public.email_events as e
    left join private.day_cuts as z on z.campaign_id = e.campaign_id and z.zone <> 'UTC'
    where e.lead_id = any (changed_leads) and e.type in ('reply_received', 'auto_reply_received')
  ),
  days as (
    update public.campaign_activity as a
    set
      replies = a.replies + d.events, replied = a.replied + d.leads, auto_replies = a.auto_replies - d.events,
      replied_overruled = a.replied_overruled + d.overruled, observed_at = now()
    from (
      select
        r.campaign_id, r.day,
        count(*) filter (where r.is_human) - count(*) filter (where r.was_human) as events,
        count(distinct r.lead_id) filter (where r.is_human) - count(distinct r.lead_id) filter (where r.was_human) as leads,
        count(distinct r.lead_id) filter (where r.is_told_human) - count(distinct r.lead_id) filter (where r.was_told_human)
          - count(distinct r.lead_id) filter (where r.is_human) + count(distinct r.lead_id) filter (where r.was_human) as overruled
      from reply as r
      group by r.campaign_id, r.day
    ) as d
    where a.campaign_id = d.campaign_id and a.day = d.day and (d.events <> 0 or d.overruled <> 0)
  ),
  totals as (
    update public.campaign_activity_totals as t
    set
      replies = t.replies + d.events, replied = t.replied + d.leads, auto_replies = t.auto_replies - d.events,
      replied_overruled = t.replied_overruled + d.overruled, observed_at = now()
    from (
      select
        r.campaign_id,
        count(*) filter (where r.is_human) - count(*) filter (where r.was_human) as events,
        count(distinct r.lead_id) filter (where r.is_human) - count(distinct r.lead_id) filter (where r.was_human) as leads,
        count(distinct r.lead_id) filter (where r.is_told_human) - count(distinct r.lead_id) filter (where r.was_told_human)
          - count(distinct r.lead_id) filter (where r.is_human) + count(distinct r.lead_id) filter (where r.was_human) as overruled
      from reply as r
      group by r.campaign_id
    ) as d
    where t.campaign_id = d.campaign_id
  ),
  steps as (
    update public.campaign_step_activity as s
    set
      replied = s.replied + d.leads, auto_replies = s.auto_replies - d.events,
      replied_overruled = s.replied_overruled + d.overruled, observed_at = now()
    from (
      select
        r.campaign_id, r.step, r.variant,
        count(*) filter (where r.is_human) - count(*) filter (where r.was_human) as events,
        count(distinct r.lead_id) filter (where r.is_human) - count(distinct r.lead_id) filter (where r.was_human) as leads,
        count(distinct r.lead_id) filter (where r.is_told_human) - count(distinct r.lead_id) filter (where r.was_told_human)
          - count(distinct r.lead_id) filter (where r.is_human) + count(distinct r.lead_id) filter (where r.was_human) as overruled
      from reply as r
      where r.step >= 1 and r.variant >= 1
      group by r.campaign_id, r.step, r.variant
    ) as d
    where s.campaign_id = d.campaign_id and s.step = d.step and s.variant = d.variant and (d.events <> 0 or d.overruled <> 0)
  ),
  mailboxes as (
    update public.email_account_days as m
    set
      replies_observed = m.replies_observed + d.events, auto_replies_observed = m.auto_replies_observed - d.events,
      replies_overruled = m.replies_overruled + d.overruled
    from (
      select
        a.id as account_id, r.day,
        count(*) filter (where r.is_human) - count(*) filter (where r.was_human) as events,
        count(*) filter (where r.is_told_human) - count(*) filter (where r.was_told_human)
          - count(*) filter (where r.is_human) + count(*) filter (where r.was_human) as overruled
      from reply as r
      join public.email_accounts as a on a.connection_id = r.connection_id and a.email = r.email_account
      group by a.id, r.day
    ) as d
    where m.account_id = d.account_id and m.day = d.day and (d.events <> 0 or d.overruled <> 0)
  ),
  -- The first reply of a lead before and after; a time that only the provider knows stays.
  moved as materialized (
    select
      l.id, l.campaign_id, l.client_id, l.replied_at as was_at,
      n.human_before, n.human_after, n.human_after - n.human_before as change, n.overruled, n.last_type,
      case
        when n.first_before is null or l.replied_at >= n.first_before then n.first_after
        else least(l.replied_at, n.first_after)
      end as is_at
    from public.synced_leads as l
    join (
      select
        r.lead_id,
        count(*) filter (where r.was_human) as human_before,
        count(*) filter (where r.is_human) as human_after,
        count(*) filter (where r.is_told_human) - count(*) filter (where r.was_told_human)
          - count(*) filter (where r.is_human) + count(*) filter (where r.was_human) as overruled,
        min(r.occurred_at) filter (where r.was_human) as first_before,
        min(r.occurred_at) filter (where r.is_human) as first_after,
        (array_agg(
          case when r.is_human then 'reply_received' else 'auto_reply_received' end order by r.occurred_at desc, r.is_human desc
        ))[1] as last_type,
        max(r.occurred_at) as last_at
      from reply as r
      group by r.lead_id
    ) as n on n.lead_id = l.id
  ),
  first_times as (
    insert into public.campaign_first_times as f (campaign_id, day, client_id, replied)
    select m.campaign_id, (step.moment at time zone 'UTC')::date, m.client_id, sum(step.change)
    from moved as m
    cross join lateral (
      values (m.was_at, case when m.human_before > 0 then -1 end), (m.is_at, case when m.human_after > 0 then 1 end)
    ) as step (moment, change)
    where step.change is not null and step.moment is not null
    group by m.campaign_id, (step.moment at time zone 'UTC')::date, m.client_id
    order by m.campaign_id, (step.moment at time zone 'UTC')::date
    on conflict (campaign_id, day) do update set replied = f.replied + excluded.replied
  ),
  -- The same on the days of a client that does not live in UTC.
  shifts as (
    insert into private.day_shifts as s (campaign_id, day, client_id, replied, auto_replies, first_replied)
    select n.campaign_id, n.day, n.client_id, sum(n.replied), sum(n.auto_replies), sum(n.first_replied)
    from (
      select
        r.campaign_id, r.client_id, s.day,
        s.change * (count(distinct r.lead_id) filter (where r.is_human) - count(distinct r.lead_id) filter (where r.was_human)) as replied,
        s.change * (count(*) filter (where r.was_human) - count(*) filter (where r.is_human)) as auto_replies,
        0 as first_replied
      from reply as r
      cross join lateral (values ((r.occurred_at at time zone r.zone)::date, 1), (r.day, -1)) as s (day, change)
      where r.occurred_at < r.counted_before
      group by r.campaign_id, r.client_id, s.day, s.change
      union all
      select m.campaign_id, m.client_id, s.day, 0, 0, s.change
      from moved as m
      join private.day_cuts as z on z.campaign_id = m.campaign_id and z.zone <> 'UTC'
      cross join lateral (
        values (m.was_at, case when m.human_before > 0 then -1 end), (m.is_at, case when m.human_after > 0 then 1 end)
      ) as step (moment, change)
      cross join lateral (
        values ((step.moment at time zone z.zone)::date, step.change), ((step.moment at time zone 'UTC')::date, -step.change)
      ) as s (day, change)
      where step.change is not null and step.moment is not null
    ) as n
    group by n.campaign_id, n.day, n.client_id
    having sum(n.replied) <> 0 or sum(n.auto_replies) <> 0 or sum(n.first_replied) <> 0
    order by n.campaign_id, n.day
    on conflict (campaign_id, day) do update set
      replied = s.replied + excluded.replied,
      auto_replies = s.auto_replies + excluded.auto_replies,
      first_replied = s.first_replied + excluded.first_replied
  ),
  leads as (
    update public.synced_leads as l
    set
      reply_count_observed = l.reply_count_observed + m.change,
      auto_reply_count = l.auto_reply_count - m.change,
      reply_count_overruled = l.reply_count_overruled + m.overruled,
      replied_at = m.is_at,
      last_event_type = case
        when l.last_event_type in ('reply_received', 'auto_reply_received') then m.last_type
        else l.last_event_type
      end,
      updated_at = now()
    from moved as m
    where l.id = m.id
  ),
  shown as (
    update public.messages as m
    set is_auto_reply = not r.is_human
    from reply as r
    where m.event_id = r.id and r.id = any (flipped)
  ),
  noted as (
    insert into private.pending_changes (owner_id, kind)
    select distinct r.client_id, k.kind
    from reply as r
    cross join (values ('replies'), ('stats')) as k (kind)
  )
  update public.email_events as e
  set type = case when r.is_human then 'reply_received' else 'auto_reply_received' end::public.email_event_type
  from reply as r
  where e.lead_id = r.lead_id and e.occurred_at = r.occurred_at and e.id = r.id and r.id = any (flipped);

  -- A bounce that a reply had lifted may count again, and the other way round.
  perform private.settle_bounces(array_agg(l.client_id), array_agg(l.email))
  from public.synced_leads as l
  where l.id = any (changed_leads);
end
$$;

comment on function private.settle_replies(uuid[]) is
  'Corrects which replies of these leads are automatic, and everything that was counted from them, by the difference.';

grant execute on function private.settle_replies(uuid[]) to service_role;
