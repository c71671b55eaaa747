// Everybody can use every page: axe finds nothing serious, the keyboard reaches everything, a phone shows it.
import { expect, test } from '@playwright/test';
import { exportable, lakeside } from './months.ts';
import { chooseTheme, expectAccessible, people, settled, signIn } from './support.ts';

const busy = 'f0000000-0000-4000-8000-000000000001';
const pages = [
  { name: 'the overview', path: '/overview', who: people.client },
  { name: 'the campaigns', path: '/campaigns', who: people.client },
  { name: 'a campaign', path: `/campaigns/${busy}`, who: people.client },
  { name: 'its steps', path: `/campaigns/${busy}?tab=steps`, who: people.client },
  { name: 'its messages', path: `/campaigns/${busy}?tab=messages`, who: people.client },
  { name: 'its events', path: `/campaigns/${busy}?tab=events`, who: people.client },
  { name: 'its exports', path: `/campaigns/${busy}?tab=exports`, who: people.client },
  { name: 'the summary of an export', path: `/campaigns/${exportable}?export=check`, who: people.client },
  { name: 'a page that is not for clients', path: '/clients', who: people.client },
  { name: 'the clients', path: '/clients', who: people.operator },
  { name: 'the runbook', path: '/docs/runbook#key_invalid', who: people.operator },
  { name: 'the reports', path: `/reports?client=${lakeside}`, who: people.operator },
  { name: 'the imports', path: `/imports?campaign=${exportable}`, who: people.operator },
  { name: 'a client’s overview', path: `/overview?client=${lakeside}`, who: people.operator },
] as const;

for (const { name, path, who } of pages) {
  // Five hundred cells at three sizes and themes take axe a while.
  test(`axe finds nothing serious on ${name}, light and dark, and a phone need not scroll sideways`, async ({ page }) => {
    test.slow();
    await signIn(page, who, path);
    for (const theme of ['light', 'dark'] as const) {
      await chooseTheme(page, theme);
      await expectAccessible(page, { onlyColours: theme === 'dark' });
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
}

test('axe finds nothing serious on the sign-in page', async ({ page }) => {
  await page.goto('/sign-in');
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((chosen) => localStorage.setItem('replyloop.theme', chosen), theme);
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await expectAccessible(page);
  }
});

test('the keyboard alone signs in, goes to a campaign, sorts, and opens and closes a dialog', async ({ page }) => {
  await page.goto('/sign-in');
  await expect(page.getByLabel('Email address')).toBeFocused();
  await page.keyboard.type(people.client.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(people.client.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lakeside Dental Supplies');

  await page.reload();
  await settled(page);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  const campaigns = page.getByRole('link', { name: 'Campaigns', exact: true }).first();
  await campaigns.focus();
  const outline = await campaigns.evaluate((element) => getComputedStyle(element).outlineStyle);
  expect(outline).toBe('solid');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Campaigns');
  await expect(page.locator('#main')).toBeFocused();

  await page.getByRole('button', { name: 'Campaign', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/sort=name/);

  await page.goto(`/campaigns/${busy}`);
  const button = page.getByRole('button', { name: 'Export leads' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).not.toHaveURL(/export=/);
});

test('on a phone the menu leads everywhere and out', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, people.client);
  await settled(page);
  await page.getByRole('button', { name: 'Menu' }).click();
  const menu = page.getByRole('dialog', { name: 'Menu' });
  await menu.getByRole('link', { name: 'Campaigns' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Campaigns');
  await page.getByRole('button', { name: 'Menu' }).click();
  await menu.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
});

test('the page breaks no rule of its content security policy', async ({ page }) => {
  const broken: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') broken.push(message.text());
  });
  await signIn(page, people.client, `/campaigns/${exportable}?export=check`);
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.goto('/overview');
  await settled(page);
  await expect(page.locator('.recharts-surface').first()).toBeVisible();
  expect(broken).toEqual([]);
});
