-- What is wrong now, found in the present state by one definition, for the operators' views and for alerts.

-- From this age on the last sync of an active connection counts as stale; it runs every hour.
create function private.stale_after()
returns interval
language sql
immutable
set search_path = ''
as $$
  select interval '3 hours'
$$;

comment on function private.stale_after() is 'Age from which the last sync of an active connection counts as stale.';

grant execute on function private.stale_after() to service_role;

-- A connection that was never synced counts from the moment when its key was saved.
create function private.is_sync_stale(connection public.provider_connections)
returns boolean
language sql
stable
set search_path = ''
as $$
  select
    connection.status = 'active'
    and exists (
      select
      from private.provider_keys as k
      where k.connection_id = connection.id
        and coalesce(connection.last_synced_at, greatest(connection.created_at, k.updated_at)) < now() - private.stale_after()
    )
$$;

comment on function private.is_sync_stale(public.provider_connections) is
  'True = the connection is active, has a key, and its last complete sync is too old; without one the time since the key was saved counts.';

grant execute on function private.is_sync_stale(public.provider_connections) to service_role;

-- Failed jobs that nothing has made good: of all ended jobs for the same thing, the newest failed in the last seven days.
create function private.list_failing_jobs()
returns setof private.jobs
language sql
stable
set search_path = ''
as $$
  select j.*
  from private.jobs as j
  where j.status = 'failed'
    and j.finished_at > now() - interval '7 days'
    and not exists (
      select
      from private.jobs as n
      where n.connection_id = j.connection_id
        and n.created_at > j.created_at
        and n.kind = j.kind
        and n.client_id is not distinct from j.client_id
        and n.campaign_id is not distinct from j.campaign_id
        and n.status in ('completed', 'partial', 'failed')
    )
$$;

comment on function private.list_failing_jobs() is
  'Failed jobs of the last seven days after which no job for the same connection, client and campaign has ended.';

grant execute on function private.list_failing_jobs() to service_role;

-- What a failed job is about; tells the incidents of one connection apart.
create function private.job_subject(job private.jobs)
returns text
language sql
immutable
set search_path = ''
as $$
  select job.kind || coalesce(':' || coalesce(job.campaign_id, job.client_id), '')
$$;

comment on function private.job_subject(private.jobs) is 'The subject of an incident job_failed.';

grant execute on function private.job_subject(private.jobs) to service_role;

-- Deliveries by connection that wait, are held or are dead: three partial indexes, so the many projected ones are not read.
-- A dead letter that an operator dismissed is none any more.
create function private.list_backlogs()
returns table (connection_id uuid, waiting bigint, oldest_waiting_at timestamptz, quarantined bigint, dead_letters bigint, dead_recently bigint, newest_at timestamptz)
language sql
stable
set search_path = ''
as $$
  select
    b.connection_id,
    count(*) filter (where b.status = 'pending'),
    min(b.received_at) filter (where b.status = 'pending'),
    count(*) filter (where b.status = 'quarantined'),
    count(*) filter (where b.status = 'dead'),
    count(*) filter (where b.status = 'dead' and b.received_at > now() - interval '7 days'),
    max(b.received_at)
  from (
    select w.connection_id, w.status, w.received_at from private.webhook_events as w where w.status = 'pending'
    union all
    select w.connection_id, w.status, w.received_at from private.webhook_events as w where w.status = 'quarantined'
    union all
    select w.connection_id, w.status, w.received_at
    from private.webhook_events as w
    where w.status = 'dead' and not exists (select from private.dismissed_dead_letters as d where d.event_id = w.id)
  ) as b
  group by b.connection_id
$$;

comment on function private.list_backlogs() is
  'Per connection what is not projected: waiting and since when, quarantined, dead and not dismissed (in all and of the last seven days), newest arrival among them.';

grant execute on function private.list_backlogs() to service_role;

-- Every kind of incident with its heading. Those found in the present state open and close by private.watch_incidents; the
-- others are opened and closed by what notices them. A new kind takes a line here, and one in list_incidents if it is found.
create function private.list_incident_kinds()
returns table (kind text, title text, is_found boolean)
language sql
immutable
set search_path = ''
as $$
  values
    ('key_invalid', 'API key refused', true),
    ('plan_needed', 'Paid plan needed', true),
    ('workspace_doubled', 'Workspace connected twice', true),
    ('sync_stale', 'Sync is stale', true),
    ('job_failed', 'Job failed', true),
    ('dead_letters', 'Dead letters', true),
    ('bounce_threshold', 'Too many bounces', true),
    ('mailbox_disconnected', 'Mailbox disconnected', true),
    ('scheduled_calls_failing', 'Scheduled calls fail', true),
    ('connection_paused', 'Connection paused by the client', true),
    ('connection_removed', 'Connection removed by the client', true),
    ('webhook_switched_off', 'Webhook switched off', false),
    ('webhook_missing', 'Webhook missing', false),
    ('domain_unprotected', 'Sending domain not protected', false),
    ('dmarc_broken', 'DMARC record broke', false),
    ('domain_bouncing', 'Too many bounces from a domain', false),
    ('domain_blacklisted', 'Sending domain on a blacklist', false),
    ('placement_spam', 'Test mails land in spam', false),
    ('campaign_moved', 'Campaign moved to another client', false),
    ('goal_behind', 'Behind the goal', false),
    ('endpoint_switched_off', 'Endpoint switched off', false),
    ('crm_switched_off', 'CRM switched off', false),
    ('mail_refused', 'Email is refused', false),
    ('report_not_sent', 'Report not sent', false)
