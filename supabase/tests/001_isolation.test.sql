-- Who may what: the privileges in the catalogue against the rows of supabase/access, which docs/isolation.md prints. An object without a
-- row, a row without an object and a privilege that nobody declared all fail. What is between the marks is written by `npm run isolation`.

begin;
set local search_path = public, extensions;

-- <declared relations>
create table pg_temp.declared_relations (name text, is_table boolean, rows text);
insert into pg_temp.declared_relations
select unnest('{
  domain_listings,
  placement_readings, placement_results,
  sending_domain_changes, sending_domain_checks, sending_domains, sequence_templates
}'::text[]), true, 'agency'
union all
select unnest('{
  audit_log,
  crm_connections, crm_records,
  incidents,
  outgoing_endpoints,
  provider_api_calls
}'::text[]), true, 'operators'
union all
select unnest('{
  businesses,
  campaign_activity, campaign_activity_totals, campaign_analytics, campaign_analytics_totals, campaign_approvals, campaign_first_times,
  campaign_step_activity, campaign_step_analytics, campaigns, client_changes, client_logos, client_reports, clients, cost_entries,
  email_account_days, email_accounts, email_events, export_receipts,
  import_mappings, import_rows, imports,
  meeting_changes, meetings, members, messages, monthly_goals,
  provider_connections,
  suppression_rules, suppressions, synced_leads,
  untracked_replies
}'::text[]), true, 'own'
union all
select unnest('{
  operator_placement_readings, operator_placements, operator_sending_domains
}'::text[]), false, 'agency'
union all
select unnest('{
  alerts, analytics_drift,
  crm_leads, crm_log,
  dead_letters,
  operator_answers, operator_campaigns, operator_checklist, operator_clients, operator_email_accounts, operator_erasures, operator_health,
  operator_inbox_counts, operator_jobs, operator_members, operator_replies, operator_report_links, operator_report_mails,
  operator_thread_notes, operator_threads, outgoing_log,
  provider_organizations,
  unmapped_campaigns,
  webhook_ledger
}'::text[]), false, 'operators'
union all
select unnest('{
  campaign_comparison, campaign_costs, campaign_steps, client_campaigns, client_costs, client_daily_stats, client_email_events,
  client_exports, client_imports, client_meetings, client_overview, client_pipeline, client_replies, client_reply_times, client_segments,
  client_standings, client_webhooks,
  day_rebuilds,
  email_account_health,
  lead_timeline,
  message_stats,
  suppression_list
}'::text[]), false, 'own';
grant select on pg_temp.declared_relations to public;
-- </declared>

-- <declared functions>
create table pg_temp.declared_functions (name text, callers text);
insert into pg_temp.declared_functions
select unnest('{
  holidays_between
}'::text[]), 'facts'
union all
select unnest('{
  acknowledge_alerts, add_suppressions, add_thread_note, answer_draft, archive_client,
  change_agency, change_campaign, change_client, change_report_settings, change_retention, change_thread, create_campaign, create_client,
  create_report_link,
  delete_campaign, delete_client, dismiss_dead_letters, duplicate_campaign,
  hide_checklist, home_between,
  import_sequence_templates,
  map_campaign, map_organization,
  preview_retention,
  record_cost, remap_campaign, remove_businesses, remove_cost, remove_sequence_template, remove_suppression, remove_thread_note,
  replay_dead_letters, reply_times, report_settings, request_approval, restore_client, restore_dead_letters, retention_periods,
  revoke_report_link,
  save_answer_draft, save_filter, save_sequence_template, saved_filters, set_client_goals, set_client_integration, show_standings
}'::text[]), 'operators'
union all
select unnest('{
  answer_approval,
  campaign_approval, campaigns_between, classify_reply,
  daily_stats_between,
  goals_between,
  list_lead_variables, list_leads,
  qualify_reply,
  record_meeting, remove_meeting,
  search_messages, stats_between
}'::text[]), 'own'
union all
select unnest('{
  change_my_notifications,
  my_notifications
}'::text[]), 'self'
union all
select unnest('{
  csv
}'::text[]), 'aggregate';
grant select on pg_temp.declared_functions to public;
-- </declared>

