-- Who reads what: for every table and view of public, taken from the catalogue, a client sees its own rows and no others
-- (none at all of what is the operators'), an operator sees all, anybody else sees nothing, and no one writes.

begin;
set local search_path = public, extensions;

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('reading ' || name)::uuid $$;
grant execute on function pg_temp.id(text) to public;

-- Signs a person in with the token that the hook gives; `reset role` signs out.
create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;

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

-- Every table and view of public with the column that says whose a row is; what is the agency's has none.
create view pg_temp.relations as
select d.name, d.is_table, case when d.rows = 'agency' then null when d.name = 'clients' then 'id' else 'client_id' end as owner_column,
  d.rows <> 'own' as is_for_operators,
  (
    select a.attname from pg_catalog.pg_attribute as a
    where a.attrelid = to_regclass('public.' || d.name) and a.attnum > 0 and a.attidentity = '' and a.attgenerated = '' and not a.attisdropped
    order by a.attnum
    limit 1
  ) as first_column
from pg_temp.declared_relations as d
-- It is about the agency and names one client at most: 070_clients.test.sql.
where d.name <> 'operator_checklist';
grant select on pg_temp.relations to public;

-- How many rows of a client the current role sees in a relation; all where none is a client's.
create function pg_temp.rows_of(relation text, owner_column text, client text) returns bigint language plpgsql as $$
declare
  found bigint;
begin
  execute format('select count(*) from public.%I', relation)
    || case when owner_column is null then '' else format(' where %I = %L', owner_column, pg_temp.id(client)) end into found;
  return found;
end
$$;

-- How many rows the current role sees at all.
create function pg_temp.all_rows(relation text) returns bigint language plpgsql as $$
declare
  found bigint;
begin
  execute format('select count(*) from public.%I', relation) into found;
  return found;
end
$$;
grant execute on function pg_temp.rows_of(text, text, text), pg_temp.all_rows(text) to public;

select plan((4 + 7 * count(*) + 3 * count(*) filter (where is_table))::integer) from pg_temp.relations;

-- Two clients, and for each of them a row in everything.
insert into public.clients (id, name, may_see_costs, may_see_connection) select pg_temp.id(name), name, true, true from unnest('{bakery,dentist}'::text[]) as name;
insert into auth.users (id, email)
select pg_temp.id(name), name || '@reading.test' from unnest('{ada,ben,olga,otto}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('ada'), 'client', pg_temp.id('bakery')),
  (pg_temp.id('ben'), 'client', pg_temp.id('dentist')),
  (pg_temp.id('olga'), 'operator', null);
insert into public.provider_connections (id, client_id, name) values
  (pg_temp.id('bakery connection'), pg_temp.id('bakery'), 'Bakery'),
  (pg_temp.id('dentist connection'), pg_temp.id('dentist'), 'Dentist'),
  (pg_temp.id('shared connection'), null, 'Shared');

create view pg_temp.tenants as
select name, pg_temp.id(name) as client_id, pg_temp.id(name || ' campaign') as campaign_id,
  pg_temp.id(name || ' connection') as connection_id
from unnest('{bakery,dentist}'::text[]) as name;

insert into public.campaigns (id, client_id, connection_id, name) select campaign_id, client_id, connection_id, name from pg_temp.tenants;
update public.clients set time_zone = 'Asia/Kolkata' where id in (select client_id from pg_temp.tenants);
insert into public.businesses (id, client_id, campaign_id, name)
select pg_temp.id(name || ' business'), client_id, campaign_id, name from pg_temp.tenants;
insert into public.synced_leads (id, client_id, campaign_id, email, interest_status_reported, interest_changed_at_reported)
select pg_temp.id(name || ' lead'), client_id, campaign_id, 'lead@' || name || '.test', 'positive', now() from pg_temp.tenants;
insert into public.suppressions (client_id, email, reason) select client_id, 'gone@' || name || '.test', 'erased' from pg_temp.tenants;
insert into public.email_events (id, occurred_at, client_id, campaign_id, lead_id, connection_id, provider, type, received_at)
select -row_number() over (), now(), client_id, campaign_id, pg_temp.id(name || ' lead'), connection_id, 'instantly', 'email_sent', now()
from pg_temp.tenants;
insert into public.email_events (id, occurred_at, connection_id, provider, type, received_at)
values (-3, now(), pg_temp.id('shared connection'), 'instantly', 'account_error', now());
insert into public.campaign_activity (campaign_id, day, client_id, sent) select campaign_id, current_date, client_id, 1 from pg_temp.tenants;
insert into public.campaign_activity_totals (campaign_id, client_id, sent) select campaign_id, client_id, 1 from pg_temp.tenants;
insert into public.campaign_analytics (campaign_id, day, client_id, synced_at) select campaign_id, current_date, client_id, now() from pg_temp.tenants;
insert into public.campaign_analytics_totals (campaign_id, client_id, synced_at) select campaign_id, client_id, now() from pg_temp.tenants;
insert into private.jobs (id, kind, connection_id, client_id, campaign_id, deadline_at)
select pg_temp.id(name || ' export'), 'export', connection_id, client_id, campaign_id, now() from pg_temp.tenants;
insert into public.export_receipts (export_id, client_id, campaign_id, business_id, recipient, outcome)
select pg_temp.id(name || ' export'), client_id, campaign_id, pg_temp.id(name || ' business'), 'business', 'created' from pg_temp.tenants;
insert into public.provider_api_calls (connection_id, client_id, called_at, method, path, duration_ms, attempt)
select connection_id, client_id, now(), 'GET', '/api/v2/campaigns', 1, 1 from pg_temp.tenants;
insert into public.incidents (connection_id, client_id, kind) select connection_id, client_id, 'webhook_missing' from pg_temp.tenants;
insert into public.outgoing_endpoints (id, client_id, name, url, events)
select pg_temp.id(name || ' endpoint'), client_id, name, 'https://crm.test', '{export.finished}' from pg_temp.tenants;
insert into private.outgoing_events (id, type, fact, client_id, occurred_at) select pg_temp.id(name || ' event'), 'test', name, client_id, now() from pg_temp.tenants;
insert into private.outgoing_deliveries (event_id, endpoint_id) select pg_temp.id(name || ' event'), pg_temp.id(name || ' endpoint') from pg_temp.tenants;
insert into public.crm_connections (id, client_id, account_id, account_host, token_last4, events, pipeline_id, pipeline_name, lead_stage_id)
select pg_temp.id(name || ' crm'), client_id, '1', 'app.hubspot.com', 'last', '{reply.positive}', 'default', 'Sales', 'new' from pg_temp.tenants;
insert into public.crm_records (connection_id, lead_id, client_id, deal_id) select pg_temp.id(name || ' crm'), pg_temp.id(name || ' lead'), client_id, '7' from pg_temp.tenants;
insert into private.crm_pushes (connection_id, lead_id, client_id, type) select pg_temp.id(name || ' crm'), pg_temp.id(name || ' lead'), client_id, 'reply.positive' from pg_temp.tenants;
insert into public.client_reports (id, client_id, kind, from_day, to_day, snapshot, sent_at)
select pg_temp.id(name || ' report'), client_id, 'weekly', current_date - 7, current_date - 1, '{}', now() from pg_temp.tenants;
insert into private.client_report_mails (report_id, client_id, email) select pg_temp.id(name || ' report'), client_id, 'ada@reading.test' from pg_temp.tenants;
insert into private.report_links (report_id, client_id, token_digest, expires_at)
select pg_temp.id(name || ' report'), client_id, sha256(convert_to(name, 'UTF8')), now() + interval '1 day' from pg_temp.tenants;
insert into private.erasures (id, digest, client_id) select pg_temp.id(name || ' erasure'), sha256(convert_to(name, 'UTF8')), client_id from pg_temp.tenants;
insert into public.email_accounts (id, connection_id, client_id, email, status)
select pg_temp.id(name || ' mailbox'), connection_id, client_id, 'mia@' || name || '.test', 'active' from pg_temp.tenants;
insert into public.sending_domains (domain) values ('bakery.test');
insert into public.sending_domain_checks (domain, kind, verdict, finding, sentence) values ('bakery.test', 'spf', 'good', 'valid', 'It is valid.');
insert into public.sending_domain_changes (domain, kind, verdict_before, verdict, finding_before, finding, records_before, records)
values ('bakery.test', 'spf', 'bad', 'good', 'missing', 'valid', '{}', '{}');
insert into public.placement_readings (connection_id, state) select connection_id, 'read' from pg_temp.tenants;
insert into public.placement_results (account_id, day, inbox, promotions, spam) select pg_temp.id(name || ' mailbox'), current_date, 1, 0, 0 from pg_temp.tenants;
insert into public.domain_listings (domain, address, blacklist, listed_at, seen_at) values ('bakery.test', '192.0.2.1', 'list', now(), now());
insert into public.email_account_days (account_id, day, client_id) select pg_temp.id(name || ' mailbox'), current_date, client_id from pg_temp.tenants;
insert into public.campaign_step_analytics (campaign_id, step, variant, client_id, sent, synced_at) select campaign_id, 1, 1, client_id, 1, now() from pg_temp.tenants;
insert into public.campaign_step_activity (campaign_id, step, variant, client_id, sent) select campaign_id, 1, 1, client_id, 1 from pg_temp.tenants;
insert into public.campaign_first_times (campaign_id, day, client_id, contacted) select campaign_id, current_date, client_id, 1 from pg_temp.tenants;
insert into public.cost_entries (client_id, campaign_id, kind, amount, currency, spent_on) select client_id, campaign_id, 'other', 1, 'EUR', current_date from pg_temp.tenants;
update public.synced_leads set industry = 'Retail' where id in (select pg_temp.id(name || ' lead') from pg_temp.tenants);
insert into public.messages (id, client_id, campaign_id, lead_id, connection_id, provider, direction, occurred_at, email, source)
select pg_temp.id(name || ' message'), client_id, campaign_id, pg_temp.id(name || ' lead'), connection_id, 'instantly', 'received', now(),
  'lead@' || name || '.test', 'webhook' from pg_temp.tenants;
insert into private.answers (id, reply_id, lead_id, connection_id, subject, body_text, is_quoted)
select pg_temp.id(name || ' answer'), pg_temp.id(name || ' message'), pg_temp.id(name || ' lead'), connection_id, 'Re', 'Here', true from pg_temp.tenants;
insert into private.thread_notes (lead_id, client_id, campaign_id, body)
select pg_temp.id(name || ' lead'), client_id, campaign_id, 'Call first' from pg_temp.tenants;
select private.record_meeting(pg_temp.id(name || ' lead'), 'person', 'won', now(), deal_value => 100) from pg_temp.tenants;
insert into public.client_changes (client_id, stats_changed_at) select client_id, now() from pg_temp.tenants;
insert into public.campaign_approvals (client_id, campaign_id, fingerprint, lead_count) select client_id, campaign_id, 'shown', 1 from pg_temp.tenants;
insert into public.suppression_rules (client_id, entry) select client_id, name || '.test' from pg_temp.tenants;
insert into public.monthly_goals (client_id, metric, from_month, goal) select client_id, 'meetings', date_trunc('month', now() - interval '2 days'), 4 from pg_temp.tenants;
update private.standing_settings set shown_to_clients = true;
insert into private.rate_quartiles (rate, clients, lower_border, median, upper_border) values ('reply_rate', 12, 0.01, 0.02, 0.03);
insert into public.client_logos (client_id, image, version) select client_id, 'data:image/png;base64,iVBORw==', '1' from pg_temp.tenants;
insert into public.imports (id, client_id, campaign_id, file_name, mapping, verification)
select pg_temp.id(name || ' import'), client_id, campaign_id, name, '[]', 'column' from pg_temp.tenants;
insert into public.import_rows (import_id, row_number, client_id, campaign_id, outcome) select pg_temp.id(name || ' import'), 2, client_id, campaign_id, 'no_address' from pg_temp.tenants;
insert into public.import_mappings (client_id, heading, target) select client_id, 'email', 'email' from pg_temp.tenants;
insert into public.audit_log (action, client_id, target_type) select 'tested', client_id, 'client' from pg_temp.tenants;
insert into private.organizations (connection_id, provider_org_id) select connection_id, 'organization' from pg_temp.tenants;
insert into private.provider_campaigns (connection_id, provider_campaign_id) select connection_id, 'unmapped' from pg_temp.tenants;
insert into private.webhook_events (connection_id, event_key, payload, status)
select connection_id, client_id, '{}', 'dead' from pg_temp.tenants;
insert into public.untracked_replies (id, client_id, connection_id, provider, occurred_at, email)
select w.id, t.client_id, t.connection_id, 'instantly', now(), 'outsider@' || t.name || '.test'
from pg_temp.tenants as t join private.webhook_events as w on w.connection_id = t.connection_id and w.event_key = t.client_id;

-- Nothing below proves anything about a relation that holds no row of the other client.
select cmp_ok(pg_temp.rows_of(name, owner_column, 'dentist'), '>', 0::bigint, format('%s holds a row of the other client', name))
from pg_temp.relations order by name;
create table pg_temp.truth as
select name, pg_temp.all_rows(name) as number from pg_temp.relations;
grant select on pg_temp.truth to public;

-- Ada sees what is the bakery's, and only that.
select pg_temp.sign_in('ada');
select cmp_ok(
  pg_temp.rows_of(name, owner_column, 'bakery'), case when is_for_operators then '=' else '>' end, 0::bigint,
  format(case when is_for_operators then 'a client cannot see %s, not even of its own' else 'a client can see its own rows of %s' end, name)
)
from pg_temp.relations order by name;
select is(pg_temp.all_rows(name), pg_temp.rows_of(name, owner_column, 'bakery'), format('a client cannot see any other row of %s', name))
from pg_temp.relations order by name;
select is_empty('select * from public.email_events where client_id is null', 'a client cannot see an event that belongs to nobody');

-- Ada writes nothing: not her own rows and not new ones.
select throws_ok(format('update public.%I set %I = %2$I', name, first_column), '42501', null, format('a client cannot change %s', name))
from pg_temp.relations where is_table order by name;
select throws_ok(format('delete from public.%I', name), '42501', null, format('a client cannot delete from %s', name))
from pg_temp.relations where is_table order by name;
select throws_ok(format('insert into public.%I default values', name), '42501', null, format('a client cannot insert into %s', name))
from pg_temp.relations where is_table order by name;
reset role;

-- Ben sees the dentist's, so the wall holds on both sides.
select pg_temp.sign_in('ben');
select is(
  array[pg_temp.rows_of(name, owner_column, 'bakery'), pg_temp.all_rows(name) - pg_temp.rows_of(name, owner_column, 'dentist')],
  array[0, 0]::bigint[], format('the other client cannot see rows of %s either', name)
)
from pg_temp.relations order by name;
reset role;

-- Olga sees everything, also what belongs to no client.
select pg_temp.sign_in('olga');
select is(pg_temp.all_rows(t.name), t.number, format('an operator can see every row of %s', t.name)) from pg_temp.truth as t order by t.name;
select isnt_empty('select * from public.email_events where id = -3', 'an operator can see an event that belongs to nobody');
select throws_ok('update public.campaigns set name = name', '42501', null, 'an operator cannot write either');
reset role;

-- Otto has an account and no membership.
select pg_temp.sign_in('otto');
select is(pg_temp.all_rows(name), 0::bigint, format('a user without a membership sees nothing of %s', name)) from pg_temp.relations order by name;
reset role;

-- Without a token even the number of rows is hidden.
select set_config('request.jwt.claims', '{}', true);
set local role anon;
select throws_ok(format('select count(*) from public.%I', name), '42501', null, format('anon cannot read %s', name))
from pg_temp.relations order by name;
reset role;

-- The service role sees all of it and needs no policy for that.
set local role service_role;
select is_empty(
  'select name from pg_temp.truth where number <> pg_temp.all_rows(name)', 'the service role can read every row of everything'
);
reset role;

select * from finish();
rollback;
