-- One report as data: _shared/client-reports/report.ts has its shape and adds the words.

-- The period of the same kind that is over on a day: the last week from Monday to Sunday, or the last month of the calendar. In
-- plpgsql, so that its plan is kept: the schedule of 1,000 clients asks 4,000 times a minute.
create function private.report_period(kind public.report_kind, today date, periods_ago integer, out from_day date, out to_day date)
language plpgsql
immutable
set search_path = ''
as $$
begin
  if kind = 'weekly' then
    from_day := date_trunc('week', today)::date - 7 * (1 + periods_ago);
    to_day := from_day + 6;
  else
    from_day := (date_trunc('month', today) - make_interval(months => 1 + periods_ago))::date;
    to_day := (from_day + interval '1 month - 1 day')::date;
  end if;
end
$$;

comment on function private.report_period(public.report_kind, date, integer) is
  'The last week (Monday to Sunday) or month that is over on a day; periods_ago 1 = the one before it, -1 = the one that is not over.';

grant execute on function private.report_period(public.report_kind, date, integer) to service_role;

-- Goals of the month in which the period ends.
create function private.report_goals(target_client_id uuid, to_day date)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'metric', g.metric, 'month', date_trunc('month', report_goals.to_day)::date, 'goal', g.goal, 'reached', g.reached, 'pace', g.pace,
    'behind', g.behind
  ) order by g.metric), '[]')
  from private.client_pace(target_client_id, date_trunc('month', report_goals.to_day)::date) as g
  where g.goal is not null
$$;

comment on function private.report_goals(uuid, date) is 'Goals and pace of a client in the month of this day; [] = none is set.';

grant execute on function private.report_goals(uuid, date) to service_role;

-- draft: { language?, with_replies?, note? } of a form that is not saved yet.
create function private.report_facts(target_client_id uuid, of_kind public.report_kind, of_day date, draft jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  client public.clients;
  settings private.client_report_settings;
  agency jsonb := private.mail_identity();
  period record;
  earlier record;
  this public.range_stats;
  before public.range_stats;
  goals jsonb;
  campaigns jsonb;
  with_replies boolean;
begin
  select c.* into client from public.clients as c where c.id = target_client_id;
  select s.* into settings from private.client_report_settings as s where s.client_id = target_client_id;
  select p.from_day, p.to_day into period from private.report_period(of_kind, of_day, 0) as p;
  select p.from_day, p.to_day into earlier from private.report_period(of_kind, of_day, 1) as p;
  select s.* into this from public.stats_between(period.from_day, period.to_day, target_client_id) as s;
  select s.* into before from public.stats_between(earlier.from_day, earlier.to_day, target_client_id) as s;

  goals := private.report_goals(target_client_id, period.to_day);
  campaigns := private.report_campaign_numbers(target_client_id, period.from_day, period.to_day);
  with_replies := coalesce((draft ->> 'with_replies')::boolean, settings.with_replies, true);

  return jsonb_build_object(
    'version', 1, 'kind', of_kind, 'language', coalesce(draft ->> 'language', settings.language::text, 'en'), 'made_at', now(),
    'client', jsonb_build_object('id', client.id, 'name', client.name, 'time_zone', client.time_zone),
    'agency', jsonb_build_object(
      'name', agency -> 'agency_name', 'support_address', agency -> 'agency_support', 'colour', agency -> 'agency_colour',
      'ink', agency -> 'agency_ink', 'logo_url', agency -> 'agency_logo'
    ),
    'period', jsonb_build_object('from_day', period.from_day, 'to_day', period.to_day),
    'before', jsonb_build_object('from_day', earlier.from_day, 'to_day', earlier.to_day),
    'note', case when draft ? 'note' then nullif(draft ->> 'note', '') else settings.note end,
    'sentences', jsonb_build_object(
      'trend', private.report_trend(this, before),
      'attention', private.report_attention(target_client_id, this, goals, client.time_zone),
      'next', private.report_next(target_client_id, period.from_day, period.to_day, private.day_in(now(), client.time_zone))
    ),
    'numbers', private.report_numbers(this, before),
    'goals', goals,
    'best_campaign', (
      select c.one - '{enough_signal,is_best}'::text[] from jsonb_array_elements(campaigns) as c (one) where (c.one ->> 'is_best')::boolean
    ),
    -- As many as anybody reads.
    'campaigns', coalesce(
      (
        select jsonb_agg(c.one - 'is_best' order by c.place)
        from jsonb_array_elements(campaigns) with ordinality as c (one, place)
        where c.place <= 100
      ),
      '[]'
    ),
    'best_step', private.report_best_step(target_client_id, period.from_day, period.to_day),
    'replies', case when with_replies then private.report_replies(target_client_id, period.from_day, period.to_day, client.time_zone) end,
    'days', private.report_days(target_client_id, period.from_day, period.to_day),
    'as_of', this.as_of,
    'rebuilding', this.rebuilding
  );
end
$$;

comment on function private.report_facts(uuid, public.report_kind, date, jsonb) is
  'The report of the last period that is over on a day of the client, as data without words.';

grant execute on function private.report_facts(uuid, public.report_kind, date, jsonb) to service_role;

-- of_day null = today at the client.
create function worker.read_report_facts(target_client_id uuid, of_kind public.report_kind, of_day date, draft jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  perform private.require_client(target_client_id);

  return private.report_facts(
    target_client_id, of_kind,
    coalesce(of_day, (select private.day_in(now(), c.time_zone) from public.clients as c where c.id = target_client_id)),
    coalesce(draft, '{}')
  );
end
$$;

comment on function worker.read_report_facts(uuid, public.report_kind, date, jsonb) is
  'A report as data, for the last period that is over on of_day (null = today at the client); draft replaces saved { language, with_replies, note }. Service role only.';

grant execute on function worker.read_report_facts(uuid, public.report_kind, date, jsonb) to service_role;
