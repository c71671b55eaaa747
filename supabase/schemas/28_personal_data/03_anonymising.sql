-- What becomes of a row: it goes where nothing counts it, and stays without the person where something does.

-- A report with some more rows of one table.
create function private.add_erased(report jsonb, of_table text, what text, number bigint)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select case
    when number = 0 then report
    else report || jsonb_build_object(
      name.short,
      coalesce(report -> name.short, '{}') || jsonb_build_object(what, coalesce((report -> name.short ->> what)::bigint, 0) + number)
    )
  end
  -- Monthly partitions are one table.
  from (select regexp_replace(split_part(of_table, '.', 2), '^email_events_.*$', 'email_events') as short) as name
$$;

comment on function private.add_erased(jsonb, text, text, bigint) is
  'A report { table: { removed?, anonymised? } } with that many more rows.';

grant execute on function private.add_erased(jsonb, text, text, bigint) to service_role;

-- What many leads of the client have says nothing of one of them, and segments keep their numbers; what few have goes.
create function private.common_value(of_client_id uuid, dimension text, value text)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  holders integer;
begin
  if value is null then
    return null;
  end if;

  execute format(
    'select count(*) from (select from public.synced_leads as l where l.client_id = $1 and l.%1$I = $2 and l.erased_at is null limit 5) as few',
    dimension
  )
  into holders using of_client_id, value;

  return case when holders >= 5 then value end;
end
$$;

comment on function private.common_value(uuid, text, text) is
  'An industry, title or size that at least five leads of a client have; null for one that fewer have.';

-- Leads and all that belongs to them. The leads stay, under a pseudonym, for everything that counts them.
create function private.erase_leads(lead_ids uuid[], erasure_id uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  report jsonb := '{}'::jsonb;
  number bigint;
  messages uuid[] := array(select m.id from public.messages as m where m.lead_id = any (lead_ids));
  meeting_ids uuid[] := array(select m.id from public.meetings as m where m.lead_id = any (lead_ids));
  outgoing uuid[] := array(select o.id from private.outgoing_events as o where o.lead_id = any (lead_ids));
  deliveries bigint[] := array(select e.id from public.email_events as e where e.lead_id = any (lead_ids));
begin
  -- The projector holds the leads of its batch: it ends first, and what it wrote is erased as well.
  perform from public.synced_leads as l where l.id = any (lead_ids) order by l.campaign_id, l.email for update;

  delete from private.answer_drafts as d where d.reply_id = any (messages);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.answer_drafts', 'removed', number);

  delete from private.answers as a where a.lead_id = any (lead_ids) and a.state <> 'sent';
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.answers', 'removed', number);

  update private.answers as a
  set subject = '', body_text = '', provider_mail_id = null, error = null
  where a.lead_id = any (lead_ids);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.answers', 'anonymised', number);

  delete from private.thread_notes as n where n.lead_id = any (lead_ids);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.thread_notes', 'removed', number);

  delete from private.message_search as s where s.message_id = any (messages);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.message_search', 'removed', number);

  delete from private.message_contents as c where c.message_id = any (messages);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.message_contents', 'removed', number);

  delete from private.model_questions as q where q.message_id = any (messages);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.model_questions', 'removed', number);

  delete from private.class_suppressions as s where s.message_id = any (messages);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.class_suppressions', 'removed', number);

  delete from private.verdict_pushes as p where p.lead_id = any (lead_ids);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.verdict_pushes', 'removed', number);

  -- Its trigger takes the reply out of the report.
  delete from private.client_report_leads as l where l.lead_id = any (lead_ids);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'public.client_reports', 'anonymised', number);

  delete from public.crm_records as r where r.lead_id = any (lead_ids);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'public.crm_records', 'removed', number);

  update private.crm_pushes as p
  set
    sent = null, last_answer = null, last_error = null, note = null, lease_token = null,
    state = case when p.state = 'waiting' then 'failed' else p.state end
  where p.lead_id = any (lead_ids);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.crm_pushes', 'anonymised', number);

  update private.outgoing_deliveries as d
  set
    last_answer = null, last_error = null, lease_token = null,
    state = case when d.state = 'waiting' then 'failed' else d.state end
  where d.event_id = any (outgoing);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.outgoing_deliveries', 'anonymised', number);

  delete from private.notifications as n where n.event_id = any (outgoing) and n.mail_id is null;
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.notifications', 'removed', number);

  -- Without its payload an event that is sent again is made of the lead as it is then.
  update private.outgoing_events as o
  set payload = null, about = o.about - array['email', 'note']
  where o.id = any (outgoing);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.outgoing_events', 'anonymised', number);

  update public.meetings as m set note = null where m.id = any (meeting_ids);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'public.meetings', 'anonymised', number);

  update private.meeting_reports as r set note = null where r.meeting_id = any (meeting_ids) and r.note is not null;
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.meeting_reports', 'anonymised', number);

  update public.meeting_changes as c set note = null where c.meeting_id = any (meeting_ids) and c.note is not null;
  get diagnostics number = row_count;
  report := private.add_erased(report, 'public.meeting_changes', 'anonymised', number);

  update public.messages as m
  set
    email = private.pseudonym(erasure_id, m.client_id), written_by = null, subject = null, body_text = null, body_html = null,
    snippet = null, verdict_note = null, push_error = null, body_removed_at = coalesce(m.body_removed_at, now())
  where m.id = any (messages);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'public.messages', 'anonymised', number);

  update private.webhook_events as w
  set
    payload = '{}', event = private.emptied_event(w.event), reason = null,
    status = case when w.status in ('pending', 'quarantined', 'dead') then 'erased' else w.status end
  where w.id = any (deliveries);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.webhook_events', 'anonymised', number);

  update public.email_events as e set email = private.pseudonym(erasure_id, e.client_id) where e.lead_id = any (lead_ids);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'public.email_events', 'anonymised', number);

  update public.synced_leads as l
  set
    email = private.pseudonym(erasure_id, l.client_id), provider_lead_id = null, first_name = null, last_name = null,
    company_name = null, website = null, phone = null, payload = null,
    job_title = private.common_value(l.client_id, 'job_title', l.job_title),
    industry = private.common_value(l.client_id, 'industry', l.industry),
    company_size = private.common_value(l.client_id, 'company_size', l.company_size),
    erased_at = now(), updated_at = now()
  where l.id = any (lead_ids);
  get diagnostics number = row_count;
  return private.add_erased(report, 'public.synced_leads', 'anonymised', number);
end
$$;

comment on function private.erase_leads(uuid[], uuid) is
  'Anonymises leads and removes or empties what belongs to them; returns { table: { removed?, anonymised? } }.';
