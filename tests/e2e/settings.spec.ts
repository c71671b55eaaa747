// Keys, webhooks, costs and people, against the real functions and the Instantly simulator.
import { expect, type Locator, type Page, test } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { harbour, lakeside } from './months.ts';
import { people, settled, signIn, sql } from './support.ts';

/** A workspace at the simulator, and the key that opens it. */
async function createWorkspace(name: string): Promise<{ id: string; key: string }> {
  const key = `key-${randomUUID()}`;
  const response = await fetch(`${process.env['SIMULATOR_URL']}/_simulator/workspaces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, keys: [key], accounts: ['mia@new-workspace.test'], labels: [] }),
  });
  expect(response.ok).toBe(true);
  const { id } = await response.json() as { id: string };
  return { id, key };
}

async function setAccess(workspaceId: string, access: string): Promise<void> {
  await fetch(`${process.env['SIMULATOR_URL']}/_simulator/access`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ workspaceId, access }),
  });
}

const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** An item of a card's menu. */
async function choose(page: Page, of: Locator, act: string): Promise<void> {
  await of.getByRole('button', { name: /^More/ }).click();
  await page.getByRole('menuitem', { name: act }).click();
}

/** Neither in the text, nor in an attribute, nor in a field. */
async function expectNowhere(page: Page, secret: string): Promise<void> {
  expect(await page.content()).not.toContain(secret);
  const values = await page.locator('input').evaluateAll((fields) =>
    fields.map((field) => (field as HTMLInputElement).value)
  );
  expect(values.join(' ')).not.toContain(secret);
}

test('an operator connects a workspace, tests, rotates, pauses and removes it; the key is never shown again', async ({ page }) => {
  const workspace = await createWorkspace('Northwind workspace');
  await signIn(page, people.operator, '/settings');
  await page.getByRole('button', { name: 'Add a connection' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Client', { exact: true }).selectOption({ label: 'Shared by clients' });
  await dialog.getByLabel('Name', { exact: true }).fill('Northwind');

  const field = dialog.getByLabel('Instantly API key');
  await expect(field).toHaveAttribute('type', 'password');
  await field.fill('wrong-key-of-no-one');
  await dialog.getByRole('button', { name: 'Test and connect' }).click();
  await expect(dialog.getByRole('alert')).toContainText('The key is invalid');
  await expect(dialog.getByRole('alert')).toContainText('Instantly refused the API key; save a valid one');
  expect(await sql(`select 1 from public.provider_connections where name = 'Northwind'`)).toEqual([]);

  await field.fill(workspace.key);
  await dialog.getByRole('button', { name: 'Show the key' }).click();
  await expect(field).toHaveAttribute('type', 'text');
  await dialog.getByRole('button', { name: 'Test and connect' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText('Key for “Northwind workspace” saved and webhook registered'))
    .toBeVisible();
  const northwind = card(page, 'Northwind');
  await expect(northwind).toContainText(`•••• ${workspace.key.slice(-4)}`);
  await expectNowhere(page, workspace.key);

  await northwind.getByRole('button', { name: 'Test connection' }).click();
  await expect(northwind.getByRole('status')).toContainText('Connected to “Northwind workspace”');
  await expect(northwind.getByRole('status')).toContainText(workspace.id);

  const [before] = await sql<{ id: string; secrets: number }>(
    `select c.id, (select count(*)::int from private.webhook_secrets as s where s.connection_id = c.id) as secrets
     from public.provider_connections as c where c.name = 'Northwind'`,
  );
  await choose(page, northwind, 'Rotate webhook secret');
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate secret' }).click();
  await expect(northwind).toContainText('Webhook secret rotated');
  const [after] = await sql<{ secrets: number }>(
    'select count(*)::int as secrets from private.webhook_secrets where connection_id = $1',
    [before!.id],
  );
  expect(after!.secrets).toBe(before!.secrets + 1);

  await northwind.getByRole('button', { name: 'Sync now' }).click();
  await expect(northwind.getByText(/^Synced in/)).toBeVisible({ timeout: 40_000 });

  await choose(page, northwind, 'Pause');
  await expect(northwind.getByText('Paused', { exact: true })).toBeVisible();
  await choose(page, northwind, 'Resume');
  await expect(northwind.getByText('Active', { exact: true })).toBeVisible();

  await setAccess(workspace.id, 'payment-required');
  await northwind.getByRole('button', { name: 'Test connection' }).click();
  await expect(northwind.getByRole('alert')).toContainText('has no active paid plan; renew it');
  await expect(northwind.getByText('Needs a paid plan', { exact: true })).toBeVisible();
  await setAccess(workspace.id, 'ok');

  await choose(page, northwind, 'Remove');
  const removal = page.getByRole('dialog');
  await expect(removal.getByRole('button', { name: 'Remove connection' })).toBeDisabled();
  await removal.getByRole('textbox').fill('Northwind');
  await removal.getByRole('button', { name: 'Remove connection' }).click();
  await expect(northwind.getByText('Removed', { exact: true })).toBeVisible();
  expect(await sql('select 1 from private.provider_keys where connection_id = $1', [before!.id])).toEqual([]);
});

test('a key of another workspace needs a word that it is meant', async ({ page }) => {
  const first = await createWorkspace('First workspace');
  const second = await createWorkspace('Second workspace');
  await signIn(page, people.operator, '/settings');
  await page.getByRole('button', { name: 'Add a connection' }).click();
  await page.getByRole('dialog').getByLabel('Client', { exact: true }).selectOption({
    label: 'Harbour Accounting',
  });
  await page.getByLabel('Instantly API key').fill(first.key);
  await page.getByRole('button', { name: 'Test and connect' }).click();
  const connection = card(page, 'First workspace');
  await connection.getByRole('button', { name: 'Replace key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Instantly API key').fill(second.key);
  await dialog.getByRole('button', { name: 'Test and save key' }).click();
  await expect(dialog.getByRole('alert')).toContainText('This key belongs to another workspace');
  await dialog.getByLabel('Yes, switch this connection to the other workspace').check();
  await dialog.getByRole('button', { name: 'Test and save key' }).click();
  await expect(connection).toContainText('Key for “Second workspace” saved');
  await expect(connection).toContainText(`•••• ${second.key.slice(-4)}`);
  await expectNowhere(page, second.key);
  await sql(`delete from public.provider_connections where name = 'First workspace'`);
});

test('a client sees its own workspace and nothing of the agency’s', async ({ page }) => {
  await signIn(page, people.client, '/settings');
  await expect(card(page, 'Lakeside workspace')).toBeVisible();
  await expect(card(page, 'Agency workspace')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Add a connection' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Sync now' })).toHaveCount(0);
  await expect(page.getByRole('tab', { name: 'People' })).toHaveCount(0);
  await card(page, 'Lakeside workspace').getByRole('button', { name: 'Test connection' }).click();
  await expect(card(page, 'Lakeside workspace').getByRole('status')).toContainText(
    'Connected to “Lakeside workspace”',
  );
  await page.goto('/settings?tab=people');
  await expect(card(page, 'Lakeside workspace')).toBeVisible();
});

test('a client sees and manages its connection only where an operator says so', async ({ page, browser }) => {
  const shown = async () =>
    (await sql<{ on: boolean }>('select may_see_connection as on from public.clients where id = $1', [
      lakeside,
    ]))[0]!.on;
  await signIn(page, people.operator, '/settings?tab=clients');
  const change = async (isShown: boolean) => {
    await page.getByRole('button', { name: 'Edit Lakeside Dental Supplies' }).click();
    await page.getByLabel('The client may see and manage its connection').setChecked(isShown);
    await page.getByRole('button', { name: 'Save client' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  };
  await change(false);
  expect(await shown()).toBe(false);
  const context = await browser.newContext();
  try {
    const client = await context.newPage();
    await signIn(client, people.client, '/settings');
    await expect(client.getByRole('heading', { name: 'Enter a cost' })).toHaveCount(0);
    await expect(client.getByRole('table', { name: 'Costs' })).toBeVisible();
    await expect(card(client, 'Lakeside workspace')).toHaveCount(0);
    await expect(client.locator('main')).not.toContainText(/Smartlead|••••|Webhook|API key/);
    await sql('update public.clients set may_see_costs = false where id = $1', [lakeside]);
    await client.reload();
    await expect(client.getByRole('heading', { name: 'Email' })).toBeVisible();
    await client.goto('/inbox?show=all');
    await client.getByRole('listbox').getByRole('option').first().click();
    await expect(client.getByLabel('Also send to the provider')).toBeVisible();
    await expect(client.locator('main')).not.toContainText(/send to Instantly/);
  } finally {
    await context.close();
    await sql('update public.clients set may_see_costs = true where id = $1', [lakeside]);
    await change(true);
  }
  expect(await shown()).toBe(true);
});

test('a cost that an operator enters and removes moves the numbers; the client sees it, and enters none', async ({ page, browser }) => {
  const spent = async () =>
    (await sql<{ cost: string }>(
      `select to_char(sum(amount), 'FM999,990.00') as cost from public.cost_entries where client_id = $1 and currency = 'EUR'`,
      [lakeside],
    ))[0]!.cost;
  const before = await spent();
  await signIn(page, people.operator, `/settings?tab=costs&client=${lakeside}`);
  const tile = page.locator('section[aria-label^="Spent"]').first();
  await expect(tile).toContainText(`€${before}`);
  await page.getByRole('button', { name: 'Enter cost' }).click();
  await expect(page.getByText('Enter an amount above zero')).toBeVisible();
  await page.getByLabel('Amount').fill('61,25');
  await page.getByLabel('Campaign').selectOption({ label: 'Dental clinics in Brabant' });
  await page.getByLabel('Note').fill('second pass');
  await page.getByRole('button', { name: 'Enter cost' }).click();
  const row = page.getByRole('table', { name: 'Costs' }).getByRole('row').filter({ hasText: 'second pass' });
  await expect(row).toContainText('€61.25');
  const now = await spent();
  expect(now).not.toBe(before);
  await expect(tile).toContainText(`€${now}`);

  const context = await browser.newContext();
  const other = await context.newPage();
  await signIn(other, people.client, '/settings?tab=costs');
  await expect(other.getByRole('table', { name: 'Costs' })).toContainText('second pass');
  await expect(other.getByRole('button', { name: 'Enter cost' })).toHaveCount(0);
  await context.close();

  await row.getByRole('button', { name: /^Remove/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove cost' }).click();
  await expect(row).toHaveCount(0);
  await expect(tile).toContainText(`€${before}`);
});

test('an operator sets what a client’s reports show, and switches it off and on', async ({ page }) => {
  await signIn(page, people.operator, '/settings?tab=clients');
  await page.getByRole('button', { name: 'Edit Harbour Accounting' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Value of a positive reply').fill('lots');
  await expect(dialog.getByText('Enter an amount such as 250')).toBeVisible();
  await dialog.getByLabel('Value of a positive reply').fill('99.5');
  const approval = dialog.getByLabel('The client approves leads and copy before an export');
  await expect(approval).not.toBeChecked();
  await approval.check();
  await dialog.getByRole('button', { name: 'Save client' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Harbour Accounting' });
  await expect(row).toContainText('99.50');
  await expect(row).toContainText('Approves exports');
  expect(await sql('select approval_required from public.clients where id = $1', [harbour])).toEqual([
    { approval_required: true },
  ]);
  await page.getByRole('button', { name: 'Edit Harbour Accounting' }).click();
  await expect(approval).toBeChecked();
  await approval.uncheck();
  await dialog.getByRole('button', { name: 'Save client' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await sql('select approval_required from public.clients where id = $1', [harbour])).toEqual([
    { approval_required: false },
  ]);

  const isOn = async () =>
    (await sql<{ on: boolean }>('select integration_enabled as on from public.clients where id = $1', [
      harbour,
    ]))[0]!.on;
  await choose(page, row, 'Turn off');
  await expect(dialog).toContainText('events are held until the client is turned on again');
  await dialog.getByRole('button', { name: 'Turn off' }).click();
  await expect(row).toContainText('Off');
  expect(await isOn()).toBe(false);
  await choose(page, row, 'Turn on');
  await dialog.getByRole('button', { name: 'Turn on' }).click();
  await expect(row.getByText('On', { exact: true })).toBeVisible();
  expect(await isOn()).toBe(true);
  await sql('update public.clients set positive_reply_value = null where id = $1', [harbour]);
});

test('operators see who may sign in', async ({ page }) => {
  await signIn(page, people.operator, '/settings?tab=people');
  await settled(page);
  const table = page.getByRole('table', { name: 'People' });
  await expect(table.getByRole('row').filter({ hasText: people.operator.email })).toContainText('Operator');
  await expect(table.getByRole('row').filter({ hasText: people.client.email })).toContainText(
    'Lakeside Dental Supplies',
  );
});
