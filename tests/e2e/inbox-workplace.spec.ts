// The inbox as a workplace: a hot reply is found, taken, noted, put off and answered, and the provider has sent it once.
import { expect, type Page, test } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { providerApi } from '../support/provider-api.ts';
import { lakeside } from './months.ts';
import { expectAccessible, people, signIn, sql } from './support.ts';

const base = process.env['SIMULATOR_URL'] ?? '';
const connection = 'd0000000-0000-4000-8000-000000000001';
const mailbox = 'mia@lakeside-mail.test';
const campaign = randomUUID();
const name = `Workplace ${campaign.slice(0, 4)}`;
const company = `${campaign.slice(0, 8)}.test`;
const hot = { email: `ingrid@${company}`, first_name: 'Ingrid', last_name: `Holm${campaign.slice(0, 4)}` };
const ingrid = `Ingrid ${hot.last_name}`;
const referring = { email: `per@${company}`, first_name: 'Per', last_name: `Ek${campaign.slice(0, 4)}` };
const per = `Per ${referring.last_name}`;

let key = '';
let workspaceId = '';
let providerCampaignId = '';

async function control(path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${base}/_simulator/${path}`, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json' },
  });
  expect(response.ok, await response.clone().text()).toBe(true);
  return await response.json() as unknown;
}

/** Syncs the connection now: opened as the function does it, and resumed as the minute does it. */
async function runSync(connectionId: string): Promise<void> {
  await sql('select worker.request_sync($1, null, false, null)', [connectionId]);
  await sql('select private.resume_jobs()');
}

const answersAt = async (email: string) =>
  (await providerApi(base, key).get(`emails?limit=100&email_type=manual&lead=${email}`))['items'] as {
    body: { html: string };
    from_address_email: string;
  }[];

async function reply(lead: typeof hot, text: string): Promise<void> {
  const common = { workspaceId, campaignId: providerCampaignId, leadEmail: lead.email, account: mailbox };
  await control('emit', { ...common, type: 'email_sent' });
  await control('emit', { ...common, type: 'reply_received', text });
  await expect.poll(async () =>
    (await sql(
      `select from public.messages where email = $1 and direction = 'received' and reply_class is not null`,
      [lead.email],
    )).length, { timeout: 30_000 }).toBe(1);
}

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  const { workspaces } = await control('state') as {
    workspaces: { id: string; name: string; keys: string[] }[];
  };
  const workspace = workspaces.find((one) => one.name === 'Lakeside workspace');
  key = workspace?.keys[0] ?? '';
  workspaceId = workspace?.id ?? '';
  const api = providerApi(base, key);
  const made = await api.post('campaigns', {
    name,
    campaign_schedule: {
      schedules: [{
        name: 'All week',
        timing: { from: '00:00', to: '23:59' },
        days: { 0: true, 1: true, 2: true, 3: true, 4: true, 5: true, 6: true },
        timezone: 'Africa/Abidjan',
      }],
    },
    sequences: [{ steps: [{ type: 'email', delay: 1, variants: [{ subject: 'Gloves', body: 'Hello' }] }] }],
    email_list: [mailbox],
  });
  providerCampaignId = String(made['id']);
  await api.post('leads/add', { campaign_id: providerCampaignId, leads: [hot, referring] });
  await sql(
    `insert into public.campaigns (id, client_id, connection_id, name, generation_status) values ($1, $2, $3, $4, 'completed')`,
    [campaign, lakeside, connection, name],
  );
  await sql('select private.map_provider_campaign($1, $2, $3)', [connection, providerCampaignId, campaign]);
  await reply(hot, 'Sounds great, we would like to work with you. Can we talk on Thursday?');
  await reply(
    referring,
    `I am not the right person for this. Please contact my colleague Petra Jansen (petra@${company}) instead.`,
  );
});

const entry = (page: Page, text: string) =>
  page.getByRole('listbox').getByRole('option').filter({ hasText: text });
const work = (page: Page) => page.getByRole('region', { name: 'Work' });

test('an operator finds the hot reply, takes it, notes something and puts it off', async ({ page }) => {
  await signIn(page, people.operator, '/inbox');
  await expect(page.getByLabel('Show')).toHaveValue('waiting');
  await page.getByLabel('Campaign').selectOption({ label: name });
  await expect(entry(page, ingrid)).toContainText('Hot');
  // What deserves an answer first is on top.
  await expect(page.getByRole('listbox').getByRole('option').first()).toContainText(ingrid);

  await page.getByRole('button', { name: 'Saved filters' }).click();
  await page.getByRole('menuitem', { name: 'Save this filter' }).click();
  await page.getByLabel('Name').fill(`${name} first`);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await entry(page, ingrid).click();
  await work(page).getByLabel('Assigned to').selectOption({ index: 1 });
  await expect.poll(async () =>
    (await sql('select from private.threads where assigned_to is not null and campaign_id = $1', [campaign]))
      .length
  ).toBe(1);
  await page.getByLabel('Internal note', { exact: true }).fill('Wants a call, ask for volumes');
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(page.getByRole('region', { name: 'Internal notes' })).toContainText(
    'Wants a call, ask for volumes',
  );
  await expectAccessible(page);

  await work(page).getByRole('button', { name: 'Snooze' }).click();
  await page.getByRole('menuitem', { name: 'Tomorrow morning' }).click();
  await expect(entry(page, ingrid)).toHaveCount(0);
  await page.getByLabel('Show').selectOption('snoozed');
  await expect(entry(page, ingrid)).toBeVisible();
  // Tomorrow comes.
  await sql(
    `update private.threads set snoozed_until = now() - interval '1 minute' where snoozed_until is not null`,
  );

  await page.goto('/inbox');
  await page.getByRole('button', { name: 'Saved filters' }).click();
  await page.getByRole('menuitem', { name: `${name} first` }).click();
  await expect(page).toHaveURL(new RegExp(`campaign=${campaign}`));
  await expect(page.getByRole('listbox').getByRole('option').first()).toContainText(ingrid);
});

test('answers it from here: kept as a draft, sent once, in the history', async ({ page }) => {
  await signIn(page, people.operator, `/inbox?campaign=${campaign}`);
  await entry(page, ingrid).click();
  await expect(page.getByRole('heading', { name: ingrid })).toBeVisible();
  await page.keyboard.press('r');
  const field = page.getByLabel(`Your answer to ${ingrid}`);
  await expect(field).toBeFocused();
  await field.fill('Thursday at ten?');
  await expect(page.getByText('Draft saved')).toBeVisible();
  await page.reload();
  await expect(field).toHaveValue('Thursday at ten?');
  await page.getByRole('button', { name: 'Send', exact: true }).dblclick();
  await expect(page.getByRole('list', { name: 'Answers' })).toContainText('Sent by');
  await expect(field).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'History' }).getByText('Thursday at ten?')).toBeVisible();
  await expect(entry(page, ingrid)).toHaveCount(0);
  const answers = await answersAt(hot.email);
  expect(answers).toHaveLength(1);
  expect(answers[0]).toMatchObject({ from_address_email: mailbox });
  expect(answers[0]?.body.html).toContain('Thursday at ten?');

  await page.getByLabel('Show').selectOption('answered');
  await expect(entry(page, ingrid)).toBeVisible();
});

test('a second answer, and one that the provider refuses, are shown before and after', async ({ page }) => {
  await signIn(page, people.operator, `/inbox?campaign=${campaign}&show=conversations`);
  await entry(page, ingrid).click();
  await page.getByRole('button', { name: 'Answer', exact: false }).first().click();
  const field = page.getByLabel(`Your answer to ${ingrid}`);
  await field.fill('One more thing');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('Somebody has answered this reply');
  expect(await answersAt(hot.email)).toHaveLength(1);
  await control('faults', {
    requests: [{
      kind: 'answer',
      method: 'POST',
      path: '/api/v2/emails/reply',
      status: 400,
      body: { statusCode: 400, error: 'Bad Request', message: 'Email account is not connected' },
    }],
  });
  try {
    await page.getByRole('button', { name: 'Send anyway' }).click();
    await expect(page.getByRole('alert')).toContainText('Email account is not connected');
    await expect(field).toHaveValue('One more thing');
  } finally {
    await control('faults', { requests: [] });
  }
  await page.getByRole('button', { name: 'Discard' }).click();
  expect(await answersAt(hot.email)).toHaveLength(1);
});

test('a referral becomes a lead, and a class is corrected', async ({ page }) => {
  await signIn(page, people.operator, `/inbox?campaign=${campaign}`);
  await entry(page, per).click();
  await page.getByRole('button', { name: 'Add as lead' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Email address')).toHaveValue(`petra@${company}`);
  await expect(dialog.getByLabel('First name')).toHaveValue('Petra');
  await expect(dialog.getByLabel('Last name')).toHaveValue('Jansen');
  await dialog.getByRole('button', { name: 'Add lead' }).click();
  await expect(dialog).toHaveCount(0);
  expect(
    await sql('select name from public.businesses where campaign_id = $1 and email = $2', [
      campaign,
      `petra@${company}`,
    ]),
  ).toHaveLength(1);
  await page.getByRole('button', { name: /^Kind of reply/ }).click();
  await page.getByRole('menuitem', { name: 'Not interested' }).click();
  await expect(page.getByRole('button', { name: /^Kind of reply: Not interested. Set by a person/ }))
    .toBeVisible();
});

test('what somebody answers in Instantly itself ends the wait, and shows where it was written', async ({ page }) => {
  await control('emit', {
    workspaceId,
    campaignId: providerCampaignId,
    leadEmail: referring.email,
    account: mailbox,
    type: 'answer_sent',
    // Now, as answers from here are, however late the simulated time is.
    at: new Date(),
    text: '<p>Thank you, I shall write to Petra.</p>',
  });
  await signIn(page, people.operator, `/inbox?campaign=${campaign}&show=conversations`);
  await entry(page, per).click();
  await expect(work(page)).toContainText('Waiting since');
  await runSync(connection);
  await expect(page.getByRole('list', { name: 'Answers' })).toContainText('Answered in Instantly', {
    timeout: 30_000,
  });
  await expect(work(page)).toContainText('Answered');
  await expect(page.getByRole('region', { name: 'History' }).getByText('Answer written in Instantly'))
    .toBeVisible();
  await expect(page.getByRole('region', { name: 'History' }).getByText('I shall write to Petra'))
    .toBeVisible();

  // Who writes again waits again, until somebody says that nothing is left to do.
  await control('emit', {
    workspaceId,
    campaignId: providerCampaignId,
    leadEmail: referring.email,
    account: mailbox,
    type: 'reply_received',
    at: new Date(),
    text: 'I forwarded it to her.',
  });
  await page.goto(`/inbox?campaign=${campaign}`);
  await expect(entry(page, per)).toContainText('I forwarded it to her', { timeout: 30_000 });
  await entry(page, per).click();
  await expect(work(page)).toContainText('Waiting since');
  await page.keyboard.press('d');
  await expect(entry(page, per)).toHaveCount(0);
});

test('a client reads the answer, and neither notes nor anything to answer with', async ({ page }) => {
  const [row] = await sql<{ id: string }>(
    `select id from public.messages where email = $1 and direction = 'received'`,
    [hot.email],
  );
  await signIn(page, people.client, `/inbox?message=${row!.id}`);
  await expect(page.getByRole('heading', { name: ingrid })).toBeVisible();
  await expect(page.getByRole('region', { name: 'History' }).getByText('Thursday at ten?')).toBeVisible();
  await expect(page.getByText('Wants a call, ask for volumes')).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Internal notes' })).toHaveCount(0);
  await expect(work(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Saved filters' })).toHaveCount(0);
  await page.keyboard.press('r');
  await expect(page.getByRole('form', { name: 'Answer' })).toHaveCount(0);
});
