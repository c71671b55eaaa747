// A list of 500 untidy rows by clicking: mapped, asked about, imported, interrupted, downloaded, undone.
import { Buffer } from 'node:buffer';
import { expect, type Page, test } from '@playwright/test';
import { codeBlocks, readPage } from '../support/docs.ts';
import { lakeside } from './months.ts';
import { chooseTheme, expectAccessible, people, settled, signIn, sql } from './support.ts';

const campaign = 'e5000000-0000-4000-8000-000000000001';

test.beforeAll(async () => {
  await sql(
    `insert into public.campaigns (id, client_id, connection_id, name, generation_status)
     select $1, $2, c.connection_id, 'List of the fair', 'pending' from public.campaigns as c where c.client_id = $2 limit 1`,
    [campaign, lakeside],
  );
  await sql(
    `insert into public.suppressions (client_id, email, reason) values ($1, 'person7@fair.test', 'unsubscribed')
     on conflict do nothing`,
    [lakeside],
  );
});
test.afterAll(async () => {
  await sql('delete from public.campaigns where id = $1', [campaign]);
  await sql(`delete from public.provider_connections where name = 'Wide lists'`);
  await sql(`delete from public.suppressions where email = 'person7@fair.test'`);
});

/** Windows-1252 with semicolons: 500 rows, of which 9 do not come in, and blank ones as a spreadsheet leaves them. */
function fairList(): Buffer {
  const rows = Array.from({ length: 500 }, (_, index) => {
    const n = index + 1;
    const email = n % 100 === 0
      ? ''
      : n === 13
      ? 'none'
      : n === 20
      ? 'PERSON19@fair.test'
      : `Person${n}@fair.test`;
    const address = n === 33 ? 'person33@fair.test, info@fair.test' : email;
    return `Bäckerei ${n};Jürgen;"Groß, Dr. ${n}";${address};+49 0${n};"=1+${n}";"Zeile 1\nZeile 2"${
      n === 44 ? ';zu;viel' : ''
    }`;
  });
  return Buffer.from(
    `Firma;Vorname;Nachname;Mailadresse;Telefon;Kundennummer;Bemerkung\r\n${
      rows.join('\r\n')
    }\r\n;;;;;;\r\n\r\n ;;;;;;\r\n`,
    'latin1',
  );
}

const choose = (page: Page, name: string, buffer: Buffer) =>
  page.getByLabel('List of leads').setInputFiles({ name, mimeType: 'text/csv', buffer });

test('rows are pasted without a click, such as those of the first hour', async ({ page, context }) => {
  const rows = codeBlocks(readPage('docs/first-hour.md'), 'text')[0] ?? '';
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await signIn(page, people.operator, `/imports?campaign=${campaign}`);
  await expect(page.getByText('Drop a file here, or paste rows from a spreadsheet.')).toBeVisible();
  await page.evaluate((text) => navigator.clipboard.writeText(text), rows);
  await page.keyboard.press('ControlOrMeta+V');
  await expect(page.getByLabel('What “Email” is')).toHaveValue('email');
  await expect(page.getByLabel('What “Email status” is')).toHaveValue('email_deliverability');
  await expect(page.getByLabel('What “Company” is')).toHaveValue('name');
  await expect(page.getByRole('button', { name: 'Import 3 rows' })).toBeVisible();
});

