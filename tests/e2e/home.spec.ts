// The operators' home: totals, who waits, who is behind, each client, and the first steps of a new agency.
import { expect, test } from '@playwright/test';
import { lakeside } from './months.ts';
import { people, settled, signIn, sql } from './support.ts';

test('adds up all clients as each client’s own page does, and moves with the period', async ({ page }) => {
  await signIn(page, people.operator, '/clients');
  await settled(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Home');
  const [sum] = await sql<{ sent: string; positive: string }>(
    `select to_char(sum(sent), 'FM999,999,999') as sent, to_char(sum(positive), 'FM999,999,999') as positive
     from public.stats_between(current_date - 29, current_date)`,
  );
  await expect(page.getByRole('region', { name: 'Emails sent' })).toContainText(sum!.sent);
  await expect(page.getByRole('region', { name: 'Positive replies' })).toContainText(sum!.positive);
  const [own] = await sql<{ positive: string }>(
    `select to_char(positive, 'FM999,999,999') as positive from public.stats_between(current_date - 6, current_date, $1)`,
    [lakeside],
  );
  await page.getByLabel('Period').selectOption('7d');
  const row = page.getByRole('table', { name: 'Clients' }).getByRole('row').filter({ hasText: 'Lakeside' });
  await expect(row.getByRole('cell').nth(3)).toContainText(own!.positive);
});

test('finds a client by its name, sorts, and leads to what waits', async ({ page }) => {
  await signIn(page, people.operator, '/clients');
  await settled(page);
  const table = page.getByRole('table', { name: 'Clients' });
  await page.getByLabel('Find a client').fill('harb');
  await expect(table.getByRole('row')).toHaveCount(2);
  await page.getByLabel('Find a client').fill('nobody');
  await expect(page.getByText('No client has this in its name')).toBeVisible();
  await page.getByLabel('Find a client').fill('');
  await table.getByRole('button', { name: 'Client' }).click();
  await expect(table.getByRole('columnheader', { name: 'Client' })).toHaveAttribute('aria-sort', 'ascending');
  await page.getByRole('list', { name: 'Replies without a verdict' }).getByRole('link').first().click();
  await expect(page).toHaveURL(/\/inbox\?client=/);
});

test('shows the first steps until they are done or hidden', async ({ page }) => {
  await sql(`update private.agency set name = null, checklist_hidden_at = null`);
  try {
    await signIn(page, people.operator, '/clients');
    const steps = page.getByRole('region', { name: 'Your first steps' });
    await expect(steps).toContainText('6 of 7 done');
    await steps.getByRole('link', { name: 'Open settings' }).click();
    await expect(page.getByRole('heading', { name: 'Your agency' })).toBeVisible();
    await page.goto('/clients');
    await steps.getByRole('button', { name: 'Hide the first steps' }).click();
    await expect(steps).toHaveCount(0);
    expect(await sql('select 1 from private.agency where checklist_hidden_at is not null')).toHaveLength(1);
  } finally {
    await sql(`update private.agency set name = 'Northbeam Outreach', checklist_hidden_at = null`);
  }
});

test('says what failed, and tries again', async ({ page }) => {
  await page.route(
    '**/rpc/home_between*',
    (route) => route.fulfill({ status: 500, json: { message: 'broken' } }),
  );
  await signIn(page, people.operator, '/clients');
  await expect(page.getByText('Something went wrong on our side').first()).toBeVisible({ timeout: 20_000 });
  await page.unroute('**/rpc/home_between*');
  await page.getByRole('button', { name: 'Try again' }).first().click();
  await expect(page.getByRole('table', { name: 'Clients' }).getByRole('link').first()).toBeVisible();
});
