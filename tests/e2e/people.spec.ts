// People come by invitation, by a link, or with a new password; and go at once.
import { type Browser, expect, type Page, test } from '@playwright/test';
import { expectAccessible, linkTo, people, settled, signIn, sql } from './support.ts';

const password = 'a password of my own';

/** A window of another person. */
const elsewhere = async (browser: Browser): Promise<Page> => await (await browser.newContext()).newPage();

async function invite(page: Page, email: string, client: string): Promise<void> {
  await page.goto('/settings?tab=people');
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Email address').fill(email);
  await dialog.getByLabel('Name').fill('Cleo');
  await dialog.getByLabel('Client').selectOption({ label: client });
  await dialog.getByRole('button', { name: 'Send invitation' }).click();
  await expect(page.getByText(`Invited ${email}`)).toBeVisible();
}

async function choosePassword(page: Page, chosen = password): Promise<void> {
  await page.getByLabel('New password').fill(chosen);
  await page.getByRole('button', { name: /and sign in$/ }).click();
  await expect(page).not.toHaveURL(/welcome/);
}

// Each of them waits for several people on several pages.
test.describe.configure({ timeout: 180_000 });

const notice = (page: Page) => page.getByRole('main').getByRole('status');

// Before and not after: a test that is tried again begins with the same people.
test.beforeEach(() =>
  sql(
    `with guests as (
       delete from auth.users where email ~ '^(cleo|dora|evan|fay|gus)@(lakeside|harbour)[.]test$' returning id
     )
     update auth.users set recovery_sent_at = null where (select count(*) from guests) >= 0`,
  )
);

const row = (page: Page, email: string) => page.getByRole('row').filter({ hasText: email });

