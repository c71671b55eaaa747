-- Alerts: an incident is told once to the address that operators gave, by pg_net, and the answer is looked at.

create index incidents_undelivered_idx on public.incidents (next_attempt_at) where delivery in ('waiting', 'sending');

-- Brings the incidents in line with what is wrong now: opens the new ones, closes what is well again. When dead letters
-- went on growing for an hour after they were told, that is news: the old incident ends, a new one opens.
create function private.watch_trouble()
returns void
language plpgsql
set search_path = ''
as $$
declare
  trouble jsonb := (select jsonb_agg(to_jsonb(t)) from private.list_trouble() as t);
begin
  update public.incidents as i
  set closed_at = now()
  where i.closed_at is null
    and i.kind in (
      'key_invalid', 'plan_needed', 'workspace_doubled', 'sync_stale', 'job_failed', 'dead_letters', 'bounce_threshold',
      'mailbox_disconnected', 'scheduled_calls_failing'
    )
    and not exists (
      select
      from jsonb_to_recordset(trouble) as t (connection_id uuid, kind text, subject text, occurrences integer)
      where t.connection_id is not distinct from i.connection_id and t.kind = i.kind and t.subject = i.subject
        and (t.occurrences <= i.told_occurrences or i.sent_at is null or i.sent_at > now() - interval '1 hour')
    );

  insert into public.incidents as i (connection_id, client_id, kind, subject, occurrences, details)
  select t.connection_id, t.client_id, t.kind, t.subject, t.occurrences, t.details
  from jsonb_to_recordset(trouble) as t (
    connection_id uuid, client_id uuid, kind text, subject text, occurrences integer, details text
  )
  on conflict (connection_id, kind, subject) where closed_at is null
  do update set occurrences = excluded.occurrences, details = excluded.details
  where (i.occurrences, i.details) is distinct from (excluded.occurrences, excluded.details);
end
$$;

comment on function private.watch_trouble() is 'Opens incidents for what is wrong now and closes those that are over.';

-- What an alert says: what happened, where, and what to do. Names are ours; ids and secrets have no place here.
create function private.alert_text(incident public.incidents)
returns text
language sql
stable
set search_path = ''
as $$
  select
    case incident.kind
      when 'webhook_switched_off' then 'Webhook switched off'
      when 'webhook_missing' then 'Webhook missing'
      when 'key_invalid' then 'API key refused'
      when 'plan_needed' then 'Paid plan needed'
      when 'workspace_doubled' then 'Workspace connected twice'
      when 'scheduled_calls_failing' then 'Scheduled calls fail'
      when 'sync_stale' then 'Sync is stale'
      when 'job_failed' then 'Job failed'
      when 'campaign_moved' then 'Campaign moved to another client'
      when 'dead_letters' then 'Dead letters'
      when 'bounce_threshold' then 'Too many bounces'
      when 'mailbox_disconnected' then 'Mailbox disconnected'
      else initcap(replace(incident.kind, '_', ' '))
    end
    || case when c.id is null then '' else format(' (connection "%s", %s)', c.name, coalesce('client "' || k.name || '"', 'shared')) end
    || coalesce(': ' || rtrim(incident.details, '. ') || '.', '')
    || case when incident.closed_at is not null then ' It is over already.' else '' end
  from (values (incident.connection_id)) as of (connection_id)
  left join public.provider_connections as c on c.id = of.connection_id
  left join public.clients as k on k.id = incident.client_id
$$;

comment on function private.alert_text(public.incidents) is 'The sentence of an alert: what happened, where, what to do.';

-- How the calls of the last minutes went. No answer after five minutes is an answer too: pg_net forgets its queue in a crash.
create function private.judge_deliveries()
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.incidents as i
  set
    delivery = case
      when a.is_good then 'delivered'
      when i.delivery_attempts >= 5 then 'failed'
      else 'waiting'
    end,
    sent_at = case when a.is_good then a.answered_at else i.sent_at end,
    delivery_error = a.error,
    next_attempt_at = now() + interval '1 minute' * power(2, i.delivery_attempts - 1)
  from (
    select
      o.id,
      coalesce(r.status_code between 200 and 299, false) as is_good,
      r.created as answered_at,
      case
        when r.status_code between 200 and 299 then null
        when r.status_code is not null then format('The alert address answered with status %s', r.status_code)
        when r.timed_out then 'The alert address did not answer within five seconds'
        when r.id is not null then 'The alert address could not be reached'
        else 'The call to the alert address got lost'
      end as error
    from public.incidents as o
    left join net._http_response as r on r.id = o.request_id
    where o.delivery = 'sending' and (r.id is not null or o.queued_at < now() - interval '5 minutes')
  ) as a
  where i.id = a.id;
