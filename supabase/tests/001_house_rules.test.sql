-- The rules of the house, read from the catalogue, so that a table or function of tomorrow is held to them automatically.

begin;
set local search_path = public, extensions;
select plan(41);

-- Our own tables and views; partitions count as tables too.
create view pg_temp.relations as
select c.oid, n.nspname as schema, c.relname as name, c.relkind as kind, c.relispartition as is_partition, c.relrowsecurity as has_rls,
  c.reloptions as options, format('%I.%I', n.nspname, c.relname) as full_name
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where n.nspname in ('public', 'private', 'worker') and c.relkind in ('r', 'p', 'v', 'm', 'f');

-- Our own functions; those of an extension are not ours to judge.
create view pg_temp.functions as
select p.oid, n.nspname as schema, p.proname as name, p.prosecdef as is_definer, p.proconfig as settings, p.oid::regprocedure::text as full_name
from pg_catalog.pg_proc as p
join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
where n.nspname in ('public', 'private', 'worker')
  -- An aggregate has no settings of its own; its functions are judged.
  and p.prokind <> 'a'
  and not exists (
    select from pg_catalog.pg_depend as d
    where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
  );

-- The lists above are not empty, or nothing below would prove anything.
select cmp_ok((select count(*) from pg_temp.relations), '>', 25::bigint, 'there are tables and views to judge');
select cmp_ok((select count(*) from pg_temp.functions), '>', 40::bigint, 'there are functions to judge');

-- Row-level security is on everywhere, and views look with the eyes of the caller.
select is_empty(
  $$ select full_name from pg_temp.relations where kind in ('r', 'p') and not has_rls $$,
  'row-level security is on for every table of public and private'
);
select is_empty(
  $$ select full_name from pg_temp.relations where kind = 'v' and not coalesce(options @> '{security_invoker=true}', false) $$,
  'every view is a security invoker'
);
select is_empty(
  $$ select full_name from pg_temp.relations where kind in ('m', 'f') $$,
  'there is no materialized view and no foreign table, because neither can have policies'
);

-- A newcomer finds a sentence on everything that has a name outside of its file.
select is_empty(
  $$ select full_name from pg_temp.relations where not is_partition and obj_description(oid, 'pg_class') is null $$,
  'every table and view says what it is'
);
select is_empty(
  $$ select full_name from pg_temp.functions where obj_description(oid, 'pg_proc') is null $$,
  'every function says what it does'
);
select isnt(obj_description('private'::regnamespace, 'pg_namespace'), null, 'schema private says what it is for');
select isnt(obj_description('worker'::regnamespace, 'pg_namespace'), null, 'and so does schema worker');

-- A search_path of its own keeps a function from finding somebody else's objects.
select is_empty(
  $$ select full_name from pg_temp.functions where not coalesce(settings @> array['search_path=""'], false) $$,
  'every function has an empty search_path'
);

-- Definer functions see more than their caller, so there are few and all live in private.
select set_eq(
  $$ select schema || '.' || name from pg_temp.functions where is_definer $$,
  array[
    'private.visible_client_ids', 'private.invoke_function', 'private.write_audit', 'private.list_unmapped_campaigns',
    'private.list_dead_letters', 'private.map_unmapped_campaign', 'private.move_campaign', 'private.replay_deliveries',
    'private.switch_client',
    'private.make_client', 'private.edit_client', 'private.shelve_client', 'private.request_client_removal', 'private.remove_client_rows', 'private.walk_person', 'private.forget_answers', 'private.erasable_address', 'private.is_own_address', 'private.erasure_salt', 'private.make_erasure_salt', 'private.read_home', 'private.read_client_days', 'private.goal_months', 'private.sum_client_days', 'private.write_mail_identity', 'private.keep_mail_identity_of_members', 'private.wake_job', 'private.edit_agency', 'private.read_checklist', 'private.shelve_checklist', 'private.add_cost', 'private.drop_cost', 'private.read_reply_times', 'private.recount_waits', 'private.set_goals', 'private.read_standing', 'private.set_standings_shown',
    'private.find_messages', 'private.judge_reply', 'private.keep_answer_draft', 'private.read_answer_draft', 'private.edit_thread', 'private.keep_note', 'private.keep_filter', 'private.classify_reply',
    'private.publish_changes', 'private.requester', 'private.last_scheduler_run',
    'private.list_connection_health', 'private.list_client_health', 'private.list_jobs', 'private.list_members', 'private.list_webhook_states',
    'private.list_provider_organizations', 'private.map_provider_organization',
    'private.list_stopped_connections', 'private.person_name', 'private.dismiss_deliveries', 'private.restore_deliveries',
    'private.mark_acknowledged',
    'private.suppress_entries', 'private.drop_businesses', 'private.lift_suppression', 'private.suppression_of', 'private.suppressed_entries',
    'private.check_request', 'private.is_member_now', 'private.find_person', 'private.remove_person',
    'private.add_campaign', 'private.copy_campaign', 'private.edit_campaign', 'private.drop_campaign',
    'private.ask_approval', 'private.answer_request', 'private.read_approval',
    'private.write_template', 'private.drop_template', 'private.add_templates', 'private.wake_sender', 'private.wake_crm', 'private.address_of', 'private.read_own_preferences', 'private.edit_own_preferences', 'private.read_report_settings', 'private.edit_report_settings', 'private.make_report_link', 'private.end_report_link', 'private.keep_meeting', 'private.drop_meeting'
  ],
  'the only definer functions are those in private that need it'
);

