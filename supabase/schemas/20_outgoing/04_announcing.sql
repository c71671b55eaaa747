-- How a fact becomes an event: triggers with a condition on the row, so that the many rows that are no news cost a comparison.

-- Calls the sender once per transaction, after its commit. Definer, because the call reads a secret of the Vault.
create function private.wake_sender()
returns bigint
language plpgsql
security definer
set search_path = ''
as $$
declare
  this text := pg_current_xact_id()::text;
begin
  if current_setting('replyloop.sender_woken', true) = this then
    return null;
  end if;

  perform set_config('replyloop.sender_woken', this, true);
  return private.invoke_function('outgoing', '{"action": "send"}');
exception
  -- Without the Vault secrets nothing can be called; the sweep says so, and sends once they are there.
  when raise_exception then
    return null;
end
$$;

comment on function private.wake_sender() is
  'Queues one call of the function outgoing for what this transaction announced; null = it is queued already, or the Vault secrets are missing.';

grant execute on function private.wake_sender() to service_role;

-- The people who get an event by email: operators of every client, people of a client of their own. Without mail settings no one.
create function private.mail_listeners(event_type public.outgoing_event_type, of_client uuid)
returns setof uuid
language sql
stable
set search_path = ''
as $$
  select m.user_id
  from (
    select p.user_id from private.notification_preferences as p where event_type = any (p.events)
    union all
    -- Only for the few types that anybody has by default: with every bounce all members would be looked through.
    select o.user_id
    from public.members as o
    where event_type = any (private.awaited_event_types())
      and event_type = any (private.default_event_types(o.role))
      and not exists (select from private.notification_preferences as p where p.user_id = o.user_id)
  ) as wanting
  join public.members as m on m.user_id = wanting.user_id
  where exists (select from private.mail_settings)
    and (m.role = 'operator' or (m.client_id = of_client and event_type <> all (private.agency_event_types())))
$$;

comment on function private.mail_listeners(public.outgoing_event_type, uuid) is 'People who want an event of this type and client by email.';

grant execute on function private.mail_listeners(public.outgoing_event_type, uuid) to service_role;

