// Who really wrote: a colleague who answers for the lead, and people whom no campaign wrote to.
import { expect, type Page, test } from '@playwright/test';
import { harbour, lakeside } from './months.ts';
import { chooseTheme, expectAccessible, people, settled, signIn, sql } from './support.ts';

const replies = (page: Page) => page.getByRole('listbox', { name: 'Replies' }).getByRole('option');
const outside = (page: Page) =>
  page.getByRole('listbox', { name: 'Mail outside campaigns' }).getByRole('option');
const pane = (page: Page) => page.getByRole('region', { name: 'Message' });
const choices = (page: Page) => page.getByLabel('Show').getByRole('option');
const label = 'Mail outside campaigns';

test('a reply of a colleague says who wrote and for whom: in the list, beside it and in the history', async ({ page }) => {
  const [reply] = await sql<{ email: string; written_by: string }>(
    'select email, written_by from public.client_replies where client_id = $1 and written_by is not null',
    [lakeside],
  );
  const writer = `From ${reply!.written_by} (for ${reply!.email})`;
  await signIn(page, people.client, '/inbox');
  await expect(replies(page).first()).toBeVisible();
  const entry = replies(page).filter({ hasText: writer });
  await expect(entry).toHaveCount(1);
  await expect(replies(page).filter({ hasText: '(for ' })).toHaveCount(1);
  await entry.click();
  await expect(pane(page).getByRole('article').getByText(writer).first()).toBeVisible();
  const history = pane(page).getByRole('region', { name: 'History' });
  const shown = history.getByRole('button', { name: /shown above/ });
  await expect(shown).toContainText(writer);
  await shown.click();
  await expect(shown).toContainText(writer);
  await expect(history.getByRole('button', { name: /Email sent/ })).not.toContainText('(for ');
  await expect(pane(page).getByText(writer)).toHaveCount(2);

  // Everybody else wrote themselves.
  await replies(page).filter({ hasNotText: '(for ' }).first().click();
  await expect(pane(page).getByText(writer)).toHaveCount(0);
  await expect(pane(page).getByText('(for ')).toHaveCount(0);
});

test('a client reads mail from outside its campaigns, which no number counts', async ({ page }) => {
  const own = await sql<{ id: string; email: string }>(
    'select id, email from public.untracked_replies where client_id = $1 order by occurred_at desc',
    [lakeside],
  );
  await signIn(page, people.client, '/inbox');
  await expect(replies(page).first()).toBeVisible();
  const note = page.getByText(/to review of [\d,]+ replies/);
  const counted = await note.textContent();
  await page.getByLabel('Show').selectOption({ label });
  await expect(page).toHaveURL(/show=outside/);
  await expect(outside(page)).toHaveCount(own.length);
  for (const [index, { email }] of own.entries()) await expect(outside(page).nth(index)).toContainText(email);
  await expect(note).toHaveText(counted!);
  // What only replies have is not asked.
  for (const name of ['Sentiment', 'Campaign', 'Automatic replies']) {
    await expect(page.getByLabel(name, { exact: true })).toHaveCount(0);
  }
  await expect(outside(page).first()).toContainText('Ruth Adler');
  await expect(outside(page).first()).toContainText('To mia@lakeside-mail.test');
  await expect(outside(page).first()).toContainText('Your order of 12 boxes');

  await page.keyboard.press('j');
  await expect(page).toHaveURL(new RegExp(`message=outside-${own[0]!.id}`));
  await expect(pane(page).getByRole('heading', { name: 'Ruth Adler' })).toBeVisible();
  await expect(pane(page)).toContainText('to mia@lakeside-mail.test');
  await expect(pane(page).getByText('Your twelve boxes leave us on Thursday.')).toBeVisible();
  await expect(pane(page).getByRole('region', { name: 'Your verdict' })).toHaveCount(0);
  await expect(pane(page).getByRole('heading', { name: 'History' })).toHaveCount(0);
  await page.keyboard.press('j');
  // The text is text.
  await expect(pane(page).getByText('<b>Accounting</b> could not tell me.')).toBeVisible();
  await expect(pane(page).getByRole('heading', { name: 'No subject' })).toBeVisible();
  await page.keyboard.press('j');
  await expect(pane(page).getByText('This message has no text.')).toBeVisible();
  // It has no verdict.
  await page.keyboard.press('q');
  await expect(outside(page)).toHaveCount(own.length);
  await page.reload();
  await expect(pane(page).getByRole('heading', { name: 'Noor' })).toBeVisible();

  await page.goto('/inbox?show=outside&range=custom&from=2020-01-01&to=2020-01-31');
  await expect(page.getByText('No mail outside campaigns in this period')).toBeVisible();
});

