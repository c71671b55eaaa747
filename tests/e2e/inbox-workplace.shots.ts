// The operators' inbox as people see it: what waits, a reply that is being answered, nothing to do, a list that cannot be read.
import { expect, test } from '@playwright/test';
import { people, settled, shoot, signIn } from './support.ts';

test('workplace', async ({ page }) => {
  await signIn(page, people.operator, '/inbox');
  await settled(page);
  await shoot(page, 'workplace');
});

test('workplace-answer', async ({ page }) => {
  await signIn(page, people.operator, '/inbox');
  await page.getByRole('listbox').getByRole('option').first().click();
  await expect(page.getByRole('region', { name: 'Work' })).toBeVisible();
  await shoot(page, 'workplace-answer', {
    prepare: async () => {
      await page.getByRole('button', { name: /^Answer/ }).first().click();
    },
  });
});

test('workplace-empty', async ({ page }) => {
  await signIn(page, people.operator, '/inbox?show=snoozed');
  await settled(page);
  await shoot(page, 'workplace-empty');
});

test('workplace-failing', async ({ page }) => {
  await page.route(
    '**/operator_threads*',
    (route) => route.fulfill({ status: 500, body: '{"message":"broken","code":"XX000"}' }),
  );
  await signIn(page, people.operator, '/inbox');
  await expect(page.getByRole('alert').first()).toBeVisible({ timeout: 30_000 });
  await shoot(page, 'workplace-failing');
});
