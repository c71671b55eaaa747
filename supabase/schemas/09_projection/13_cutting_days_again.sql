-- After a change of a client's time zone, or of a campaign's client, the days of its campaigns are cut again. What is to be done
-- follows from comparing each campaign's zone with its client's, and each run is one transaction: killed at any moment, it
-- continues with the next run, and a second run finds nothing to do.

-- The campaign gets the zone of its client and the first times of its leads, in one look at all of them. The events follow.
create function private.start_day_cut(target_campaign_id uuid, owner_id uuid, new_zone text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from private.day_shifts as s where s.campaign_id = target_campaign_id;

  if new_zone = 'UTC' then
    delete from private.day_cuts as z where z.campaign_id = target_campaign_id;
    return;
  end if;

  insert into private.day_cuts as z (campaign_id, client_id, zone, counted_before)
  values (target_campaign_id, owner_id, new_zone, '-infinity')
  on conflict (campaign_id) do update set
    client_id = excluded.client_id, zone = excluded.zone, counted_before = excluded.counted_before, events_counted = 0;

  perform private.add_day_shifts(array_agg(row(target_campaign_id, owner_id, m.day, m.kind, m.change)::private.day_shift))
  from (
    select s.day, f.kind, sum(s.change)::integer as change
    from public.synced_leads as l
    cross join lateral (
      values
        ('first_contacted', l.contacted_at),
        ('first_opened', case when l.open_count_observed > 0 then l.opened_at end),
        ('first_clicked', case when l.click_count_observed > 0 then l.clicked_at end),
        ('first_replied', case when l.reply_count_observed > 0 then l.replied_at end)
    ) as f (kind, moment)
    cross join lateral (
      values ((f.moment at time zone new_zone)::date, 1), ((f.moment at time zone 'UTC')::date, -1)
    ) as s (day, change)
    where l.campaign_id = target_campaign_id
      and f.moment is not null
      and (f.moment at time zone new_zone)::date <> (f.moment at time zone 'UTC')::date
    group by s.day, f.kind
    having sum(s.change) <> 0
  ) as m
  having count(*) > 0;
end
$$;

comment on function private.start_day_cut(uuid, uuid, text) is
  'Begins to cut the days of a campaign in another zone: first times at once, events by private.continue_day_cut. The caller holds projectors off.';

grant execute on function private.start_day_cut(uuid, uuid, text) to service_role;

-- The next events in their order of time. A lead counts on a day with the first event of a kind, so those of the day before
-- are read once more.
create function private.continue_day_cut(target_campaign_id uuid, most_events integer)
returns void
language plpgsql
set search_path = ''
as $$
declare
  cut private.day_cuts;
  events integer;
  upto timestamptz;
begin
  select z.* into cut from private.day_cuts as z where z.campaign_id = target_campaign_id for update;

  select count(*), max(n.occurred_at)
  into events, upto
  from (
    select e.occurred_at
    from public.email_events as e
    where e.campaign_id = target_campaign_id and e.occurred_at >= cut.counted_before
    order by e.occurred_at
    limit most_events
  ) as n;

  upto := case when events < most_events then 'infinity' else upto + interval '1 microsecond' end;

  perform private.add_day_shifts(array_agg(row(target_campaign_id, cut.client_id, m.day, m.kind, m.change)::private.day_shift))
  from (
    select n.day, n.kind, sum(n.change)::integer as change
    from (
      select s.day, private.shifted_mail(t.type) as kind, t.events * s.change as change
      from (
        select
          e.type, (e.occurred_at at time zone cut.zone)::date as local_day, (e.occurred_at at time zone 'UTC')::date as utc_day,
          count(*) as events
        from public.email_events as e
        where e.campaign_id = target_campaign_id
          and e.occurred_at >= cut.counted_before and e.occurred_at < upto
          and e.lead_id is not null
          and e.type in ('email_sent', 'auto_reply_received', 'email_bounced', 'lead_unsubscribed')
        group by 1, 2, 3
      ) as t
      cross join lateral (values (t.local_day, 1), (t.utc_day, -1)) as s (day, change)
      where t.local_day <> t.utc_day
      union all
      select p.day, private.shifted_people(p.type), sum(p.change)
      from (
        select s.day, e.type, s.change
        from public.email_events as e
        cross join lateral (
          values ((e.occurred_at at time zone cut.zone)::date, 1), ((e.occurred_at at time zone 'UTC')::date, -1)
        ) as s (day, change)
        where e.campaign_id = target_campaign_id
          -- No day is longer than 25 hours.
          and e.occurred_at >= cut.counted_before - interval '26 hours' and e.occurred_at < upto
          and e.lead_id is not null
          and e.type in ('email_sent', 'email_opened', 'email_clicked', 'reply_received')
        group by e.lead_id, e.type, s.day, s.change
        having min(e.occurred_at) >= cut.counted_before
      ) as p
      group by p.day, p.type
    ) as n
    group by n.day, n.kind
    having sum(n.change) <> 0
  ) as m
  having count(*) > 0;

  update private.day_cuts as z
  set counted_before = upto, events_counted = z.events_counted + events
  where z.campaign_id = target_campaign_id;
end
$$;

comment on function private.continue_day_cut(uuid, integer) is
  'Cuts the next events of a campaign in its new zone. The caller holds projectors off.';

grant execute on function private.continue_day_cut(uuid, integer) to service_role;

-- Projectors wait while this runs, so it takes a second of every five at most; deliveries are received all the time.
create function private.cut_days_again(most_seconds numeric default 1, most_events integer default 20000)
returns integer
language plpgsql
set search_path = ''
set lock_timeout = '5s'
as $$
declare
  ends_at timestamptz;
  campaign record;
  steps integer := 0;
begin
  loop
    select k.id, k.client_id, c.time_zone, coalesce(z.zone, 'UTC') <> c.time_zone as is_new
    into campaign
    from public.campaigns as k
    join public.clients as c on c.id = k.client_id
    left join private.day_cuts as z on z.campaign_id = k.id
    where (coalesce(z.zone, 'UTC') <> c.time_zone or z.counted_before < 'infinity')
      -- Its events are in the archive; `npm run rebuild -- --archive` cuts its days.
      and not exists (select from private.closed_campaigns as d where d.campaign_id = k.id)
    -- What is begun first, so that campaigns become right one after the other.
    order by z.counted_before < 'infinity' and z.zone = c.time_zone desc nulls last, k.client_id, k.id
    limit 1;

    exit when not found;

    if ends_at is null then
      perform pg_advisory_xact_lock(private.campaign_moves_lock());
      ends_at := clock_timestamp() + make_interval(secs => most_seconds);
      -- Looks again: what was true before the lock may not be any more.
      continue;
    end if;

    if campaign.is_new then
      perform private.start_day_cut(campaign.id, campaign.client_id, campaign.time_zone);
    end if;

    if campaign.time_zone <> 'UTC' then
      perform private.continue_day_cut(campaign.id, most_events);
    end if;

    steps := steps + 1;

    perform private.note_changed_stats(array[campaign.client_id]);

    exit when clock_timestamp() > ends_at;
  end loop;

  return steps;
end
$$;

comment on function private.cut_days_again(numeric, integer) is
  'Every five seconds: cuts days of campaigns that are not in their client''s time zone, for about that many seconds; returns how many steps it took, 0 = all are.';

grant execute on function private.cut_days_again(numeric, integer) to service_role;
