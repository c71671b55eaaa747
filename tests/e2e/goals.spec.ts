// Goals: set by the agency, seen by both with the pace, and noticed in the list of clients.
import { expect, test } from '@playwright/test';
import { lakeside } from './months.ts';
import { expectAccessible, people, signIn, sql } from './support.ts';

test.afterAll(async () => {
  await sql('delete from public.monthly_goals where client_id = $1', [lakeside]);
});

test('an operator sets goals, the client reads how far it is, and the list of clients shows it', async ({ page, browser }) => {
  await signIn(page, people.operator, `/overview?client=${lakeside}`);
  const card = page.getByRole('region', { name: /Goals/ });
  await expect(card.getByText('No goals yet')).toBeVisible();
  await card.getByRole('button', { name: 'Set goals' }).click();
  const dialog = page.getByRole('dialog', { name: 'Goals a month' });
  await dialog.getByLabel('Positive replies').fill('two');
  await expect(dialog.getByText('Enter a whole number')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Save goals' })).toBeDisabled();
  await dialog.getByLabel('Positive replies').fill('400');
  await dialog.getByLabel('Meetings').fill('1');
  await dialog.getByRole('button', { name: 'Save goals' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(card.getByText(/^\d+ of 400, (on pace for \d+|too early for a pace)$/)).toBeVisible();
  await expectAccessible(page);

  await page.goto('/clients');
  const row = page.getByRole('row').filter({ hasText: 'Lakeside' });
  await expect(row.getByText(/^\d+ of 400$/)).toBeVisible();

  const other = await browser.newPage();
  await signIn(other, people.client, '/overview');
  const theirs = other.getByRole('region', { name: /Goals/ });
  await expect(theirs.getByText(/ of 400, /)).toBeVisible();
  await expect(theirs.getByRole('button', { name: /goals/ })).toHaveCount(0);
  await other.close();
});