-- A definer function that a signed-in person may call asks first who that is; hold_reply asks for those that act on a reply.
select is_empty(
  $$ select full_name from pg_temp.functions as f
     where is_definer and has_function_privilege('authenticated', oid, 'execute') and name not in ('visible_client_ids', 'check_request', 'is_member_now', 'read_own_preferences', 'edit_own_preferences')
       and pg_get_functiondef(oid) !~ 'perform private\.require_operator\(\);|select private\.may_operate\(\)|:= private\.hold_reply\(' $$,
  'every definer function within a person''s reach checks for an operator'
);

-- Each function behind its door: public for people, worker for the edge functions, private for no outside caller.
select set_eq(
  $$ select name from pg_temp.functions where schema = 'public' and has_function_privilege('authenticated', oid, 'execute') $$,
  array['list_leads', 'list_lead_variables', 'add_suppressions', 'remove_suppression', 'remove_businesses',
    'map_campaign', 'remap_campaign', 'replay_dead_letters', 'set_client_integration',
    'create_client', 'change_client', 'archive_client', 'restore_client', 'delete_client', 'change_agency', 'hide_checklist', 'home_between', 'show_standings', 'reply_times', 'set_client_goals', 'record_cost', 'remove_cost', 'stats_between', 'goals_between', 'daily_stats_between', 'campaigns_between',
    'search_messages', 'qualify_reply', 'classify_reply', 'map_organization', 'acknowledge_alerts', 'dismiss_dead_letters', 'restore_dead_letters',
    'create_campaign', 'duplicate_campaign', 'change_campaign', 'delete_campaign', 'request_approval',
    'answer_approval', 'campaign_approval', 'holidays_between', 'save_sequence_template', 'remove_sequence_template',
    'import_sequence_templates', 'answer_draft', 'save_answer_draft', 'change_thread', 'add_thread_note', 'remove_thread_note', 'saved_filters', 'save_filter',
    'my_notifications', 'change_my_notifications', 'report_settings', 'change_report_settings', 'create_report_link', 'revoke_report_link', 'record_meeting', 'remove_meeting'
  ],
  'a signed-in person can knock at the operators'' doors and the clients'''
);
select is_empty(
  $$ select full_name from pg_temp.functions where schema = 'public' and not has_function_privilege('authenticated', oid, 'execute') $$,
  'and public holds no other function: what only the service role may call is in worker'
);
select is_empty(
  $$ select full_name from pg_temp.functions
     where schema = 'worker' and (has_function_privilege('anon', oid, 'execute') or has_function_privilege('authenticated', oid, 'execute')) $$,
  'only the service role can execute a function of worker'
);
select is_empty(
  $$ select role from unnest('{anon,authenticated,supabase_auth_admin}'::text[]) as role
     where has_schema_privilege(role, 'worker', 'usage') or has_schema_privilege(role, 'worker', 'create') $$,
  'nor does anybody else get into the schema'
);
select is_empty(
  $$ select full_name from pg_temp.relations where schema = 'worker' $$,
  'worker holds functions only'
);
select is_empty(
  $$ select full_name from pg_temp.functions where schema in ('public', 'worker') and not has_function_privilege('service_role', oid, 'execute') $$,
  'the service role can execute every function of both'
);
select is_empty(
  $$ select full_name from pg_temp.functions where has_function_privilege('anon', oid, 'execute') $$,
  'anon cannot execute any function at all'
);
select set_eq(
  $$ select name from pg_temp.functions where schema = 'private' and has_function_privilege('authenticated', oid, 'execute') $$,
  array[
    'read_own_preferences', 'edit_own_preferences', 'read_report_settings', 'edit_report_settings', 'make_report_link', 'end_report_link', 'keep_meeting', 'drop_meeting', 'minimum_stage',
    'days_per_point',
    'suppress_entries', 'lift_suppression', 'suppression_of', 'suppression_entries', 'suppressed_entries', 'lead_state', 'drop_businesses',
    'is_operator', 'may_operate', 'visible_client_ids', 'connection_client_ids', 'minimum_sample', 'rate', 'list_unmapped_campaigns', 'list_dead_letters',
    'map_unmapped_campaign', 'move_campaign', 'replay_deliveries', 'switch_client',
    'make_client', 'edit_client', 'shelve_client', 'request_client_removal', 'edit_agency', 'read_checklist', 'shelve_checklist', 'read_home', 'goal_months', 'is_import_interrupted', 'add_cost', 'drop_cost', 'require_days', 'campaign_days', 'day_in', 'two_proportion_p_value', 'read_reply_times', 'set_goals', 'read_standing', 'set_standings_shown',
    'minimum_expected_replies', 'estimated_revenue',
    'find_messages', 'judge_reply', 'classify_reply', 'keep_answer_draft', 'read_answer_draft', 'edit_thread', 'keep_note', 'keep_filter', 'working_seconds', 'normalize_email', 'unwrap_email', 'ascii_label',
    'audible_topics', 'csv_cell', 'requester', 'list_connection_health', 'list_client_health', 'list_jobs', 'list_members', 'list_webhook_states',
    'list_provider_organizations', 'map_provider_organization',
    'list_stopped_connections', 'list_sending_mailboxes', 'placement_validity', 'last_placements', 'person_name', 'list_incident_kinds', 'incident_title', 'mark_acknowledged',
    'dismiss_deliveries', 'restore_deliveries',
    'check_request', 'require_member', 'is_member_now', 'require_plain_filters',
    'add_campaign', 'copy_campaign', 'edit_campaign', 'drop_campaign', 'ask_approval', 'answer_request', 'read_approval',
    'write_template', 'drop_template', 'add_templates', 'holidays', 'holidays_of_year', 'easter', 'weekday_of_month'
  ],
  'a signed-in person can execute only the helpers that policies and views need, and what is behind the operators'' doors'
);
select ok(
  not has_function_privilege('service_role', 'private.invoke_function(text, jsonb)', 'execute'),
  'not even the service role can make the database call a function with the cron key'
);

