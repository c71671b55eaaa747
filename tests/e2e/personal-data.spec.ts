// A person asks: an operator exports what is held, erases the person from the page of a lead, and finds the erasure on record.
import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, people, signIn, sql } from './support.ts';

const client = 'a5e00000-0000-4000-8000-000000000001';
const email = 'hedwig.probst@archivhaus.example';
const lead = `/leads/${client}/${encodeURIComponent(email)}`;

/** A client of its own with one person, so that nothing else of the suite moves. */
test.beforeAll(async () => {
  await sql(
    `with client as (
       insert into public.clients (id, name) values ($1, 'Archivhaus') returning id
     ), campaign as (
       insert into public.campaigns (client_id, name) select id, 'Archives' from client returning id, client_id
     ), lead as (
       insert into public.synced_leads (client_id, campaign_id, email, first_name, last_name, company_name, sent_count_observed, reply_count_observed)
       select client_id, id, $2, 'Hedwig', 'Probst', 'Archivhaus', 1, 1 from campaign returning *
     )
     insert into public.messages (client_id, campaign_id, lead_id, connection_id, provider, direction, occurred_at, email, subject, body_text, source)
     select client_id, campaign_id, id, gen_random_uuid(), 'instantly', 'received', now(), email, 'Re: Archives', 'Please call Hedwig', 'webhook'
     from lead`,
    [client, email],
  );
});
test.afterAll(async () => {
  await sql('delete from public.clients where id = $1', [client]);
});

async function typeToErase(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Erase this person' });
  await expect(dialog.getByText(/^\d+ rows in \d+ tables$/)).toBeVisible();
  await expect(dialog.getByRole('list', { name: 'What is held' })).toContainText('messages');
  const erase = dialog.getByRole('button', { name: 'Erase', exact: true });
  await expect(erase).toBeDisabled();
  await dialog.getByLabel(/^Type .* to confirm$/).fill(email.slice(1));
  await expect(erase).toBeDisabled();
  await dialog.getByLabel(/^Type .* to confirm$/).fill(email.toUpperCase());
  await dialog.getByLabel(/block list/).check();
  await expectAccessible(page);
  await erase.click();
}

test('an operator exports and erases a person, and the record says what was done and not whose it was', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, people.operator, lead);
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export data' }).click();
  const held = JSON.parse(await readFile(await (await downloading).path(), 'utf8')) as {
    email: string;
    tables: Record<string, unknown[]>;
  };
  expect(held.email).toBe(email);
  expect(JSON.stringify(held.tables['messages'])).toContain('Please call Hedwig');

  await page.getByRole('button', { name: 'Erase …' }).click();
  await typeToErase(page);
  const report = page.getByRole('dialog', { name: 'The person is erased' });
  await expect(report.getByRole('status')).toContainText(/\d+ rows removed or anonymised/);
  await expect(report.getByRole('list', { name: 'Anonymised' })).toContainText('leads in campaigns');
  await expect(report.getByRole('region', { name: 'At the providers' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);
  await report.getByRole('button', { name: 'Close' }).last().click();
  await expect(page).toHaveURL(/\/leads($|\?)/);
  await page.goto(lead);
  await expect(page.getByText('Lead not found')).toBeVisible();

  await page.goto('/settings?tab=personal-data');
  const row = page.getByRole('region', { name: /Erasures/ }).or(
    page.getByRole('table', { name: 'Erasures' }),
  );
  await expect(row.first()).toContainText('Archivhaus');
  await expect(page.locator('main')).not.toContainText('hedwig');
  await page.getByRole('button', { name: 'Report of the erasure for Archivhaus' }).click();
  await expect(page.getByRole('dialog', { name: 'The person is erased' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: 'Export data' }).click();
  await expect(page.getByText('Nothing is held of this address')).toBeVisible();
  await page.getByLabel('Email address').fill(people.operator.email);
  await page.getByRole('button', { name: 'Erase this person …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Erase this person' });
  await expect(dialog.getByText(/no lead\. Remove it where it is managed/)).toBeVisible();
  await expectAccessible(page);
});

test('a client sees neither button nor tab', async ({ page }) => {
  await signIn(page, people.client, '/settings?tab=personal-data');
  await expect(page.getByRole('tab', { name: 'Email' })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Personal data' })).toHaveCount(0);
  await expect(page.getByText('Somebody asks about their data')).toHaveCount(0);
});
