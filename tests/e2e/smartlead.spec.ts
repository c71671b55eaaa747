// A Smartlead account in the settings: key, webhooks campaign by campaign, the provider's own secret, and its end.
import { expect, type Page, test } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { makeSmartleadCampaign, smartleadApi } from '../support/smartlead-api.ts';
import { smartleadDelivery } from '../support/smartlead-deliveries.ts';
import { people, signIn, sql } from './support.ts';

const base = process.env['SMARTLEAD_SIMULATOR_URL'] ?? '';
const name = 'Harbour at Smartlead';
const key = `smartlead-${randomUUID()}`;
let workspaceId = '';
let campaignId = '';

const card = (page: Page) => page.getByRole('region', { name, exact: true });

/** An item of the card's menu. */
async function choose(page: Page, act: string): Promise<void> {
  await card(page).getByRole('button', { name: /^More/ }).click();
  await page.getByRole('menuitem', { name: act }).click();
}
const webhook = (page: Page) => card(page).getByRole('region', { name: 'Webhook', exact: true });

/** Neither in the text, nor in an attribute, nor in a field. */
async function expectNowhere(page: Page, secret: string): Promise<void> {
  expect(await page.content()).not.toContain(secret);
  const values = await page.locator('input').evaluateAll((fields) =>
    fields.map((field) => (field as HTMLInputElement).value)
  );
  expect(values.join(' ')).not.toContain(secret);
}