-- Grants on tables: anon has none, people read and never write, the service role does everything.
select is_empty(
  $$ select full_name from pg_temp.relations
     where has_any_column_privilege('anon', oid, 'select, insert, update, references')
       or has_table_privilege('anon', oid, 'delete, truncate, trigger') $$,
  'anon holds no privilege on any table or view'
);
select is_empty(
  $$ select full_name from pg_temp.relations
     where has_any_column_privilege('authenticated', oid, 'insert, update, references')
       or has_table_privilege('authenticated', oid, 'delete, truncate, trigger') $$,
  'a signed-in person can write to no table and no view'
);
select is_empty(
  $$ select full_name from pg_temp.relations where schema = 'public' and not has_table_privilege('authenticated', oid, 'select') $$,
  'everything in public is there to be read under its policies'
);
select set_eq(
  $$ select name from pg_temp.relations where schema = 'private' and has_any_column_privilege('authenticated', oid, 'select') $$,
  array['jobs', 'webhook_events', 'message_contents', 'answers', 'threads', 'thread_notes', 'campaign_daily_numbers', 'outgoing_events', 'outgoing_deliveries', 'crm_pushes', 'client_report_mails', 'report_links', 'day_cuts', 'day_shifts', 'reply_waits', 'erasures'],
  'in private a signed-in person can read nothing but columns of jobs, of deliveries in and out, of messages and of what the inbox of operators shows, and what public views read'
);
select set_eq(
  $$ select attname from pg_catalog.pg_attribute
     where attrelid = 'private.webhook_events'::regclass and attnum > 0 and not attisdropped
       and has_column_privilege('authenticated', attrelid, attnum, 'select') $$,
  array['connection_id', 'status', 'delivery_count', 'received_at'],
  'of deliveries only how they fared, which their policy shows to operators'
);
select set_eq(
  $$ select attname from pg_catalog.pg_attribute
     where attrelid = 'private.message_contents'::regclass and attnum > 0 and not attisdropped
       and has_column_privilege('authenticated', attrelid, attnum, 'select') $$,
  array['message_id', 'inbox_url'],
  'of the inner side of messages only the link into the inbox, which its policy shows to operators'
);
select set_eq(
  $$ select attname from pg_catalog.pg_attribute
     where attrelid = 'private.jobs'::regclass and attnum > 0 and not attisdropped
       and has_column_privilege('authenticated', attrelid, attnum, 'select') $$,
  array['id', 'kind', 'status', 'client_id', 'campaign_id', 'done', 'total', 'error_code', 'error_message', 'created_at',
    'started_at', 'finished_at'],
  'and of jobs only the columns that show how far it is'
);
select is_empty(
  $$ select full_name from pg_temp.relations
     where kind in ('r', 'p') and not is_partition
       and (
         not has_table_privilege('service_role', oid, 'select') or not has_table_privilege('service_role', oid, 'insert')
         or not has_table_privilege('service_role', oid, 'update') or not has_table_privilege('service_role', oid, 'delete')
       ) $$,
  'the service role can read and write every table'
);

