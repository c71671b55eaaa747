// Clients from creation to deletion, and the agency's own look, as operators set it up and clients see it.
import { Buffer } from 'node:buffer';
import { expect, type Page, test } from '@playwright/test';
import { lakeside } from './months.ts';
import { people, settled, signIn, sql } from './support.ts';

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

async function choose(page: Page, name: string, what: string): Promise<void> {
  await row(page, name).getByRole('button', { name: /^More/ }).click();
  await page.getByRole('menuitem', { name: what }).click();
}

const drawing =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script><path fill="#b04a00" d="M0 0h9v9z"/></svg>';

test('an operator creates, renames, archives, restores and deletes a client', async ({ page }) => {
  await signIn(page, people.operator, '/settings?tab=clients');
  await page.getByRole('button', { name: 'New client' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Create client' })).toBeDisabled();
  await dialog.getByLabel('Name', { exact: true }).fill('Lakeside Dental Supplies');
  await dialog.getByRole('button', { name: 'Create client' }).click();
  await expect(dialog.getByRole('alert')).toContainText('There is a client named');
  await dialog.getByLabel('Name', { exact: true }).fill('Northwind Coffee');
  await dialog.getByLabel('Time zone').selectOption('Europe/Amsterdam');
  await dialog.getByRole('button', { name: 'Create client' }).click();
  await expect(row(page, 'Northwind Coffee')).toContainText('Europe/Amsterdam');

  await page.getByRole('button', { name: 'Edit Northwind Coffee' }).click();
  await dialog.getByLabel('Name', { exact: true }).fill('Northwind Roasters');
  await dialog.getByRole('button', { name: 'Save client' }).click();
  await expect(row(page, 'Northwind Roasters')).toContainText('On');

  await choose(page, 'Northwind Roasters', 'Archive');
  await dialog.getByRole('button', { name: 'Archive' }).click();
  await expect(row(page, 'Northwind Roasters')).toHaveCount(0);
  await page.getByLabel('Show 1 archived').check();
  await choose(page, 'Northwind Roasters', 'Restore');
  await dialog.getByRole('button', { name: 'Restore' }).click();
  await expect(row(page, 'Northwind Roasters')).toContainText('On');

  await choose(page, 'Northwind Roasters', 'Delete');
  await expect(dialog.getByRole('button', { name: 'Delete client' })).toBeDisabled();
  await dialog.getByLabel('Type “Northwind Roasters” to confirm').fill('Northwind Roasters');
  await dialog.getByRole('button', { name: 'Delete client' }).click();
  await expect(dialog.getByText('Northwind Roasters is deleted')).toBeVisible({ timeout: 30_000 });
  await dialog.getByRole('button', { name: 'Close' }).first().click();
  await expect(row(page, 'Northwind Roasters')).toHaveCount(0);
  expect(await sql(`select 1 from public.clients where name like 'Northwind %'`)).toEqual([]);
});

test('the agency’s name, logo and colour are what clients see, and never the product’s name', async ({ page, browser }) => {
  await signIn(page, people.operator, '/settings?tab=agency');
  await page.getByLabel('Name', { exact: true }).fill('Brightside Growth');
  await page.getByLabel('Support address').fill('help@brightside.test');
  const colour = page.getByRole('textbox', { name: 'Accent colour', exact: true });
  await colour.fill('#ffd400');
  await expect(page.getByText('Too light to read in the light theme')).toBeVisible();
  await expect(page.getByText('Readable as it is in the dark theme')).toBeVisible();
  await page.getByRole('button', { name: 'Save agency' }).click();
  await expect(page.getByRole('link', { name: 'Home' }).first()).toContainText('Brightside Growth');
  await page.locator('input[type=file]').setInputFiles({
    name: 'logo.svg',
    mimeType: 'image/svg+xml',
    buffer: Buffer.from(drawing),
  });
  await expect(page.getByRole('button', { name: 'Remove logo' })).toBeVisible();
  await page.locator('input[type=file]').setInputFiles({
    name: 'logo.png',
    mimeType: 'image/png',
    buffer: Buffer.from('GIF89a'),
  });
  await expect(page.getByRole('alert')).toContainText('Upload a PNG, JPEG, WebP or SVG picture');

  const context = await browser.newContext();
  try {
    const client = await context.newPage();
    await client.goto('/sign-in');
    await expect(client.getByText('Brightside Growth')).toBeVisible();
    await expect(client.getByRole('link', { name: 'help@brightside.test' })).toBeVisible();
    await expect(client.locator('img[src^="data:image/svg+xml;base64"]')).toBeVisible();
    await expect(client).toHaveTitle('Sign in · Brightside Growth');
    const seen = async () => `${await client.title()} ${await client.locator('body').innerText()}`;
    expect(await seen()).not.toMatch(/replyloop/i);
    await signIn(client, people.client, '/');
    for (const path of ['/overview', '/inbox', '/campaigns', '/settings', '/clients']) {
      await client.goto(path);
      await settled(client);
      expect(await seen(), path).not.toMatch(/replyloop/i);
      expect(await client.content(), path).not.toContain('Replyloop');
    }
    await client.goto('/overview');
    await settled(client);
    await client.emulateMedia({ media: 'print' });
    await expect(client.locator('main').getByText('Brightside Growth')).toBeVisible();
    await client.emulateMedia({ media: 'screen' });

    await page.getByLabel('Show “Powered by Replyloop”').check();
    await page.getByRole('button', { name: 'Save agency' }).click();
    await expect(page.getByText('Powered by Replyloop', { exact: true }).first()).toBeVisible();
    await client.reload();
    await expect(client.getByText('Powered by Replyloop').first()).toBeVisible();
  } finally {
    await context.close();
    await sql(
      `update private.agency set name = 'Northbeam Outreach', support_address = 'hello@northbeam.test', accent_colour = null,
         show_product_name = false, logo = null, logo_version = null`,
    );
  }
});

test('a client has a logo of its own', async ({ page }) => {
  await signIn(page, people.operator, '/settings?tab=clients');
  await page.getByRole('button', { name: 'Edit Lakeside Dental Supplies' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type=file]').setInputFiles({
    name: 'logo.svg',
    mimeType: 'image/svg+xml',
    buffer: Buffer.from(drawing),
  });
  await expect(dialog.getByRole('button', { name: 'Remove logo' })).toBeVisible();
  const [saved] = await sql<{ image: string }>('select image from public.client_logos where client_id = $1', [
    lakeside,
  ]);
  expect(Buffer.from(saved!.image.split(',')[1]!, 'base64').toString()).not.toContain('script');
  await page.goto(`/overview?client=${lakeside}`);
  await expect(page.locator('main header img')).toBeVisible();
  await sql('delete from public.client_logos');
});