test('a client without such mail does not see the choice, and clients do not read each other’s', async ({ page }) => {
  const [foreign] = await sql<{ id: string }>(
    'select id from public.untracked_replies where client_id = $1 limit 1',
    [lakeside],
  );
  await signIn(page, people.otherClient, '/inbox');
  await expect(replies(page).first()).toBeVisible();
  await expect(choices(page).filter({ hasText: 'All replies' })).toHaveCount(1);
  await expect(choices(page).filter({ hasText: label })).toHaveCount(0);
  await page.goto(`/inbox?client=${lakeside}&show=outside&message=outside-${foreign!.id}`);
  await expect(page.getByText('Message not found')).toBeVisible();
  await expect(page.getByText('No mail outside campaigns')).toBeVisible();
  await page.getByRole('button', { name: 'Show replies' }).click();
  await expect(replies(page).first()).toBeVisible();
  await expect(choices(page).filter({ hasText: label })).toHaveCount(0);
});

test('an operator reads all of it, that of a shared workspace too, with whose it is', async ({ page }) => {
  const [all] = await sql<{ count: number }>('select count(*)::int from public.untracked_replies');
  await signIn(page, people.operator, '/inbox?show=outside');
  await expect(outside(page)).toHaveCount(all!.count);
  await expect(outside(page).filter({ hasText: 'Lakeside Dental Supplies' })).toHaveCount(all!.count - 1);
  await outside(page).filter({ hasText: 'press@magazine.test' }).click();
  await expect(pane(page)).toContainText('a shared workspace: visible to operators only');
  await page.getByLabel('Client').first().selectOption({ label: 'Lakeside Dental Supplies' });
  await expect(outside(page)).toHaveCount(all!.count - 1);
  await page.goto(`/inbox?client=${harbour}&show=all`);
  await expect(replies(page).first()).toBeVisible();
  await expect(choices(page).filter({ hasText: label })).toHaveCount(0);
});

test('mail from outside that cannot be read says so and has a way out', async ({ page }) => {
  await signIn(page, people.client, '/inbox');
  await expect(choices(page).filter({ hasText: label })).toHaveCount(1);
  await page.route('**/rest/v1/untracked_replies*', (route) => route.abort());
  await page.getByLabel('Show').selectOption({ label });
  const alert = page.getByRole('alert').filter({ hasText: 'The server cannot be reached' });
  await expect(alert).toBeVisible({ timeout: 30_000 });
  await page.unroute('**/rest/v1/untracked_replies*');
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(outside(page).first()).toBeVisible();
});

test('at 390 px mail from outside and a colleague’s reply fit, and axe finds nothing serious', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, people.client, '/inbox?show=outside');
  await expect(outside(page).first()).toBeVisible();
  const expectFitting = async () =>
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(page, theme);
    await expectFitting();
    // A long address is cut, not the moment beside it.
    for (const entry of await outside(page).all()) {
      const [room, time] = [await entry.boundingBox(), await entry.locator('time').boundingBox()];
      expect(time!.x + time!.width).toBeLessThan(room!.x + room!.width);
    }
    await expectAccessible(page);
    await outside(page).nth(1).click();
    await expect(outside(page).first()).toBeHidden();
    await expect(pane(page).getByText('Outside campaigns')).toBeVisible();
    await settled(page);
    await expectFitting();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Back to the list' }).click();
    await expect(outside(page).nth(1)).toBeFocused();
  }
  await page.getByLabel('Show').selectOption({ label: 'To review' });
  await replies(page).filter({ hasText: '(for ' }).click();
  await expect(pane(page).getByText('(for ').first()).toBeVisible();
  await settled(page);
  await expectFitting();
  await expectAccessible(page);
});
