// What operators do about incidents, checked in the database.
import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { harbour } from './months.ts';
import { people, settled, signIn, sql } from './support.ts';

test('the home says what needs attention and leads there; a badge says why', async ({ page }) => {
  const [counts] = await sql<{ dead: number; unmapped: number }>(
    `select (select count(*)::int from private.webhook_events where status = 'dead') as dead,
       (select count(*)::int from private.provider_campaigns where campaign_id is null) as unmapped`,
  );
  // The schedule of the project may have synced it meanwhile.
  await sql(
    `update public.provider_connections set last_synced_at = now() - interval '5 hours'
     where id = 'd0000000-0000-4000-8000-000000000002'`,
  );
  await signIn(page, people.operator, '/clients');
  const strip = page.getByRole('navigation', { name: 'Needs attention' });
  await expect(strip.getByRole('link', { name: /Dead letters/ })).toContainText(String(counts!.dead));
  await expect(strip.getByRole('link', { name: /Unmapped campaigns/ })).toContainText(
    String(counts!.unmapped),
  );
  const badge = page.getByRole('row').filter({ hasText: 'Harbour Accounting' }).getByRole('button');
  await badge.focus();
  await expect(page.getByRole('tooltip')).toHaveText('The last complete sync is too old or missing');
  await strip.getByRole('link', { name: /Unmapped campaigns/ }).click();
  await expect(page).toHaveURL(/\/operations\/unmapped/);
  await expect(page.getByRole('table', { name: 'Unmapped campaigns' })).toBeVisible();
});