-- <declared helpers>
create table pg_temp.declared_helpers (name text, executed_by text, is_definer boolean);
insert into pg_temp.declared_helpers
select unnest('{
  check_request,
  edit_own_preferences,
  is_member_now,
  read_own_preferences,
  visible_client_ids
}'::text[]), 'caller', true
union all
select unnest('{
  invoke_function,
  keep_mail_identity_of_members,
  publish_changes,
  read_client_days, recount_waits,
  sum_client_days
}'::text[]), 'database', true
union all
select unnest('{
  add_campaign, add_cost, add_templates, answer_request, ask_approval,
  classify_reply, copy_campaign,
  dismiss_deliveries, drop_businesses, drop_campaign, drop_cost, drop_meeting, drop_template,
  edit_agency, edit_campaign, edit_client, edit_report_settings, edit_retention, edit_thread, end_report_link,
  find_messages, foresee_retention,
  goal_months,
  judge_reply,
  keep_answer_draft, keep_filter, keep_meeting, keep_note,
  lift_suppression, list_client_health, list_connection_health, list_dead_letters, list_jobs, list_members, list_provider_organizations,
  list_stopped_connections, list_unmapped_campaigns, list_webhook_states,
  make_client, make_report_link, map_provider_organization, map_unmapped_campaign, mark_acknowledged, move_campaign,
  person_name,
  read_answer_draft, read_approval, read_checklist, read_home, read_reply_times, read_report_settings, read_retention, read_standing,
  replay_deliveries, request_client_removal, requester, restore_deliveries,
  set_goals, set_standings_shown, shelve_checklist, shelve_client, suppress_entries, suppressed_entries, suppression_of, switch_client,
  write_template
}'::text[]), 'people', true
union all
select unnest('{
  address_of,
  erasable_address, erasure_salt, erasure_salts,
  find_person, forget_answers,
  is_own_address,
  last_scheduler_run,
  make_erasure_salt,
  remove_client_rows, remove_person,
  wake_crm, wake_job, wake_sender, walk_person, write_audit, write_mail_identity
}'::text[]), 'service', true
union all
select unnest('{
  ascii_label, audible_topics,
  campaign_days, complementary_error, connection_client_ids, csv_cell,
  day_in, days_per_point,
  easter, estimated_revenue,
  holidays, holidays_of_year,
  incident_title, is_import_interrupted, is_operator,
  last_placements, lead_state, list_incident_kinds, list_sending_mailboxes,
  may_operate, minimum_expected_replies, minimum_sample, minimum_stage,
  normalize_email,
  placement_validity,
  rate, require_days, require_member, require_plain_filters,
  suppression_entries,
  two_proportion_p_value,
  unwrap_email,
  weekday_of_month, working_seconds
}'::text[]), 'people', false;
grant select on pg_temp.declared_helpers to public;
-- </declared>

-- <declared inner>
create table pg_temp.declared_columns (name text, relation text, rows text);
insert into pg_temp.declared_columns
select unnest('{
  asked_at, asked_by,
  body_text,
  error, error_code,
  id,
  lead_id,
  message_id,
  reply_id,
  sent_at, state, subject
}'::text[]), 'answers', 'operators'
union all
select unnest('{
  *
}'::text[]), 'campaign_daily_numbers', 'own'
union all
select unnest('{
  attempts,
  client_id,
  email,
  id,
  last_error,
  next_attempt_at,
  report_id,
  sent_at, state,
  wanted_at
}'::text[]), 'client_report_mails', 'operators'
union all
select unnest('{
  *
}'::text[]), 'closed_campaigns', 'own'
union all
select unnest('{
  attempts,
  client_id, connection_id, created_at,
  delivered_at, duration_ms,
  event_id,
  id,
  last_answer, last_attempt_at, last_error, last_status, lead_id,
  next_attempt_at, note,
  sent, state,
  type,
  wanted_at
}'::text[]), 'crm_pushes', 'operators'
union all
select unnest('{
  *
}'::text[]), 'day_cuts', 'own'
union all
select unnest('{
  *
}'::text[]), 'day_shifts', 'own'
union all
select unnest('{
  campaign_id, client_id, created_at,
  done,
  error_code, error_message,
  finished_at,
  id,
  kind,
  started_at, status,
  total
}'::text[]), 'jobs', 'own'
union all
select unnest('{
  inbox_url,
  message_id
}'::text[]), 'message_contents', 'operators'
union all
select unnest('{
  client_id,
  finished_at,
  id, is_blocked,
  report, requested_at, requested_by,
  status
}'::text[]), 'erasures', 'operators'
union all
select unnest('{
  attempts,
  delivered_at, duration_ms,
  endpoint_id, event_id,
  last_answer, last_attempt_at, last_error, last_status,
  next_attempt_at,
  state,
  wanted_at
}'::text[]), 'outgoing_deliveries', 'operators'
union all
select unnest('{
  client_id,
  id,
  occurred_at,
  payload,
  type
}'::text[]), 'outgoing_events', 'operators'
union all
select unnest('{
  *
}'::text[]), 'reply_waits', 'own'
union all
select unnest('{
  client_id, created_at, created_by,
  expires_at,
  has_password,
  id,
  label, last_opened_at, locked_until,
  opens,
  report_id, revoked_at
}'::text[]), 'report_links', 'operators'
union all
select unnest('{
  *
}'::text[]), 'thread_notes', 'operators'
union all
select unnest('{
  *
}'::text[]), 'threads', 'operators'
union all
select unnest('{
  connection_id,
  delivery_count,
  received_at,
  status
}'::text[]), 'webhook_events', 'operators';
grant select on pg_temp.declared_columns to public;
-- </declared>

