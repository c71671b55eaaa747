-- The operators' side: what is kept how long, what a change would remove, and the change.

create function private.require_retention_kind(of_kind text)
returns private.retention_settings
language plpgsql
stable
set search_path = ''
as $$
declare
  setting private.retention_settings;
begin
  select s.* into setting from private.retention_settings as s where s.kind = of_kind;

  if not found then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('%L is no kind of data with a period; use one of those that retention_periods lists', of_kind);
  end if;

  return setting;
end
$$;

comment on function private.require_retention_kind(text) is 'The setting of a kind; raises VALIDATION_FAILED for an unknown kind.';

create function private.read_retention()
returns table (
  kind text, keep_days integer, default_days integer, minimum_days integer, checked_at timestamptz, removed_at timestamptz,
  removed_rows integer, removed_in_all bigint
)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_operator();

  return query
  select
    s.kind, s.keep_days, s.default_days, s.minimum_days, s.checked_at, s.removed_at, s.removed_rows, s.removed_in_all
  from private.retention_settings as s
  order by s.place;
end
$$;

comment on function private.read_retention() is 'The work of public.retention_periods; checks the caller itself.';

grant execute on function private.read_retention() to authenticated, service_role;

create function public.retention_periods()
returns table (
  kind text, keep_days integer, default_days integer, minimum_days integer, checked_at timestamptz, removed_at timestamptz,
  removed_rows integer, removed_in_all bigint
)
language sql
stable
set search_path = ''
as $$
  select * from private.read_retention()
$$;

comment on function public.retention_periods() is
  'How long each kind of data is kept: { kind, keep_days (null = for ever), default_days, minimum_days, checked_at, removed_at, removed_rows (on that day), removed_in_all }. Operators.';

grant execute on function public.retention_periods() to authenticated, service_role;

-- Where the rows of a kind begin to be kept, and how many are older. Counted in an index, to a hundred thousand and no further.
create function private.count_old(of_kind text, before timestamptz)
returns integer
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  most constant integer := 100000;
  counted integer;
  more integer := 0;
begin
  case of_kind
    when 'deliveries' then
      select count(*) into counted from (
        select from private.webhook_events as w
        where w.status in ('projected', 'duplicate', 'test') and w.payload is not null and w.received_at < before
        limit most
      ) as o;
    when 'messages' then
      select count(*) into counted from (
        select from public.messages as m where m.body_removed_at is null and m.occurred_at < before limit most
      ) as o;
      select count(*) into more from (
        select from public.untracked_replies as u where u.body_removed_at is null and u.occurred_at < before limit most
      ) as o;
    when 'audit' then
      select count(*) into counted from (select from public.audit_log as a where a.occurred_at < before limit most) as o;
    when 'provider_calls' then
      select count(*) into counted from (select from public.provider_api_calls as c where c.called_at < before limit most) as o;
    when 'outgoing' then
      select count(*) into counted from (select from private.outgoing_events as v where v.created_at < before limit most) as o;
      select count(*) into more from (
        select from private.crm_pushes as p where p.created_at < before
        union all
        select from private.mails as m where m.created_at < before
        limit most
      ) as o;
    when 'placements' then
      select count(*) into counted from (
        select from public.placement_results as r where r.day < (before at time zone 'UTC')::date limit most
      ) as o;
    when 'recovered_facts' then
      select count(*) into counted from (select from private.recovered_facts as f where f.latest_at < before limit most) as o;
    when 'run_details' then
      -- In the order of their numbers, until the first one that is young enough.
      select count(*) into counted
      from (select coalesce(d.end_time, d.start_time) as at from cron.job_run_details as d order by d.runid limit most) as o
      where o.at < before;
    when 'scheduled_calls' then
      select count(*) into counted from (select from private.function_calls as c where c.called_at < before limit most) as o;
  end case;

  return least(counted + more, most);
end
$$;

comment on function private.count_old(text, timestamptz) is
  'How many rows of a kind are from before then; 100,000 = that many or more.';

create function private.check_retention(of_kind text, keep_days integer)
returns private.retention_settings
language plpgsql
stable
set search_path = ''
as $$
declare
  setting private.retention_settings := private.require_retention_kind(of_kind);
begin
  if keep_days not between setting.minimum_days and 36500 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format(
        'Data of the kind %s is kept for at least %s days, because the system still reads it; it is %s. Give that many days or more (36500 at most), or null to keep it for ever',
        setting.kind, setting.minimum_days, keep_days
      );
  end if;

  return setting;
end
$$;

comment on function private.check_retention(text, integer) is 'The setting of a kind; raises VALIDATION_FAILED when it may not be kept for so short a time.';

create function private.foresee_retention(of_kind text, keep_days integer)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  setting private.retention_settings;
begin
  perform private.require_operator();
  setting := private.check_retention(of_kind, keep_days);

  return jsonb_build_object(
    'kind', setting.kind, 'keep_days', keep_days, 'before', now() - make_interval(days => keep_days),
    'rows', case when keep_days is null then 0 else private.count_old(setting.kind, now() - make_interval(days => keep_days)) end
  );
end
$$;

comment on function private.foresee_retention(text, integer) is 'The work of public.preview_retention; checks the caller itself.';

grant execute on function private.foresee_retention(text, integer) to authenticated, service_role;

create function public.preview_retention(of_kind text, keep_days integer)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.foresee_retention(of_kind, keep_days)
$$;

comment on function public.preview_retention(text, integer) is
  'What would be removed if a kind were kept for that number of days: { kind, keep_days, before, rows (100000 = that many or more) }. Changes nothing. Operators.';

grant execute on function public.preview_retention(text, integer) to authenticated, service_role;

create function private.edit_retention(of_kind text, new_days integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  setting private.retention_settings;
begin
  perform private.require_operator();
  setting := private.check_retention(of_kind, new_days);

  if setting.keep_days is distinct from new_days then
    update private.retention_settings as s set keep_days = new_days where s.kind = setting.kind;
    perform private.write_audit(
      'retention_changed', 'retention', setting.kind, null, jsonb_build_object('from_days', setting.keep_days, 'to_days', new_days)
    );
  end if;

  return jsonb_build_object('kind', setting.kind, 'keep_days', new_days);
end
$$;

comment on function private.edit_retention(text, integer) is 'The work of public.change_retention; checks the caller itself.';

grant execute on function private.edit_retention(text, integer) to authenticated, service_role;

-- The door to it for operators.
create function public.change_retention(of_kind text, keep_days integer)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.edit_retention(of_kind, keep_days)
$$;

comment on function public.change_retention(text, integer) is
  'Keeps a kind of data for keep_days, null = for ever; what is older is removed within minutes and does not come back. Returns { kind, keep_days }. Operators.';

grant execute on function public.change_retention(text, integer) to authenticated, service_role;