-- Writes an event and its deliveries if somebody listens. What is older than three days when it gets here (a workspace that is
-- read for the first time, a long outage) is no news.
create function private.announce(
  event_type public.outgoing_event_type, of_fact text, of_client uuid, of_lead uuid, about jsonb, happened_at timestamptz
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  listeners uuid[];
  people uuid[];
  made uuid;
begin
  if happened_at is null or happened_at < now() - interval '3 days' then
    return;
  end if;

  listeners := array(
    select e.id
    from public.outgoing_endpoints as e
    where e.switched_off_at is null and event_type = any (e.events) and (e.client_id is null or e.client_id = of_client)
  );

  people := array(select private.mail_listeners(event_type, of_client));

  if listeners = '{}' and people = '{}' and not exists (
    select
    from private.outgoing_subscribers as s
    where event_type = any (s.events) and (s.client_id is null or s.client_id = of_client)
  ) then
    return;
  end if;

  insert into private.outgoing_events (type, fact, client_id, lead_id, about, occurred_at)
  values (event_type, of_fact, of_client, of_lead, announce.about, happened_at)
  on conflict (fact) do nothing
  returning id into made;

  if made is null then
    return;
  end if;

  insert into private.outgoing_deliveries (event_id, endpoint_id)
  select made, l.id from unnest(listeners) as l (id);

  perform private.note_default_preferences(people);

  insert into private.notifications (event_id, user_id, due_at)
  select
    made, p.user_id,
    case when event_type = any (private.awaited_event_types()) then now() else private.mail_due_at(p.frequency, p.time_zone) end
  from private.notification_preferences as p
  where p.user_id = any (people);

  perform private.wake_sender();
exception
  -- The fact itself must not fail because it cannot be announced. A conflict with another writer is retried as a whole.
  when deadlock_detected or serialization_failure or lock_not_available or query_canceled or disk_full or io_error then
    raise;
  when others then
    raise warning 'The event % could not be written: % %', event_type, sqlstate, sqlerrm;
end
$$;

comment on function private.announce(public.outgoing_event_type, text, uuid, uuid, jsonb, timestamptz) is
  'Writes an outgoing event with its deliveries, once per fact and only where an endpoint, a person or another subscriber listens.';

grant execute on function private.announce(public.outgoing_event_type, text, uuid, uuid, jsonb, timestamptz) to service_role;

-- A lead became positive: by the provider's label, a person's verdict or a sync. Once per lead.
create function private.announce_positive_lead()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.announce(
    'reply.positive', 'reply.positive:' || new.id, new.client_id, new.id, '{}',
    coalesce(new.interest_changed_at, case when tg_op = 'UPDATE' then now() end)
  );
  return null;
end
$$;

comment on function private.announce_positive_lead() is 'Trigger: a lead whose interest became positive is a positive reply.';

grant execute on function private.announce_positive_lead() to service_role;

create trigger announce_new after insert on public.synced_leads
for each row when (new.interest_status = 'positive')
execute function private.announce_positive_lead();

create trigger announce_changed after update on public.synced_leads
for each row when (new.interest_status = 'positive' and old.interest_status is distinct from new.interest_status)
execute function private.announce_positive_lead();

create function private.announce_bounce()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.announce(
    'email.bounced', 'email.bounced:' || new.id, new.client_id, new.lead_id,
    jsonb_strip_nulls(jsonb_build_object('email', new.email, 'campaign_id', new.campaign_id, 'bounce_class', new.bounce_class)),
    new.occurred_at
  );
  return null;
end
$$;

comment on function private.announce_bounce() is 'Trigger: a mail bounced.';

grant execute on function private.announce_bounce() to service_role;

create trigger announce after insert on public.email_events
for each row when (new.type = 'email_bounced')
execute function private.announce_bounce();

-- Once per meeting and state, by label, person or CRM. It counts when its row is settled, after the insert.
create function private.announce_meeting()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.announce(
    ('meeting.' || new.status)::public.outgoing_event_type, format('meeting.%s:%s', new.status, new.id), new.client_id, new.lead_id,
    jsonb_build_object('campaign_id', new.campaign_id, 'meeting_id', new.id), new.status_at
  );
  return null;
end
$$;

comment on function private.announce_meeting() is 'Trigger: a meeting is booked or held, or its deal is won.';

grant execute on function private.announce_meeting() to service_role;

create trigger announce_status after update on public.meetings
for each row when (
  new.status in ('booked', 'held', 'won') and new.removed_at is null and (old.removed_at is not null or old.status is distinct from new.status)
)
execute function private.announce_meeting();

create function private.announce_verdict()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.announce(
    'reply.verdict', format('reply.verdict:%s:%s', new.id, extract(epoch from new.verdict_at)), new.client_id, new.lead_id,
    jsonb_build_object('message_id', new.id, 'verdict', new.verdict, 'note', new.verdict_note), new.verdict_at
  );
  return null;
end
$$;

comment on function private.announce_verdict() is 'Trigger: a person judged a reply, or changed the verdict.';

grant execute on function private.announce_verdict() to service_role;

create trigger announce_verdict after update of verdict on public.messages
for each row when (new.verdict is not null and new.verdict is distinct from old.verdict)
execute function private.announce_verdict();

-- Who asked not to be written to again. An operator's own entries, maybe a list of thousands, are no news to anybody.
create function private.announce_unsubscribed()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if coalesce(current_setting('role', true), 'none') <> 'authenticated' then
    perform private.announce(
      'lead.unsubscribed', format('lead.unsubscribed:%s:%s', new.client_id, md5(new.email)), new.client_id,
      (
        select l.id
        from public.synced_leads as l
        where l.client_id = new.client_id and l.email = new.email
        order by l.last_event_at desc nulls last, l.id
        limit 1
      ),
      jsonb_build_object('email', new.email, 'reason', new.reason), new.suppressed_at
    );
  end if;

  return null;
end
$$;

comment on function private.announce_unsubscribed() is
  'Trigger: an address that unsubscribed, reported spam or is not to be contacted; not what a person enters by hand.';

grant execute on function private.announce_unsubscribed() to service_role;

create trigger announce_new after insert on public.suppressions
for each row when (new.reason in ('unsubscribed', 'spam_report', 'do_not_contact'))
execute function private.announce_unsubscribed();

create trigger announce_changed after update on public.suppressions
for each row when (new.reason in ('unsubscribed', 'spam_report', 'do_not_contact') and old.reason in ('bounced'))
execute function private.announce_unsubscribed();

-- Asking again is a new event: the client is to read what is there now.
create function private.announce_approval()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.state = 'requested' then
    perform private.announce(
      'approval.requested', format('approval.requested:%s:%s', new.id, extract(epoch from new.requested_at)), new.client_id, null,
      jsonb_build_object('campaign_id', new.campaign_id, 'approval_id', new.id), new.requested_at
    );
  else
    perform private.announce(
      'approval.answered', 'approval.answered:' || new.id, new.client_id, null,
      jsonb_build_object('campaign_id', new.campaign_id, 'approval_id', new.id), new.answered_at
    );
  end if;

  return null;
end
$$;

comment on function private.announce_approval() is 'Trigger: a client was asked to approve a campaign, or answered.';

grant execute on function private.announce_approval() to service_role;

create trigger announce_new after insert on public.campaign_approvals
for each row when (new.state = 'requested')
execute function private.announce_approval();

create trigger announce_changed after update on public.campaign_approvals
for each row when (new.state is distinct from old.state or new.requested_at is distinct from old.requested_at)
execute function private.announce_approval();

create function private.announce_export()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.announce(
    'export.finished', 'export.finished:' || new.id, new.client_id, null,
    jsonb_build_object('export_id', new.id, 'campaign_id', new.campaign_id), coalesce(new.finished_at, now())
  );
  return null;
end
$$;

comment on function private.announce_export() is 'Trigger: an export ended, as a whole, in part or not at all.';

grant execute on function private.announce_export() to service_role;

create trigger announce_export after update of status on private.jobs
for each row when (
  new.kind = 'export' and new.status in ('completed', 'partial', 'failed') and old.status is distinct from new.status
)
execute function private.announce_export();

-- An incident of a connection, a sending domain or a goal. Those of the installation itself, and a failed export, which has an
-- event of its own, stay with the alerts; a failing endpoint is not reported to endpoints.
create function private.announce_incident()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.announce(
    case new.kind
      when 'mailbox_disconnected' then 'mailbox.disconnected'
      when 'bounce_threshold' then 'campaign.bounce_rate_high'
      when 'goal_behind' then 'goal.behind'
      else case when new.subject like 'domain:%' then 'domain.unhealthy' else 'connection.unhealthy' end
    end::public.outgoing_event_type,
    'incident:' || new.id, new.client_id, null,
    jsonb_build_object('incident_id', new.id, 'subject', new.subject), new.opened_at
  );
  return null;
end
$$;

comment on function private.announce_incident() is 'Trigger: a connection or a domain is unhealthy, a mailbox disconnected, too many mails of a campaign bounce, or a client is behind its goal.';

grant execute on function private.announce_incident() to service_role;

create trigger announce_incident after insert on public.incidents
for each row when (
  (new.connection_id is not null or new.kind = 'goal_behind' or new.subject like 'domain:%')
  and not (new.kind = 'job_failed' and new.subject like 'export:%')
)
execute function private.announce_incident();
