-- Asking a client to approve leads and copy, and its answer.

create function private.ask_approval(target_campaign_id uuid, comment text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  campaign public.campaigns;
  asked public.campaign_approvals;
begin
  perform private.require_operator();

  select c.* into campaign from public.campaigns as c where c.id = target_campaign_id for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no campaign %L; check the id', target_campaign_id);
  end if;

  if length(comment) > 2000 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'The comment is longer than 2,000 characters';
  end if;

  if not exists (select from public.businesses as b where b.campaign_id = target_campaign_id) then
    raise exception using errcode = 'PT409', message = 'VALIDATION_FAILED',
      detail = 'This campaign has no leads yet; bring them in, then ask for approval';
  end if;

  -- Asking again shows what is there now, in place of the open request.
  insert into public.campaign_approvals as a (client_id, campaign_id, fingerprint, lead_count, request_comment, requested_by)
  select
    campaign.client_id, campaign.id, private.campaign_fingerprint(campaign.id),
    (select count(*) from private.plan_export(campaign.id) as p where p.outcome = 'planned'),
    nullif(btrim(comment), ''), (select auth.uid())
  on conflict (campaign_id) where state = 'requested' do update set
    fingerprint = excluded.fingerprint, lead_count = excluded.lead_count, request_comment = excluded.request_comment,
    requested_by = excluded.requested_by, requested_at = excluded.requested_at
  returning * into asked;

  perform private.write_audit(
    'approval_requested', 'campaign', campaign.id::text, campaign.client_id,
    jsonb_build_object('approval_id', asked.id, 'leads', asked.lead_count)
  );

  return jsonb_build_object(
    'approval_id', asked.id, 'campaign_id', campaign.id, 'state', asked.state, 'lead_count', asked.lead_count,
    'people', (select count(*) from public.members as m where m.client_id = campaign.client_id),
    'mailed', (
      select count(*)
      from private.outgoing_events as v
      join private.notifications as n on n.event_id = v.id
      join public.members as m on m.user_id = n.user_id and m.client_id = campaign.client_id
      where v.client_id = campaign.client_id and v.type = 'approval.requested' and v.occurred_at = asked.requested_at
    )
  );
end
$$;

comment on function private.ask_approval(uuid, text) is 'The work of public.request_approval; checks the caller itself.';

grant execute on function private.ask_approval(uuid, text) to authenticated, service_role;

-- The door to it for operators.
create function public.request_approval(target_campaign_id uuid, comment text default null)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.ask_approval(target_campaign_id, request_approval.comment)
$$;

comment on function public.request_approval(uuid, text) is
  'Asks the client to approve a campaign''s leads and copy as they are now. Returns { approval_id, campaign_id, state, lead_count, people (of the client, who can answer), mailed (of them, who get an email) }. Operators.';

grant execute on function public.request_approval(uuid, text) to authenticated, service_role;

-- The answer is the client's alone: an operator who could give it would approve his own work.
create function private.answer_request(target_approval_id uuid, answer text, comment text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  asked public.campaign_approvals;
begin
  perform private.require_member();

  if answer is null or answer not in ('approved', 'changes_asked') then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('Answer with approved or changes_asked, not with %L', answer);
  end if;

  if answer = 'changes_asked' and coalesce(comment, '') !~ '\S' or length(comment) > 2000 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Say in a comment of at most 2,000 characters what should change';
  end if;

  select a.* into asked
  from public.campaign_approvals as a
  where a.id = target_approval_id and a.client_id = any (array(select private.visible_client_ids()))
  for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no request %L; check the id', target_approval_id);
  end if;

  if (select private.may_operate()) then
    raise exception using errcode = 'PT403', message = 'FORBIDDEN',
      detail = 'Only people of the client answer; if they agreed in another way, switch off approval for this client';
  end if;

  if asked.state <> 'requested' then
    raise exception using errcode = 'PT409', message = 'VALIDATION_FAILED', detail = 'This request was answered already';
  end if;

  -- Somebody may have changed a mail while the client was reading it.
  if answer = 'approved' and asked.fingerprint <> private.campaign_fingerprint(asked.campaign_id) then
    raise exception using errcode = 'PT409', message = 'VALIDATION_FAILED',
      detail = 'Leads or emails were changed since you were asked; ask the agency to send the request again, then read and approve it';
  end if;

  update public.campaign_approvals as a
  set
    state = answer::public.approval_state, answer_comment = nullif(btrim(comment), ''), answered_by = (select auth.uid()),
    answered_at = clock_timestamp()
  where a.id = asked.id
  returning * into asked;

  perform private.write_audit(
    case answer when 'approved' then 'approval_given' else 'changes_asked' end, 'campaign', asked.campaign_id::text, asked.client_id,
    jsonb_build_object('approval_id', asked.id, 'leads', asked.lead_count)
  );

  return jsonb_build_object('approval_id', asked.id, 'campaign_id', asked.campaign_id, 'state', asked.state);
end
$$;

comment on function private.answer_request(uuid, text, text) is
  'The work of public.answer_approval; a request that the caller may not see is not found.';

grant execute on function private.answer_request(uuid, text, text) to authenticated, service_role;

-- The door to it for people of the client.
create function public.answer_approval(approval_id uuid, answer text, comment text default null)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.answer_request(answer_approval.approval_id, answer_approval.answer, answer_approval.comment)
$$;

comment on function public.answer_approval(uuid, text, text) is
  'Answers a request: approved, or changes_asked with a comment. Returns { approval_id, campaign_id, state }. People of the campaign''s client.';

grant execute on function public.answer_approval(uuid, text, text) to authenticated, service_role;

-- The state of the approval of the campaigns that the caller sees. Definer: only so a client learns that leads changed.
create function private.read_approval(target_campaign_id uuid)
returns text
language sql
stable
security definer
set search_path = ''
as $$
  select private.approval_standing(c.id)
  from public.campaigns as c
  where c.id = target_campaign_id
    and (c.client_id = any (array(select private.visible_client_ids())) or (select private.may_operate()))
$$;

comment on function private.read_approval(uuid) is 'The work of public.campaign_approval; null for a campaign that the caller may not see.';

grant execute on function private.read_approval(uuid) to authenticated, service_role;

-- The door to it.
create function public.campaign_approval(target_campaign_id uuid)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  standing text := private.read_approval(target_campaign_id);
begin
  if standing is null then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no campaign %L; check the id', target_campaign_id);
  end if;

  return standing;
end
$$;

comment on function public.campaign_approval(uuid) is
  'The state of a campaign''s approval: not_needed, missing, requested, changes_asked, approved or outdated (changed since). Clients for their own campaigns, operators for all.';

grant execute on function public.campaign_approval(uuid) to authenticated, service_role;

-- Which days a choice of countries leaves out.
create function public.holidays_between(countries text[], from_day date, to_day date)
returns table (day date, country text, name text)
language plpgsql
stable
set search_path = ''
as $$
begin
  if countries is null or not countries <@ '{NL,DE,BE,UK,US}' or from_day is null or to_day is null
    or to_day - from_day not between 0 and 1100 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Give countries among NL, DE, BE, UK and US, and a first and last day at most three years apart';
  end if;

  return query select h.day, h.country, h.name from private.holidays(countries, from_day, to_day) as h;
end
$$;

comment on function public.holidays_between(text[], date, date) is
  'Public holidays of NL, DE, BE, UK and US between two days (both inclusive), one row per day: { day, country, name }. Everybody who is signed in.';

grant execute on function public.holidays_between(text[], date, date) to authenticated, service_role;