$$;

comment on function private.list_incident_kinds() is
  'Kinds of incidents and their headings. is_found = private.list_incidents finds it in the present state, so it closes automatically.';

grant execute on function private.list_incident_kinds() to service_role;
grant execute on function private.list_incident_kinds() to authenticated, service_role;

-- Connections that a person of their client paused or removed: the agency should hear of it, while an operator's own pause
-- is no news. The newest act in the audit log says who it was.
create function private.list_client_stops()
returns table (connection_id uuid, client_id uuid, kind text)
language sql
stable
set search_path = ''
as $$
  select c.id, c.client_id, case when c.removed_at is null then 'connection_paused' else 'connection_removed' end
  from public.provider_connections as c
  join lateral (
    select a.actor_id
    from public.audit_log as a
    where a.client_id = c.client_id
      and a.target_type = 'provider_connection'
      and a.target_id = c.id::text
      and a.action = case when c.removed_at is null then 'pause' else 'remove' end
    order by a.occurred_at desc, a.id desc
    limit 1
  ) as last_act on last_act.actor_id is not null
  where c.status = 'paused'
    and not exists (select from public.members as m where m.user_id = last_act.actor_id and m.role = 'operator')
$$;

comment on function private.list_client_stops() is
  'Connections that are paused or removed because a person of their client did it: connection_paused or connection_removed.';

grant execute on function private.list_client_stops() to service_role;

-- Connections that open the same workspace: by its id, by the very key, or by a campaign that both list (Smartlead names no
-- workspace while it has no campaigns). What is saved today cannot become one; what was saved before can be.
create function private.list_doubled_workspaces()
returns table (connection_id uuid, others text)
language sql
stable
set search_path = ''
as $$
  with used as (
    select c.id, c.provider, c.name, c.workspace_id from public.provider_connections as c where c.removed_at is null
  ),
  pair as (
    select a.id, b.id as other_id
    from used as a
    join used as b on b.provider = a.provider and b.workspace_id = a.workspace_id
    union
    select a.connection_id, b.connection_id
    from private.provider_keys as a
    join private.provider_keys as b on b.key_digest = a.key_digest
    union
    select a.connection_id, b.connection_id
    from private.provider_campaigns as a
    join private.provider_campaigns as b on b.provider_campaign_id = a.provider_campaign_id
    where a.listed_at is not null and b.listed_at is not null
  )
  select a.id, string_agg(format('"%s"', b.name), ', ' order by b.name)
  from pair as p
  join used as a on a.id = p.id
  join used as b on b.id = p.other_id and b.provider = a.provider
  where p.id <> p.other_id
  group by a.id
$$;

comment on function private.list_doubled_workspaces() is
  'Connections whose workspace another connection has as well, with the names of those.';

grant execute on function private.list_doubled_workspaces() to service_role;

