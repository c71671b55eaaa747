// Operators see which sending domain needs repair, what to do, and what changed; clients do not see the page.
import { expect, test } from '@playwright/test';
import { placements } from './months.ts';
import { expectAccessible, people, signIn, sql } from './support.ts';

const domain = 'agency-outreach.test';

test.beforeAll(async () => {
  await sql(placements);
});

test('the worst domain comes first, with its records, what to do and its history', async ({ page }) => {
  await signIn(page, people.operator, '/operations/email-accounts');
  const table = page.getByRole('table', { name: 'Sending domains' });
  const first = table.getByRole('row').nth(1);
  await expect(first).toContainText(domain);
  await expect(first).toContainText('Repair');
  await expect(first).toContainText('Improve');
  await expect(first).toContainText('3 mailboxes');
  await expect(table.getByRole('row').filter({ hasText: 'lakeside-mail.test' })).toContainText('Good');
  await expect(page.getByRole('table', { name: 'Email accounts' })).toContainText(`hello@${domain}`);
  await expectAccessible(page);

  await first.getByRole('button', { name: `Details of ${domain}` }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('this domain takes no email, so replies come back');
  await expect(dialog).toContainText('Add “include:_spf.google.com” to the record');
  await expect(dialog).toContainText('Not found under the usual selectors');
  await expect(dialog.getByRole('region', { name: 'Changes' })).toContainText('10 mx.agency-outreach.test.');
  await expectAccessible(page);
});

test('a domain on a blacklist needs repair, with where to ask for removal and where its test emails land', async ({ page }) => {
  await signIn(page, people.operator, '/operations/email-accounts');
  const table = page.getByRole('table', { name: 'Sending domains' });
  const row = table.getByRole('row').filter({ hasText: 'try-lakeside.test' });
  await expect(row).toContainText('2 lists');
  await expect(row).toContainText('45.0%');
  await expect(row).toContainText('42.5% in spam');
  const arriving = table.getByRole('row').filter({ hasText: 'lakeside-mail.test' });
  await expect(arriving).toContainText('None');
  await expect(arriving).toContainText('81.3%');
  await expect(table.getByRole('row').filter({ hasText: domain })).toContainText('Not checked');

  await row.getByRole('button', { name: 'Details of try-lakeside.test' }).click();
  const dialog = page.getByRole('dialog');
  const lists = dialog.getByRole('region', { name: 'Blacklists' });
  await expect(lists).toContainText('Pause the campaigns that use this domain');
  await expect(lists.getByRole('listitem').filter({ hasText: 'Spamhaus DBL' }).getByRole('link'))
    .toHaveAttribute(
      'href',
      'https://check.spamhaus.org/',
    );
  await expect(lists.getByRole('listitem').filter({ hasText: 'A small regional list' })).toContainText(
    'own site',
  );
  await expect(dialog.getByRole('region', { name: 'Placement test' })).toContainText(
    '18 inbox · 5 promotions · 17 spam',
  );
  await expect(dialog).toContainText('DKIM Failed');
  await expectAccessible(page);
});

test('each workspace says whether its placement tests are known, and what to do where not', async ({ page }) => {
  const connection = 'd0000000-0000-4000-8000-000000000001';
  const setState = (state: string) =>
    sql(`update public.placement_readings set state = $2 where connection_id = $1`, [connection, state]);
  await signIn(page, people.operator, '/operations/email-accounts');
  const notes = page.getByRole('region', { name: 'Blacklists and placement tests' });
  await expect(notes).toContainText('2 placement tests. Read 6 h ago');
  await expect(notes).toContainText('Smartlead’s API gives none.');
  for (
    const [state, sentence] of [
      ['missing_scope', 'Give it inbox_placement_tests:read'],
      ['not_in_plan', 'has no inbox placement'],
      ['no_tests', 'Make one in Instantly'],
    ] as const
  ) {
    await setState(state);
    await page.reload();
    await expect(notes).toContainText(sentence);
  }
  await setState('read');
});

test('a check that was not answered keeps the last results and says so', async ({ page }) => {
  await sql(
    `update public.sending_domains set check_error = 'No resolver answered' where domain = '${domain}'`,
  );
  await signIn(page, people.operator, '/operations/email-accounts');
  await page.getByRole('button', { name: `Details of ${domain}` }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('these are the results before it');
  await expect(page.getByRole('dialog')).toContainText('Add “include:_spf.google.com”');
  await sql(`update public.sending_domains set check_error = null where domain = '${domain}'`);
});

test('a failing question shows what failed and leaves the mailboxes', async ({ page }) => {
  await page.route(
    '**/operator_sending_domains*',
    (route) =>
      route.fulfill({ status: 400, json: { code: 'PT400', message: 'VALIDATION_FAILED', details: 'x' } }),
  );
  await signIn(page, people.operator, '/operations/email-accounts');
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Email accounts' })).toContainText(`hello@${domain}`);
});

test('a client has neither the page nor the domains', async ({ page }) => {
  await signIn(page, people.client, '/operations/email-accounts');
  await expect(page.getByText('This page is for your agency’s operators')).toBeVisible();
  await expect(page.getByText(domain)).toHaveCount(0);
  await expect(page.getByRole('table', { name: 'Sending domains' })).toHaveCount(0);
});
