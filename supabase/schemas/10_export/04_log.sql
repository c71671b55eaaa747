-- The export log: why addresses were left out, and who pressed.

-- Who asked for a job, as the reader may know them: a client sees the names of its own people, and of everybody else only
-- that it was the agency; an operator sees everybody. Definer, because accounts are nobody's to read.
create function private.requester(of_job_id uuid)
returns table (id uuid, name text)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  asker_id uuid;
  of_client_id uuid;
begin
  select j.requested_by, j.client_id into asker_id, of_client_id from private.jobs as j where j.id = of_job_id;

  if not (select private.may_operate()) and not exists (
    select
    from public.members as m
    where m.user_id = asker_id
      and m.client_id = of_client_id
      and m.client_id = any (array(select private.visible_client_ids()))
  ) then
    return query select null::uuid, 'your agency'::text;
  elsif asker_id is null then
    return query select null::uuid, 'a script'::text;
  else
    return query
    select
      asker_id,
      coalesce(
        (
          select coalesce(nullif(u.raw_user_meta_data ->> 'name', ''), nullif(u.raw_user_meta_data ->> 'full_name', ''), u.email::text)
          from auth.users as u
          where u.id = asker_id
        ),
        'a former member'
      );
  end if;
end
$$;

comment on function private.requester(uuid) is
  'Id and name of who asked for a job: to operators everybody, to a client its own people; anybody else is "your agency" without an id.';

grant execute on function private.requester(uuid) to authenticated, service_role;

-- One row per export with its progress, readable while it runs.
create view public.client_exports
with (security_invoker = true)
as
select
  j.id as export_id,
  j.client_id,
  j.campaign_id,
  c.name as campaign_name,
  j.status,
  j.done,
  j.total,
  receipts.created,
  receipts.duplicate,
  receipts.blocked,
  receipts.invalid,
  receipts.skipped,
  receipts.failed,
  j.error_code,
  j.error_message,
  j.created_at,
  j.started_at,
  j.finished_at,
  extract(epoch from coalesce(j.finished_at, now()) - j.started_at)::numeric(12, 1) as duration_seconds,
  receipts.created as sent,
  receipts.reasons,
  (select r.id from private.requester(j.id) as r) as requested_by,
  (select r.name from private.requester(j.id) as r) as requested_by_name
from private.jobs as j
join public.campaigns as c on c.id = j.campaign_id
left join lateral (
  select
    coalesce(sum(o.number) filter (where o.outcome = 'created'), 0)::bigint as created,
    coalesce(sum(o.number) filter (where o.outcome = 'duplicate'), 0)::bigint as duplicate,
    coalesce(sum(o.number) filter (where o.outcome = 'blocked'), 0)::bigint as blocked,
    coalesce(sum(o.number) filter (where o.outcome = 'invalid'), 0)::bigint as invalid,
    coalesce(sum(o.number) filter (where o.outcome = 'skipped'), 0)::bigint as skipped,
    coalesce(sum(o.number) filter (where o.outcome = 'failed'), 0)::bigint as failed,
    (
      select coalesce(jsonb_object_agg(w.reason, w.number order by w.reason), '{}')
      from (
        select r.reason, count(*) as number
        from public.export_receipts as r
        where r.export_id = j.id and r.outcome not in ('created', 'planned', 'sending') and r.reason is not null
        group by r.reason
      ) as w
    ) as reasons
  from (
    select r.outcome, count(*) as number
    from public.export_receipts as r
    where r.export_id = j.id
    group by r.outcome
  ) as o
) as receipts on true
where j.kind = 'export';

comment on view public.client_exports is
  'The log of exports: progress (done of total addresses to send), totals by outcome (sent = created), reasons { reason: addresses } of those not sent, and who pressed; the receipts are in export_receipts.';

grant select on public.client_exports to authenticated, service_role;