async function control(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(`${base}/_simulator/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.ok, await response.clone().text()).toBe(true);
  return await response.json() as unknown;
}

/** The addresses that Smartlead delivers the campaign's events to. */
async function addresses(): Promise<string[]> {
  const rows = await smartleadApi(base, key).get(`campaigns/${campaignId}/webhooks`) as {
    webhook_url: string;
  }[];
  return rows.map((row) => row.webhook_url);
}

const post = (address: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  const made = await control('workspaces', { name, keys: [key], accounts: ['mia@harbour-mail.test'] });
  workspaceId = (made as { id: string }).id;
  campaignId = await makeSmartleadCampaign(base, key, 'Coffee roasters', {
    leads: [{ email: 'ada@roasters.test', first_name: 'Ada' }],
  });
});

test('an operator connects it: a wrong key is refused, the right one is tested, and never shown again', async ({ page }) => {
  await signIn(page, people.operator, '/settings');
  await page.getByRole('button', { name: 'Add a connection' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Provider', { exact: true }).selectOption({ label: 'Smartlead' });
  await dialog.getByLabel('Client', { exact: true }).selectOption({ label: 'Harbour Accounting' });
  await dialog.getByLabel('Name', { exact: true }).fill(name);
  const field = dialog.getByLabel('Smartlead API key');
  await expect(field).toHaveAttribute('type', 'password');
  await field.fill('wrong-key-of-no-one');
  await dialog.getByRole('button', { name: 'Test and connect' }).click();
  await expect(dialog.getByRole('alert')).toContainText('SMARTLEAD_API_KEY_INVALID');
  expect(await sql('select 1 from public.provider_connections where name = $1', [name])).toEqual([]);

  await field.fill(key);
  await dialog.getByRole('button', { name: 'Test and connect' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(card(page)).toContainText(`•••• ${key.slice(-4)}`);
  await expectNowhere(page, key);

  await card(page).getByRole('button', { name: 'Test connection' }).click();
  await expect(card(page).getByRole('status')).toContainText('Connected to');
});

test('its webhook is registered by the first sync, which no one starts, and is on when an event comes', async ({ page }) => {
  await signIn(page, people.operator, '/settings');
  await expect(webhook(page).getByText('Registered', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(webhook(page)).toContainText('Active for 1 of 1 campaign');
  await expect(webhook(page)).toContainText('none yet');
  expect(await addresses()).toHaveLength(1);

  await control('emit', { workspaceId, campaignId, leadEmail: 'ada@roasters.test', type: 'email_sent' });
  await expect(webhook(page).getByText('On', { exact: true })).toBeVisible({ timeout: 20_000 });
  await expect(webhook(page)).toContainText('just now');

  await page.goto('/operations/connections');
  const row = page.getByRole('row').filter({ hasText: name });
  await expect(row.getByText('On', { exact: true })).toBeVisible();
});

test('a campaign that lost its webhook gets it again by “Check webhook”', async ({ page }) => {
  await signIn(page, people.operator, '/settings');
  const api = smartleadApi(base, key);
  const [row] = await api.get(`campaigns/${campaignId}/webhooks`) as { id: number }[];
  await api.delete(`campaigns/${campaignId}/webhooks`, { id: row!.id });
  expect(await addresses()).toEqual([]);
  await card(page).getByRole('button', { name: 'Check webhook' }).click();
  await expect(card(page).getByText('The webhook is on and sends our secret')).toBeVisible();
  expect(await addresses()).toHaveLength(1);
});

test('its client sees whether deliveries arrive and saves the secret that Smartlead chose; another client sees nothing', async ({ browser, page }) => {
  const secret = randomUUID();
  const [address] = await addresses();
  const withoutToken = address!.split('?')[0]!;
  const delivery = (given: string) =>
    smartleadDelivery('EMAIL_OPEN', {
      campaign_id: Number(campaignId),
      sl_lead_email: 'ada@roasters.test',
      to_email: 'ada@roasters.test',
      secret_key: given,
    });
  expect((await post(withoutToken, delivery(secret))).status).toBe(401);

  await signIn(page, people.otherClient, '/settings');
  await expect(webhook(page).getByText('On', { exact: true })).toBeVisible();
  await choose(page, 'Save Smartlead secret');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Only for a webhook that was created by hand at Smartlead');
  await expect(dialog).toContainText('Do not use “secretkey”');
  const field = dialog.getByLabel('Secret', { exact: true });
  await expect(field).toHaveAttribute('type', 'password');
  await field.fill('secretkey');
  await expect(dialog.getByRole('status')).toContainText('at least 16 characters');
  await expect(dialog.getByRole('button', { name: 'Save secret' })).toBeDisabled();
  await field.fill(secret);
  await dialog.getByRole('button', { name: 'Show the secret' }).click();
  await expect(field).toHaveAttribute('type', 'text');
  await dialog.getByRole('button', { name: 'Hide the secret' }).click();
  await expect(field).toHaveAttribute('type', 'password');
  await dialog.getByRole('button', { name: 'Save secret' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(card(page)).toContainText(
    'Smartlead secret saved. Deliveries that contain it are accepted',
  );
  await expectNowhere(page, secret);
  expect((await post(withoutToken, delivery(secret))).status).toBe(200);
  expect((await post(withoutToken, delivery(randomUUID()))).status).toBe(401);
  // The field is empty when it is opened again.
  await choose(page, 'Save Smartlead secret');
  await expect(dialog.getByLabel('Secret', { exact: true })).toHaveValue('');

  // The key that signs: a delivery with a wrong signature is refused although its token is right.
  await dialog.getByLabel('Signs each delivery').check();
  await expect(dialog).toContainText('X-Smartlead-Signature');
  await dialog.getByLabel('Secret', { exact: true }).fill(randomUUID());
  await dialog.getByRole('button', { name: 'Save secret' }).click();
  await expect(card(page)).toContainText('Signatures are checked from the next minute on');
  expect(
    await sql<{ origin: string }>(
      `select s.origin from private.webhook_secrets as s join public.provider_connections as c on c.id = s.connection_id
       where c.name = $1 and s.origin <> 'ours' order by 1`,
      [name],
    ),
  ).toEqual([{ origin: 'body' }, { origin: 'signature' }]);

  const context = await browser.newContext();
  const other = await context.newPage();
  await signIn(other, people.client, '/settings');
  await expect(other.getByRole('region', { name: 'Lakeside workspace', exact: true })).toBeVisible();
  await expect(card(other)).toHaveCount(0);
  await expect(other.getByRole('button', { name: /Smartlead secret/ })).toHaveCount(0);
  await context.close();
});

test('removed, it has no key, no secret and no webhook any more', async ({ page }) => {
  await signIn(page, people.operator, '/settings');
  await choose(page, 'Remove');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill(name);
  await dialog.getByRole('button', { name: 'Remove connection' }).click();
  await expect(card(page).getByText('Removed', { exact: true })).toBeVisible();
  await expect(card(page)).toContainText('Key, secrets and webhook removed');
  await expect(webhook(page)).toHaveCount(0);
  expect(await addresses()).toEqual([]);
  expect(
    await sql(
      `select 1 from public.provider_connections as c
       where c.name = $1 and (
         exists (select from private.provider_keys as k where k.connection_id = c.id)
         or exists (select from private.webhook_secrets as s where s.connection_id = c.id)
       )`,
      [name],
    ),
  ).toEqual([]);
  await sql('delete from public.provider_connections where name = $1', [name]);
});
