// Leads and suppressions: who is on the list, what is known of one person, and who is never emailed.
import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { exportable, harbour, lakeside } from './months.ts';
import { chooseTheme, expectAccessible, people, settled, signIn, sql } from './support.ts';

for (const path of [`/leads?client=${lakeside}`, `/leads/suppressions?client=${lakeside}`]) {
  test(`axe finds nothing serious on ${path}, and a phone need not scroll sideways`, async ({ page }) => {
    await signIn(page, people.operator, path);
    for (const theme of ['light', 'dark'] as const) {
      await chooseTheme(page, theme);
      await expectAccessible(page);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
}

test('an operator finds leads by filter, suppresses one, removes another, and lifts the suppression', async ({ page }) => {
  // A second try finds what the first left.
  await sql(`delete from public.businesses where email like '%@zebra.example'`);
  await sql(`delete from public.suppressions where email like '%@zebra.example'`);
  await sql(
    `insert into public.businesses (client_id, campaign_id, name, email, email_deliverability, first_name, last_name, custom_variables)
     values ($1, $2, 'Zebra Kitchens', 'zoe@zebra.example', 'deliverable', 'Zoë', 'Zebra', '{"team_size": "12"}'),
       ($1, $2, 'Zebra Baths', 'zack@zebra.example', 'risky', 'Zack', 'Zebra', '{}')`,
    [lakeside, exportable],
  );
  await signIn(page, people.operator, `/leads?client=${lakeside}`);
  await page.getByRole('searchbox', { name: 'Find a name or address' }).fill('zebra');
  const row = (name: string) => page.getByRole('row').filter({ hasText: name });
  await expect(row('Zoë Zebra')).toContainText('Not exported');
  await expect(row('Zack Zebra')).toContainText('Risky');
  await page.getByRole('combobox', { name: 'Verification' }).selectOption('Deliverable');
  await expect(row('Zack Zebra')).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Verification' }).selectOption('All verifications');

  await row('Zoë Zebra').getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Suppress (1)' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Addresses and domains', { exact: true })).toHaveValue('zoe@zebra.example');
  await dialog.getByLabel('Note').fill('She asked by phone');
  await dialog.getByRole('button', { name: 'Suppress 1' }).click();
  await expect(dialog).toContainText('1 address and 0 domains added');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(row('Zoë Zebra')).toContainText('Do not contact');

  await row('Zack Zebra').getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Remove (1)' }).click();
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(row('Zack Zebra')).toHaveCount(0);

  await row('Zoë Zebra').getByRole('link', { name: 'Zoë Zebra' }).click();
  await expect(page.getByRole('heading', { name: 'Zoë Zebra' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('She asked by phone');
  await expect(page.getByRole('region', { name: 'Variables' })).toContainText('team_size');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Remove suppression' }).click();
  await dialog.getByLabel('Reason').fill('A mistake');
  await dialog.getByRole('button', { name: 'Remove suppression' }).click();
  await expect(page.getByRole('button', { name: 'Suppress', exact: true })).toBeVisible();
  expect(await sql(`select 1 from public.suppressions where email = 'zoe@zebra.example'`)).toEqual([]);
});

test('a domain is suppressed for all clients; a client sees that of its own leads, and can change nothing', async ({ page, browser }) => {
  await sql(`delete from public.suppression_rules where entry = 'bank.example'`);
  await sql(`delete from public.businesses where email like '%bank.example'`);
  await sql(
    `insert into public.businesses (client_id, campaign_id, name, email, email_deliverability)
     values ($1, $2, 'Bank', 'ann@mail.bank.example', 'deliverable')`,
    [lakeside, exportable],
  );
  await signIn(page, people.operator, '/leads/suppressions');
  await page.getByRole('button', { name: 'Suppress', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Addresses and domains', { exact: true }).fill('@bank.example\nno address here');
  await dialog.getByRole('button', { name: 'Suppress 2' }).click();
  await expect(dialog).toContainText('0 addresses and 1 domain added');
  await expect(dialog).toContainText('no address here');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'bank.example' })).toContainText('All clients');

  const own = await (await browser.newContext()).newPage();
  await signIn(own, people.client, '/leads');
  await own.getByRole('searchbox').fill('mail.bank');
  await expect(own.getByRole('row').filter({ hasText: 'ann@mail.bank.example' })).toContainText(
    'Do not contact',
  );
  await expect(own.getByRole('button', { name: /^Suppress/ })).toHaveCount(0);
  await own.goto('/leads/suppressions');
  await settled(own);
  await expect(own.getByText('bank.example')).toHaveCount(0);
  await own.goto(`/leads/${harbour}/somebody%40else.example`);
  await expect(own.getByText('Lead not found')).toBeVisible();
});

test('columns are chosen, variables too; the browser remembers them per client, and the file has the same', async ({ page }) => {
  await sql(`delete from public.businesses where email like '%@columns.example'`);
  await sql(
    `insert into public.businesses (client_id, campaign_id, name, email, city, custom_variables)
     values ($1, $2, 'Quagga Works', 'quinn@columns.example', 'Utrecht', '{"team_size": "12", "opening_line": "=HYPERLINK(1)", "founded_at": "spring"}')`,
    [lakeside, exportable],
  );
  await signIn(page, people.operator, `/leads?client=${lakeside}&campaign=${exportable}&q=columns.example`);
  const heading = (name: string) => page.getByRole('columnheader', { name, exact: true });
  await expect(heading('Verification')).toBeVisible();
  await expect(heading('City')).toHaveCount(0);
  await page.getByRole('button', { name: 'Columns' }).click();
  const menu = page.getByRole('menu');
  for (const name of ['City', 'team_size', 'opening_line', 'founded_at']) {
    await menu.getByRole('menuitemcheckbox', { name, exact: true }).click();
  }
  await menu.getByRole('menuitemcheckbox', { name: 'Verification', exact: true }).click();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Columns' })).toBeFocused();
  const row = page.getByRole('row').filter({ hasText: 'quinn@columns.example' });
  await expect(row).toContainText('Utrecht');
  await expect(row).toContainText('=HYPERLINK(1)');
  await expect(heading('Verification')).toHaveCount(0);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download leads as CSV' }).click(),
  ]);
  const [headings, line] = (await readFile(await download.path(), 'utf8')).replace('\ufeff', '').split(
    '\r\n',
  );
  expect(headings).toBe(
    'Address,First name,Last name,Company,Campaign,State,Suppressed,Replies,Added (Europe/Amsterdam),City,team_size,opening_line,founded_at',
  );
  expect(line).toMatch(/^quinn@columns\.example,,,Quagga Works,.*,Utrecht,12,'=HYPERLINK\(1\),spring$/);

  await page.reload();
  await expect(heading('team_size')).toBeVisible();
  for (const theme of ['light', 'dark'] as const) {
    await page.setViewportSize({ width: 390, height: 844 });
    await chooseTheme(page, theme);
    await expect(row).toContainText('Utrecht');
    await page.getByRole('button', { name: 'Columns' }).click();
    await expectAccessible(page);
    await page.screenshot({ path: `.replyloop/screenshots/lead-columns-${theme}.png` });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    await page.keyboard.press('Escape');
  }

  await page.goto(`/leads?client=${harbour}`);
  await settled(page);
  await expect(page.getByRole('columnheader', { name: 'City', exact: true })).toHaveCount(0);
  await page.goto(`/leads?client=${lakeside}`);
  await page.getByRole('button', { name: 'Columns' }).click();
  await menu.getByRole('menuitem', { name: 'Reset columns' }).click();
  await expect(heading('City')).toHaveCount(0);
});
