// What operators see when something is wrong, and how they acknowledge it.
import { expect, test } from '@playwright/test';
import { lakeside } from './months.ts';
import { people, signIn, sql } from './support.ts';

const lakesideConnection = 'd0000000-0000-4000-8000-000000000001';

test('a dead letter is dismissed with a reason, leaves the list and the counts, and can be restored', async ({ page }) => {
  await sql(
    `insert into private.webhook_events (connection_id, event_key, payload, status, reason)
     values ('${lakesideConnection}', gen_random_uuid(), '{}', 'dead', 'Odd sender Zebra')`,
  );
  await signIn(page, people.operator, '/operations/dead-letters?q=Zebra');
  const rows = page.getByRole('table', { name: 'Dead letters' }).getByRole('row');
  await rows.nth(1).getByRole('button', { name: /^Dismiss/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Dismiss' })).toBeDisabled();
  await dialog.getByLabel('Reason').fill('A test of the vendor');
  await dialog.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByText('1 dead letter dismissed')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Dismiss dead letter/ })).toHaveCount(0);
  await page.getByLabel('State').selectOption({ label: 'Dismissed' });
  await expect(rows.nth(1)).toContainText('“A test of the vendor”');
  const stored = () =>
    sql<{ reason: string }>(
      `select d.reason from private.dismissed_dead_letters as d join private.webhook_events as w on w.id = d.event_id
       where w.reason = 'Odd sender Zebra'`,
    );
  expect(await stored()).toEqual([{ reason: 'A test of the vendor' }]);
  await rows.nth(1).getByRole('button', { name: /^Restore/ }).click();
  await expect(page.getByText('Dead letter restored')).toBeVisible();
  expect(await stored()).toEqual([]);
  await sql(`delete from private.webhook_events where reason = 'Odd sender Zebra'`);
});

test('an alert is acknowledged with a note and no longer counts as new, and can be reopened', async ({ page }) => {
  await sql(
    `insert into public.incidents (connection_id, client_id, kind, details)
     values ('${lakesideConnection}', '${lakeside}', 'webhook_missing', 'No deliveries, number 4712')`,
  );
  await signIn(page, people.operator, '/operations/alerts');
  const row = page.getByRole('table', { name: 'Alerts' }).getByRole('row').filter({ hasText: '4712' });
  await row.getByRole('button', { name: /^Acknowledge/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Note').fill('The vendor is at it');
  await dialog.getByRole('button', { name: 'Acknowledge' }).click();
  await expect(page.getByText('Acknowledged “Webhook missing”')).toBeVisible();
  await expect(row).toHaveCount(0);
  await page.getByLabel('State').selectOption({ label: 'Acknowledged alerts' });
  await expect(row).toContainText('“The vendor is at it”');
  await row.getByRole('button', { name: /^Reopen/ }).click();
  await expect(row).toHaveCount(0);
  await page.getByLabel('State').selectOption({ label: 'Open alerts' });
  await expect(row).toBeVisible();
  await sql(`delete from public.incidents where details like '%4712%'`);
});

test('an alert leads to what to do about it, for operators only', async ({ page }) => {
  await sql(
    `insert into public.incidents (connection_id, client_id, kind, details)
     values ('${lakesideConnection}', '${lakeside}', 'webhook_missing', 'No deliveries, number 4714')`,
  );
  await signIn(page, people.operator, '/operations/alerts');
  const row = page.getByRole('table', { name: 'Alerts' }).getByRole('row').filter({ hasText: '4714' });
  await row.getByRole('link', { name: 'What to do: Webhook missing' }).click();
  const entry = page.getByRole('heading', { name: 'Webhook missing' });
  await expect(page).toHaveURL(/\/docs\/runbook(\?[^#]*)?#webhook_missing$/);
  await expect(entry).toBeInViewport();
  await expect(page.getByRole('navigation', { name: 'On this page' }).locator('[aria-current]')).toHaveText([
    'Webhook missing',
  ]);
  await expect(page.locator('#webhook_missing ~ ul').first()).toContainText('Check webhook');
  // As from a mail: the address alone.
  await page.reload();
  await expect(entry).toBeInViewport();
  await page.locator('#webhook_switched_off ~ ul').first().getByRole('link', {
    name: 'restores the time in between',
  }).click();
  await expect(page).toHaveURL(/\/docs\/operations(\?[^#]*)?#what-a-sync-repairs$/);
  await expect(page.getByRole('heading', { name: 'What a sync repairs' })).toBeInViewport();
  await sql(`delete from public.incidents where details like '%4714%'`);
});

test('the runbook is not for clients', async ({ page }) => {
  await signIn(page, people.client, '/docs/runbook');
  await expect(page.getByText('This page is for your agency’s operators')).toBeVisible();
});

test('a pause by the client is on the home at once, and its campaigns no longer read “Active”', async ({ page }) => {
  const [before] = await sql<{ id: string; campaign: string }>(
    `select c.id, k.id as campaign from public.provider_connections as c
     join public.campaigns as k on k.connection_id = c.id and k.provider_status = 'active'
     where c.client_id = '${lakeside}' limit 1`,
  );
  const [person] = await sql<{ id: string }>(
    `select user_id as id from public.members where client_id = '${lakeside}' limit 1`,
  );
  await sql(`select worker.audit_connection('${before!.id}', 'pause', '${person!.id}')`);
  await sql(`select worker.set_connection_paused('${before!.id}', true)`);
  try {
    await signIn(page, people.operator, '/clients');
    const strip = page.getByRole('navigation', { name: 'Needs attention' });
    await expect(strip.getByRole('link', { name: /Stopped by clients/ })).toBeVisible();
    await page.goto(`/campaigns/${before!.campaign}`);
    const header = page.getByRole('banner').or(page.locator('main header')).filter({
      hasText: 'All campaigns',
    });
    await expect(header).toContainText('Connection paused');
    await expect(header).toContainText('Lakeside');
    await expect(header).toContainText('via Instantly');
  } finally {
    await sql(`select worker.set_connection_paused('${before!.id}', false)`);
  }
});

test('the health of a client is shown in words', async ({ page }) => {
  await sql(
    `insert into private.webhook_events (connection_id, event_key, payload, status, reason)
     select c.id, gen_random_uuid(), '{}', 'dead', 'Odd sender 4713'
     from public.provider_connections as c where c.id = '${lakesideConnection}'`,
  );
  await signIn(page, people.operator, '/clients');
  const row = page.getByRole('row').filter({ hasText: 'Lakeside' });
  await expect(row.getByRole('button', { name: /could not be processed/ })).toBeVisible();
  await expect(row).not.toContainText(/\d+ \/ \d+/);
  await sql(`delete from private.webhook_events where reason = 'Odd sender 4713'`);
});

test('the operations pages are in four groups', async ({ page }) => {
  await signIn(page, people.operator, '/operations/connections');
  const navigation = page.getByRole('navigation', { name: 'Operations' });
  await expect(navigation.getByRole('group')).toHaveCount(4);
  await navigation.getByRole('group', { name: 'History' }).getByRole('link', { name: 'Audit log' }).click();
  await expect(page).toHaveURL(/\/operations\/audit/);
});
