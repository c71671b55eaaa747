// The inbox as people see it: the list, a reply that is read, a search, and nothing found.
import { expect, test } from '@playwright/test';
import { people, settled, shoot, signIn } from './support.ts';

const states = [
  { name: 'inbox', path: '/inbox', who: people.client, reads: false },
  { name: 'inbox-reply', path: '/inbox', who: people.client, reads: true },
  { name: 'inbox-verdict', path: '/inbox?show=qualified', who: people.client, reads: true },
  { name: 'inbox-search', path: '/inbox?q=price%20list', who: people.client, reads: true },
  { name: 'inbox-nothing', path: '/inbox?q=zeppelin', who: people.client, reads: false },
  { name: 'inbox-outside', path: '/inbox?show=outside', who: people.client, reads: true },
  { name: 'operator-inbox', path: '/inbox?show=all', who: people.operator, reads: true },
] as const;

for (const { name, path, who, reads } of states) {
  test(name, async ({ page }) => {
    await signIn(page, who, path);
    await settled(page);
    if (reads) {
      await page.getByRole('listbox').getByRole('option').nth(1).click();
      await expect(page.getByRole('region', { name: 'Message' }).getByRole('article')).toBeVisible();
    }
    await shoot(page, name);
  });
}

test('inbox-colleague', async ({ page }) => {
  await signIn(page, people.client, '/inbox');
  await page.getByRole('listbox').getByRole('option').filter({ hasText: '(for ' }).click();
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible();
  await shoot(page, 'inbox-colleague');
});

test('inbox-outside-list', async ({ page }) => {
  await signIn(page, people.operator, '/inbox?show=outside');
  await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
  await shoot(page, 'inbox-outside-list');
});