test('somebody invited chooses a password, sees the own client, and is out when removed', async ({ page, browser }) => {
  const email = 'cleo@lakeside.test';
  await signIn(page, people.operator, '/settings?tab=people');
  await invite(page, email, 'Lakeside Dental Supplies');
  await expect(row(page, email)).toContainText('Invited');

  const invited = await elsewhere(browser);
  await invited.goto(await linkTo(email));
  await expect(invited.getByRole('heading', { name: 'Welcome' })).toBeVisible();
  expect(invited.url(), 'the token is in no history').not.toContain('token_hash');
  await expectAccessible(invited);
  await invited.getByLabel('New password').fill('short');
  await invited.getByRole('button', { name: 'Set password and sign in' }).click();
  await expect(invited.getByRole('alert')).toContainText('at least 12 characters');
  await choosePassword(invited);
  await expect(invited.getByRole('heading', { level: 1 })).toHaveText('Lakeside Dental Supplies');

  await page.reload();
  await expect(row(page, email)).toContainText('Active');
  await page.getByRole('button', { name: `Actions for ${email}` }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(page.getByRole('dialog')).toContainText('Access ends at once');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(row(page, email)).toHaveCount(0);

  // The open page asks again at its next request, if it has not by itself: then the link is gone.
  await invited.getByRole('link', { name: 'Campaigns', exact: true }).first().click({ timeout: 5_000 })
    .catch(() => undefined);
  await expect(invited).toHaveURL(/\/sign-in/, { timeout: 30_000 });
  await expect(invited.getByText('Your session has ended')).toBeVisible();
  await invited.getByLabel('Email address').fill(email);
  await invited.getByLabel('Password').fill(password);
  await invited.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(invited.getByRole('alert')).toContainText('Wrong email address or password');
});

test('an invitation works once, can be sent again, copied and withdrawn', async ({ page, browser }) => {
  const email = 'dora@harbour.test';
  await signIn(page, people.operator, '/settings?tab=people');
  await invite(page, email, 'Harbour Accounting');
  const first = await linkTo(email);
  const menu = async (item: string) => {
    await page.getByRole('button', { name: `Actions for ${email}` }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  await menu('Send the invitation again');
  await expect(page.getByText('was invited less than a minute ago')).toBeVisible();
  await menu('Copy the invitation link');
  const copied = await page.getByRole('dialog').getByLabel('Link').inputValue();
  expect(copied).toContain('/welcome#token_hash=');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Done' }).click();

  const invited = await elsewhere(browser);
  await invited.goto(first);
  await invited.getByLabel('New password').fill(password);
  await invited.getByRole('button', { name: 'Set password and sign in' }).click();
  await expect(invited.getByRole('heading', { name: 'This link no longer works' })).toBeVisible();
  await expectAccessible(invited);
  await invited.goto(copied);
  await choosePassword(invited);
  await expect(invited.getByRole('heading', { level: 1 })).toHaveText('Harbour Accounting');

  await invite(page, 'evan@harbour.test', 'Harbour Accounting');
  const withdrawn = await linkTo('evan@harbour.test');
  await page.getByRole('button', { name: 'Actions for evan@harbour.test' }).click();
  await page.getByRole('menuitem', { name: 'Withdraw the invitation' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
  await expect(row(page, 'evan@harbour.test')).toHaveCount(0);
  const late = await elsewhere(browser);
  await late.goto(withdrawn);
  await late.getByLabel('New password').fill(password);
  await late.getByRole('button', { name: 'Set password and sign in' }).click();
  await expect(late.getByRole('heading', { name: 'This link no longer works' })).toBeVisible();
});

test('a magic link signs in, and leads to the page that was asked for', async ({ page, browser }) => {
  await page.goto('/campaigns');
  await page.getByRole('button', { name: 'Send me a link instead' }).click();
  await page.getByLabel('Email address').fill(people.otherClient.email);
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await expect(notice(page)).toContainText('a link is on its way');
  await expectAccessible(page);
  // In another browser too: a phone opens what a desk asked for.
  const phone = await elsewhere(browser);
  await phone.goto(await linkTo(people.otherClient.email));
  await phone.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(phone).toHaveURL(/\/campaigns/);
  await settled(phone);

  await page.goto('/sign-in?form=magic_link');
  await page.getByLabel('Email address').fill('stranger@nowhere.test');
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await expect(notice(page), 'no one learns who has an account').toContainText(
    'a link is on its way',
  );
});

test('a forgotten password is replaced through the email', async ({ page, browser }) => {
  const email = 'fay@lakeside.test';
  await signIn(page, people.operator, '/settings?tab=people');
  await invite(page, email, 'Lakeside Dental Supplies');
  const person = await elsewhere(browser);
  await person.goto(await linkTo(email));
  await choosePassword(person);
  await person.getByRole('button', { name: 'Sign out' }).click();

  await person.getByRole('button', { name: 'Forgot your password?' }).click();
  await person.getByLabel('Email address').fill(email);
  await person.getByRole('button', { name: 'Send me a link' }).click();
  await expect(notice(person)).toContainText('choose a new password is on its way');
  const link = await linkTo(email);
  expect(link).toContain('type=recovery');
  // An operator tries it: the page shows whose session ends here.
  await page.goto(link);
  await expect(notice(page)).toContainText(people.operator.email);
  await person.goto(link);
  await choosePassword(person, 'another password of mine');
  await expect(person.getByRole('heading', { level: 1 })).toHaveText('Lakeside Dental Supplies');
  await person.getByRole('button', { name: 'Sign out' }).click();
  await signIn(person, { email, password: 'another password of mine' });
});

test('a person moved to another client sees that one on the open page', async ({ page, browser }) => {
  const email = 'gus@lakeside.test';
  await signIn(page, people.operator, '/settings?tab=people');
  await invite(page, email, 'Lakeside Dental Supplies');
  const person = await elsewhere(browser);
  await person.goto(await linkTo(email));
  await choosePassword(person);
  await page.reload();
  await page.getByRole('button', { name: `Actions for ${email}` }).click();
  await page.getByRole('menuitem', { name: 'Change' }).click();
  await page.getByRole('dialog').getByLabel('Client').selectOption({ label: 'Harbour Accounting' });
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(row(page, email)).toContainText('Harbour Accounting');
  await person.goto('/overview');
  await expect(person.getByRole('heading', { level: 1 })).toHaveText('Harbour Accounting', {
    timeout: 20_000,
  });
  // Oneself is another's to remove.
  await page.getByRole('button', { name: `Actions for ${people.operator.email}` }).click();
  await expect(page.getByRole('menuitem', { name: 'Change' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Remove' })).toHaveCount(0);
});
