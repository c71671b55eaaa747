-- Verdicts: what a person decided about a reply, kept beside the provider's label, and pushed to the provider if wanted.

create type private.push_status as enum ('pending', 'pushed', 'failed');

-- One row per lead: only its latest verdict is worth pushing. null = the verdict was removed.
create table private.verdict_pushes (
  lead_id uuid primary key references public.synced_leads (id) on delete cascade,
  message_id uuid not null references public.messages (id) on delete cascade,
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  interest_status public.interest_status,
  status private.push_status not null default 'pending',
  asked_by uuid,
  asked_at timestamptz not null default clock_timestamp(),
  pushed_at timestamptz,
  error text
);

comment on table private.verdict_pushes is
  'Verdicts to push to the provider, worked off by jobs of kind verdicts and by each sync. asked_at distinguishes a repeated request from the one that was processed.';

create index verdict_pushes_pending_idx on private.verdict_pushes (connection_id, asked_at) where status = 'pending';
create index verdict_pushes_message_id_idx on private.verdict_pushes (message_id);

alter table private.verdict_pushes enable row level security;

grant select, insert, update, delete on private.verdict_pushes to service_role;

create policy "Only the functions read pushes"
on private.verdict_pushes for all to service_role using (true) with check (true);

-- Sets a verdict and lets the lead follow its latest judged reply.
create function private.judge_reply(target_message_id uuid, new_verdict text, note text, push_to_provider boolean)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  reply public.messages;
  lead public.synced_leads;
  workspace_id uuid;
begin
  if new_verdict not in ('qualified', 'not_interested', 'neutral') or length(note) > 2000 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'A verdict is qualified, not_interested, neutral, or null to remove it; a note has at most 2,000 characters';
  end if;

  perform private.require_member();
  reply := private.hold_reply(target_message_id, 'judge', false);

  if coalesce(push_to_provider, false) then
    select p.connection_id into workspace_id
    from private.provider_campaigns as p
    where p.campaign_id = reply.campaign_id
      and exists (select from private.provider_keys as k where k.connection_id = p.connection_id);

    if workspace_id is null then
      raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
        detail = 'This campaign has no workspace with a key that accepts verdicts; judge without push_to_provider';
    end if;
  end if;

  update public.messages as m
  set
    verdict = new_verdict::public.reply_verdict,
    verdict_note = case when new_verdict is not null then nullif(btrim(note), '') end,
    verdict_by = case when new_verdict is not null then (select auth.uid()) end,
    verdict_at = case when new_verdict is not null then clock_timestamp() end,
    pushed_at = null,
    push_error = null
  where m.id = target_message_id
  returning m.* into reply;

  update public.synced_leads as l
  set
    interest_status_judged = case latest.verdict
      when 'qualified' then 'positive'
      when 'not_interested' then 'negative'
      when 'neutral' then 'neutral'
    end::public.interest_status,
    interest_judged_at = latest.verdict_at,
    updated_at = now()
  from (select 1) as always
  left join lateral (
    select m.verdict, m.verdict_at
    from public.messages as m
    where m.lead_id = reply.lead_id and m.verdict is not null
    order by m.occurred_at desc, m.id desc
    limit 1
  ) as latest on true
  where l.id = reply.lead_id
  returning l.* into lead;

  perform private.follow_verdict(reply.id);

  -- An older request still pending would push an outdated verdict.
  delete from private.verdict_pushes as n where n.lead_id = reply.lead_id and n.status = 'pending';

  if workspace_id is not null then
    insert into private.verdict_pushes as n (lead_id, message_id, connection_id, interest_status, asked_by)
    values (reply.lead_id, reply.id, workspace_id, lead.interest_status_judged, (select auth.uid()))
    on conflict (lead_id) do update set
      message_id = excluded.message_id, connection_id = excluded.connection_id, interest_status = excluded.interest_status,
      status = 'pending', asked_by = excluded.asked_by, asked_at = clock_timestamp(), pushed_at = null, error = null;

    insert into private.jobs (kind, connection_id, deadline_at, requested_by)
    select 'verdicts', workspace_id, now() + interval '3 hours', (select auth.uid())
    where not exists (
      select from private.jobs as j
      where j.connection_id = workspace_id and j.kind::text = 'verdicts' and j.status in ('queued', 'paused')
    );
  end if;

  perform private.write_audit(
    'reply_judged', 'message', reply.id::text, reply.client_id,
    jsonb_build_object('verdict', reply.verdict, 'lead_id', reply.lead_id, 'push_to_provider', workspace_id is not null)
  );

  return jsonb_build_object(
    'message_id', reply.id, 'verdict', reply.verdict, 'verdict_note', reply.verdict_note, 'verdict_by', reply.verdict_by,
    'verdict_at', reply.verdict_at, 'lead_id', reply.lead_id, 'interest_status', lead.interest_status
  );