-- Our own tables and views, partitions too, and our own functions; those of an extension are not ours to judge.
create view pg_temp.relations as
select c.oid, n.nspname as schema, c.relname as name, c.relkind in ('r', 'p') as is_table
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where n.nspname in ('public', 'private', 'worker') and c.relkind in ('r', 'p', 'v', 'm', 'f');

create view pg_temp.functions as
select p.oid, n.nspname as schema, p.proname as name, p.prosecdef as is_definer, p.prokind = 'a' as is_aggregate
from pg_catalog.pg_proc as p
join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
where n.nspname in ('public', 'private', 'worker')
  and not exists (
    select from pg_catalog.pg_depend as d
    where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
  );

-- The columns of private that a role of the Data API may read.
create view pg_temp.readable_columns as
select r.name as relation, a.attname::text as name, role
from pg_temp.relations as r
join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
cross join unnest('{anon,authenticated}'::text[]) as role
where r.schema = 'private' and has_column_privilege(role, r.oid, a.attnum, 'select');

-- What no person may read of tables that are partly granted.
create table pg_temp.hidden_columns as
select r.name as relation, a.attname::text as name
from pg_temp.relations as r
join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
where r.schema = 'private'
  and r.name in (select d.relation from pg_temp.declared_columns as d where d.name <> '*')
  and not exists (select from pg_temp.declared_columns as d where d.relation = r.name and d.name in ('*', a.attname));
grant select on pg_temp.hidden_columns to public;

-- What a table knows beside reading and writing; the last is new in Postgres 17.
create function pg_temp.other_verbs() returns text[] language sql as $$
  select '{truncate,references,trigger}'::text[] || case when current_setting('server_version_num')::integer >= 170000 then '{maintain}'::text[] end
$$;

select plan((20 + 3 * count(*))::integer) from pg_temp.hidden_columns;

-- Tables and views of public.
select set_eq(
  $$ select name::text, is_table from pg_temp.relations where schema = 'public' $$,
  'select name, is_table from pg_temp.declared_relations',
  'every table and view of public has a row in supabase/access/relations.ts, and every row its object'
);
select set_eq(
  $$ select role, verb, r.name::text
     from pg_temp.relations as r, unnest('{anon,authenticated,service_role,supabase_auth_admin}'::text[]) as role,
       unnest('{select,insert,update,delete}'::text[] || pg_temp.other_verbs()) as verb
     where r.schema = 'public' and (
       has_table_privilege(role, r.oid, verb)
       or (verb in ('select', 'insert', 'update', 'references') and has_any_column_privilege(role, r.oid, verb))
     ) $$,
  $$ select 'authenticated' as role, 'select' as verb, name from pg_temp.declared_relations
     union all select 'service_role', 'select', name from pg_temp.declared_relations
     union all select 'service_role', verb, name from pg_temp.declared_relations, unnest('{insert,update,delete}'::text[]) as verb where is_table
     union all select 'supabase_auth_admin', 'select', 'members' $$,
  'the privileges of public are those declared: people read, the service role writes, the token hook reads members'
);
select set_eq(
  $$ select tablename::text from pg_catalog.pg_policies
     where schemaname = 'public' and 'authenticated' = any (roles) and qual ~ '^\( SELECT private\.is_operator\(\) AS is_operator\)$' $$,
  $$ select name from pg_temp.declared_relations where is_table and rows <> 'own' $$,
  'the policy of a table admits operators alone where its rows are declared theirs'
);
select set_eq(
  $$ select r.name::text from pg_temp.relations as r
     where r.schema = 'public' and r.name <> 'clients'
       and not exists (select from pg_catalog.pg_attribute as a where a.attrelid = r.oid and a.attname = 'client_id') $$,
  $$ select name from pg_temp.declared_relations where rows = 'agency' $$,
  'every table and view of public has a client_id, but for what is the agency''s'
);

