-- Where we believe something else of a reply than the provider, which still counts it its way.

-- Replies of which we believe something else than the provider: a person or the mail's own words (08_reply_classes.sql). What the
-- provider reports still counts them its way, so replied_overruled of the activity tables takes them out of it.
create table private.overruled_replies (
  event_id bigint primary key references private.webhook_events (id) on delete cascade,
  lead_id uuid not null references public.synced_leads (id) on delete cascade,
  is_human boolean not null
);

comment on table private.overruled_replies is
  'Events of replies whose provider takes a machine''s mail for a person''s (is_human = false), or the other way round.';

create index overruled_replies_lead_id_idx on private.overruled_replies (lead_id);

alter table private.overruled_replies enable row level security;

grant select, insert, update, delete on private.overruled_replies to service_role;

create policy "Only the functions read overruled replies"
on private.overruled_replies for all to service_role using (true) with check (true);

-- Whether a person wrote it: by its class where that speaks of it, else by the provider. The text alone does not make a person of
-- what the provider calls automatic: a notice "she has left, write to him" is a referral and still a machine's.
create function private.is_written_by_person(reply_class public.reply_class, source public.reply_class_source, by_provider boolean)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select case
    -- Its labels are read directly; the class may be a moment older.
    when source = 'provider' then by_provider
    when reply_class in ('out_of_office', 'automatic', 'bounce') then false
    when source = 'person' and reply_class not in ('referral', 'wrong_person') then true
    else by_provider
  end
$$;

comment on function private.is_written_by_person(public.reply_class, public.reply_class_source, boolean) is
  'Whether a reply counts as a person''s: its class decides where it names a machine, or a person named the class; else the provider does.';

grant execute on function private.is_written_by_person(public.reply_class, public.reply_class_source, boolean) to service_role;

-- Counts replied_overruled of whole campaigns again, after a reply moved to another lead or day. A lead counts
-- once a day, once a step and once over all, on the side of the provider and on ours. Rows are locked first, so that a reply
-- settled meanwhile adds its difference afterwards.
create function private.recount_overruled(campaign_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform from public.campaign_activity as a where a.campaign_id = any (campaign_ids) order by a.campaign_id, a.day for update;
  perform from public.campaign_activity_totals as t where t.campaign_id = any (campaign_ids) order by t.campaign_id for update;
  perform from public.campaign_step_activity as s where s.campaign_id = any (campaign_ids)
  order by s.campaign_id, s.step, s.variant for update;

  with reply as materialized (
    select
      e.campaign_id, e.lead_id, e.step, coalesce(e.variant, 1::smallint) as variant,
      (e.occurred_at at time zone 'UTC')::date as day,
      e.type = 'reply_received' as is_human,
      coalesce(not o.is_human, e.type = 'reply_received') as is_told_human
    from public.email_events as e
    left join private.overruled_replies as o on o.event_id = e.id
    where e.lead_id in (
        select x.lead_id
        from private.overruled_replies as x
        join public.synced_leads as l on l.id = x.lead_id
        where l.campaign_id = any (campaign_ids)
      )
      and e.campaign_id = any (campaign_ids)
      and e.type in ('reply_received', 'auto_reply_received')
  ),
  days as (
    update public.campaign_activity as a
    set replied_overruled = coalesce(d.overruled, 0)
    from public.campaign_activity as k
    left join (
      select
        r.campaign_id, r.day,
        count(distinct r.lead_id) filter (where r.is_told_human) - count(distinct r.lead_id) filter (where r.is_human) as overruled
      from reply as r
      group by r.campaign_id, r.day
    ) as d on d.campaign_id = k.campaign_id and d.day = k.day
    where k.campaign_id = any (campaign_ids) and a.campaign_id = k.campaign_id and a.day = k.day
      and a.replied_overruled <> coalesce(d.overruled, 0)
  ),
  steps as (
    update public.campaign_step_activity as s
    set replied_overruled = coalesce(d.overruled, 0)
    from public.campaign_step_activity as k
    left join (
      select
        r.campaign_id, r.step, r.variant,
        count(distinct r.lead_id) filter (where r.is_told_human) - count(distinct r.lead_id) filter (where r.is_human) as overruled
      from reply as r
      group by r.campaign_id, r.step, r.variant
    ) as d on d.campaign_id = k.campaign_id and d.step = k.step and d.variant = k.variant
    where k.campaign_id = any (campaign_ids)
      and s.campaign_id = k.campaign_id and s.step = k.step and s.variant = k.variant
      and s.replied_overruled <> coalesce(d.overruled, 0)
  )
  update public.campaign_activity_totals as t
  set replied_overruled = coalesce(d.overruled, 0)
  from public.campaign_activity_totals as k
  left join (
    select
      r.campaign_id,
      count(distinct r.lead_id) filter (where r.is_told_human) - count(distinct r.lead_id) filter (where r.is_human) as overruled
    from reply as r
    group by r.campaign_id
  ) as d on d.campaign_id = k.campaign_id
  where k.campaign_id = any (campaign_ids) and t.campaign_id = k.campaign_id
    and t.replied_overruled <> coalesce(d.overruled, 0);
end
$$;

comment on function private.recount_overruled(uuid[]) is
  'Counts replied_overruled of these campaigns again, by day, step and over all.';

grant execute on function private.recount_overruled(uuid[]) to service_role;
