-- Approval: a client looks at leads and copy before anything is sent. What was approved is remembered as a fingerprint, so
-- that a change asks again.

create type public.approval_state as enum ('requested', 'approved', 'changes_asked');

-- One row per request and its answer; the newest of a campaign counts.
create table public.campaign_approvals (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references public.clients (id) on delete cascade,
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  state public.approval_state not null default 'requested',
  fingerprint text not null,
  lead_count integer not null,
  request_comment text check (length(request_comment) <= 2000),
  requested_by uuid,
  requested_at timestamptz not null default clock_timestamp(),
  answer_comment text check (length(answer_comment) <= 2000),
  answered_by uuid,
  answered_at timestamptz
);

comment on table public.campaign_approvals is
  'Requests that a client approves a campaign''s leads and copy, with its answers; the newest of a campaign counts. Written by request_approval and answer_approval.';
comment on column public.campaign_approvals.fingerprint is
  'A hash of the leads and the copy that were shown. An answer holds while it equals that of the campaign now.';
comment on column public.campaign_approvals.lead_count is 'How many addresses the campaign had when it was shown.';

create index campaign_approvals_campaign_idx on public.campaign_approvals (campaign_id, requested_at desc);
create index campaign_approvals_client_id_idx on public.campaign_approvals (client_id);
create unique index campaign_approvals_one_open_idx on public.campaign_approvals (campaign_id) where state = 'requested';

alter table public.campaign_approvals enable row level security;

grant select on public.campaign_approvals to authenticated;
grant select, insert, update, delete on public.campaign_approvals to service_role;

create policy "Clients see their approvals, operators see all"
on public.campaign_approvals for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- What the client is shown: the mails, and everything about the leads that can be in a mail. Engagement, verification and
-- bookkeeping change without anybody writing different mails to different people.
create function private.campaign_fingerprint(target_campaign_id uuid)
returns text
language sql
stable
set search_path = ''
as $$
  select md5(
    jsonb_build_array(c.sequence, c.footer)::text || coalesce((
      select string_agg(
        md5((
          to_jsonb(b) - array[
            'campaign_id', 'client_id', 'sent_at', 'opened_at', 'clicked_at', 'replied_at', 'reply_count', 'email_status',
            'email_deliverability', 'linkedin_contact_email_deliverability', 'created_at', 'updated_at', 'import_id',
            'is_role_address'
          ]
        )::text),
        '' order by b.id
      )
      from public.businesses as b
      where b.campaign_id = c.id
    ), '')
  )
  from public.campaigns as c
  where c.id = target_campaign_id
$$;

comment on function private.campaign_fingerprint(uuid) is 'A hash of a campaign''s copy and leads, as a client approves them.';

-- The state of a campaign's approval: not_needed, missing, requested, changes_asked, approved, or outdated when leads or
-- copy were changed after it was approved.
create function private.approval_standing(target_campaign_id uuid)
returns text
language sql
stable
set search_path = ''
as $$
  select case
    when not c.approval_required then 'not_needed'
    when newest.state is null then 'missing'
    when newest.state = 'approved' and newest.fingerprint <> private.campaign_fingerprint(k.id) then 'outdated'
    else newest.state::text
  end
  from public.campaigns as k
  join public.clients as c on c.id = k.client_id
  left join lateral (
    select a.state, a.fingerprint
    from public.campaign_approvals as a
    where a.campaign_id = k.id
    order by a.requested_at desc
    limit 1
  ) as newest on true
  where k.id = target_campaign_id
$$;

comment on function private.approval_standing(uuid) is
  'not_needed, missing, requested, changes_asked, approved or outdated (changed after it was approved).';

grant execute on function private.campaign_fingerprint(uuid) to service_role;
grant execute on function private.approval_standing(uuid) to service_role;
