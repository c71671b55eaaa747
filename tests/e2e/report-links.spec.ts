// A share link from the operator who makes it to the reader who opens it, and its end.
import { expect, type Page, test } from '@playwright/test';
import { sampleReport } from '../support/sample-report.ts';
import { lakeside } from './months.ts';
import { expectAccessible, people, signIn, sql } from './support.ts';

const report = '7f0c1a9e-0f5e-4c1c-8a55-3d9b6f6a2c10';

async function clean(): Promise<void> {
  await sql('delete from public.client_reports where id = $1', [report]);
}
test.beforeEach(async () => {
  await clean();
  await sql(
    `insert into public.client_reports (id, client_id, kind, from_day, to_day, snapshot, sent_at)
     values ($1, $2, 'weekly', '2026-10-26', '2026-11-01', $3, now())`,
    [report, lakeside, JSON.stringify(sampleReport)],
  );
});
test.afterAll(clean);

/** Makes a link in the dialog and gives its address. */
async function share(page: Page, label: string, password = ''): Promise<string> {
  await page.getByLabel('For whom').fill(label);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Create link' }).click();
  await expect(page.getByText('The link is ready')).toBeVisible();
  return await page.getByLabel('Link', { exact: true }).inputValue();
}

test('an operator shares a report with a password; a reader without an account opens it until it is revoked', async ({ page, browser }) => {
  await signIn(page, people.operator, `/reports/${report}`);
  await page.getByRole('button', { name: 'Share' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('This report has not been shared yet')).toBeVisible();
  await dialog.getByLabel('Password').fill('short');
  await expect(dialog.getByText('Use at least 8 characters, or none')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Create link' })).toBeDisabled();
  const address = await share(page, 'The board', 'correct horse');
  expect(address).toMatch(/\/shared-report#[\w-]{43}$/);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address);
  const row = dialog.getByRole('listitem').filter({ hasText: 'The board' });
  await expect(row).toContainText('Not opened yet');
  await expect(row).toContainText('with a password');
  await expectAccessible(page);

  const reader = await (await browser.newContext()).newPage();
  const asked: string[] = [];
  reader.on('request', (request) => asked.push(request.url()));
  await reader.goto(address);
  await expect(reader.getByRole('heading', { name: 'This report is protected' })).toBeVisible();
  await expect(reader.locator('meta[name=robots]')).toHaveAttribute('content', 'noindex, nofollow');
  await expectAccessible(reader);
  await reader.getByLabel('Password').fill('wrong');
  await reader.getByLabel('Password').press('Enter');
  await expect(reader.getByLabel('Password')).toHaveAccessibleDescription(/This is not the password/);
  await reader.getByLabel('Password').fill('correct horse');
  await reader.getByRole('button', { name: 'Open the report' }).click();
  await expect(reader.getByRole('heading', { name: 'Bakery Vermeer & Sons' })).toBeVisible();
  await expect(reader.getByText('31 of 820 people replied positively')).toBeVisible();
  await expect(reader).toHaveTitle(/^Weekly report: 23–29 November 2026/);
  await expectAccessible(reader);
  await reader.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(reader.getByRole('button', { name: 'Print' })).toBeHidden();
  await expect(reader.getByRole('heading', { name: 'Bakery Vermeer & Sons' })).toHaveCSS(
    'color',
    'rgb(28, 36, 48)',
  );
  const token = new URL(address).hash.slice(1);
  expect(asked.filter((url) => url.includes(token))).toEqual([]);

  await expect(row).toContainText('Opened 1 time, last just now', { timeout: 15_000 });
  await row.getByRole('button', { name: 'Revoke The board' }).click();
  await row.getByRole('button', { name: 'Keep it' }).click();
  await row.getByRole('button', { name: 'Revoke The board' }).click();
  await row.getByRole('button', { name: 'Revoke the link' }).click();
  await expect(row).toContainText('Revoked');
  await reader.reload();
  await expect(reader.getByRole('heading', { name: 'This link no longer works' })).toBeVisible();
  await expectAccessible(reader);
  await reader.context().close();

  await page.goto('/operations/audit');
  await expect(page.getByRole('table').getByText('Revoked a share link of a report').first()).toBeVisible();
});

test('a link opens for somebody who is signed in as a client too, on a phone, and counts once a load', async ({ page }) => {
  await signIn(page, people.operator, `/reports/${report}`);
  await page.getByRole('button', { name: 'Share' }).click();
  const address = await share(page, '');
  await page.evaluate(() => localStorage.clear());
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, people.client, '/reports');
  await expect(page.getByRole('heading', { name: 'Reports', exact: true })).toBeVisible();
  await page.goto(address);
  await expect(page.getByRole('heading', { name: 'Bakery Vermeer & Sons' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  // Coming back to the tab, or on line again, asks nothing.
  await page.evaluate(() => {
    document.dispatchEvent(new Event('visibilitychange'));
    dispatchEvent(new Event('online'));
  });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Bakery Vermeer & Sons' })).toBeVisible();
  expect(await sql('select opens from private.report_links where report_id = $1', [report])).toEqual([{
    opens: 2,
  }]);
});

test('a link that is cut off, locked, or out of reach says so', async ({ page, context }) => {
  await page.goto('/shared-report#short');
  await expect(page.getByRole('heading', { name: 'This link is not complete' })).toBeVisible();
  const token = 'a'.repeat(43);
  await sql(
    `insert into private.report_links (report_id, client_id, token_digest, password_hash, expires_at, locked_until)
     values ($1, $2, sha256(convert_to($3, 'UTF8')), 'x', now() + interval '1 day', now() + interval '15 minutes')`,
    [report, lakeside, token],
  );
  await page.goto(`/shared-report#${token}`);
  await expect(page.getByText('There were too many attempts. Try again in 15 minutes')).toBeVisible();
  await sql(
    'update private.report_links set locked_until = null, password_hash = null where report_id = $1',
    [report],
  );
  await context.route('**/functions/v1/shared-report', (route) => route.abort());
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('The server cannot be reached')).toBeVisible();
  await context.unroute('**/functions/v1/shared-report');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'Bakery Vermeer & Sons' })).toBeVisible();
});
