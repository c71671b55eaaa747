import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { bestCampaign, lakeside } from './months.ts';
import { people, settled, signIn, sql, today } from './support.ts';

const tile = (page: import('@playwright/test').Page, label: string) =>
  page.locator(`section[aria-label="${label}"]`);

test('the numbers of all time are those of the database', async ({ page }) => {
  const [row] = await sql<Record<string, string>>(
    `select to_char(contacted, 'FM999,999') as contacted, to_char(positive, 'FM999,999') as positive,
       to_char(round(positive::numeric / contacted, 4) * 100, 'FM990.0') || '%' as positive_rate,
       to_char(round(replied::numeric / contacted, 4) * 100, 'FM990.0') || '%' as reply_rate
     from public.client_overview where client_id = $1`,
    [lakeside],
  );
  await signIn(page, people.client, '/overview?range=all');
  await settled(page);
  await expect(tile(page, 'Contacted')).toContainText(row!['contacted']!);
  await expect(tile(page, 'Positive replies')).toContainText(row!['positive']!);
  await expect(tile(page, 'Positive-reply rate')).toContainText(row!['positive_rate']!);
  await expect(tile(page, 'Reply rate')).toContainText(row!['reply_rate']!);
});

test('the numbers of a period count each lead once, and the address keeps the choice', async ({ page }) => {
  const [row] = await sql<Record<string, string>>(
    `select to_char(count(*) filter (where (least(sent_at, opened_at, clicked_at, replied_at, bounced_at) at time zone 'Europe/Amsterdam')::date > (now() at time zone 'Europe/Amsterdam')::date - 7), 'FM999,999') as contacted,
       to_char(count(*) filter (where interest_status = 'positive' and (interest_changed_at at time zone 'Europe/Amsterdam')::date > (now() at time zone 'Europe/Amsterdam')::date - 7), 'FM999,990') as positive
     from public.synced_leads where client_id = $1`,
    [lakeside],
  );
  await signIn(page, people.client, '/overview');
  await page.getByLabel('Period').selectOption('7d');
  await expect(page).toHaveURL(/range=7d/);
  await settled(page);
  await expect(tile(page, 'Contacted')).toContainText(row!['contacted']!);
  await expect(tile(page, 'Positive replies')).toContainText(row!['positive']!);
  await page.getByRole('link', { name: 'Campaigns', exact: true }).first().click();
  await expect(page).toHaveURL(/\/campaigns\?.*range=7d/);
  await page.goBack();
  await expect(page.getByLabel('Period')).toHaveValue('7d');
});

test('the best campaign is marked, a young one says so, an old number is loud', async ({ page }) => {
  await signIn(page, people.client, '/overview');
  const rows = page.getByRole('table', { name: 'Campaigns' }).getByRole('row');
  await expect(rows.nth(1)).toContainText(bestCampaign);
  await expect(rows.nth(1)).toContainText('Best performer');
  const pilot = rows.filter({ hasText: 'Veterinary pilot' });
  await expect(pilot).toContainText(/\d+ of \d+Not enough data/);
  await expect(pilot).toContainText('Outdated: 1 day old');
});

test('the chart has a table in its place, and the table a CSV', async ({ page }) => {
  await signIn(page, people.client, '/overview?range=7d');
  await expect(page.getByRole('figure').first()).toHaveAccessibleName(/Sent and replied\. .* emails sent/);
  await page.getByRole('region', { name: 'Sent and replied', exact: true }).getByRole('button', {
    name: 'Show table',
  }).click();
  await expect(page.getByRole('region', { name: 'Sent and replied, as a table' }).getByRole('row'))
    .toHaveCount(8);
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download campaigns as CSV' }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toMatch(
    new RegExp(`^northbeam-outreach-lakeside-dental-supplies-campaigns-[0-9-]{10}-to-${today()}\\.csv$`),
  );
  const text = readFileSync(await download.path(), 'utf8');
  // A rate that is not shown is not in the file either.
  expect(text.split('\r\n').find((line) => line.startsWith('Veterinary pilot'))).toMatch(
    /^[^,]+,[^,]+,\d+,\d+,,\d+,,/,
  );
  expect(text.split('\r\n')[0]).toContain('Campaign,State,Contacted,Replied');
  expect(text).toContain(bestCampaign);
});

test('an operator chooses a client, and the choice stays', async ({ page }) => {
  await signIn(page, people.operator);
  const table = page.getByRole('table', { name: 'Campaigns' });
  await page.getByLabel('Client').first().selectOption({ label: 'Harbour Accounting' });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Harbour Accounting');
  await page.getByRole('link', { name: 'Campaigns', exact: true }).first().click();
  await expect(table.getByRole('link', { name: 'Coffee bars in Columbus' })).toBeVisible();
  await expect(table.getByRole('link', { name: bestCampaign })).toHaveCount(0);
  await page.getByLabel('Client').first().selectOption({ label: 'All clients' });
  await expect(table.getByRole('link', { name: bestCampaign })).toBeVisible();
});

test('an error explains what happened and what to do, and the next try clears it', async ({ page }) => {
  await page.route('**/rest/v1/rpc/stats_between*', (route) => route.abort());
  await signIn(page, people.client, '/overview');
  const alert = page.getByRole('alert').filter({ hasText: 'The server cannot be reached' });
  await expect(alert).toBeVisible({ timeout: 30_000 });
  await page.unroute('**/rest/v1/rpc/stats_between*');
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lakeside Dental Supplies');
});