test('an unmapped campaign is assigned: its held events count for the client', async ({ page }) => {
  const [held] = await sql<{ events: number }>(
    `select count(*)::int as events from private.webhook_events where status = 'quarantined' and provider_campaign_id = 'held-1'`,
  );
  expect(held!.events).toBe(16);
  await signIn(page, people.operator, '/operations/unmapped');
  const row = page.getByRole('row').filter({ hasText: 'Wine bars in Cleveland' });
  await expect(row).toContainText('16');
  await row.getByRole('button', { name: /^Assign/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('16 held events will count for the client');
  await expect(dialog.getByRole('button', { name: 'Assign', exact: true })).toBeDisabled();
  await dialog.getByLabel('Client', { exact: true }).selectOption({ label: 'Harbour Accounting' });
  await dialog.getByRole('button', { name: 'Assign to Harbour Accounting' }).click();
  await expect(row).toHaveCount(0);
  await expect(
    page.getByText('“Wine bars in Cleveland” is assigned to Harbour Accounting: 16 held events counted'),
  ).toBeVisible();
  const [projected] = await sql<{ events: number; client_id: string }>(
    `select count(*)::int as events, min(e.client_id::text) as client_id from public.email_events as e
     join public.campaigns as c on c.id = e.campaign_id where c.name = 'Wine bars in Cleveland'`,
  );
  expect(projected).toEqual({ events: 16, client_id: harbour });
  await page.goto('/operations/audit');
  await expect(page.getByRole('row').filter({ hasText: 'Assigned a campaign' }).first()).toContainText(
    'projected: 16',
  );
});

test('a refused assignment puts the row back and says why', async ({ page }) => {
  await page.route('**/rest/v1/rpc/map_campaign', (route) =>
    route.fulfill({
      status: 400,
      contentType: 'application/json',
      body: JSON.stringify({
        code: 'PT400',
        message: 'VALIDATION_FAILED',
        details: 'This campaign is mapped already',
        hint: null,
      }),
    }));
  await signIn(page, people.operator, '/operations/unmapped');
  const row = page.getByRole('row').filter({ hasText: 'Food trucks, first try' });
  await row.getByRole('button', { name: /^Assign/ }).click();
  await page.getByRole('dialog').getByLabel('Client', { exact: true }).selectOption({
    label: 'Harbour Accounting',
  });
  await page.getByRole('dialog').getByRole('button', { name: /^Assign to/ }).click();
  await expect(page.getByText(/was not assigned. This campaign is mapped already/)).toBeVisible();
  await expect(row).toBeVisible();
});

test('dead letters: a dry run first, then one is replayed, then all that can be', async ({ page }) => {
  const dead = async () =>
    (await sql<{ number: number }>(
      `select count(*)::int as number from private.webhook_events where status = 'dead'`,
    ))[0]!.number;
  const revived = async () =>
    (await sql<{ number: number }>(
      `select count(*)::int as number from public.email_events where email like '%@revived.test'`,
    ))[0]!.number;
  const before = await dead();
  expect(await revived()).toBe(0);
  await signIn(page, people.operator, '/operations/dead-letters');
  await page.getByLabel('Search reasons').fill('deadlock');
  await expect(page).toHaveURL(/q=deadlock/);
  const rows = page.getByRole('table', { name: 'Dead letters' }).getByRole('row');
  await expect(rows).toHaveCount(7);
  await rows.nth(1).getByRole('button', { name: /^Replay/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Can be replayed1');
  expect(await dead()).toBe(before);
  await dialog.getByRole('button', { name: 'Replay 1' }).click();
  await expect(page.getByText('1 dead letter will be processed again')).toBeVisible();
  await expect(rows).toHaveCount(6);
  await expect.poll(revived, { timeout: 20_000 }).toBe(1);

  await rows.nth(1).getByRole('checkbox').check();
  await rows.nth(2).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Replay selected (2)' }).click();
  await expect(dialog).toContainText('Found2');
  await dialog.getByRole('button', { name: 'Replay 2' }).click();
  await expect(rows).toHaveCount(4);

  await page.goto('/operations/dead-letters');
  await page.getByRole('button', { name: 'Replay all matching' }).click();
  await expect(dialog).toContainText('Found6');
  await expect(dialog).toContainText('Unreadable, left as they are3');
  await dialog.getByRole('button', { name: 'Replay 3' }).click();
  await expect.poll(revived, { timeout: 20_000 }).toBe(6);
  expect(await dead()).toBe(before - 6);
});

test('the ledger’s numbers are those of the database, and a CSV has them all', async ({ page }) => {
  const rows = await sql<Record<string, string>>(
    `select to_char(day, 'FMDD Mon YYYY') as day, connection_name, to_char(received, 'FM999,990') as received,
       to_char(projected, 'FM999,990') as projected, duplicate::text, dead::text
     from (
       select (w.received_at at time zone 'UTC')::date as day, c.name as connection_name, sum(w.delivery_count) as received,
         count(*) filter (where w.status = 'projected') as projected,
         sum(w.delivery_count - 1) + count(*) filter (where w.status = 'duplicate') as duplicate,
         count(*) filter (where w.status = 'dead') as dead
       from private.webhook_events as w join public.provider_connections as c on c.id = w.connection_id
       where c.id = 'd0000000-0000-4000-8000-000000000001' and (w.received_at at time zone 'UTC')::date < (now() at time zone 'UTC')::date - 4
       group by 1, 2
     ) as l order by l.day desc limit 3`,
  );
  await signIn(
    page,
    people.operator,
    '/operations/ledger?connection=d0000000-0000-4000-8000-000000000001&range=90d',
  );
  const table = page.getByRole('table', { name: 'Ledger' });
  expect(rows).toHaveLength(3);
  for (const row of rows) {
    const line = table.getByRole('row').filter({ hasText: row['day']! });
    await expect(line.getByRole('cell').nth(2)).toHaveText(`Received${row['received']}`);
    await expect(line.getByRole('cell').nth(3)).toHaveText(`Counted${row['projected']}`);
    await expect(line.getByRole('cell').nth(4)).toHaveText(`Duplicate${row['duplicate']}`);
    await expect(line).toContainText('Balanced');
  }
  await expect(page.getByText('Every delivery is accounted for')).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download ledger as CSV' }).click();
  const text = readFileSync(await (await download).path(), 'utf8');
  expect(text.split('\r\n')[0]).toContain('Day,Connection,Received,Counted,Duplicate');
});

test('long lists come a hundred at a time, and filters, sort and page stay in the address', async ({ page }) => {
  await signIn(page, people.operator, '/operations/calls');
  const rows = page.getByRole('table', { name: 'Provider calls' }).getByRole('row');
  await expect(rows).toHaveCount(101);
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page).toHaveURL(/page=2/);
  await page.reload();
  await expect(page.getByText('101–200')).toBeVisible();
  await page.getByLabel('Outcome').selectOption({ label: 'Failed calls' });
  await expect(page).not.toHaveURL(/page=/);
  const [failed] = await sql<{ number: number }>(
    'select least(100, count(*))::int as number from public.provider_api_calls where error_kind is not null',
  );
  await expect(rows).toHaveCount(failed!.number + 1);
  await page.getByRole('button', { name: 'Duration' }).click();
  await expect(page).toHaveURL(/sort=duration_ms/);

  await page.goto('/operations/jobs?status=failed');
  const jobs = page.getByRole('table', { name: 'Jobs' }).getByRole('row');
  await expect(jobs.filter({ hasText: 'Partly done' })).toHaveCount(1);
  await jobs.filter({ hasText: 'Partly done' }).getByRole('button').click();
  await expect(page.getByRole('dialog')).toContainText('Instantly is not responding at the moment');
});

test('a client sees that these pages are for operators, and the database returns nothing to it', async ({ page }) => {
  await signIn(page, people.client, '/operations/jobs');
  for (const path of ['jobs', 'unmapped', 'dead-letters', 'ledger', 'audit', 'calls', 'connections']) {
    await page.goto(`/operations/${path}`);
    await expect(page.getByText('This page is for your agency’s operators')).toBeVisible();
  }
  await settled(page);
  await expect(page.getByRole('link', { name: 'Operations' })).toHaveCount(0);
});
