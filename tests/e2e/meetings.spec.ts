// From a lead to a won deal: recorded by hand, listed, added up, shown in the history, and removed.
import { expect, test } from '@playwright/test';
import { lakeside } from './months.ts';
import { expectAccessible, people, signIn, sql } from './support.ts';

/** A lead with a reply and no meeting yet. */
async function someLead(): Promise<string> {
  const [lead] = await sql<{ email: string }>(
    `select l.email
     from public.synced_leads as l
     where l.client_id = '${lakeside}' and l.interest_status = 'positive'
       and exists (select from public.messages as m where m.lead_id = l.id)
       and not exists (select from public.meetings as t where t.lead_id = l.id)
       and 1 = (select count(*) from public.synced_leads as o where o.client_id = l.client_id and o.email = l.email)
     order by l.email limit 1`,
  );
  return lead!.email;
}

test('a meeting is recorded, won, added up and removed again', async ({ page, browser }) => {
  const email = await someLead();
  await signIn(page, people.operator, `/leads/${lakeside}/${encodeURIComponent(email)}`);
  await page.getByRole('button', { name: 'Meeting …' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Takes place').fill('2026-12-03T14:30');
  await dialog.getByLabel('Value').fill('a lot');
  await expect(dialog.getByRole('button', { name: 'Save meeting' })).toBeDisabled();
  await dialog.getByLabel('Value').fill('2500');
  await dialog.getByLabel('Note').fill('Call with the owner');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Save meeting' }).click();
  await expect(page.getByText('Meeting recorded: booked')).toBeVisible();
  await expect(page.getByRole('region', { name: 'History' })).toContainText('Meeting booked');

  await page.goto(`/leads/meetings?client=${lakeside}&q=${encodeURIComponent(email)}`);
  const row = page.getByRole('table', { name: 'Meetings' }).getByRole('row').nth(1);
  await expect(row).toContainText('Booked');
  await expect(row).toContainText('By hand');
  await expectAccessible(page);
  await row.getByRole('button', { name: `Change the meeting of ${email}` }).click();
  await dialog.getByLabel('Status').selectOption('won');
  await dialog.getByRole('button', { name: 'Save meeting' }).click();
  await expect(row).toContainText('Won');

  const context = await browser.newContext();
  const client = await context.newPage();
  await signIn(client, people.client, '/overview');
  const pipeline = client.getByRole('region', { name: 'Pipeline', exact: true });
  await expect(pipeline).toContainText('2,500');
  await context.close();

  await row.getByRole('button', { name: `Change the meeting of ${email}` }).click();
  await dialog.getByRole('button', { name: 'Remove this meeting' }).click();
  await dialog.getByRole('button', { name: 'Remove meeting' }).click();
  await expect(page.getByText('Nothing found')).toBeVisible();
});

test('a list that cannot be read shows what failed', async ({ page }) => {
  await page.route(
    '**/client_meetings*',
    (route) =>
      route.fulfill({ status: 400, json: { code: 'PT400', message: 'VALIDATION_FAILED', details: 'x' } }),
  );
  await signIn(page, people.operator, `/leads/meetings?client=${lakeside}`);
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
});
