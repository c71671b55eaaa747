// HubSpot, from the token to a won deal and back: against the simulator, which also plays sales.
import process from 'node:process';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { lakeside } from './months.ts';
import { positiveReply } from './positive-reply.ts';
import { expectAccessible, people, settled, signIn, sql } from './support.ts';

interface Row {
  id: string;
  properties: Record<string, string>;
  contacts: string[];
}

const portalId = 4_711_001;
const token = 'pat-eu1-story-first-token';

async function control<Answer>(name: string, body?: unknown): Promise<Answer> {
  const [method = 'GET', path = ''] = name.split(' ');
  const response = await fetch(`${process.env['HUBSPOT_SIMULATOR_URL']}/_simulator${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(response.status).toBe(200);
  return await response.json() as Answer;
}

const portal = async (): Promise<{ contacts: Row[]; deals: Row[] }> => {
  const portals = await control<{ id: number; contacts: Row[]; deals: Row[] }[]>('GET /state');
  return portals.find(({ id }) => id === portalId) ?? { contacts: [], deals: [] };
};
const contactsOf = async (email: string) =>
  (await portal()).contacts.filter(({ properties }) => properties['email'] === email);
/** Deals that are linked to the contact with this address. */
const dealsOf = async (email: string) => {
  const ids = (await contactsOf(email)).map(({ id }) => id);
  return (await portal()).deals.filter(({ contacts }) => contacts.some((id) => ids.includes(id)));
};
/** Sales change a deal, and five minutes pass. */
async function changeDeal(email: string, properties: Record<string, string>): Promise<void> {
  const [deal] = await dealsOf(email);
  await control('POST /change', { kind: 'deals', portalId, id: deal?.id, properties });
  await sql('update private.crm_readers set next_read_at = now()');
}
const meetingOf = async (email: string): Promise<string | undefined> => {
  const [row] = await sql<{ status: string }>(
    `select m.status::text from public.meetings as m join public.synced_leads as l on l.id = m.lead_id
     where l.email = $1 and m.removed_at is null`,
    [email],
  );
  return row?.status;
};

test.beforeAll(() => control('POST /portals', { id: portalId, tokens: [token] }));
test.beforeEach(() => control('POST /tokens', { portalId, tokens: [token] }));
test.afterEach(async () => {
  await control('POST /faults', { requests: [] });
  await sql(
    `delete from public.crm_connections; delete from private.outgoing_events; delete from public.campaigns where name = 'Story';
     delete from public.incidents where kind = 'crm_switched_off'`,
  );
});

async function connect(page: Page, choose?: (dialog: Locator) => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: 'Connect HubSpot' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('HubSpot token').fill(token);
  await dialog.getByRole('button', { name: 'Check token' }).click();
  await expect(dialog.getByText(`Account ${portalId}`)).toBeVisible();
  await choose?.(dialog);
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByText('HubSpot is connected')).toBeVisible();
}

test('an account is connected with its token, fields and stages', async ({ page }) => {
  await control('POST /tokens', {
    portalId,
    tokens: [token, { token: 'pat-eu1-story-narrow', scopes: ['crm.objects.contacts.read'] }],
  });
  await signIn(page, people.operator, '/settings?tab=crm');
  await expect(page.getByText('No CRM is connected')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Connect HubSpot' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('crm.schemas.deals.write');
  await dialog.getByLabel('HubSpot token').fill('pat-eu1-of-somebody-else');
  await dialog.getByRole('button', { name: 'Check token' }).click();
  await expect(dialog.getByRole('alert')).toContainText('HubSpot refuses the token');
  await dialog.getByLabel('HubSpot token').fill('pat-eu1-story-narrow');
  await dialog.getByRole('button', { name: 'Check token' }).click();
  await expect(dialog.getByRole('alert')).toContainText('The token lacks permissions');
  await expect(dialog.getByRole('alert')).toContainText('crm.objects.deals.write');
  await dialog.getByLabel('HubSpot token').fill(token);
  await dialog.getByRole('button', { name: 'Check token' }).click();
  await expect(dialog.getByText(`Account ${portalId}`)).toBeVisible();

  // What it suggests, and what this agency wants.
  await expect(dialog.getByLabel('Stage for a positive reply')).toHaveValue('newreply');
  await expect(dialog.getByLabel('Stage for a booked meeting')).toHaveValue('appointmentscheduled');
  await expect(dialog.getByLabel('First name')).toHaveValue('firstname');
  await dialog.getByLabel('Campaign').selectOption({ label: 'Outreach campaign' });
  await dialog.getByLabel('Last reply').selectOption({ label: 'Outreach campaign' });
  await expect(dialog.getByText('Two fields go to')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Connect', exact: true })).toBeDisabled();
  await dialog.getByLabel('Last reply').selectOption({ label: 'Message' });
  await dialog.getByLabel('Contract Sent').selectOption({ label: 'Meeting held' });
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByText('HubSpot is connected')).toBeVisible();
  const card = page.getByRole('region', { name: 'HubSpot', exact: true });
  await expect(card).toContainText('Contract Sent');
  await expect(card).toContainText('Meeting held');
  await expectAccessible(page);
});

test('a positive reply becomes a contact and a deal, and a deal that sales move becomes a meeting', async ({ page, browser }) => {
  await signIn(page, people.operator, '/settings?tab=crm');
  await connect(page, async (dialog) => {
    await dialog.getByLabel('Campaign').selectOption({ label: 'Outreach campaign' });
    await dialog.getByLabel('Last reply').selectOption({ label: 'Message' });
    await dialog.getByLabel('Contract Sent').selectOption({ label: 'Meeting held' });
  });
  const email = await positiveReply();
  await expect.poll(async () => (await dealsOf(email)).length).toBe(1);
  expect(await contactsOf(email)).toMatchObject([{
    properties: { firstname: 'Ingrid', outreach_campaign: 'Story', message: 'Yes, please call me' },
  }]);
  await page.reload();
  const row = page.getByRole('table', { name: 'Pushed leads' }).getByRole('row').filter({ hasText: email });
  await expect(row).toContainText('Delivered');
  await expect(row).toContainText('Contact and deal');
  await expect(page.getByRole('region', { name: 'HubSpot', exact: true })).toContainText('Working');
  await row.getByRole('button', { name: /^Details/ }).click();
  await expect(page.getByRole('dialog').getByLabel('Sent')).toContainText('outreach_campaign');
  await page.keyboard.press('Escape');

  // Sales move the deal.
  const leadPage = `/leads/${lakeside}/${encodeURIComponent(email)}`;
  await page.goto(leadPage);
  const inHubSpot = page.getByRole('region', { name: 'In HubSpot' });
  await expect(inHubSpot).toContainText('New reply');
  await expect(inHubSpot.getByRole('link', { name: 'Contact' })).toHaveAttribute(
    'href',
    new RegExp(`/contacts/${portalId}/record/0-1/`),
  );
  await expectAccessible(page);
  await changeDeal(email, { dealstage: 'contractsent' });
  await expect.poll(() => meetingOf(email), { timeout: 25_000 }).toBe('held');
  await changeDeal(email, { dealstage: 'closedwon', amount: '7313' });
  await expect.poll(() => meetingOf(email), { timeout: 25_000 }).toBe('won');
  await page.reload();
  await expect(inHubSpot).toContainText('Closed Won');
  await expect(page.getByRole('region', { name: 'History' })).toContainText('won', { ignoreCase: true });
  const context = await browser.newContext();
  const client = await context.newPage();
  await signIn(client, people.client, '/overview');
  await expect(client.getByRole('region', { name: 'Pipeline', exact: true })).toContainText('7,313');
  // A client sees the meeting, and nothing of the agency's CRM.
  await client.goto(leadPage);
  await expect(client.getByRole('region', { name: 'History' })).toContainText('won', { ignoreCase: true });
  await expect(client.getByRole('region', { name: 'In HubSpot' })).toHaveCount(0);
  await context.close();
});

test('a client has no CRM settings', async ({ page }) => {
  await signIn(page, people.client, '/settings?tab=crm');
  await settled(page);
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'CRM' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Connect HubSpot' })).toHaveCount(0);
});

test('a token that was revoked is shown with what to do, and another one sends what waited, once', async ({ page }) => {
  await signIn(page, people.operator, '/settings?tab=crm');
  await connect(page);
  await control('POST /tokens', { portalId, tokens: [] });
  const email = await positiveReply();
  const card = page.getByRole('region', { name: 'HubSpot', exact: true });
  await expect(card.getByRole('alert')).toContainText('HubSpot refuses the token', { timeout: 40_000 });
  await expect(card.getByRole('alert')).toContainText('1 push waits');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Change settings' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('alert')).toContainText('HubSpot refuses the token');
  await dialog.getByRole('button', { name: 'Enter a new token' }).click();
  await control('POST /tokens', { portalId, tokens: ['pat-eu1-story-second-token'] });
  await dialog.getByLabel('HubSpot token').fill('pat-eu1-story-second-token');
  // The account is the same and has everything that was chosen, so it is saved without more questions.
  await dialog.getByRole('button', { name: 'Check token' }).click();
  await expect(page.getByText('What waited is sent now')).toBeVisible();
  await expect.poll(async () => (await dealsOf(email)).length).toBe(1);
  await page.reload();
  await expect(card).toContainText('…oken');
  const row = page.getByRole('table', { name: 'Pushed leads' }).getByRole('row').filter({ hasText: email });
  await expect(row).toContainText('Delivered');
  expect(await sql(`select from public.incidents where kind = 'crm_switched_off' and closed_at is null`))
    .toEqual([]);
  expect(await dealsOf(email)).toHaveLength(1);
  const actions = await sql<{ action: string }>(
    `select action from public.audit_log where target_type = 'crm' order by id desc limit 2`,
  );
  expect(actions).toEqual([{ action: 'crm_changed' }, { action: 'crm_connected' }]);
});

test('HubSpot down, asking for a pause, or refusing a lead: each says what comes next', async ({ page }) => {
  await signIn(page, people.operator, '/settings?tab=crm');
  await connect(page);
  const dialog = page.getByRole('dialog');
  await control('POST /faults', { requests: [{ kind: 'error-503' }] });
  await page.getByRole('button', { name: 'Change settings' }).click();
  await expect(dialog.getByRole('alert')).toContainText('HubSpot answered with status 503');
  await control('POST /faults', { requests: [{ kind: 'rate-limit' }] });
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(dialog.getByRole('alert')).toContainText('HubSpot asks for a pause');
  // Slow: it says that it waits, and comes through.
  await control('POST /faults', { requests: [{ kind: 'latency', latencyMs: 1_000 }] });
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(dialog.getByLabel('Asking HubSpot')).toBeVisible();
  await dialog.getByLabel('Unsubscribes').check({ timeout: 15_000 });
  await control('POST /faults', { requests: [] });
  await expect(dialog.getByText('Choose the property that says')).toBeVisible();
  await dialog.getByLabel('Property that says yes').selectOption({ label: 'Outreach stopped' });
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('It holds from the next push on')).toBeVisible();

  await control('POST /faults', {
    requests: [{
      kind: 'answer',
      method: 'POST',
      path: '/crm/v3/objects/contacts/batch/upsert',
      status: 400,
      body: { status: 'error', message: 'Email address is invalid', category: 'VALIDATION_ERROR' },
    }],
  });
  const email = await positiveReply();
  const card = page.getByRole('region', { name: 'HubSpot', exact: true });
  await expect(card).toContainText('1 push failed', { timeout: 40_000 });
  await page.reload();
  const row = page.getByRole('table', { name: 'Pushed leads' }).getByRole('row').filter({ hasText: email });
  await expect(row).toContainText('Email address is invalid');
  await control('POST /faults', { requests: [] });
  await card.getByRole('button', { name: 'Retry failed' }).click();
  await dialog.getByRole('button', { name: 'Retry', exact: true }).click();
  await expect(page.getByText('Pushing 1 lead again')).toBeVisible();
  await expect.poll(async () => (await dealsOf(email)).length).toBe(1);

  const more = async (name: string) => {
    await page.getByRole('button', { name: 'More for HubSpot' }).click();
    await page.getByRole('menuitem', { name, exact: true }).click();
  };
  await more('Switch off');
  await expect(card).toContainText('An operator switched it off');
  await more('Switch on');
  await expect(card).toContainText('Working');
  // By hand, from the lead's page.
  await page.goto(`/leads/${lakeside}/${encodeURIComponent(email)}`);
  await page.getByRole('region', { name: 'In HubSpot' }).getByRole('button', { name: 'Push again' }).click();
  await expect(page.getByText('On its way to HubSpot')).toBeVisible();
  await page.goto('/settings?tab=crm');
  await more('Disconnect');
  await dialog.getByRole('button', { name: 'Disconnect' }).click();
  await expect(page.getByText('No CRM is connected')).toBeVisible();
  expect(await dealsOf(email)).toHaveLength(1);
});

test('a list of accounts that cannot be read shows what failed', async ({ page }) => {
  await page.route(
    '**/crm_connections*',
    (route) => route.fulfill({ status: 500, json: { code: 'XX000', message: 'broken' } }),
  );
  await signIn(page, people.operator, '/settings?tab=crm');
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible({ timeout: 30_000 });
});
