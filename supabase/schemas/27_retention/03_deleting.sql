-- What is deleted with its rows: logs.

-- Entries that still say something about the present stay: who paused or removed a connection that is paused.
create function private.delete_audit(before timestamptz, most integer)
returns integer
language plpgsql
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  deleted integer;
begin
  delete from public.audit_log as a
  where a.id = any (array(
    select o.id
    from public.audit_log as o
    where o.occurred_at < before
      and not (
        o.target_type = 'provider_connection' and o.action in ('pause', 'remove')
        and exists (select from public.provider_connections as c where c.id::text = o.target_id and c.status = 'paused')
      )
    order by o.occurred_at
    limit most
    for update skip locked
  ));

  get diagnostics deleted = row_count;
  return deleted;
end
$$;

comment on function private.delete_audit(timestamptz, integer) is
  'Deletes up to that many entries of audit_log from before then; returns how many.';

-- The log of what went out: pushes to a CRM, events with their deliveries, mails to people.
create function private.delete_outgoing(before timestamptz, most integer)
returns integer
language plpgsql
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  deleted integer;
  pushes integer;
  mails integer;
begin
  delete from private.crm_pushes as p
  where p.id = any (array(
    select o.id from private.crm_pushes as o where o.created_at < before order by o.created_at limit most for update skip locked
  ));
  get diagnostics pushes = row_count;

  delete from private.outgoing_events as v
  where v.id = any (array(
    select o.id from private.outgoing_events as o where o.created_at < before order by o.created_at limit most for update skip locked
  ));
  get diagnostics deleted = row_count;

  delete from private.mails as m
  where m.id = any (array(
    select o.id from private.mails as o where o.created_at < before order by o.created_at limit most for update skip locked
  ));
  get diagnostics mails = row_count;

  return pushes + deleted + mails;
end
$$;

comment on function private.delete_outgoing(timestamptz, integer) is
  'Deletes up to that many pushes to a CRM, outgoing events and mails each from before then; returns how many.';

-- pg_cron's own log has no index but that of its numbers, which rise with time: what is below the last old one of a span is old.
create function private.delete_run_details(before timestamptz, most integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  upto bigint;
  deleted integer;
begin
  select max(r.runid) into upto
  from (select d.runid, coalesce(d.end_time, d.start_time) as at from cron.job_run_details as d order by d.runid limit most) as r
  where r.at < before;

  delete from cron.job_run_details as d where d.runid <= upto;

  get diagnostics deleted = row_count;
  return deleted;
end
$$;

comment on function private.delete_run_details(timestamptz, integer) is
  'Deletes up to that many runs of the scheduler from before then from its log; returns how many.';

-- The others need no more than their age.
create function private.remove_old(of_kind text, before timestamptz, most integer)
returns integer
language plpgsql
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  removed integer;
begin
  case of_kind
    when 'deliveries' then return private.empty_deliveries(before, most);
    when 'messages' then return private.empty_messages(before, most);
    when 'audit' then return private.delete_audit(before, most);
    when 'outgoing' then return private.delete_outgoing(before, most);
    when 'run_details' then return private.delete_run_details(before, most);
    when 'provider_calls' then
      delete from public.provider_api_calls as c
      where c.id = any (array(
        select o.id from public.provider_api_calls as o where o.called_at < before order by o.called_at limit most for update skip locked
      ));
    when 'placements' then
      delete from public.placement_results as r
      using (
        select o.account_id, o.day
        from public.placement_results as o
        where o.day < (before at time zone 'UTC')::date
        order by o.day
        limit most
        for update skip locked
      ) as g
      where r.account_id = g.account_id and r.day = g.day;
    when 'recovered_facts' then
      delete from private.recovered_facts as f
      where f.event_id = any (array(
        select o.event_id from private.recovered_facts as o where o.latest_at < before order by o.latest_at limit most for update skip locked
      ));
    when 'scheduled_calls' then
      delete from private.function_calls as c
      where c.request_id = any (array(
        select o.request_id from private.function_calls as o where o.called_at < before order by o.called_at limit most for update skip locked
      ));
  end case;

  get diagnostics removed = row_count;
  return removed;
end
$$;

comment on function private.remove_old(text, timestamptz, integer) is
  'Removes up to that many rows of a kind of private.retention_settings from before then; returns how many.';