end
$$;

comment on function private.judge_reply(uuid, text, text, boolean) is
  'The work of public.qualify_reply; a message that the caller may not see is not found.';

grant execute on function private.judge_reply(uuid, text, text, boolean) to authenticated, service_role;

-- The door to it.
create function public.qualify_reply(
  target_message_id uuid, new_verdict text, note text default null, push_to_provider boolean default false
)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.judge_reply(target_message_id, new_verdict, note, push_to_provider)
$$;

comment on function public.qualify_reply(uuid, text, text, boolean) is
  'Judges a reply: qualified, not_interested, neutral, or null to take the verdict back. The lead''s interest follows its latest judged reply, whatever labels come. Returns { message_id, verdict, verdict_note, verdict_by, verdict_at, lead_id, interest_status }. Clients judge their own replies, operators all.';

grant execute on function public.qualify_reply(uuid, text, text, boolean) to authenticated, service_role;

-- What is to be pushed to a workspace next, oldest first.
create function worker.list_verdict_pushes(target_connection_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(to_jsonb(n) order by n.asked_at), '[]')
  from (
    select n.lead_id, p.provider_campaign_id, l.email, n.interest_status, n.asked_at
    from private.verdict_pushes as n
    join public.synced_leads as l on l.id = n.lead_id
    join private.provider_campaigns as p on p.campaign_id = l.campaign_id and p.connection_id = n.connection_id
    where n.connection_id = target_connection_id and n.status = 'pending'
    order by n.asked_at
    limit 50
  ) as n
$$;

comment on function worker.list_verdict_pushes(uuid) is
  'Up to 50 verdicts that are to be pushed to a workspace: [{ lead_id, provider_campaign_id, email, interest_status, asked_at }]. Service role only.';

grant execute on function worker.list_verdict_pushes(uuid) to service_role;

-- Records that a verdict was pushed, or why it could not be. A request renewed meanwhile stays open.
create function worker.record_verdict_push(target_lead_id uuid, asked timestamptz, failure text)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  pushed private.verdict_pushes;
begin
  update private.verdict_pushes as n
  set
    status = case when failure is null then 'pushed' else 'failed' end::private.push_status,
    pushed_at = case when failure is null then now() end,
    error = failure
  where n.lead_id = target_lead_id and n.asked_at = asked and n.status = 'pending'
  returning n.* into pushed;

  if pushed.lead_id is null then
    return false;
  end if;

  update public.messages as m
  set pushed_at = pushed.pushed_at, push_error = pushed.error
  where m.id = pushed.message_id;

  perform private.write_audit(
    case when failure is null then 'verdict_pushed' else 'verdict_push_failed' end, 'message', m.id::text, m.client_id,
    jsonb_build_object('interest_status', pushed.interest_status, 'lead_id', pushed.lead_id, 'error', pushed.error), pushed.asked_by
  )
  from public.messages as m
  where m.id = pushed.message_id;

  return true;
end
$$;

comment on function worker.record_verdict_push(uuid, timestamptz, text) is
  'Ends a push as done, or as failed with a sentence; false when it was renewed or withdrawn meanwhile. Service role only.';

grant execute on function worker.record_verdict_push(uuid, timestamptz, text) to service_role;
