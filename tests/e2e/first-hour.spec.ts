// An agency's first hour, by clicking: from the two commands and an empty project to the first reply that a client reads.
// `npm run screenshots -- guide` runs it too, for the pictures of docs/first-hour.md.
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import process from 'node:process';
import { type EmptyStart, startEmpty } from './empty-start.ts';
import { outcomes, untidyList, verified } from './first-hour-list.ts';
import { expectAccessible, linkTo, settled } from './support.ts';

const password = 'bread and butter';
const agency = 'Korrel Outreach';
const client = 'Bakery Supplies BV';

test.describe.configure({ mode: 'serial', timeout: 120_000 });
test.use({ actionTimeout: 15_000 });

let stack: EmptyStart;
let operator: Page;
let invited: Page;
const contexts: BrowserContext[] = [];

test.beforeAll(async ({ browser }) => {
  stack = await startEmpty();
  const window = async () => {
    const context = await browser.newContext({
      baseURL: stack.dashboardUrl,
      viewport: { width: 1_280, height: 860 },
    });
    contexts.push(context);
    return await context.newPage();
  };
  operator = await window();
  invited = await window();
});
test.afterAll(async () => {
  for (const context of contexts) await context.close();
  await stack?.stop();
});

/** For the guide; in a test run nothing is written. */
async function picture(page: Page, name: string): Promise<void> {
  if (process.env['GUIDE_PICTURES'] !== 'yes') return;
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForTimeout(600);
  await page.screenshot({
    path: `docs/images/first-hour-${name}.png`,
    style: '[role=status].fixed { display: none }',
  });
}

const dialog = (page: Page) => page.getByRole('dialog');
const menu = (page: Page, name: string) =>
  page.getByRole('navigation').getByRole('link', { name, exact: true }).first();
const step = (name: string) => operator.getByRole('listitem').filter({ hasText: name });

async function acceptInvitation(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Set password and sign in' }).click();
  await expect(page).not.toHaveURL(/welcome/);
}

/** Lets the simulated provider work, up to the real now at most. */
async function letDaysPass(days: number): Promise<void> {
  for (const path of [`advance`, `settled`]) {
    const response = await fetch(`${stack.instantlyUrl}/_simulator/${path}`, {
      method: 'POST',
      body: JSON.stringify({ days }),
    });
    expect(response.ok).toBe(true);
  }
}

test('the first operator comes by the command, and the home says what to do', async () => {
  expect(stack.summary).toContain('Next, in another terminal: npm run operator -- you@agency.example');
  const printed = await stack.run('operator', 'mieke@korrel.test');
  expect(printed).toContain('mieke@korrel.test is an operator');
  await acceptInvitation(operator, /https?:\S+/.exec(printed)?.[0] ?? '');
  await expect(operator.getByRole('heading', { name: 'Your first steps' })).toBeVisible();
  await expect(operator.getByText('0 of 7 done')).toBeVisible();
  await picture(operator, 'home');
});

test('the agency gets its name', async () => {
  await step('Name your agency').getByRole('link').click();
  await operator.getByLabel('Name', { exact: true }).fill(agency);
  await operator.getByLabel('Support address').fill('hulp@korrel.test');
  await operator.getByRole('textbox', { name: 'Accent colour', exact: true }).fill('#8a4b08');
  await operator.getByRole('button', { name: 'Save agency' }).click();
  await expect(operator).toHaveTitle(new RegExp(agency));
});

test('a workspace is connected with the key that the terminal shows', async () => {
  await menu(operator, 'Home').click();
  await step('Connect a workspace').getByRole('link').click();
  await operator.getByRole('button', { name: 'Add a connection' }).click();
  await dialog(operator).getByLabel('Client', { exact: true }).selectOption({ label: 'Shared by clients' });
  await dialog(operator).getByLabel('Instantly API key').fill(stack.instantlyKey);
  await picture(operator, 'connection');
  await dialog(operator).getByRole('button', { name: 'Test and connect' }).click();
  await expect(operator.getByText('saved and webhook registered')).toBeVisible();
});

test('two clients are created; the first one approves what is sent', async () => {
  await menu(operator, 'Home').click();
  await step('Create your first client').getByRole('link').click();
  for (const name of [client, 'Harbour Accounting']) {
    await operator.getByRole('button', { name: 'New client' }).click();
    await dialog(operator).getByLabel('Name', { exact: true }).fill(name);
    await dialog(operator).getByLabel('Value of a positive reply').fill('250');
    if (name === client) {
      await dialog(operator).getByLabel(/approves leads/).check();
      await picture(operator, 'client');
    }
    await dialog(operator).getByRole('button', { name: 'Create client' }).click();
    await expect(operator.getByRole('row').filter({ hasText: name })).toBeVisible();
  }
});

test('a campaign is written from a template', async () => {
  await menu(operator, 'Home').click();
  await step('Create a campaign').getByRole('link').click();
  await operator.getByRole('button', { name: 'New campaign' }).first().click();
  await dialog(operator).getByLabel('Name').fill('Bakeries in spring');
  await dialog(operator).getByLabel('Client').selectOption({ label: client });
  await dialog(operator).getByLabel('Emails').selectOption({ label: 'Local business' });
  await dialog(operator).getByRole('button', { name: 'Create campaign' }).click();
  await expect(operator).toHaveURL(/tab=setup/);
  await settled(operator);
  const subject = operator.getByLabel('Subject').first();
  await subject.fill('{{firstName|Hello}}, more bread in {{city}}?');
  await operator.getByLabel('Netherlands').check();
  await operator.getByLabel('Footer under every email').fill(
    'Bakery Supplies BV, Stationsplein 1, 3511 ED Utrecht',
  );
  // The first sync, which began with the connection, has found them or will in a moment.
  await operator.getByRole('button', { name: 'Choose all healthy ones' }).click();
  await operator.getByLabel(/^Emails a day/).fill('200');
  await operator.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(operator.getByText('Campaign saved')).toBeVisible();
  await picture(operator, 'emails');
});

