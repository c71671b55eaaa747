// A report to a client, from its schedule to the person who ends it; and what the page shows when something fails.
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { pdfText } from '../support/pdf.ts';
import { lakeside } from './months.ts';
import { expectAccessible, people, signIn, sql } from './support.ts';

const path = `/reports?client=${lakeside}`;
const boss = 'boss@lakeside.test';

async function clean(): Promise<void> {
  await sql(
    `delete from public.client_reports; delete from private.client_report_schedules; delete from private.client_report_recipients;
     delete from private.client_report_settings; delete from public.incidents where kind = 'report_not_sent'`,
  );
}
test.beforeEach(clean);
test.afterAll(clean);

const outbox = z.array(z.object({
  subject: z.string(),
  attachments: z.array(z.object({ filename: z.string(), content_type: z.string(), url: z.string() })),
}));
const mailsTo = async (email: string) =>
  outbox.parse(
    await (await fetch(`${process.env['API_URL']}/outbox.json?to=${encodeURIComponent(email)}`)).json(),
  );
const subjectsTo = async (email: string) => (await mailsTo(email)).map(({ subject }) => subject);
/** White space is where lines end and columns begin. */
const wordsOf = async (pdf: Uint8Array) => (await pdfText(new Uint8Array(pdf))).replace(/\s+/g, ' ');

test('an operator sets up a report, sends it, its client reads it, and a recipient ends it', async ({ page, browser }) => {
  await signIn(page, people.operator, path);
  await expect(page.getByText('No reports sent yet')).toBeVisible();
  const preview = page.frameLocator('iframe[title="Preview of the report"]');
  await expect(preview.getByRole('heading', { name: 'Lakeside Dental Supplies' })).toBeVisible();

  await page.getByLabel('Weekly report', { exact: false }).check();
  await page.getByLabel('Day of the weekly report').selectOption('Tuesday');
  await expect(page.getByText('Add at least one recipient')).toBeVisible();
  await page.getByLabel('Another email address').fill('Boss@Lakeside.test');
  await page.getByLabel('Another email address').press('Enter');
  await page.getByLabel(people.client.email).check();
  await page.getByLabel('Language').selectOption('Nederlands');
  await page.getByLabel('Your note').fill('See you on Thursday');
  await expect(preview.getByText('See you on Thursday')).toBeVisible();
  await expect(preview.getByRole('heading', { name: 'Cijfers' })).toBeVisible();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Next on Tuesday')).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Send now' }).click();
  await page.getByRole('button', { name: 'Send to 2 recipients' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Sent', { exact: true })).toHaveCount(2);
  await dialog.getByRole('button', { name: 'Close' }).first().click();
  await expect.poll(async () => (await subjectsTo(boss))[0]).toMatch(/^Weekrapport: /);
  const [attached] = (await mailsTo(boss))[0]!.attachments;
  expect(attached).toMatchObject({
    filename: expect.stringMatching(/^lakeside-dental-supplies-weekly-/),
    content_type: 'application/pdf',
  });
  const mailed = await fetch(`${process.env['API_URL']}${attached!.url}`);
  expect(await wordsOf(new Uint8Array(await mailed.arrayBuffer()))).toContain('See you on Thursday');

  await page.getByRole('table', { name: 'Sent reports' }).getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Weekrapport: /);
  await expect(page.getByRole('listitem').filter({ hasText: boss })).toContainText('Sent');
  const address = new URL(page.url()).pathname;
  await expectAccessible(page);

  const client = await (await browser.newContext()).newPage();
  await signIn(client, people.client, '/reports');
  await expect(client.getByRole('table', { name: 'Sent reports' }).getByRole('row')).toHaveCount(2);
  await expect(client.getByText('Schedule')).toHaveCount(0);
  await client.getByRole('table', { name: 'Sent reports' }).getByRole('link').click();
  await expect(client).toHaveURL(new RegExp(address));
  await expect(client.frameLocator('iframe').getByText('See you on Thursday')).toBeVisible();
  await expect(client.getByText(boss)).toHaveCount(0);

  const waiting = client.waitForEvent('download');
  await client.getByRole('button', { name: 'Download PDF' }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toBe(attached!.filename);
  const words = await wordsOf(await readFile(await download.path()));
  for (const cell of await client.frameLocator('iframe').locator('tr:has(> th[scope=row])').allInnerTexts()) {
    expect(words).toContain(cell.replace(/\s+/g, ' ').trim());
  }
  expect(words).toContain('See you on Thursday');
  expect(words).toContain('Pagina 1 van ');
  await client.context().close();

  const other = await (await browser.newContext()).newPage();
  await signIn(other, people.otherClient, address);
  await expect(other.getByText('not found')).toBeVisible();
  await expect(other.getByRole('button', { name: 'Download PDF' })).toHaveCount(0);
  await other.context().close();

  await page.route('**/functions/v1/client-report', (route) => route.fulfill({ status: 503, body: '' }));
  await page.getByRole('button', { name: 'Download PDF' }).click();
  await expect(page.getByText('The PDF could not be made')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Download PDF' })).toBeEnabled();
  await page.unroute('**/functions/v1/client-report');

  const [recipient] = await sql<{ stop_token: string }>(
    'select stop_token from private.client_report_recipients where email = $1',
    [boss],
  );
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(`/stop-reports?token=${recipient?.stop_token}`);
  await stranger.getByRole('button', { name: 'Stop the reports' }).click();
  await expect(stranger.getByRole('heading', { name: 'The reports are stopped' })).toBeVisible();
  await stranger.context().close();
  await page.goto(path);
  await expect(page.getByText('Unsubscribed on')).toBeVisible();
});

test('a report that did not reach an address is shown with the address and why', async ({ page }) => {
  await sql(
    `with report as (
       insert into public.client_reports (client_id, kind, from_day, to_day, snapshot) values ($1, 'weekly', '2026-11-09', '2026-11-15', '{}') returning id
     ), skipped as (
       insert into public.client_reports (client_id, kind, from_day, to_day, skipped, scheduled_at) values ($1, 'monthly', '2026-10-01', '2026-10-31', 'no_data', now())
     )
     insert into private.client_report_mails (report_id, client_id, email, state, attempts, last_error)
     select id, $1, 'nobody@lakeside.test', 'failed', 1, 'The mail API answered with status 422: invalid address' from report`,
    [lakeside],
  );
  await signIn(page, people.operator, path);
  const table = page.getByRole('table', { name: 'Sent reports' });
  await expect(table).toContainText('1 of 1 email failed');
  await expect(table).toContainText('No data');
  await table.getByRole('link', { name: '9 Nov' }).click();
  await expect(page.getByText('This report cannot be shown')).toBeVisible();
  await expect(page.getByText('invalid address')).toBeVisible();
});

test('a failing preview leaves the schedule, a failing schedule leaves the reports', async ({ page }) => {
  const failing = { status: 500, json: { error: { code: 'INTERNAL', message: 'x' } } };
  await page.route('**/functions/v1/client-report', (route) => route.fulfill(failing));
  await signIn(page, people.operator, path);
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Schedule' })).toBeVisible();
  await page.route(
    '**/rpc/report_settings',
    (route) =>
      route.fulfill({ status: 400, json: { code: 'PT400', message: 'VALIDATION_FAILED', details: 'x' } }),
  );
  await page.reload();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expect(page.getByText('No reports sent yet')).toBeVisible();
});
