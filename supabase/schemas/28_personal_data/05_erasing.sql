-- An erasure as a job: the address is reserved first, so that nothing brings it back meanwhile, and forgotten last.

create function worker.request_erasure(address text, scope uuid, block boolean, requester uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  stored text := private.erasable_address(address, scope);
  person_digest bytea;
  new_job_id uuid;
  open_job_id uuid;
begin
  if private.is_own_address(stored) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'This address is a sending mailbox or the account of a member; remove it there, it is no lead';
  end if;

  person_digest := private.address_digest(private.make_erasure_salt(), scope, stored);

  insert into private.jobs as j (kind, parameters, deadline_at, requested_by)
  values (
    'erase',
    jsonb_build_object('email', stored, 'client_id', scope, 'block', block, 'digest', encode(person_digest, 'hex')),
    now() + interval '7 days', requester
  )
  on conflict ((parameters ->> 'digest')) where kind = 'erase' and status in ('queued', 'running', 'paused') do nothing
  returning j.id into new_job_id;

  if new_job_id is null then
    -- Asked again with the block list: what is under way does that too, unless it has been there already.
    update private.jobs as j
    set parameters = j.parameters || jsonb_build_object('block', (j.parameters ->> 'block')::boolean or block)
    where j.kind = 'erase' and j.parameters ->> 'digest' = encode(person_digest, 'hex') and j.status in ('queued', 'running', 'paused')
    returning j.id into open_job_id;

    return jsonb_build_object('job_id', open_job_id, 'already_running', true);
  end if;

  insert into private.erasures (id, digest, client_id, requested_by, is_blocked)
  values (new_job_id, person_digest, scope, requester, block);

  perform private.write_audit(
    'person_erasure_requested', 'person', new_job_id::text, scope,
    jsonb_build_object('scope', case when scope is null then 'all' else 'client' end, 'block', block), requester
  );

  return jsonb_build_object('job_id', new_job_id, 'already_running', false);
end
$$;

comment on function worker.request_erasure(text, uuid, boolean, uuid) is
  'Reserves the erasure of an address for one client or (scope null) for all, and opens its job: { job_id, already_running }. From here on nothing brings the address back. Service role only.';

grant execute on function worker.request_erasure(text, uuid, boolean, uuid) to service_role;

-- Workspaces where the person may be: of a shared one that one client shares, only that client's campaigns. may_block: a block
-- list holds for the whole workspace. exported_since: an export was under way there, which may have sent the address meanwhile.
create function worker.list_erasure_connections(erasure_job_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'id', c.id, 'name', c.name,
        'campaigns', case when j.scope is not null and c.client_id is null then (
          select coalesce(jsonb_agg(p.provider_campaign_id), '[]')
          from private.provider_campaigns as p
          join public.campaigns as k on k.id = p.campaign_id
          where p.connection_id = c.id and k.client_id = j.scope
        ) end,
        'may_block', j.scope is null or c.client_id is not null,
        'exported_since', exists (
          select
          from private.jobs as x
          where x.connection_id = c.id and x.kind = 'export' and coalesce(x.finished_at >= j.created_at, true)
        )
      )
      order by c.created_at, c.id
    ),
    '[]'
  )
  from (
    select o.created_at, (o.parameters ->> 'client_id')::uuid as scope from private.jobs as o where o.id = erasure_job_id
  ) as j
  join public.provider_connections as c
    on c.removed_at is null
    and (
      j.scope is null or c.client_id = j.scope
      or (
        c.client_id is null
        and exists (
          select
          from private.provider_campaigns as p
          join public.campaigns as k on k.id = p.campaign_id
          where p.connection_id = c.id and k.client_id = j.scope
        )
      )
    )
  where exists (select from private.provider_keys as k where k.connection_id = c.id)
$$;

comment on function worker.list_erasure_connections(uuid) is
  'Workspaces that an erasure visits: [{ id, name, campaigns (null = all of them), may_block, exported_since }]. Service role only.';

grant execute on function worker.list_erasure_connections(uuid) to service_role;

-- Rows and the report of them are committed together, so a killed run neither erases uncounted nor counts twice.
create function worker.erase_person_batch(target_job_id uuid, token uuid, lease_seconds integer)
returns text
language plpgsql
set search_path = ''
as $$
declare
  job private.jobs;
  step jsonb;
  tables jsonb;
  one record;
