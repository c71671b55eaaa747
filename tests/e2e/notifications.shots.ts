// Settings → Notifications, Email and the sender of emails as people see them: empty, full, failing, and the dialogs.
import { expect, type Page, test } from '@playwright/test';
import { lakeside } from './months.ts';
import { people, settled, shoot, signIn, sql } from './support.ts';

/** Endpoints in every state, with what was sent to them. */
async function filled(): Promise<void> {
  await sql(
    `with added as (
       insert into public.outgoing_endpoints (client_id, name, url, format, events, last_success_at, failing_since, switched_off_at, switched_off_reason)
       values
         (null, 'Agency automation', 'https://hooks.agency.example/replyloop/incoming', 'json', '{reply.positive,meeting.booked,lead.unsubscribed,email.bounced,export.finished,connection.unhealthy}', now() - interval '4 minutes', null, null, null),
         ($1, 'Sales channel of Lakeside Dental Supplies', 'https://hooks.slack.example/services/T000/B000/XXXX', 'slack', '{reply.positive}', now() - interval '2 days', now() - interval '3 hours', null, null),
         (null, 'Old receiver', 'https://old-receiver.example/in', 'json', '{reply.positive,reply.verdict}', null, null, now() - interval '1 day', 'It answered 410: the address is gone'),
         ($1, 'Teams', 'https://prod-12.westeurope.logic.example/workflows/abc', 'teams', '{meeting.booked,campaign.bounce_rate_high}', null, null, null, null)
       returning id, name
     ), events as (
       insert into private.outgoing_events (type, fact, client_id, occurred_at, payload)
       select case n % 3 when 0 then 'reply.positive' when 1 then 'meeting.booked' else 'email.bounced' end::public.outgoing_event_type, 'shots ' || n, $1,
         now() - n * interval '5 hours', '{"type":"reply.positive","data":{"lead":{"email":"jane@fjordpak.test"}}}'
       from generate_series(0, 9) as n
       returning id, fact, occurred_at
     )
     insert into private.outgoing_deliveries (event_id, endpoint_id, state, attempts, wanted_at, next_attempt_at, last_attempt_at, duration_ms, last_status, last_answer, last_error, delivered_at)
     select v.id, a.id, case when v.fact = 'shots 0' then 'waiting' when v.fact = 'shots 4' then 'failed' else 'delivered' end::public.outgoing_state,
       case when v.fact in ('shots 0', 'shots 4') then 6 else 1 end, v.occurred_at, now() + interval '20 minutes', v.occurred_at, 212,
       case when v.fact in ('shots 0', 'shots 4') then 500 else 200 end, 'ok',
       case when v.fact in ('shots 0', 'shots 4') then 'It answered with status 500' end,
       case when v.fact not in ('shots 0', 'shots 4') then v.occurred_at end
     from events as v join added as a on a.name = case when v.fact in ('shots 0', 'shots 4') then 'Sales channel of Lakeside Dental Supplies' else 'Agency automation' end`,
    [lakeside],
  );
}

test.afterEach(async () => {
  await sql('delete from public.outgoing_endpoints; delete from private.outgoing_events');
});

const press = (name: string | RegExp) => async (page: Page) => {
  await settled(page);
  await page.getByRole('button', { name }).first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
};

test('notifications-empty', async ({ page }) => {
  await signIn(page, people.operator, '/settings?tab=notifications');
  await settled(page);
  await shoot(page, 'notifications-empty');
  await shoot(page, 'notifications-add', { isDialog: true, prepare: press('Add endpoint') });
});

test('notifications-full', async ({ page }) => {
  await filled();
  await signIn(page, people.operator, '/settings?tab=notifications');
  await settled(page);
  await shoot(page, 'notifications-full');
  await shoot(page, 'notifications-details', { isDialog: true, prepare: press(/^Details/) });
});

test('notifications-failing', async ({ page }) => {
  await page.route(
    '**/outgoing_endpoints*',
    (route) => route.fulfill({ status: 500, json: { code: 'XX000', message: 'broken' } }),
  );
  await signIn(page, people.operator, '/settings?tab=notifications');
  await expect(page.getByRole('alert').first()).toBeVisible({ timeout: 30_000 });
  await shoot(page, 'notifications-failing');
});

test('notifications-email', async ({ page }) => {
  await signIn(page, people.operator, '/settings?tab=email');
  await settled(page);
  await shoot(page, 'notifications-email');
  await page.goto('/settings?tab=agency');
  await settled(page);
  await shoot(page, 'notifications-sender');
});
