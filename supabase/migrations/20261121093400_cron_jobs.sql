-- Generated from supabase/schemas/34_cron_jobs by "npm run migrations".

-- Every scheduled job, with its time (UTC). A job that is scheduled again under its name takes the new time. In the last migration,
-- because a job that comes due before its function is made fails, and a new installation would report that.

-- pg_cron knows seconds from version 1.5 on. An older one, as Debian has for Postgres 15, runs such a job every minute instead. Functions
-- do the same work themselves, right after a fact; what only a sweep does (work of a dying isolate, retries, broadcasts that were held
-- back) then waits up to a minute, and days of another time zone, cut for a second at a time, take twelve times as long.
create function private.every_seconds(seconds integer)
returns text
language sql
stable
set search_path = ''
as $$
  select case
    when exists (
      select from pg_catalog.pg_extension as e
      where e.extname = 'pg_cron' and string_to_array(split_part(e.extversion, '-', 1), '.')::integer[] < '{1,5}'
    )
      then '* * * * *'
    else seconds || ' seconds'
  end
$$;

comment on function private.every_seconds(integer) is
  'The schedule of a job that runs every few seconds, or every minute where pg_cron is older than 1.5.';

select cron.schedule('replyloop: project waiting events', private.every_seconds(10), 'select private.drain_webhook_events()');
select cron.schedule('replyloop: publish late changes', private.every_seconds(5), 'select private.publish_late_changes()');
select cron.schedule('replyloop: send events', private.every_seconds(10), 'select private.send_due_events()');
select cron.schedule('replyloop: push to the CRM', private.every_seconds(10), 'select private.run_due_crm()');
select cron.schedule('replyloop: resume jobs', '* * * * *', 'select private.resume_jobs()');
select cron.schedule('replyloop: look up campaigns', '* * * * *', 'select private.look_up_campaigns()');
select cron.schedule('replyloop: prepare messages', '* * * * *', 'select private.wake_message_preparation()');
select cron.schedule('replyloop: ask the model', '* * * * *', 'select private.wake_reply_model()');
select cron.schedule('replyloop: cut days again', private.every_seconds(5), 'select private.cut_days_again()');
select cron.schedule('replyloop: work on campaigns', private.every_seconds(5), 'select private.work_on_campaigns()');
select cron.schedule('replyloop: add up days of clients', '* * * * *', 'select private.sum_client_days()');
select cron.schedule('replyloop: raise alerts', '* * * * *', 'select private.raise_alerts()');
select cron.schedule('replyloop: apply retention', '* * * * *', 'select private.apply_retention()');
select cron.schedule('replyloop: settle answers', '* * * * *', 'select private.settle_answers()');
select cron.schedule('replyloop: send reports', '* * * * *', 'select private.wake_client_reports()');
select cron.schedule('replyloop: keep schedules', '*/5 * * * *', 'select private.keep_schedules()');
select cron.schedule('replyloop: check sending domains', '*/10 * * * *', 'select private.wake_domain_checks()');
select cron.schedule('replyloop: hourly sync', '7 * * * *', 'select private.enqueue_syncs(false)');
select cron.schedule('replyloop: watch goals', '17 * * * *', 'select private.watch_goals()');
select cron.schedule('replyloop: nightly full sync', '23 2 * * *', 'select private.enqueue_syncs(true)');
select cron.schedule('replyloop: cancel abandoned imports', '37 3 * * *', 'select private.cancel_abandoned_imports()');
select cron.schedule('replyloop: count quartiles', '53 3 * * *', 'select private.count_quartiles()');
select cron.schedule('replyloop: prepare months', '41 0 * * *', 'select private.prepare_email_event_months(current_date, 3)');
