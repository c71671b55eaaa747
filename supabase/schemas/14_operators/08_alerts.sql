-- Alerts: an incident is posted once to the address that operators gave, by pg_net, and the answer is checked.

-- Brings the incidents in line with what is wrong now: opens the new ones, closes what is well again. When dead letters
-- kept growing for an hour after they were posted or acknowledged, that is news: the old incident ends, a new one opens.
create function private.watch_incidents()
returns void
language plpgsql
set search_path = ''
as $$
declare
  incidents jsonb := (select jsonb_agg(to_jsonb(t)) from private.list_incidents() as t);
begin
  update public.incidents as i
  set closed_at = now()
  where i.closed_at is null
    and i.kind in (select k.kind from private.list_incident_kinds() as k where k.is_found)
    and not exists (
      select
      from jsonb_to_recordset(incidents) as t (connection_id uuid, kind text, subject text, occurrences integer)
      where t.connection_id is not distinct from i.connection_id and t.kind = i.kind and t.subject = i.subject
        and coalesce(t.occurrences <= i.sent_occurrences or i.sent_at > now() - interval '1 hour', true)
        and coalesce(t.occurrences <= i.acknowledged_occurrences or i.acknowledged_at > now() - interval '1 hour', true)
    );

  insert into public.incidents as i (connection_id, client_id, kind, subject, occurrences, details)
  select t.connection_id, t.client_id, t.kind, t.subject, t.occurrences, t.details
  from jsonb_to_recordset(incidents) as t (
    connection_id uuid, client_id uuid, kind text, subject text, occurrences integer, details text
  )
  on conflict (connection_id, kind, subject) where closed_at is null
  do update set occurrences = excluded.occurrences, details = excluded.details
  where (i.occurrences, i.details) is distinct from (excluded.occurrences, excluded.details);
end
$$;

comment on function private.watch_incidents() is 'Opens incidents for what is wrong now and closes those that are over.';

-- The heading of a kind; one without a heading yet shows its own words.
create function private.incident_title(of_kind text)
returns text
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (select k.title from private.list_incident_kinds() as k where k.kind = of_kind),
    upper(left(of_kind, 1)) || replace(substr(of_kind, 2), '_', ' ')
  )
$$;

comment on function private.incident_title(text) is 'The heading of a kind of incident.';

grant execute on function private.incident_title(text) to authenticated, service_role;

-- What an alert says: what happened, where, and what to do. Names are ours; ids and secrets have no place here.
create function private.alert_text(incident public.incidents)
returns text
language sql
stable
set search_path = ''
as $$
  select
    private.incident_title(incident.kind)
    || case
      when c.id is not null then format(' (connection "%s", %s)', c.name, coalesce('client "' || k.name || '"', 'shared'))
      when k.id is not null then format(' (client "%s")', k.name)
      else ''
    end
    || coalesce(': ' || rtrim(incident.details, '. ') || '.', '')
    || case when incident.closed_at is not null then ' It is over already.' else '' end
  from (select 1) as always
  left join public.provider_connections as c on c.id = incident.connection_id
  left join public.clients as k on k.id = incident.client_id
$$;

comment on function private.alert_text(public.incidents) is 'The sentence of an alert: what happened, where, what to do.';

-- Where the dashboard explains this kind. plpgsql, because the mail settings, which know the dashboard's address, come later.
create function private.runbook_url(of_kind text)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return (select rtrim(m.dashboard_url, '/') || '/docs/runbook#' || of_kind from private.mail_settings as m);
end
$$;

comment on function private.runbook_url(text) is
  'The entry of a kind of incident in the runbook of the dashboard; null without mail settings, which know the address.';

