// A campaign from nothing to a draft that can be exported, by clicking; templates; and what is done to one that sends.
import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { lakeside } from './months.ts';
import { expectAccessible, people, settled, signIn, sql } from './support.ts';

const idOf = (url: string) => /campaigns\/([0-9a-f-]{36})/.exec(url)?.[1] ?? '';

test('an operator makes a campaign from a template, edits it, and the check says what is missing', async ({ page }) => {
  await signIn(page, people.operator, `/campaigns?client=${lakeside}`);
  await page.getByRole('button', { name: 'New campaign' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Bakeries in Utrecht');
  await dialog.getByLabel('Emails').selectOption({ label: 'Local business' });
  await dialog.getByRole('button', { name: 'Create campaign' }).click();
  await expect(page).toHaveURL(/tab=setup/);
  await settled(page);
  const id = idOf(page.url());

  // A step, a variant and a variable.
  const steps = page.getByRole('region', { name: /^Step \d/ });
  await expect(steps).toHaveCount(3);
  await page.getByRole('button', { name: 'Add a follow-up' }).click();
  await expect(steps).toHaveCount(4);
  const last = steps.nth(3);
  await expect(page.getByText('Step 4, variant A has no text')).toBeVisible();
  await last.getByLabel('Text', { exact: true }).fill('One more thought, ');
  await last.getByRole('button', { name: 'Variable' }).click();
  await page.getByRole('menuitem', { name: /First name/ }).click();
  await expect(last.getByLabel('Text', { exact: true })).toHaveValue('One more thought, {{firstName|there}}');
  await last.getByRole('button', { name: 'Test a second variant' }).click();
  await expect(last.getByRole('button', { name: 'Variant B', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await last.getByLabel('Days before step 4').fill('7');

  await page.getByRole('button', { name: 'Sat' }).click();
  await page.getByLabel('Netherlands').check();
  await expect(page.getByText(/Next: /)).toBeVisible();
  await page.getByLabel('Footer under every email').fill('Lakeside BV, Stationsplein 1, 3511 ED Utrecht');
  await page.getByLabel(/^Emails a day|^New leads a day/).fill('40');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Campaign saved')).toBeVisible();

  const [stored] = await sql<Record<string, unknown>>(
    `select c.sending_days, c.holiday_countries, c.daily_limit, c.footer, c.track_opens,
       c.sequence -> 3 ->> 'body' as body, jsonb_array_length(c.sequence -> 3 -> 'variants') as variants, c.sequence -> 3 -> 'delay_days' as days
     from public.campaigns as c where c.id = $1`,
    [id],
  );
  expect(stored).toEqual({
    sending_days: [1, 2, 3, 4, 5, 6],
    holiday_countries: ['NL'],
    daily_limit: 40,
    footer: 'Lakeside BV, Stationsplein 1, 3511 ED Utrecht',
    track_opens: false,
    body: 'One more thought, {{firstName|there}}',
    variants: 1,
    days: 7,
  });

  // Without leads the check stops it; with leads it estimates and names who is left out.
  await page.getByRole('tab', { name: 'Check' }).click();
  await expect(page.getByText('This campaign has no leads yet')).toBeVisible();
  await sql(
    `insert into public.businesses (client_id, campaign_id, name, email, email_deliverability, category, city)
     select $1, $2, 'Bakery ' || n, 'owner' || n || '@bakery.test', case when n = 1 then 'risky' else 'deliverable' end::public.email_deliverability, 'bakery', 'Utrecht'
     from generate_series(1, 50) as n`,
    [lakeside, id],
  );
  await page.reload();
  await settled(page);
  await expect(page.getByText('49 leads to send, of 50 checked')).toBeVisible();
  await expect(page.getByText('1 lead left out: the address is not verified as deliverable')).toBeVisible();
  await expect(page.getByText(/Ends on/)).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download left-out-leads as CSV' }).click();
  expect((await download).suggestedFilename()).toContain('left-out');
  const ofFinding = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download left-out-not-deliverable as CSV' }).click();
  const lines = (await readFile(await (await ofFinding).path(), 'utf8')).trim().split('\r\n');
  expect(lines.slice(1)).toEqual(['Bakery 1,owner1@bakery.test,Address not deliverable,']);
  await expectAccessible(page);

  // The preview offers leads that would be sent, so not the risky one.
  await page.getByRole('tab', { name: 'Emails and schedule' }).click();
  await expect(steps.first().getByRole('region', { name: 'Preview' })).toContainText('Bakery');
  const offered = steps.first().getByLabel('Lead of the preview').locator('option');
  await expect(offered).toHaveCount(25);
  expect(await offered.allTextContents()).not.toContain('Bakery 1');

  // Copied, and the copy deleted.
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bakeries in Utrecht (copy)');
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete campaign' }).click();
  await expect(page).toHaveURL(/\/campaigns(\?|$)/);
  await sql('delete from public.campaigns where id = $1', [id]);
});

test('templates are written, exported and imported', async ({ page }) => {
  await signIn(page, people.operator, '/templates');
  await settled(page);
  await expect(page.getByRole('heading', { name: 'Short introduction' })).toBeVisible();
  await expectAccessible(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const file = await (await download).path();
  await page.getByRole('button', { name: 'New template' }).click();
  await page.getByLabel('Name').fill('Ours');
  await page.getByLabel('Subject').fill('Hello {{firstName|there}}');
  await page.getByLabel('Text', { exact: true }).fill('About your {{branche}}');
  await page.getByRole('button', { name: 'Save template' }).click();
  await expect(page.getByText(/\{\{branche\}\} needs a column/)).toBeVisible();
  await page.getByLabel('File of templates').setInputFiles(file);
  await expect(page.getByText('10 templates added')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Short introduction (2)' })).toBeVisible();
  await sql(`delete from public.sequence_templates where not is_built_in`);
});

test('a client reads the setup and changes nothing', async ({ page }) => {
  const [own] = await sql<{ id: string }>(
    `select id from public.campaigns where client_id = $1 and provider_status is not null order by name limit 1`,
    [lakeside],
  );
  await signIn(page, people.client, `/campaigns/${own?.id}?tab=setup`);
  await settled(page);
  await expect(page.getByRole('button', { name: 'Add a follow-up' })).toHaveCount(0);
  await expect(page.getByLabel('Subject').first()).toBeDisabled();
  // Whatever would change the campaign; a lead of the preview can be chosen.
  const inputs = page.getByRole('tabpanel').locator('input, textarea, fieldset button');
  expect(await inputs.count()).toBeGreaterThan(20);
  for (const input of await inputs.all()) await expect(input).toBeDisabled();
  await page.goto('/campaigns');
  await settled(page);
  await expect(page.getByRole('button', { name: 'New campaign' })).toHaveCount(0);
  await page.goto('/templates');
  await expect(page.getByRole('heading', { name: 'Short introduction' })).toHaveCount(0);
});
