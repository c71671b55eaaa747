// How long data is kept: operators choose a period, read first what it removes, and a mail whose text is gone says so.
import { expect, type Page, test } from '@playwright/test';
import { lakeside } from './months.ts';
import { expectAccessible, people, settled, signIn, sql } from './support.ts';

const kind = (page: Page, title: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) });

/** A mail that is older than texts are kept, whose text is removed; answers its id. */
async function removedMail(): Promise<string> {
  const [mail] = await sql<{ id: string }>(
    `with mail as (
       insert into public.messages (client_id, campaign_id, lead_id, connection_id, provider, direction, occurred_at, email, subject, body_text, snippet, source)
       select m.client_id, m.campaign_id, m.lead_id, m.connection_id, m.provider, 'received', now() - interval '800 days', m.email,
         'Pallets for spring', 'We have a supplier', 'We have a supplier', 'webhook'
       from public.messages as m where m.client_id = $1 and m.direction = 'received' limit 1
       returning id
     )
     select id from mail`,
    [lakeside],
  );
  await sql('select private.apply_retention()');
  return mail!.id;
}

test('an operator shortens a period, reads what it removes, and sees when it was removed', async ({ page }) => {
  await sql(
    `insert into public.placement_results (account_id, day, inbox, promotions, spam)
     select id, current_date - 100, 1, 0, 0 from public.email_accounts order by id limit 2`,
  );
  try {
    await signIn(page, people.operator, '/settings?tab=retention');
    const tests = kind(page, 'Placement tests');
    await expect(page.getByRole('list', { name: 'Kinds of data' }).getByRole('listitem')).toHaveCount(9);
    await expect(tests.getByLabel('Keep Placement tests')).toHaveValue('180');
    await expectAccessible(page);

    await tests.getByLabel('Keep Placement tests').selectOption('For ever');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('Nothing is removed now');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(tests.getByLabel('Keep Placement tests')).toHaveValue('180');

    await tests.getByLabel('Keep Placement tests').selectOption('90 days');
    await expect(dialog).toContainText('2 days of mailboxes from before');
    await expect(dialog).toContainText('cannot be undone');
    await dialog.getByRole('button', { name: 'Remove and save' }).click();
    await expect(page.getByText('Placement tests are kept for 90 days')).toBeVisible();
    await expect(tests.getByLabel('Keep Placement tests')).toHaveValue('90');

    await sql('select private.apply_retention()');
    await page.reload();
    await expect(tests).toContainText('2 days of mailboxes removed on');
    expect(await sql('select from public.placement_results where day < current_date - 90')).toEqual([]);
    await page.goto('/operations/audit');
    await expect(page.getByRole('cell', { name: 'Changed how long data is kept' }).first()).toBeVisible();
  } finally {
    await sql(`update private.retention_settings set keep_days = default_days, removed_at = null`);
  }
});

test('a mail whose text was removed says when, for a client too', async ({ page }) => {
  const id = await removedMail();
  try {
    await signIn(page, people.client, `/inbox?show=all&message=${id}`);
    const pane = page.getByRole('article');
    await expect(pane.getByRole('heading', { name: 'Pallets for spring' })).toBeVisible();
    await expect(pane).toContainText(/The text was removed on .*, 26 months after this email/);
    await expect(pane).not.toContainText('We have a supplier');
    await settled(page);
    await expect(page.getByRole('tab', { name: 'Retention' })).toHaveCount(0);
    await page.goto('/settings?tab=retention');
    await expect(page.getByRole('tab', { name: 'Email' })).toBeVisible();
    await expect(page.getByRole('tab', { name: 'Retention' })).toHaveCount(0);
  } finally {
    await sql('delete from public.messages where id = $1', [id]);
  }
});
