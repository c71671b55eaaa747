import { expect, test } from '@playwright/test';
import process from 'node:process';
import { exportable } from './months.ts';
import { people, settled, signIn, sql } from './support.ts';

const busy = 'f0000000-0000-4000-8000-000000000001';

/** Lets the simulated provider think about each batch of leads; 0 ends that. */
async function slowDown(latencyMs: number): Promise<void> {
  const requests = [{ kind: 'latency', path: '/api/v2/leads/add', latencyMs }];
  const response = await fetch(`${process.env['SIMULATOR_URL']}/_simulator/faults`, {
    method: 'POST',
    body: JSON.stringify(latencyMs === 0 ? {} : { requests }),
  });
  expect(response.ok).toBe(true);
}

test('events are shown a hundred at a time, newest first, by kind and period', async ({ page }) => {
  const [count] = await sql<{ replies: number; newest: string }>(
    `select count(*)::int as replies from public.email_events where campaign_id = $1 and type = 'reply_received'`,
    [busy],
  );
  await signIn(page, people.client, `/campaigns/${busy}?tab=events&range=all`);
  const rows = page.getByRole('table', { name: 'Events' }).getByRole('row');
  await expect(rows).toHaveCount(101);
  const first = await rows.nth(1).textContent();
  await page.getByRole('button', { name: 'Older' }).click();
  await expect(page).toHaveURL(/below=/);
  await expect(rows.nth(1)).not.toHaveText(first ?? '');
  await page.reload();
  await expect(rows).toHaveCount(101);
  await page.getByRole('button', { name: 'Newest' }).click();
  await expect(rows.nth(1)).toHaveText(first ?? '');

  await page.getByLabel('Event type').selectOption({ label: 'Replied' });
  await expect(page).toHaveURL(/type=reply_received/);
  await expect(rows).toHaveCount(Math.min(100, count!.replies) + 1);
  await expect(rows.locator('td:first-child').filter({ hasNotText: /^Replied$/ })).toHaveCount(0);
});

test('an export: summary, confirmation, progress that survives a reload, receipts, and no lead twice', async ({ page }) => {
  const [planned] = await sql<{ deliverable: number }>(
    `select count(*)::int as deliverable from public.businesses where campaign_id = $1 and email_deliverability = 'deliverable'`,
    [exportable],
  );
  await signIn(page, people.client, `/campaigns/${exportable}`);
  await page.getByRole('button', { name: 'Export leads' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('leads to send');
  await expect(dialog).toContainText('no verified address');
  const exported = await sql('select 1 from private.jobs where campaign_id = $1', [exportable]);
  expect(exported).toEqual([]);

  const confirm = dialog.getByRole('button', { name: /^Export \d+ leads$/ });
  const wanted = Number(/\d+/.exec((await confirm.textContent()) ?? '')?.[0]);
  expect(wanted).toBeGreaterThanOrEqual(planned!.deliverable);

  await slowDown(4_000);
  await confirm.click();
  await expect(page).toHaveURL(/export=[0-9a-f-]{36}/);
  // In the middle: the provider still thinks.
  await expect(page.getByRole('dialog', { name: 'Exporting leads' })).toContainText(`0 of ${wanted} leads`);
  await page.reload();
  await expect(page.getByRole('dialog', { name: 'Exporting leads' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Export running/, includeHidden: true })).toBeVisible();
  await expect(page.getByRole('dialog')).toContainText(`${wanted} of ${wanted} leads`, { timeout: 30_000 });
  await expect(page.getByRole('dialog', { name: 'Export completed' })).toContainText(
    `Created at the provider${wanted}`,
  );

  await slowDown(0);

  await expect(page.getByRole('dialog')).toContainText('What happens next');
  await expect(page.getByRole('dialog')).toContainText(`Started by ${people.client.email}`);
  await page.getByRole('button', { name: 'Go to the campaign' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('tab', { name: 'Results' })).toHaveAttribute('aria-selected', 'true');
  await page.goBack();
  await page.getByRole('button', { name: 'Show receipts' }).click();
  await expect(page).toHaveURL(/tab=exports/);
  await expect(page.getByRole('table', { name: 'Receipts' })).toBeVisible();
  const [created] = await sql<{ created: number }>(
    `select count(*)::int as created from public.export_receipts where campaign_id = $1 and outcome = 'created'`,
    [exportable],
  );
  expect(created!.created).toBe(wanted);

  await page.getByRole('button', { name: 'Export leads' }).click();
  await expect(page.getByRole('dialog')).toContainText('No lead is sent twice');
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true })).toBeDisabled();
});

test('a failed export says why and offers to try again', async ({ page }) => {
  const restaurants = 'e0000000-0000-4000-8000-000000000002';
  const [job] = await sql<{ id: string }>(
    `insert into private.jobs (kind, status, connection_id, client_id, campaign_id, done, total, error_code, error_message, deadline_at, started_at, finished_at)
     select 'export', 'failed', connection_id, client_id, id, 20, 60, 'API_UNAVAILABLE', 'Instantly answered 503', now(), now() - interval '1 minute', now()
     from public.campaigns where id = $1 returning id`,
    [restaurants],
  );
  await signIn(page, people.otherClient, `/campaigns/${restaurants}?export=${job!.id}`);
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('20 of 60 leads');
  await expect(dialog.getByRole('alert')).toContainText('The provider is not responding');
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('dialog', { name: 'Export leads' })).toContainText('leads to send');
});

test('a campaign whose leads are not ready cannot be exported', async ({ page }) => {
  await signIn(page, people.client, '/campaigns/e0000000-0000-4000-8000-000000000003');
  await settled(page);
  const button = page.getByRole('button', { name: 'Export leads' });
  await expect(button).toBeDisabled();
  await expect(page.getByText(/^Nothing to export/)).toBeVisible();
  await expect(button).toHaveAccessibleDescription(/^Nothing to export/);
});
