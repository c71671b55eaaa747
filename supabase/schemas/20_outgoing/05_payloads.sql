-- What is sent of an event: our ids, names and texts; never an id or a key of a provider. docs/webhooks-out.md shows each.

create function private.outgoing_campaign(target_campaign_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('id', c.id, 'name', c.name) from public.campaigns as c where c.id = target_campaign_id
$$;

comment on function private.outgoing_campaign(uuid) is 'A campaign in a payload: { id, name }; null without one.';

grant execute on function private.outgoing_campaign(uuid) to service_role;

create function private.outgoing_lead(target_lead_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', l.id, 'email', l.email, 'first_name', l.first_name, 'last_name', l.last_name, 'company_name', l.company_name,
    'job_title', l.job_title, 'website', l.website, 'phone', l.phone, 'interest', l.interest_status, 'label', l.interest_label
  )
  from public.synced_leads as l
  where l.id = target_lead_id
$$;

comment on function private.outgoing_lead(uuid) is 'A lead in a payload; null without one.';

grant execute on function private.outgoing_lead(uuid) to service_role;

-- A mail's first 10,000 characters; nobody's automation needs the quoted thread below them.
create function private.outgoing_reply(target_message_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', m.id, 'subject', m.subject, 'text', left(m.body_text, 10000), 'from', coalesce(m.written_by, m.email),
    'to', m.email_account, 'received_at', m.occurred_at
  )
  from public.messages as m
  where m.id = target_message_id
$$;

comment on function private.outgoing_reply(uuid) is 'A reply in a payload: { id, subject, text, from, to, received_at }; null without one.';

grant execute on function private.outgoing_reply(uuid) to service_role;

-- The newest mail of a person at the time of the event.
create function private.latest_reply(of_lead_id uuid)
returns uuid
language sql
stable
set search_path = ''
as $$
  select m.id
  from public.messages as m
  where m.lead_id = of_lead_id and m.direction = 'received' and not m.is_auto_reply
  order by m.occurred_at desc, m.id desc
  limit 1
$$;

comment on function private.latest_reply(uuid) is 'The newest reply of a lead that is not automatic; null = none.';

grant execute on function private.latest_reply(uuid) to service_role;

create function private.outgoing_export(target_export_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', e.export_id, 'status', e.status, 'total', e.total, 'sent', e.sent, 'duplicate', e.duplicate, 'blocked', e.blocked,
    'invalid', e.invalid, 'skipped', e.skipped, 'failed', e.failed, 'error_code', e.error_code, 'error_message', e.error_message,
    'started_at', e.started_at, 'finished_at', e.finished_at
  )
  from public.client_exports as e
  where e.export_id = target_export_id
$$;

comment on function private.outgoing_export(uuid) is 'An export in a payload: status and numbers by outcome.';

grant execute on function private.outgoing_export(uuid) to service_role;

-- With the client's zone, in which its time is read.
create function private.outgoing_meeting(target_meeting_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', m.id, 'status', m.status, 'source', m.source, 'booked_at', m.booked_at, 'occurs_at', m.occurs_at, 'held_at', m.held_at,
    'won_at', m.won_at, 'value', m.value, 'currency', m.currency, 'time_zone', c.time_zone
  )
  from public.meetings as m
  join public.clients as c on c.id = m.client_id
  where m.id = target_meeting_id
$$;

comment on function private.outgoing_meeting(uuid) is
  'A meeting in a payload: { id, status, source, booked_at, occurs_at, held_at, won_at, value, currency, time_zone }; value in currency, null = not known.';

grant execute on function private.outgoing_meeting(uuid) to service_role;

-- url leads to the page where it is read and answered.
create function private.outgoing_approval(target_approval_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', a.id, 'state', a.state, 'lead_count', a.lead_count, 'request_comment', a.request_comment, 'requested_at', a.requested_at,
    'answer_comment', a.answer_comment, 'answered_at', a.answered_at,
    'url', (
      select rtrim(m.dashboard_url, '/') || '/campaigns/' || a.campaign_id || '?tab=check' from private.mail_settings as m
    )
  )
  from public.campaign_approvals as a
  where a.id = target_approval_id
$$;

comment on function private.outgoing_approval(uuid) is
  'A request for approval in a payload: { id, state, lead_count, request_comment, requested_at, answer_comment, answered_at, url }; url null without mail settings.';

grant execute on function private.outgoing_approval(uuid) to service_role;

create function private.outgoing_incident(target_incident_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', i.id, 'kind', i.kind, 'title', private.incident_title(i.kind), 'details', i.details, 'opened_at', i.opened_at,
    'runbook_url', private.runbook_url(i.kind)
  )
  from public.incidents as i
  where i.id = target_incident_id
$$;

comment on function private.outgoing_incident(uuid) is 'An incident in a payload: { id, kind, title, details, opened_at, runbook_url }.';

grant execute on function private.outgoing_incident(uuid) to service_role;

create function private.outgoing_connection(of_incident_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('id', c.id, 'name', c.name, 'provider', c.provider, 'status', c.status)
  from public.incidents as i
  join public.provider_connections as c on c.id = i.connection_id
  where i.id = of_incident_id
$$;

comment on function private.outgoing_connection(uuid) is 'The connection of an incident in a payload: { id, name, provider, status }.';

grant execute on function private.outgoing_connection(uuid) to service_role;

create function private.outgoing_mailbox(subject text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('id', a.id, 'email', a.email, 'status', a.status, 'reason', a.status_reason)
  from public.email_accounts as a
  where a.id::text = substr(subject, length('mailbox:') + 1)
$$;

comment on function private.outgoing_mailbox(text) is 'The mailbox of an incident with the subject mailbox:<id> in a payload.';

grant execute on function private.outgoing_mailbox(text) to service_role;

-- { type, timestamp, data } as Standard Webhooks has it; data.client tells whose it is.
create function private.outgoing_payload(event private.outgoing_events)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'type', event.type,
    'timestamp', to_char(event.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'data', jsonb_build_object(
      'client', (select jsonb_build_object('id', c.id, 'name', c.name) from public.clients as c where c.id = event.client_id)
    ) || case
      when event.type in ('meeting.booked', 'meeting.held', 'meeting.won') then jsonb_build_object(
        'campaign', private.outgoing_campaign((event.about ->> 'campaign_id')::uuid), 'lead', private.outgoing_lead(event.lead_id),
        'meeting', private.outgoing_meeting((event.about ->> 'meeting_id')::uuid),
        'reply', private.outgoing_reply(private.latest_reply(event.lead_id))
      )
      when event.type in ('approval.requested', 'approval.answered') then jsonb_build_object(
        'campaign', private.outgoing_campaign((event.about ->> 'campaign_id')::uuid),
        'approval', private.outgoing_approval((event.about ->> 'approval_id')::uuid)
      )
      else '{}'
    end || case event.type
      when 'reply.positive' then jsonb_build_object(
        'campaign', private.outgoing_campaign((select l.campaign_id from public.synced_leads as l where l.id = event.lead_id)),
        'lead', private.outgoing_lead(event.lead_id), 'reply', private.outgoing_reply(private.latest_reply(event.lead_id))
      )
      when 'goal.behind' then jsonb_build_object('incident', private.outgoing_incident((event.about ->> 'incident_id')::uuid))
      when 'domain.unhealthy' then jsonb_build_object(
        'domain', substr(event.about ->> 'subject', length('domain:') + 1),
        'incident', private.outgoing_incident((event.about ->> 'incident_id')::uuid)
      )
      when 'reply.verdict' then jsonb_build_object(
        'campaign', private.outgoing_campaign((select l.campaign_id from public.synced_leads as l where l.id = event.lead_id)),
        'lead', private.outgoing_lead(event.lead_id), 'reply', private.outgoing_reply((event.about ->> 'message_id')::uuid),
        'verdict', event.about -> 'verdict', 'note', event.about -> 'note'
      )
      when 'lead.unsubscribed' then jsonb_build_object(
        'email', event.about -> 'email', 'reason', event.about -> 'reason', 'lead', private.outgoing_lead(event.lead_id)
      )
      when 'email.bounced' then jsonb_build_object(
        'email', event.about -> 'email', 'bounce', coalesce(event.about ->> 'bounce_class', 'hard'),
        'campaign', private.outgoing_campaign((event.about ->> 'campaign_id')::uuid), 'lead', private.outgoing_lead(event.lead_id)
      )
      when 'export.finished' then jsonb_build_object(
        'campaign', private.outgoing_campaign((event.about ->> 'campaign_id')::uuid),
        'export', private.outgoing_export((event.about ->> 'export_id')::uuid)
      )
      when 'connection.unhealthy' then jsonb_build_object(
        'connection', private.outgoing_connection((event.about ->> 'incident_id')::uuid),
        'incident', private.outgoing_incident((event.about ->> 'incident_id')::uuid)
      )
      when 'mailbox.disconnected' then jsonb_build_object('mailbox', private.outgoing_mailbox(event.about ->> 'subject'))
      when 'campaign.bounce_rate_high' then jsonb_build_object(
        'campaign', private.outgoing_campaign(
          (select c.id from public.campaigns as c where c.id::text = substr(event.about ->> 'subject', length('campaign:') + 1))
        )
      )
      when 'test' then jsonb_build_object('message', 'A test from Replyloop: this endpoint is set up.')
      else '{}'
    end
  )
$$;

comment on function private.outgoing_payload(private.outgoing_events) is
  'What is sent of an event: { type, timestamp, data }. Names and texts as they are now, so it is made once and kept.';

grant execute on function private.outgoing_payload(private.outgoing_events) to service_role;