grant execute on function private.runbook_url(text) to service_role;

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
  'Reads the answers to alerts: delivered, or retried after 1, 2, 4 and 8 minutes, and failed after the fifth try.';

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

  if address is null then
    return 0;
  end if;

  if not private.is_outbound_address(address, private.allows_private_addresses()) then
    update public.incidents as i
    set delivery_error = 'The alert address is no public https address; save another one as alert_webhook_url'
    where i.delivery = 'waiting' and i.closed_at is null and i.opened_at > now() - interval '1 day';
    return 0;
  end if;

  -- What is older than a day when an address is given at last is no news.
  due := array(
    select i.id
    from public.incidents as i
    where i.delivery = 'waiting' and i.next_attempt_at <= now() and i.opened_at > now() - interval '1 day'
      and i.acknowledged_at is null
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
      || case when cardinality(due) > 20 then format(e'\n… and %s more, see Operations → Alerts', cardinality(due) - 20) else '' end
  into message
  from (
    select
      i.text || coalesce(' What to do: ' || private.runbook_url(i.kind), '') as text,
      row_number() over (order by i.opened_at, i.id) as position
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
    sent_occurrences = i.occurrences,
    request_id = request,
    queued_at = now()
  where i.id = any (due);

  return cardinality(due);
end
$$;

comment on function private.send_alerts() is
  'Posts the due alerts in one message { "text" } to the Vault secret alert_webhook_url; returns how many. Without the secret they wait.';

-- The minute's work in its order; what could not be delivered for good is in the run's details too.
create function private.raise_alerts()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  undelivered integer;
begin
  perform private.watch_incidents();
  perform private.judge_deliveries();

  select count(*) into undelivered
  from public.incidents as i
  where i.delivery = 'failed' and i.closed_at is null and i.acknowledged_at is null;

  if undelivered > 0 then
    raise warning '% alerts could not be delivered; check the Vault secret "alert_webhook_url" and look at Operations → Alerts', undelivered;
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
  i.occurrences, i.opened_at, i.closed_at, i.delivery, i.delivery_attempts, i.delivery_error, i.sent_at,
  private.incident_title(i.kind) as title,
  i.acknowledged_at, i.acknowledged_note,
  private.person_name(i.acknowledged_by) as acknowledged_by_name
from public.incidents as i
left join public.provider_connections as c on c.id = i.connection_id
left join public.clients as k on k.id = i.client_id;

comment on view public.alerts is
  'Incidents as alerts: what was or will be posted, whether it arrived (delivery = waiting, sending, delivered or failed), and who acknowledged it. Operators only.';

grant select on public.alerts to authenticated, service_role;

-- Definer, because people may read incidents and write none.
create function private.mark_acknowledged(ids uuid[], note text, undo boolean)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  changed integer;
begin
  perform private.require_operator();

  if coalesce(cardinality(ids), 0) = 0 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'No ids were given; send those of the alerts';
  end if;

  if length(note) > 500 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'A note has at most 500 characters';
  end if;

  with changed as (
    update public.incidents as i
    set
      acknowledged_at = case when not undo then now() end,
      acknowledged_by = case when not undo then (select auth.uid()) end,
      acknowledged_note = case when not undo then nullif(btrim(note), '') end,
      acknowledged_occurrences = case when not undo then i.occurrences end
    where i.id = any (ids) and i.closed_at is null and (i.acknowledged_at is null) is distinct from undo
    returning i.id, i.kind, i.client_id
  ),
  written as (
    select private.write_audit(
      case when undo then 'alert_reopened' else 'alert_acknowledged' end, 'incident', s.id::text, s.client_id,
      jsonb_strip_nulls(jsonb_build_object('kind', s.kind, 'note', case when not undo then nullif(btrim(note), '') end))
    )
    from changed as s
  )
  select count(*) into changed from written;

  return changed;
end
$$;

comment on function private.mark_acknowledged(uuid[], text, boolean) is 'The work of public.acknowledge_alerts; checks the caller itself.';

grant execute on function private.mark_acknowledged(uuid[], text, boolean) to authenticated, service_role;

-- The door to it for operators.
create function public.acknowledge_alerts(ids uuid[], note text default null, undo boolean default false)
returns integer
language sql
volatile
set search_path = ''
as $$
  select private.mark_acknowledged(ids, note, undo)
$$;

comment on function public.acknowledge_alerts(uuid[], text, boolean) is
  'Acknowledges these open alerts: they no longer count as new and are not posted, until they are over. undo reverses it. Returns how many changed. Operators.';

grant execute on function public.acknowledge_alerts(uuid[], text, boolean) to authenticated, service_role;