test('an operator imports 500 untidy rows, downloads what did not come in, and undoes it', async ({ page }) => {
  await signIn(page, people.operator, `/campaigns/${campaign}`);
  await page.getByRole('link', { name: 'Import leads' }).click();
  await expect(page.getByLabel('Campaign', { exact: true })).toHaveValue(campaign);
  await choose(page, 'fair.csv', fairList());
  await expect(page.getByText('Windows-1252')).toBeVisible();
  await expect(page.getByLabel('What “Firma” is')).toHaveValue('name');
  await expect(page.getByLabel('What “Mailadresse” is')).toHaveValue('email');
  await expect(page.getByLabel('What “Kundennummer” is')).toHaveValue('variable');
  await page.getByLabel('What “Bemerkung” is').selectOption('skip');
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate(
      (chosen) => document.documentElement.classList.toggle('dark', chosen === 'dark'),
      theme,
    );
    await expectAccessible(page);
  }
  await page.evaluate(() => document.documentElement.classList.remove('dark'));
  const start = page.getByRole('button', { name: 'Import 500 rows' });
  await expect(start).toBeDisabled();
  await page.getByLabel(/Yes, a verifier/).check();
  await page.getByLabel(/Why can these people/).fill('Met at the fair');
  await start.click();

  await expect(page.getByText('Completed', { exact: true })).toBeVisible({ timeout: 30_000 });
  const outcomes = page.getByRole('list', { name: 'Outcomes' });
  await expect(outcomes.getByRole('listitem').filter({ hasText: 'Imported' })).toContainText('491');
  await expect(outcomes).toContainText('Must not be emailed');
  await expect(page.getByText('500 with an outcome')).toBeVisible();
  await expect(outcomes.getByRole('listitem').filter({ hasText: 'No address' })).toContainText('5');
  await expect(page.getByText('Met at the fair')).toBeVisible();
  const [lead] = await sql<Record<string, unknown>>(
    `select name, first_name, last_name, phone, custom_variables, email_deliverability from public.businesses
     where campaign_id = $1 and email = 'person1@fair.test'`,
    [campaign],
  );
  expect(lead).toEqual({
    name: 'Bäckerei 1',
    first_name: 'Jürgen',
    last_name: 'Groß, Dr. 1',
    phone: '+49 01',
    custom_variables: { Kundennummer: '=1+1' },
    email_deliverability: 'deliverable',
  });

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /Download 9 not imported/ }).click();
  const file = await (await download).createReadStream();
  const text = Buffer.concat(await file.toArray() as Buffer[]).toString('utf8');
  expect(text).toContain('Firma,Vorname,Nachname,Mailadresse,Telefon,Kundennummer,Bemerkung,Row,Why');
  expect(text).toContain(`'=1+13`);
  expect(text).toContain('Twice in the list: first in row 20');
  expect(text).toContain('Unreadable: more cells than there are headings');

  await page.getByRole('button', { name: 'Undo this import' }).click();
  await page.getByRole('button', { name: 'Undo import' }).click();
  await expect(page.getByText('This import was undone')).toBeVisible({ timeout: 20_000 });
  expect(await sql('select 1 as one from public.businesses where campaign_id = $1', [campaign])).toEqual([]);

  // The next list is read as this one was.
  await page.goto(`/imports?campaign=${campaign}`);
  await choose(page, 'next.csv', fairList());
  await expect(page.getByLabel('What “Bemerkung” is')).toHaveValue('skip');
});

test('an interrupted import continues with the same file, and refuses another one', async ({ page }) => {
  test.slow();
  const rows = Array.from({ length: 9_000 }, (_, n) => `long${n}@long.test;Firm ${n};${'x'.repeat(60)}`);
  const list = Buffer.from(`Email;Company;Note\n${rows.join('\n')}\n`);
  await signIn(page, people.operator, `/imports?campaign=${campaign}`);
  await settled(page);
  let refuse = false;
  await page.route('**/functions/v1/import-leads', async (route) => {
    const body = route.request().postDataJSON() as { action: string; chunk?: number };
    if (refuse && body.action === 'add' && body.chunk === 2) await new Promise(() => undefined);
    else await route.continue();
  });
  refuse = true;
  await choose(page, 'long.csv', list);
  await page.getByRole('list', { name: 'Columns' }).waitFor();
  await page.getByRole('radio', { name: /^No/ }).check();
  await page.getByRole('button', { name: 'Import 9,000 rows' }).click();
  // The headings are one of the 2,000 rows of the first part.
  await expect(page.getByText('3,999 of 9,000 rows')).toBeVisible({ timeout: 30_000 });

  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await expect(page.getByText('This import has stopped')).toBeVisible();
  await choose(page, 'long.csv', Buffer.from('Email\nother@long.test\n'));
  await expect(page.getByText('This is another file')).toBeVisible();
  refuse = false;
  await choose(page, 'long.csv', list);
  await expect(page.getByText('Completed', { exact: true })).toBeVisible({ timeout: 40_000 });
  await expect(page.getByRole('list', { name: 'Outcomes' })).toContainText('9,000');
  await chooseTheme(page, 'dark');
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

test('a client sees its lists and no way to import', async ({ page }) => {
  await signIn(page, people.client, '/imports');
  await settled(page);
  await expect(page.getByRole('heading', { name: 'Imported lists', level: 1 })).toBeVisible();
  await expect(page.getByText('New list')).toHaveCount(0);
  await page.getByRole('link', { name: 'fair.csv' }).first().click();
  await expect(page.getByRole('heading', { name: 'fair.csv' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Undo this import' })).toHaveCount(0);
});

test('a list with more columns than Smartlead takes is reported before it starts, until a column is skipped', async ({ page }) => {
  const connection = 'e5000000-0000-4000-8000-000000000002';
  await sql(
    `insert into public.provider_connections (id, provider, name) values ($1, 'smartlead', 'Wide lists')
     on conflict do nothing`,
    [connection],
  );
  await sql('update public.campaigns set connection_id = $2 where id = $1', [campaign, connection]);
  await signIn(page, people.operator, `/imports?campaign=${campaign}`);
  const names = Array.from({ length: 201 }, (_, index) => `Fact ${index + 1}`);
  const list = `Email,${names.join(',')}\nwide@fair.test,${names.map(() => 'x').join(',')}\n`;
  await choose(page, 'wide.csv', Buffer.from(list));
  const warning = page.getByText('Smartlead takes at most 200 variables of a lead, and this list makes 201');
  await expect(warning).toBeVisible();
  await expect(warning).toContainText('nothing is left out');
  await page.getByLabel('What “Fact 1” is', { exact: true }).selectOption('skip');
  await expect(warning).toHaveCount(0);
});
