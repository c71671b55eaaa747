import { expect, test } from '@playwright/test';
import { lakeside } from './months.ts';
import { people, settled, signIn } from './support.ts';

test('a client signs in and sees its own numbers; an operator sees the clients', async ({ page }) => {
  await signIn(page, people.client);
  await expect(page).toHaveURL(/\/overview/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lakeside Dental Supplies');
  await expect(page.getByRole('link', { name: 'Clients', exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);

  await signIn(page, people.operator);
  await expect(page).toHaveURL(/\/clients/);
  await expect(page.getByRole('table', { name: 'Clients' }).getByRole('row')).toHaveCount(3);
});

test('a wrong password is explained in a sentence', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByLabel('Email address').fill(people.client.email);
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert')).toHaveText(/Wrong email address or password/);
  await expect(page).toHaveURL(/\/sign-in/);
});

test('who is not signed in comes back to the page that was asked for', async ({ page }) => {
  await page.goto('/campaigns?sort=name&desc=false');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await signIn(page, people.client, page.url());
  await expect(page).toHaveURL(/\/campaigns\?.*sort=name/);
});

test('an address from outside is no place to go after signing in', async ({ page }) => {
  await signIn(page, people.client, '/sign-in?next=//evil.test/');
  await expect(page).toHaveURL(/\/overview/);
});

test('a session that ended leads to the sign-in with a sentence, and back', async ({ page }) => {
  await signIn(page, people.client, '/campaigns');
  await expect(page.getByRole('heading', { name: 'Campaigns' })).toBeVisible();
  // The keys of the project changed: no token holds any more, and none is given for the old one.
  await page.evaluate(() => {
    const session = JSON.parse(localStorage.getItem('replyloop.session') ?? '{}') as Record<string, unknown>;
    session['access_token'] = `${String(session['access_token']).slice(0, -8)}AAAAAAAA`;
    session['refresh_token'] = 'gone';
    localStorage.setItem('replyloop.session', JSON.stringify(session));
  });
  await page.reload();
  await expect(page.getByText('Your session has ended. Sign in again')).toBeVisible({ timeout: 20_000 });
  await expect(page).toHaveURL(/next=/);
  await page.getByLabel('Email address').fill(people.client.email);
  await page.getByLabel('Password').fill(people.client.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(/\/campaigns/);
});

test('a client cannot open an operators’ page, nor see another client by its address', async ({ page }) => {
  await signIn(page, people.otherClient, '/clients');
  await expect(page.getByText('This page is for your agency’s operators')).toBeVisible();
  await page.goto(`/overview?client=${lakeside}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Harbour Accounting');
  await page.goto('/campaigns/f0000000-0000-4000-8000-000000000001');
  await settled(page);
  await expect(page.getByText('Campaign not found')).toBeVisible();
});