-- Functions of public and worker.
select set_eq(
  $$ select name::text from pg_temp.functions where schema = 'public' $$,
  'select name from pg_temp.declared_functions',
  'every function of public has a row in supabase/access/functions.ts, and every row its function'
);
select set_eq(
  $$ select name::text, is_aggregate from pg_temp.functions where schema = 'public' and is_aggregate $$,
  $$ select name, true from pg_temp.declared_functions where callers = 'aggregate' $$,
  'and aggregates are declared as such'
);
select is_empty(
  $$ select role, name from pg_temp.functions, unnest('{anon,authenticated,service_role}'::text[]) as role
     where schema = 'public' and has_function_privilege(role, oid, 'execute') <> (role <> 'anon') $$,
  'a function of public is executed by signed-in people and the service role, and not by anon'
);
select is_empty(
  $$ select role, name from pg_temp.functions, unnest('{anon,authenticated,service_role,supabase_auth_admin}'::text[]) as role
     where schema = 'worker' and has_function_privilege(role, oid, 'execute') <> (role = 'service_role') $$,
  'a function of worker is executed by the service role and by no one else'
);
select is_empty($$ select name from pg_temp.relations where schema = 'worker' $$, 'worker holds functions only');
select set_eq(
  $$ select role, schema from unnest('{anon,authenticated,service_role}'::text[]) as role, unnest('{private,worker}'::text[]) as schema
     where has_schema_privilege(role, schema, 'usage') or has_schema_privilege(role, schema, 'create') $$,
  $$ values ('authenticated', 'private'), ('service_role', 'private'), ('service_role', 'worker') $$,
  'only the service role gets into worker, and anon not even into private'
);

-- Schema private.
select set_eq(
  'select role, relation::text, name from pg_temp.readable_columns',
  $$ select 'authenticated', d.relation, coalesce(a.attname::text, d.name)
     from pg_temp.declared_columns as d
     left join pg_catalog.pg_attribute as a
       on d.name = '*' and a.attrelid = to_regclass('private.' || d.relation) and a.attnum > 0 and not a.attisdropped $$,
  'people read of private the columns in supabase/access/inner.ts and no others'
);
select is_empty(
  $$ select role, r.name from pg_temp.relations as r, unnest('{anon,authenticated}'::text[]) as role
     where r.schema = 'private' and (
       has_any_column_privilege(role, r.oid, 'insert, update, references') or has_table_privilege(role, r.oid, array_to_string('{delete}' || pg_temp.other_verbs(), ', '))
     ) $$,
  'and write nothing there'
);
select set_eq(
  $$ select p.tablename::text from pg_catalog.pg_policies as p
     where p.schemaname = 'private' and 'authenticated' = any (p.roles) and p.qual ~ '^\( SELECT private\.is_operator\(\) AS is_operator\)$' $$,
  $$ select distinct relation from pg_temp.declared_columns where rows = 'operators' $$,
  'the policies of private admit operators alone where rows are declared theirs'
);
select set_eq(
  $$ select name::text from pg_temp.functions where is_definer $$,
  'select name from pg_temp.declared_helpers where is_definer',
  'the only definer functions are those in supabase/access/functions.ts'
);
select is_empty($$ select schema, name from pg_temp.functions where is_definer and schema <> 'private' $$, 'and all of them are in private');
select set_eq(
  $$ select name::text from pg_temp.functions where schema = 'private' and has_function_privilege('authenticated', oid, 'execute') $$,
  $$ select name from pg_temp.declared_helpers where executed_by in ('people', 'caller') $$,
  'people execute in private what is declared so, and nothing else'
);
select is_empty(
  $$ select name from pg_temp.functions where has_function_privilege('anon', oid, 'execute') $$, 'anon executes no function at all'
);
-- hold_reply asks for those that act on a reply.
select is_empty(
  $$ select f.name from pg_temp.functions as f
     join pg_temp.declared_helpers as d on d.name = f.name and d.executed_by = 'people'
     where f.is_definer and pg_get_functiondef(f.oid) !~ 'perform private\.require_operator\(\);|select private\.may_operate\(\)|:= private\.hold_reply\(' $$,
  'every definer function of people checks who asks'
);
select set_eq(
  $$ select name::text from pg_temp.functions where is_definer and not has_function_privilege('service_role', oid, 'execute') $$,
  $$ select name from pg_temp.declared_helpers where executed_by = 'database' $$,
  'the definer functions of triggers and cron jobs are closed to the service role too'
);

-- Realtime lets people listen, and no other schema of the platform has a policy for them.
select is_empty(
  $$ select schemaname, tablename, policyname from pg_catalog.pg_policies
     where schemaname not in ('public', 'private', 'cron') and roles && '{public,anon,authenticated}'::name[]
       and (schemaname, tablename, cmd) <> ('realtime', 'messages', 'SELECT') $$,
  'outside of our schemas people have the policy to listen to realtime.messages, and none to write there or to use storage'
);

-- Not even an operator reaches a hidden column by a way around selecting it.
select set_config('request.jwt.claims', jsonb_build_object('sub', gen_random_uuid(), 'role', 'authenticated', 'user_role', 'operator')::text, true);
set local role authenticated;
select throws_ok(
  format(form, name, relation), '42501', null,
  format('an operator cannot select, filter or order by %s of %s: %s', name, relation, form)
)
from pg_temp.hidden_columns,
  unnest('{"select %I from private.%I","select from private.%2$I where %1$I is null","select from private.%2$I order by %1$I"}'::text[]) as form
order by relation, name, form;
reset role;

select * from finish();
rollback;
