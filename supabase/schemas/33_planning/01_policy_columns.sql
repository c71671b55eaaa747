-- How Postgres judges the condition of the policies.

-- A policy compares client_id with an array of which the planner only knows that it is one: it expects ten ids, a hundredth of the rows of
-- 1,000 clients, also where it is an operator's and holds all of them. For so few it reads the index by client beside every other one,
-- which for an operator is everybody's: the mailboxes of an agency took 37 s, its meetings 20 s. Without statistics of the column it
-- expects a twentieth, which is too much for that and little enough for a client's own index: 0.15 s and 1.5 s. A test keeps that each
-- table with such a policy is in this list; months of events get it when they are made.
alter table private.closed_campaigns alter column client_id set statistics 0;
alter table private.day_cuts alter column client_id set statistics 0;
alter table private.day_shifts alter column client_id set statistics 0;
alter table private.email_events_default alter column client_id set statistics 0;
alter table private.jobs alter column client_id set statistics 0;
alter table private.reply_waits alter column client_id set statistics 0;
alter table public.businesses alter column client_id set statistics 0;
alter table public.campaign_activity alter column client_id set statistics 0;
alter table public.campaign_activity_totals alter column client_id set statistics 0;
alter table public.campaign_analytics alter column client_id set statistics 0;
alter table public.campaign_analytics_totals alter column client_id set statistics 0;
alter table public.campaign_approvals alter column client_id set statistics 0;
alter table public.campaign_first_times alter column client_id set statistics 0;
alter table public.campaign_step_activity alter column client_id set statistics 0;
alter table public.campaign_step_analytics alter column client_id set statistics 0;
alter table public.campaigns alter column client_id set statistics 0;
alter table public.client_changes alter column client_id set statistics 0;
alter table public.client_logos alter column client_id set statistics 0;
alter table public.client_reports alter column client_id set statistics 0;
alter table public.cost_entries alter column client_id set statistics 0;
alter table public.email_account_days alter column client_id set statistics 0;
alter table public.email_accounts alter column client_id set statistics 0;
alter table public.email_events alter column client_id set statistics 0;
alter table public.export_receipts alter column client_id set statistics 0;
alter table public.import_mappings alter column client_id set statistics 0;
alter table public.import_rows alter column client_id set statistics 0;
alter table public.imports alter column client_id set statistics 0;
alter table public.meeting_changes alter column client_id set statistics 0;
alter table public.meetings alter column client_id set statistics 0;
alter table public.messages alter column client_id set statistics 0;
alter table public.monthly_goals alter column client_id set statistics 0;
alter table public.provider_connections alter column client_id set statistics 0;
alter table public.suppression_rules alter column client_id set statistics 0;
alter table public.suppressions alter column client_id set statistics 0;
alter table public.synced_leads alter column client_id set statistics 0;
alter table public.untracked_replies alter column client_id set statistics 0;