-- Policies: one per table and verb, each to a named role, none that lets a person write.
select is_empty(
  $$ select schemaname, tablename, policyname from pg_catalog.pg_policies
     where schemaname in ('public', 'private') and (roles && array['public', 'anon']::name[] or cardinality(roles) <> 1) $$,
  'every policy is for exactly one role, and never for anon or everybody'
);
select is_empty(
  $$ select schemaname, tablename, policyname from pg_catalog.pg_policies
     where schemaname in ('public', 'private') and 'authenticated' = any (roles) and cmd <> 'SELECT' $$,
  'no policy lets a signed-in person write'
);
select is_empty(
  $$ select r.full_name from pg_temp.relations as r
     where r.schema = 'public' and r.kind in ('r', 'p')
       and 1 <> (
         select count(*) from pg_catalog.pg_policies as p
         where p.schemaname = r.schema and p.tablename = r.name and 'authenticated' = any (p.roles)
       ) $$,
  'every table of public has exactly one policy for signed-in people'
);
select is_empty(
  $$ select tablename, policyname from pg_catalog.pg_policies
     where schemaname in ('public', 'private') and qual ~ '(auth|private)\.'
       and qual !~* 'select (auth|private)\.' $$,
  'policies call their helpers inside a select, once per query and not once per row'
);

-- Every row that a client may read carries the client's id, and finding it by that id is an index scan.
select is_empty(
  $$ select full_name from pg_temp.relations as r
     where schema = 'public' and name not in (
         'clients', 'sequence_templates', 'sending_domains', 'sending_domain_checks', 'sending_domain_changes', 'operator_sending_domains',
         'placement_readings', 'placement_results', 'domain_listings', 'operator_placements', 'operator_placement_readings'
       )
       and not exists (select from pg_catalog.pg_attribute as a where a.attrelid = r.oid and a.attname = 'client_id') $$,
  'every table and view of public has a client_id, but for what is the agency''s'
);
select is_empty(
  $$ select full_name from pg_temp.relations as r
     join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attname = 'client_id'
     where r.kind in ('r', 'p') and not r.is_partition
       and not exists (select from pg_catalog.pg_index as i where i.indrelid = r.oid and i.indkey[0] = a.attnum) $$,
  'every client_id leads an index'
);

-- What is internal has no column outside of private.
select is_empty(
  $$ select r.full_name, a.attname from pg_temp.relations as r
     join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attnum > 0
     where r.schema = 'public' and a.attname ~ 'provider_campaign_id|encrypted|secret|digest|master_key|lease|cursor' $$,
  'no provider campaign id, key, secret or lease has a column in public'
);

-- What a later migration creates is closed until it says otherwise.
create table public.later (id bigint generated always as identity primary key);
create function public.later() returns integer language sql set search_path = '' as 'select 1';
create function private.later() returns integer language sql set search_path = '' as 'select 1';
select is_empty(
  $$ select role from unnest('{anon,authenticated,service_role}'::text[]) as role
     where has_any_column_privilege(role, 'public.later', 'select, insert, update, references')
       or has_table_privilege(role, 'public.later', 'delete, truncate, trigger') $$,
  'a new table is closed to all three API roles'
);
select is_empty(
  $$ select role from unnest('{anon,authenticated,service_role}'::text[]) as role
     where has_sequence_privilege(role, 'public.later_id_seq', 'usage, select, update') $$,
  'a new sequence is closed to all three API roles'
);
select is_empty(
  $$ select role from unnest('{anon,authenticated,service_role}'::text[]) as role
     where has_function_privilege(role, 'public.later()', 'execute') $$,
  'a new public function is closed to all three API roles'
);
select is_empty(
  $$ select role from unnest('{anon,authenticated,service_role}'::text[]) as role
     where has_function_privilege(role, 'private.later()', 'execute') $$,
  'a new private function is closed to all three API roles'
);
select ok(not has_schema_privilege('anon', 'private', 'usage'), 'anon cannot even name what is in schema private');

select * from finish();
rollback;