end
$$;

comment on function private.judge_deliveries() is
  'Reads the answers to alerts: delivered, or tried again after 1, 2, 4 and 8 minutes, and failed after the fifth try.';

-- Sends what is due in one message, whatever it is: a hundred alerts at once are twenty lines and a number.
create function private.send_alerts()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  address text;
  due uuid[];
  message text;
  request bigint;
begin
  select s.decrypted_secret into address from vault.decrypted_secrets as s where s.name = 'alert_webhook_url';

  if address is null or address !~ '^https?://' then
    return 0;
  end if;

  -- What is older than a day when an address is given at last is no news.
  due := array(
    select i.id
    from public.incidents as i
    where i.delivery = 'waiting' and i.next_attempt_at <= now() and i.opened_at > now() - interval '1 day'
    order by i.opened_at, i.id
    for update skip locked
  );

  if cardinality(due) = 0 then
    return 0;
  end if;

  update public.incidents as i set text = private.alert_text(i) where i.id = any (due);

  select
    case when cardinality(due) > 1 then format(e'%s alerts from Replyloop\n', cardinality(due)) else 'Replyloop: ' end
      || string_agg(case when cardinality(due) > 1 then '• ' else '' end || l.text, e'\n' order by l.position)
      || case when cardinality(due) > 20 then format(e'\n… and %s more, see the view alerts', cardinality(due) - 20) else '' end
  into message
  from (
    select i.text, row_number() over (order by i.opened_at, i.id) as position
    from public.incidents as i
    where i.id = any (due)
  ) as l
  where l.position <= 20;

  -- The three characters that mean something to Slack.
  request := net.http_post(
    url := address,
    body := jsonb_build_object('text', replace(replace(replace(message, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')),
    timeout_milliseconds := 5000
  );

  update public.incidents as i
  set
    delivery = 'sending',
    delivery_attempts = i.delivery_attempts + 1,
    told_occurrences = i.occurrences,
    request_id = request,
    queued_at = now()
  where i.id = any (due);

  return cardinality(due);
end
$$;

comment on function private.send_alerts() is
  'Posts the due alerts in one message { "text" } to the Vault secret alert_webhook_url; returns how many. Without the secret they wait.';

-- The minute's work in its order; what could not be delivered for good stands in the run's details too.
create function private.raise_alerts()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  undelivered integer;
begin
  perform private.watch_trouble();
  perform private.judge_deliveries();

  select count(*) into undelivered
  from public.incidents as i
  where i.delivery = 'failed' and i.closed_at is null;

  if undelivered > 0 then
    raise warning '% alerts could not be delivered; check the Vault secret "alert_webhook_url" and read the view alerts', undelivered;
  end if;

  return private.send_alerts();
end
$$;

comment on function private.raise_alerts() is
  'Every minute: opens and closes incidents, judges what was sent, sends what is due; returns how many alerts left.';

-- Alerts as operators read them.
create view public.alerts
with (security_invoker = true)
as
select
  i.id, i.kind, i.subject, i.client_id, k.name as client_name, i.connection_id, c.name as connection_name,
  coalesce(i.text, i.details) as text,
  i.occurrences, i.opened_at, i.closed_at, i.delivery, i.delivery_attempts, i.delivery_error, i.sent_at
from public.incidents as i
left join public.provider_connections as c on c.id = i.connection_id
left join public.clients as k on k.id = i.client_id;

comment on view public.alerts is
  'Incidents as alerts: what was or will be told, and whether it arrived (delivery = waiting, sending, delivered or failed). Operators only.';

grant select on public.alerts to authenticated, service_role;

select cron.schedule('replyloop: raise alerts', '* * * * *', 'select private.raise_alerts()');