test('500 untidy rows become leads, and each row has an outcome', async () => {
  await operator.getByRole('link', { name: 'Import leads' }).first().click();
  await operator.getByLabel('List of leads').setInputFiles({
    name: 'bakkers voorjaar.csv',
    mimeType: 'text/csv',
    buffer: untidyList(),
  });
  await expect(operator.getByLabel('What “Bedrijfsnaam” is')).toHaveValue('name');
  await expect(operator.getByLabel('What “E-mailadres” is')).toHaveValue('email');
  await expect(operator.getByLabel('What “ZB Status” is')).toHaveValue('email_deliverability');
  await expect(operator.getByLabel('What “Favoriete brood” is')).toHaveValue('variable');
  await operator.getByLabel(/Why can these people/).fill('Legitimate interest: bakeries');
  await picture(operator, 'mapping');
  await operator.getByRole('button', { name: 'Import 500 rows' }).click();
  await expect(operator.getByText('Completed', { exact: true })).toBeVisible({ timeout: 30_000 });
  const row = (name: string) =>
    operator.getByRole('list', { name: 'Outcomes' }).getByRole('listitem').filter({ hasText: name });
  await expect(row('Imported')).toContainText(String(outcomes.imported));
  await expect(row('Twice in the list')).toContainText(String(outcomes.twice));
  await expect(row('No address')).toContainText(String(outcomes.withoutAddress));
  await expect(row('Not an address')).toContainText(String(outcomes.notAnAddress));
  await picture(operator, 'imported');
  await operator.getByRole('link', { name: 'Bakeries in spring' }).click();
});

test('the check names what would go wrong, and the client is asked', async () => {
  await operator.getByRole('tab', { name: 'Check' }).click();
  await settled(operator);
  await expect(operator.getByText(`${verified.deliverable} leads to send, of ${outcomes.imported} checked`))
    .toBeVisible();
  await expect(operator.getByText('The client has to approve leads and emails first')).toBeVisible();
  await expectAccessible(operator);
  await picture(operator, 'check');
  await operator.getByRole('button', { name: 'Ask for approval' }).click();
  await dialog(operator).getByLabel('Comment').fill('450 bakeries, three emails. All right so?');
  await dialog(operator).getByRole('button', { name: 'Ask the client' }).click();
  await expect(operator.getByText('Asked, but no person of this client can sign in yet')).toBeVisible();
});

test('a person of the client comes by the invitation, and approves', async () => {
  await menu(operator, 'Settings').click();
  await operator.getByRole('tab', { name: 'People' }).click();
  await operator.getByRole('button', { name: 'Invite somebody' }).click();
  await dialog(operator).getByLabel('Email address').fill('bas@bakery.test');
  await dialog(operator).getByLabel('Name').fill('Bas');
  await dialog(operator).getByLabel('Client').selectOption({ label: client });
  await dialog(operator).getByRole('button', { name: 'Send invitation' }).click();
  await expect(operator.getByText('Invited bas@bakery.test')).toBeVisible();

  await acceptInvitation(invited, await linkTo('bas@bakery.test', stack.apiUrl));
  await expect(invited.getByRole('heading', { level: 1 })).toHaveText(client);
  await expect(invited.getByText('Harbour Accounting')).toHaveCount(0);
  await menu(invited, 'Campaigns').click();
  await invited.getByRole('link', { name: 'Bakeries in spring' }).first().click();
  await invited.getByRole('tab', { name: 'Check' }).click();
  await expect(invited.getByText('450 bakeries, three emails. All right so?')).toBeVisible();
  await picture(invited, 'approval');
  await invited.getByRole('button', { name: 'Approve', exact: true }).click();
  await dialog(invited).getByRole('button', { name: 'Approve' }).click();
  await expect(invited.getByText('You approved the leads and emails as they are now.')).toBeVisible();
});

test('the leads are exported, each of them once, and the campaign is started', async () => {
  await menu(operator, 'Campaigns').click();
  await operator.getByRole('link', { name: 'Bakeries in spring' }).first().click();
  await operator.getByRole('button', { name: 'Export leads' }).click();
  await dialog(operator).getByRole('button', { name: `Export ${verified.deliverable} leads` }).click();
  await expect(operator.getByRole('dialog', { name: 'Export completed' })).toBeVisible({ timeout: 60_000 });
  await expect(dialog(operator)).toContainText(`${verified.deliverable} of ${verified.deliverable} leads`);
  await picture(operator, 'exported');
  await operator.getByRole('button', { name: 'Go to the campaign' }).click();
  await operator.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(operator.getByText('Started: the first emails go out')).toBeVisible();
});

test('the client reads the first reply', async () => {
  await letDaysPass(6);
  await menu(invited, 'Inbox').click();
  const replies = invited.getByRole('listbox').getByRole('option');
  await expect.poll(() => replies.count(), { timeout: 30_000 }).toBeGreaterThan(0);
  await replies.first().click();
  await expect(invited.getByRole('heading', { name: 'History' })).toBeVisible();
  await picture(invited, 'reply');
  await menu(operator, 'Home').click();
  await expect(operator.getByRole('heading', { name: 'Your first steps' })).toHaveCount(0);
  await picture(operator, 'home-later');
});
