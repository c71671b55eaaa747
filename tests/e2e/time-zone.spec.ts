// Moments are those of the client's clock on its pages, whatever the clock of the reader; over all clients they are the reader's.
import { expect, type Page, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { harbour } from './months.ts';
import { people, signIn, sql } from './support.ts';

const campaign = 'f0000000-0000-4000-8000-000000000005';
const zone = 'Asia/Kolkata';

/** The reader is neither at the client nor in UTC. */
test.use({ timezoneId: 'America/Los_Angeles' });

const setZone = (name: string) =>
  sql('update public.clients set time_zone = $2 where id = $1', [harbour, name]);

let before = 'UTC';
test.beforeAll(async () => {
  before =
    (await sql<{ time_zone: string }>('select time_zone from public.clients where id = $1', [harbour]))[0]!
      .time_zone;
  await setZone(zone);
});
test.afterAll(() => setZone(before));

/** "9 Nov 2026, 14:05", computed by the database. */
async function newest(table: string, column: string, where: string, at: string): Promise<string> {
  const [row] = await sql<{ text: string }>(
    `select to_char(max(${column}) at time zone $1, 'FMDD Mon YYYY, HH24:MI') as text from ${table} where ${where}`,
    [at],
  );
  // Browsers write "Sept".
  return row!.text.replace('Sep ', 'Sept ');
}

const firstMoment = (page: Page) => page.getByRole('table').locator('time').first();

test('a client reads its own clock: in the list, on hover, in the file and in the inbox', async ({ page }) => {
  const wanted = await newest('public.email_events', 'occurred_at', `campaign_id = '${campaign}'`, zone);
  await signIn(page, people.otherClient, `/campaigns/${campaign}?tab=events&range=all`);
  await expect(page.getByText('Times in Asia/Kolkata (UTC+5:30)')).toBeVisible();
  await expect(firstMoment(page)).toHaveText(wanted);
  await expect(firstMoment(page)).toHaveAttribute('title', `${wanted} UTC+5:30 · Asia/Kolkata`);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^Download events/ }).click(),
  ]);
  const [headings, line] = (await readFile(await download.path(), 'utf8')).split('\r\n');
  expect(headings).toContain('Time (Asia/Kolkata)');
  expect(line).toMatch(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+05:30/);

  await page.goto('/inbox?show=all');
  await expect(page.getByText('Times in Asia/Kolkata (UTC+5:30)')).toBeVisible();
  await page.getByRole('listbox').getByRole('option').first().click();
  await expect(page.locator('main time[title*="Asia/Kolkata"]').first()).toBeVisible();
  await expect(page.locator('main time[title]:not([title*="Asia/Kolkata"])')).toHaveCount(0);
});

test('an operator reads the client’s clock on its pages and the own one over all clients', async ({ page }) => {
  await signIn(page, people.operator, '/operations/audit');
  await expect(page.getByText(/Times in America\/Los Angeles \(UTC-[78]\)/)).toBeVisible();
  await expect(firstMoment(page)).toHaveText(
    await newest('public.audit_log', 'occurred_at', 'true', 'America/Los_Angeles'),
  );

  // No client is chosen: the page itself is about one.
  await page.goto(`/campaigns/${campaign}?tab=events&range=all`);
  await expect(firstMoment(page)).toHaveText(
    await newest('public.email_events', 'occurred_at', `campaign_id = '${campaign}'`, zone),
  );
  await page.goto(`/leads?client=${harbour}`);
  await expect(page.getByText('Times in Asia/Kolkata (UTC+5:30)')).toBeVisible();
  // Days that are cut in UTC say so.
  await page.goto('/operations/ledger');
  await expect(page.getByText('days in UTC')).toBeVisible();
});
