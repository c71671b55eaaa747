-- Every scheduled job, with its time (UTC). A job that is scheduled again under its name takes the new time.

select cron.schedule('replyloop: project waiting events', '10 seconds', 'select private.drain_webhook_events()');
select cron.schedule('replyloop: publish late changes', '5 seconds', 'select private.publish_late_changes()');
select cron.schedule('replyloop: send events', '10 seconds', 'select private.send_due_events()');
select cron.schedule('replyloop: push to the CRM', '10 seconds', 'select private.run_due_crm()');
select cron.schedule('replyloop: resume jobs', '* * * * *', 'select private.resume_jobs()');
select cron.schedule('replyloop: look up campaigns', '* * * * *', 'select private.look_up_campaigns()');
select cron.schedule('replyloop: prepare messages', '* * * * *', 'select private.wake_message_preparation()');
select cron.schedule('replyloop: ask the model', '* * * * *', 'select private.wake_reply_model()');
select cron.schedule('replyloop: cut days again', '5 seconds', 'select private.cut_days_again()');
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