begin
  select j.* into job
  from private.jobs as j
  where j.id = target_job_id and j.lease_token = token and j.status = 'running' and j.kind = 'erase'
  for update;

  if not found then
    return 'lost';
  end if;

  -- Before the first batch, what the CRM has of the person is still known.
  if job.cursor -> 'rows' is null then
    update private.erasures as e
    set report = e.report || jsonb_build_object(
      'crm_contacts', worker.describe_person(job.parameters ->> 'email', (job.parameters ->> 'client_id')::uuid) -> 'crm_contacts'
    )
    where e.id = job.id;
  end if;

  step := private.walk_person(
    job.parameters ->> 'email', (job.parameters ->> 'client_id')::uuid, job.id, nullif(job.cursor -> 'rows', 'null'), false
  );

  select coalesce(e.report -> 'tables', '{}') into tables from private.erasures as e where e.id = job.id;

  for one in
    select t.key, w.key as what, w.value::bigint as number
    from jsonb_each(step -> 'report') as t
    cross join lateral jsonb_each_text(t.value) as w
  loop
    tables := private.add_erased(tables, '.' || one.key, one.what, one.number);
  end loop;

  if step -> 'next' = 'null'
    and private.is_only_holder((job.parameters ->> 'client_id')::uuid, job.parameters ->> 'email')
  then
    tables := private.add_erased(tables, 'net._http_response', 'removed', private.forget_answers(job.parameters ->> 'email'));
  end if;

  update private.erasures as e set report = e.report || jsonb_build_object('tables', tables) where e.id = job.id;

  update private.jobs as j
  set
    cursor = j.cursor || jsonb_build_object('rows', coalesce(nullif(step -> 'next', 'null'), '{"step": "done"}')),
    done = greatest(j.done, (step ->> 'done')::integer),
    total = greatest(j.total, (step ->> 'total')::integer),
    attempts = 0,
    deadline_at = greatest(j.deadline_at, now() + interval '1 day'),
    lease_until = now() + make_interval(secs => lease_seconds)
  where j.id = job.id;

  return case when step -> 'next' = 'null' then 'done' else 'held' end;
end
$$;

comment on function worker.erase_person_batch(uuid, uuid, integer) is
  'One batch of an erasure under its lease: held (call again), done or lost. Counts go to the report of the erasure. Service role only.';

grant execute on function worker.erase_person_batch(uuid, uuid, integer) to service_role;

-- The last step: the report is complete, and the job forgets whom it was about.
create function worker.finish_erasure(
  target_job_id uuid, token uuid, final_status public.job_status, providers jsonb, code text, message text
)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  job private.jobs;
  final_report jsonb;
begin
  select j.* into job
  from private.jobs as j
  where j.id = target_job_id and j.lease_token = token and j.status = 'running' and j.kind = 'erase'
  for update;

  if not found then
    return false;
  end if;

  update private.erasures as e
  set
    status = final_status::text, finished_at = now(), is_blocked = (job.parameters ->> 'block')::boolean,
    report = e.report || jsonb_build_object('providers', providers)
  where e.id = job.id
  returning e.report into final_report;

  perform private.write_audit(
    'person_erased', 'person', job.id::text, (job.parameters ->> 'client_id')::uuid,
    jsonb_build_object(
      'scope', case when job.parameters ->> 'client_id' is null then 'all' else 'client' end,
      'rows', (
        select coalesce(sum(n.value::bigint), 0)
        from jsonb_each(final_report -> 'tables') as t
        cross join lateral jsonb_each_text(t.value) as n
      )
    ),
    job.requested_by
  );

  return worker.finish_job(target_job_id, token, final_status, '{}', code, message);
end
$$;

comment on function worker.finish_erasure(uuid, uuid, public.job_status, jsonb, text, text) is
  'Ends an erasure with what the providers did, and drops the address from its job; false when the lease is lost. Service role only.';

grant execute on function worker.finish_erasure(uuid, uuid, public.job_status, jsonb, text, text) to service_role;

-- An erasure that ended, however it did, keeps no address.
create function private.forget_erased_address()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.parameters := new.parameters - 'email';
  new.cursor := '{}';
  return new;
end
$$;

comment on function private.forget_erased_address() is 'Trigger: a job of an erasure that ends forgets the address.';

create trigger forget_address before update of status on private.jobs
for each row when (new.kind = 'erase' and new.status in ('completed', 'partial', 'failed')) execute function private.forget_erased_address();

create view public.operator_erasures
with (security_invoker = true)
as
select
  e.id as erasure_id, e.client_id, c.name as client_name, e.is_blocked, e.requested_by,
  private.person_name(e.requested_by) as requested_by_name, e.requested_at, e.finished_at,
  coalesce(e.status::public.job_status, j.status, 'failed') as status, coalesce(j.done, 0) as done, j.total, j.error_message, e.report
from private.erasures as e
left join public.clients as c on c.id = e.client_id
left join private.jobs as j on j.id = e.id
where (select private.may_operate());

comment on view public.operator_erasures is
  'Erasures of people: for which client (null = all), who asked and when, how far or how it ended, and report = rows per table and what the providers did. Never whom. Operators only.';

grant select on public.operator_erasures to authenticated, service_role;
