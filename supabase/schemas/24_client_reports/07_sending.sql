-- Reports on their way: made once, reserved per address, taken under a lease, recorded.

-- Keeps a report and reserves its mails in one transaction. A second run finds the first one's: the report of a period is
-- made once, and goes to an address once. A person who sends it by hand names the recipients, and what failed is sent once more.
create function private.keep_report(
  target_client_id uuid, of_kind public.report_kind, of_days daterange, snapshot jsonb, skipped text, chosen uuid[], actor uuid
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  kept public.client_reports;
  reserved integer;
begin
  insert into public.client_reports as r (client_id, kind, from_day, to_day, snapshot, skipped, scheduled_at, requested_by)
  values (
    target_client_id, of_kind, lower(of_days), upper(of_days) - 1, keep_report.snapshot, keep_report.skipped,
    case when chosen is null then now() end, actor
  )
  on conflict (client_id, kind, from_day) do update set
    snapshot = coalesce(r.snapshot, excluded.snapshot),
    skipped = case when coalesce(r.snapshot, excluded.snapshot) is null then excluded.skipped end,
    scheduled_at = coalesce(r.scheduled_at, excluded.scheduled_at),
    requested_by = coalesce(r.requested_by, excluded.requested_by)
  returning * into kept;

  insert into private.client_report_leads (report_id, lead_id, client_id)
  select kept.id, l.id, l.client_id
  from jsonb_array_elements(case when jsonb_typeof(kept.snapshot -> 'replies') = 'array' then kept.snapshot -> 'replies' else '[]' end) as e (reply)
  join public.synced_leads as l on l.id = (e.reply ->> 'lead_id')::uuid
  order by l.id
  on conflict do nothing;

  with reserved_mails as (
    insert into private.client_report_mails as m (report_id, client_id, recipient_id, email)
    select kept.id, kept.client_id, min(p.id::text)::uuid, p.email
    from private.report_recipients(target_client_id) as p
    where kept.snapshot is not null and p.stopped_at is null and p.email is not null and (chosen is null or p.id = any (chosen))
    group by p.email
    order by p.email
    on conflict (report_id, email) do update set
      -- A new id: the service remembers its answer to the old one.
      id = excluded.id, recipient_id = excluded.recipient_id, state = 'waiting', attempts = 0, wanted_at = now(), next_attempt_at = now(),
      last_error = null
    where m.state = 'failed' and chosen is not null
    returning m.id
  )
  select count(*) into reserved from reserved_mails;

  return jsonb_build_object('report_id', kept.id, 'reserved', reserved);
end
$$;

comment on function private.keep_report(uuid, public.report_kind, daterange, jsonb, text, uuid[], uuid) is
  'Keeps a report and reserves a mail per address that has none; chosen null = the schedule, to all recipients. Returns { report_id, reserved }.';

grant execute on function private.keep_report(uuid, public.report_kind, daterange, jsonb, text, uuid[], uuid) to service_role;

-- The scheduled run. The schedule is locked and asked again: it may have been switched off meanwhile, or another run was faster.
create function worker.keep_scheduled_report(target_client_id uuid, of_kind public.report_kind, snapshot jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  due record;
  reason text;
  kept jsonb;
begin
  perform from private.client_report_schedules as s where s.client_id = target_client_id and s.kind = of_kind for update;

  select d.* into due
  from private.list_due_reports(target_client_id) as d
  where d.kind = of_kind and d.from_day = (snapshot #>> '{period,from_day}')::date;

  if not found then
    return null;
  end if;

  reason := case
    when not exists (
      select
      from jsonb_to_recordset(snapshot -> 'numbers') as n (metric text, value numeric, before numeric)
      where n.metric in ('sent', 'contacted', 'replied', 'positive', 'meetings') and (n.value > 0 or n.before > 0)
    ) then 'no_data'
    when not exists (
      select from private.report_recipients(target_client_id) as p where p.stopped_at is null and p.email is not null
    ) then 'no_recipients'
  end;

  kept := private.keep_report(
    target_client_id, of_kind, daterange(due.from_day, due.to_day, '[]'), case when reason is null then snapshot end, reason, null, null
  );

  update private.client_report_schedules as s
  set attempts = 0, next_attempt_at = now(), last_error = null
  where s.client_id = target_client_id and s.kind = of_kind;

  return kept;
end
$$;

comment on function worker.keep_scheduled_report(uuid, public.report_kind, jsonb) is
  'Keeps the report of a scheduled run and reserves its mails, if it is still due: { report_id, reserved }; null = it is not. Service role only.';

grant execute on function worker.keep_scheduled_report(uuid, public.report_kind, jsonb) to service_role;

-- By hand. Who has it already is not sent it again.
create function worker.send_report(target_client_id uuid, of_kind public.report_kind, snapshot jsonb, recipient_ids uuid[], actor uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  addresses text[];
  has_it text[];
  kept jsonb;
begin
  if exists (select from public.clients as c where c.id = target_client_id and (c.archived_at is not null or c.removal_requested_at is not null)) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'This client is archived; restore it before you send its report';
  end if;

  if not exists (select from private.mail_settings) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Enter a sender and the key of a mail service in Settings → Agency first';
  end if;

  addresses := array(
    select p.email
    from private.report_recipients(target_client_id) as p
    where p.id = any (recipient_ids) and p.stopped_at is null and p.email is not null
    order by p.email
  );

  if cardinality(addresses) = 0 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Choose at least one recipient who has not ended the reports';
  end if;

  has_it := array(
    select m.email
    from public.client_reports as r
    join private.client_report_mails as m on m.report_id = r.id
    where r.client_id = target_client_id and r.kind = of_kind and r.from_day = (send_report.snapshot #>> '{period,from_day}')::date
      and m.email = any (addresses) and m.state <> 'failed'
    order by m.email
  );

  kept := private.keep_report(
    target_client_id, of_kind,
    daterange((snapshot #>> '{period,from_day}')::date, (snapshot #>> '{period,to_day}')::date, '[]'), snapshot, null, recipient_ids, actor
  );

  perform private.write_audit(
    'report_sent', 'client', target_client_id::text, target_client_id,
    jsonb_build_object('kind', of_kind, 'from_day', snapshot #> '{period,from_day}', 'recipients', kept -> 'reserved'), actor
  );

  return kept || jsonb_build_object('has_it', to_jsonb(has_it));
end
$$;

comment on function worker.send_report(uuid, public.report_kind, jsonb, uuid[], uuid) is
  'Reserves the report of a period for the chosen recipients: { report_id, reserved, has_it (addresses that it was sent to before) }. A report that was made already is sent as it was. Service role only.';

grant execute on function worker.send_report(uuid, public.report_kind, jsonb, uuid[], uuid) to service_role;

-- What a sender needs of the mails that it holds.
create function private.taken_report_mails(token uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'mail_id', m.id, 'token', m.lease_token, 'to', m.email, 'stop_token', p.stop_token, 'report_id', r.id, 'snapshot', r.snapshot,
    'attach_pdf', coalesce(s.attach_pdf, true)
  ) order by m.report_id, m.email), '[]')
  from private.client_report_mails as m
  join public.client_reports as r on r.id = m.report_id
  left join private.client_report_recipients as p on p.id = m.recipient_id
  left join private.client_report_settings as s on s.client_id = m.client_id
  where m.lease_token = token
$$;

comment on function private.taken_report_mails(uuid) is 'Mails of reports under one lease: to whom, what, with the PDF or without, and the token that ends the reports.';

grant execute on function private.taken_report_mails(uuid) to service_role;

-- only_report null = whatever is due.
create function worker.take_report_mails(batch_size integer, lease_seconds integer, only_report uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  token uuid := gen_random_uuid();
begin
  if not exists (select from private.mail_settings) then
    return null;
  end if;

  -- Who ended the reports, or left, after the mail was reserved does not get it.
  delete from private.client_report_mails as m
  where m.state = 'waiting' and m.next_attempt_at <= now()
    and not exists (
      select from private.report_recipients(m.client_id) as p where p.id = m.recipient_id and p.stopped_at is null
    );

  update private.client_report_mails as m
  set lease_token = token, attempts = m.attempts + 1, next_attempt_at = now() + make_interval(secs => lease_seconds)
  where m.id in (
    select d.id
    from private.client_report_mails as d
    join public.clients as c on c.id = d.client_id and c.archived_at is null
    where d.state = 'waiting' and d.next_attempt_at <= now() and (only_report is null or d.report_id = only_report)
    order by d.next_attempt_at, d.id
    limit batch_size
    for update of d skip locked
  );

  return jsonb_build_object('mails', private.taken_report_mails(token), 'settings', worker.read_mail_settings());
end
$$;

comment on function worker.take_report_mails(integer, integer, uuid) is
  'Leases due mails of reports to the caller: { mails, settings }; null without mail settings. Service role only.';

grant execute on function worker.take_report_mails(integer, integer, uuid) to service_role;

-- One incident per report that did not reach everybody; it closes when no mail of it is failed any more, or a later report of the
-- same kind arrived.
create function private.watch_report_mails(reports uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.incidents as i (client_id, kind, subject, details)
  select
    r.client_id, 'report_not_sent', 'report:' || r.id,
    format(
      'The %s report of %s to %s did not reach %s. Correct the address or the mail service, then press “Send now” on the page Reports of the client.',
      r.kind, r.from_day, r.to_day, string_agg(format('%s (%s)', m.email, rtrim(m.last_error, '. ')), ', ' order by m.email)
    )
  from public.client_reports as r
  join private.client_report_mails as m on m.report_id = r.id and m.state = 'failed'
  where r.id = any (reports)
  group by r.id
  on conflict (connection_id, kind, subject) where closed_at is null do update set details = excluded.details
  where i.details is distinct from excluded.details;

  update public.incidents as i
  set closed_at = now()
  from public.client_reports as r
  where i.kind = 'report_not_sent' and i.closed_at is null and i.subject = 'report:' || r.id
    and (
      not exists (
        select from private.client_report_mails as m where m.report_id = r.id and m.state = 'failed'
      )
      or exists (
        select
        from public.client_reports as n
        where n.client_id = r.client_id and n.kind = r.kind and n.from_day > r.from_day and n.sent_at is not null
      )
    );
end
$$;

comment on function private.watch_report_mails(uuid[]) is 'Opens an incident for each of these reports with a failed mail, and closes those that are over.';

grant execute on function private.watch_report_mails(uuid[]) to service_role;

-- results: [{ "mail_id", "token", "error" (null = sent), "is_final" (no further attempt), "is_refused" (the key, the sender or the account
-- is not accepted), "retry_after" (seconds) }]
create function worker.record_report_mails(results jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  reports uuid[];
  refusal text;
  any_sent boolean;
begin
  with written as (
    update private.client_report_mails as m
    set
      state = case
        when r.error is null then 'delivered'
        when r.is_final or private.outgoing_delay(m.attempts) is null or m.wanted_at < now() - interval '24 hours' then 'failed'
        else 'waiting'
      end::public.outgoing_state,
      next_attempt_at = now() + greatest(
        private.outgoing_delay(m.attempts), make_interval(secs => least(coalesce(r.retry_after, 0), 86400))
      ),
      lease_token = null,
      last_error = left(r.error, 500),
      sent_at = case when r.error is null then now() end
    from jsonb_to_recordset(results) as r (
      mail_id uuid, token uuid, error text, is_final boolean, is_refused boolean, retry_after double precision
    )
    where m.id = r.mail_id and m.lease_token = r.token and m.state = 'waiting'
    returning m.report_id, r.error, coalesce(r.is_refused, false) as is_refused
  )
  select
    coalesce(array_agg(w.report_id), '{}'), min(w.error) filter (where w.is_refused), coalesce(bool_or(w.error is null), false)
  into reports, refusal, any_sent
  from written as w;

  update public.client_reports as r
  set sent_at = now()
  where r.id = any (reports) and r.sent_at is null
    and exists (select from private.client_report_mails as m where m.report_id = r.id and m.state = 'delivered');

  perform private.note_mail_refusal(refusal, any_sent);
  perform private.watch_report_mails(reports);

  return cardinality(reports);
end
$$;

comment on function worker.record_report_mails(jsonb) is
  'Records what the mail API answered to mails of reports; a refused key or sender opens the incident mail_refused, a mail that failed report_not_sent. Returns how many. Service role only.';

grant execute on function worker.record_report_mails(jsonb) to service_role;

-- What the person who pressed "Send now" reads.
create function worker.read_report_mails(target_report_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('email', m.email, 'state', m.state, 'error', m.last_error) order by m.email), '[]')
  from private.client_report_mails as m
  where m.report_id = target_report_id
$$;

comment on function worker.read_report_mails(uuid) is 'Mails of a report: [{ email, state, error }]. Service role only.';

grant execute on function worker.read_report_mails(uuid) to service_role;

create function worker.read_own_address(target_user_id uuid)
returns text
language sql
stable
set search_path = ''
as $$
  select private.address_of(target_user_id)
$$;

comment on function worker.read_own_address(uuid) is 'Where a test that somebody asks for goes: the address of the account. Service role only.';

grant execute on function worker.read_own_address(uuid) to service_role;

-- Every minute.
create function private.wake_client_reports()
returns bigint
language plpgsql
set search_path = ''
as $$
begin
  if not exists (select from private.mail_settings)
    or not exists (select from private.client_report_mails as m where m.state = 'waiting' and m.next_attempt_at <= now())
    and not exists (select from private.list_due_reports()) then
    return null;
  end if;

  return private.invoke_function('client-report', '{"action": "run"}');
end
$$;

comment on function private.wake_client_reports() is
  'Every minute: calls the function client-report if a report or a mail of one is due; returns the request or null.';