-- Every incident, one row each, in the words of an alert: what happened, and which page and button end it. connection_id null =
-- of the installation itself.
create function private.list_incidents()
returns table (connection_id uuid, client_id uuid, kind text, subject text, occurrences integer, details text)
language sql
stable
set search_path = ''
as $$
  select
    c.id, c.client_id,
    case c.status when 'invalid' then 'key_invalid' else 'plan_needed' end,
    '', 1,
    case c.status
      when 'invalid' then 'The provider refuses the API key, so nothing is synced or exported. Press “Replace key” on its card in Settings → Connections.'
      else 'The provider asks for a paid plan, so nothing is synced or exported. Renew the plan, then press “Test connection” on its card in Settings → Connections.'
    end
  from public.provider_connections as c
  where c.status in ('invalid', 'needs_plan')
  union all
  select
    c.id, c.client_id, 'sync_stale', '', 1,
    'The last complete sync is ' || coalesce(
      'of ' || to_char(c.last_synced_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC', 'missing'
    ) || '. Press “Sync now” on its card in Settings → Connections; if that fails, Operations → Jobs says why.'
  from public.provider_connections as c
  left join public.clients as k on k.id = c.client_id
  where c.status = 'active'
    and private.is_sync_stale(c)
    and coalesce(k.integration_enabled, true)
  union all
  select
    j.connection_id, coalesce(j.client_id, c.client_id), 'job_failed',
    private.job_subject(j), 1,
    case j.kind when 'export' then format('The export of campaign "%s" failed', k.name) else format('The %s failed', j.kind) end
      || ': ' || concat_ws(', ', j.error_code, rtrim(left(j.error_message, 300), '. ')) || '. '
      || case j.kind
        when 'export' then 'Repair what it names, open the campaign and press “Export leads”; no lead is sent twice.'
        else 'The next sync retries automatically; if it keeps failing, repair what it names (Operations → Jobs).'
      end
  from private.list_failing_jobs() as j
  join public.provider_connections as c on c.id = j.connection_id
  left join public.campaigns as k on k.id = j.campaign_id
  where not exists (
    select from public.clients as o where o.id = coalesce(j.client_id, c.client_id) and not o.integration_enabled
  )
  union all
  select
    b.connection_id, c.client_id, 'dead_letters', '', b.dead_recently::integer,
    b.dead_recently || case b.dead_recently when 1 then ' delivery' else ' deliveries' end
      || ' of the last 7 days could not be processed. Read the reasons in Operations → Dead letters, repair the cause and press “Replay”, or press “Dismiss” for those that do not matter.'
  from private.list_backlogs() as b
  join public.provider_connections as c on c.id = b.connection_id
  where b.dead_recently > 0
  union all
  select
    s.connection_id, s.client_id, s.kind, '', 1,
    case s.kind
      when 'connection_paused' then 'A person of the client paused this connection, so nothing is synced or exported. “Resume” is in the menu of its card in Settings → Connections.'
      else 'A person of the client removed this connection with its key, so its deliveries are refused. “Connect again” is on its card in Settings → Connections.'
    end
  from private.list_client_stops() as s
  union all
  select
    k.connection_id, k.client_id, 'bounce_threshold', 'campaign:' || k.id, 1,
    format('The provider reports that too many mails of campaign "%s" bounce. Look at its list and its mailboxes (Operations → Email accounts) before you start it again.', k.name)
  from private.provider_campaigns as p
  join public.campaigns as k on k.id = p.campaign_id
  where p.bounce_threshold_at > now() - interval '7 days'
    and not (k.provider_status = 'active' and coalesce(k.provider_status_at > p.bounce_threshold_at, false))
  union all
  select
    a.connection_id, a.client_id, 'mailbox_disconnected', 'mailbox:' || a.id, 1,
    format('The mailbox %s has an error: %s. Connect it again at the provider.', a.email, rtrim(coalesce(a.status_reason, 'the provider reported an error'), '. '))
  from public.email_accounts as a
  join public.provider_connections as c on c.id = a.connection_id
  where a.status in ('error', 'suspended')
    and c.status = 'active'
    -- Reported by an event; a mailbox that was never healthy is visible in the list of mailboxes.
    and exists (
      select
      from public.email_events as e
      where e.connection_id = a.connection_id
        and e.email_account = a.email
        and e.type in ('account_error', 'account_suspended')
        and e.occurred_at > now() - interval '7 days'
    )
  union all
  select
    d.connection_id, c.client_id, 'workspace_doubled', '', 1,
    format('Its workspace is connected more than once (also as %s), so everything in it is counted twice and read by both. Keep one: open Settings → Connections and press “Remove” in the menu of the others.', d.others)
  from private.list_doubled_workspaces() as d
  join public.provider_connections as c on c.id = d.connection_id
  union all
  select null, null, 'scheduled_calls_failing', f.function_name, 1, f.details
  from private.list_failing_calls() as f
$$;

comment on function private.list_incidents() is
  'Problems that exist now, of the kinds that private.list_incident_kinds calls found. What the sync sees of webhooks is in incidents already.';

grant execute on function private.list_incidents() to service_role;

-- Failing jobs that no operator has acknowledged.
create function private.list_unacknowledged_failures()
returns setof private.jobs
language sql
stable
set search_path = ''
as $$
  select j.*
  from private.list_failing_jobs() as j
  where not exists (
    select
    from public.incidents as i
    where i.connection_id = j.connection_id
      and i.kind = 'job_failed'
      and i.subject = private.job_subject(j)
      and i.closed_at is null
      and i.acknowledged_at is not null
  )
$$;

comment on function private.list_unacknowledged_failures() is 'private.list_failing_jobs without those whose incident an operator acknowledged.';

grant execute on function private.list_unacknowledged_failures() to service_role;
