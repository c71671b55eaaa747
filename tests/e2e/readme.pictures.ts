// Pictures of the README and the guides, after the six weeks that the demo plays: a client's overview and inbox, the operators' home.
import { expect, test } from '@playwright/test';
import { chooseTheme, people, settled, signIn, sql } from './support.ts';

test.use({ viewport: { width: 1_440, height: 1_000 }, deviceScaleFactor: 1.25 });

test('overview', async ({ page }) => {
  // The newest deliveries are projected in the background.
  await expect.poll(() => sql(`select 1 from private.webhook_events where status = 'pending' limit 1`))
    .toEqual([]);
  await signIn(page, people.client, '/overview');
  await chooseTheme(page, 'light');
  await page.waitForTimeout(1_500);
  await page.screenshot({ path: 'docs/images/overview.png' });
});

test('inbox', async ({ page }) => {
  await signIn(page, people.client, '/inbox?sentiment=positive');
  await chooseTheme(page, 'light');
  await settled(page);
  await page.getByRole('listbox').getByRole('option').nth(1).click();
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible();
  await page.goto(page.url().replace('sentiment=positive&', ''));
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible();
  await page.waitForTimeout(800);
  await page.screenshot({ path: 'docs/images/inbox.png' });
});

test('home', async ({ page }) => {
  await signIn(page, people.operator, '/clients');
  await chooseTheme(page, 'light');
  await settled(page);
  await page.waitForTimeout(1_500);
  await page.screenshot({ path: 'docs/images/home.png' });
});

test('reports', async ({ page }) => {
  const [client] = await sql<{ id: string }>(
    `select m.client_id as id from public.members as m join auth.users as u on u.id = m.user_id where u.email = $1`,
    [people.client.email],
  );
  await signIn(page, people.operator, `/reports?client=${client?.id}`);
  await chooseTheme(page, 'light');
  await settled(page);
  await page.waitForTimeout(1_500);
  await page.screenshot({ path: 'docs/images/reports.png' });
});
