-- When a report is due: found by comparing what should have been sent with what was made, so a run that was missed is sent late,
-- once. Only the newest period counts: the reports of a month at once would help no one.

-- The moment by the client's clock; an hour that a change of the clock skips is the one after it.
create function private.report_due_at(to_day date, send_on smallint, send_hour smallint, zone text)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  return ((to_day + send_on)::timestamp + make_interval(hours => send_hour)) at time zone zone;
end
$$;

comment on function private.report_due_at(date, smallint, smallint, text) is
  'When the report of a period that ends on to_day is due: that many days later, at the hour of the client''s clock.';

grant execute on function private.report_due_at(date, smallint, smallint, text) to service_role;

-- Each switched-on report with the newest period that has been due, and the next that will be.
create function private.list_report_turns(only_client uuid)
returns table (
  client_id uuid, kind public.report_kind, due_from_day date, due_to_day date, due_at timestamptz, is_made boolean, next_at timestamptz
)
language sql
stable
set search_path = ''
as $$
  select s.client_id, s.kind, due.from_day, due.to_day, due.at, due.is_made, coming.at
  from private.client_report_schedules as s
  join public.clients as c on c.id = s.client_id and c.archived_at is null and c.removal_requested_at is null
  cross join lateral (select private.day_in(now(), c.time_zone) as today) as t
  left join lateral (
    select
      p.from_day, p.to_day, d.at,
      exists (
        select from public.client_reports as r
        where r.client_id = s.client_id and r.kind = s.kind and r.from_day = p.from_day and r.scheduled_at is not null
      ) as is_made
    from generate_series(0, 1) as n (ago)
    cross join lateral private.report_period(s.kind, t.today, n.ago) as p
    cross join lateral (select private.report_due_at(p.to_day, s.send_on, s.send_hour, c.time_zone) as at) as d
    where d.at between s.since and now()
    order by d.at desc
    limit 1
  ) as due on true
  cross join lateral (
    select min(d.at) as at
    from generate_series(-1, 0) as n (ago)
    cross join lateral private.report_period(s.kind, t.today, n.ago) as p
    cross join lateral (select private.report_due_at(p.to_day, s.send_on, s.send_hour, c.time_zone) as at) as d
    where d.at > now()
      and not exists (
        select from public.client_reports as r
        where r.client_id = s.client_id and r.kind = s.kind and r.from_day = p.from_day and r.scheduled_at is not null
      )
  ) as coming
  where only_client is null or s.client_id = only_client
$$;

comment on function private.list_report_turns(uuid) is
  'Per switched-on report of a client, or (null) of all that are not archived: the newest period that has been due since it was switched on, whether it was made, and when the next one is due.';

grant execute on function private.list_report_turns(uuid) to service_role;

-- While days are cut again after a change of the time zone, a report waits up to six hours for them.
create function private.list_due_reports(only_client uuid default null)
returns table (client_id uuid, kind public.report_kind, from_day date, to_day date)
language sql
stable
set search_path = ''
as $$
  select t.client_id, t.kind, t.due_from_day, t.due_to_day
  from private.list_report_turns(only_client) as t
  join private.client_report_schedules as s on s.client_id = t.client_id and s.kind = t.kind
  where t.due_at is not null and not t.is_made and s.next_attempt_at <= now()
    and exists (select from private.mail_settings)
    and (
      t.due_at < now() - interval '6 hours'
      or not exists (
        select
        from public.campaigns as k
        join public.clients as c on c.id = k.client_id
        left join private.day_cuts as z on z.campaign_id = k.id
        where k.client_id = t.client_id and (coalesce(z.zone, 'UTC') <> c.time_zone or z.counted_before < 'infinity')
      )
      -- A campaign is being moved from this client, or to it.
      and not exists (
        select from private.campaign_work as w where w.to_client_id is not null and t.client_id in (w.from_client_id, w.to_client_id)
      )
    )
  order by t.due_at, t.client_id, t.kind
$$;

comment on function private.list_due_reports(uuid) is 'Reports to be made now, of a client or of all. Without mail settings none.';

grant execute on function private.list_due_reports(uuid) to service_role;

create function worker.list_due_reports(most integer)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('client_id', d.client_id, 'kind', d.kind, 'of_day', d.to_day + 1)), '[]')
  from (select l.* from private.list_due_reports() as l limit most) as d
$$;

comment on function worker.list_due_reports(integer) is
  'Reports to be made now: [{ client_id, kind, of_day }], of_day for read_report_facts. Service role only.';

grant execute on function worker.list_due_reports(integer) to service_role;

-- A report that cannot be made does not hold up the others; it is retried later.
create function worker.postpone_report(target_client_id uuid, of_kind public.report_kind, error text)
returns void
language sql
set search_path = ''
as $$
  update private.client_report_schedules as s
  set
    attempts = least(s.attempts + 1, 100),
    next_attempt_at = now() + least(interval '1 minute' * power(2, least(s.attempts, 8)), interval '2 hours'),
    last_error = left(postpone_report.error, 500)
  where s.client_id = target_client_id and s.kind = of_kind
$$;

comment on function worker.postpone_report(uuid, public.report_kind, text) is
  'A scheduled report could not be made: the next attempt comes after a minute, later after up to two hours. Service role only.';

grant execute on function worker.postpone_report(uuid, public.report_kind, text) to service_role;
