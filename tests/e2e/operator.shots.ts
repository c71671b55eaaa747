import { expect, type Page, test } from '@playwright/test';
import { sampleReport } from '../support/sample-report.ts';
import { exportable, heldCampaign, lakeside } from './months.ts';
import { people, shoot, signIn, sql } from './support.ts';

const operator = people.operator;

const press = (name: string) => (page: Page) => page.getByRole('button', { name }).first().click();

/** The page as it is when the database does not answer one of its questions. */
const failing = (address: string) => async (page: Page) => {
  await page.route(
    `**${address}*`,
    (route) =>
      route.fulfill({
        status: 400,
        json: { code: 'PT400', message: 'VALIDATION_FAILED', details: 'The list could not be read' },
      }),
  );
  await page.reload();
  await page.getByRole('button', { name: 'Try again' }).first().waitFor({ timeout: 20_000 });
};
const empty = (address: string) => async (page: Page) => {
  await page.route(`**${address}*`, (route) => route.fulfill({ json: [] }));
  await page.reload();
  await page.getByText(/^No .*(yet|match)/).first().waitFor();
};
const openFirstLead = async (page: Page) => {
  await page.goto(`/leads?client=${lakeside}`);
  await page.locator('main a[href*="/leads/"]:visible').filter({ hasText: '@' }).first().click();
  await page.getByRole('heading', { name: 'Campaigns' }).first().waitFor();
};

/** A report that reached one recipient and not the other. */
const reported = async (page: Page) => {
  await sql(
    `with settings as (
       insert into private.client_report_schedules (client_id, kind, send_on, send_hour) values ($1, 'weekly', 1, 8) on conflict do nothing
     ), recipient as (
       insert into private.client_report_recipients (client_id, email) values ($1, 'boss@lakeside.test'), ($1, 'left@lakeside.test') on conflict do nothing
     ), stopped as (
       update private.client_report_recipients set stopped_at = now() where email = 'left@lakeside.test'
     ), report as (
       insert into public.client_reports (client_id, kind, from_day, to_day, snapshot, sent_at)
       values ($1, 'weekly', '2026-11-09', '2026-11-15', $2, now()) on conflict do nothing returning id
     )
     insert into private.client_report_mails (report_id, client_id, email, state, attempts, last_error, sent_at)
     select report.id, $1, m.email, m.state::public.outgoing_state, 1, m.error, case when m.error is null then now() end
     from report, (values ('boss@lakeside.test', 'delivered', null), ('old@lakeside.test', 'failed', 'The mail API answered with status 422: invalid address')) as m (email, state, error)`,
    [lakeside, JSON.stringify(sampleReport)],
  );
  await page.reload();
  await page.frameLocator('iframe').getByRole('heading').first().waitFor();
};

const pages: {
  name: string;
  path: string;
  who: typeof operator | typeof people.client;
  prepare?: (page: Page) => Promise<void>;
}[] = [
  { name: 'home', path: '/clients', who: operator },
  { name: 'settings-client', path: '/settings', who: people.client },
  { name: 'settings', path: '/settings', who: operator },
  { name: 'settings-new', path: '/settings', who: operator, prepare: press('Add a connection') },
  {
    name: 'settings-secret',
    path: '/settings',
    who: operator,
    prepare: async (page) => {
      await page.getByRole('region').filter({ hasText: 'Smartlead' }).getByRole('button', { name: /^More/ })
        .first().click();
      await page.getByRole('menuitem', { name: 'Save Smartlead secret' }).click();
    },
  },
  { name: 'settings-clients', path: '/settings?tab=clients', who: operator },
  { name: 'settings-agency', path: '/settings?tab=agency', who: operator },
  { name: 'settings-client-new', path: '/settings?tab=clients', who: operator, prepare: press('New client') },
  {
    name: 'settings-client-edit',
    path: '/settings?tab=clients',
    who: operator,
    prepare: press('Edit Lakeside'),
  },
  {
    name: 'settings-client-delete',
    path: '/settings?tab=clients',
    who: operator,
    prepare: async (page) => {
      await page.getByRole('button', { name: /^More about Harbour/ }).first().click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
    },
  },
  {
    name: 'home-empty',
    path: '/clients',
    who: operator,
    prepare: async (page) => {
      await page.route('**/rpc/home_between*', (route) => route.fulfill({ json: [] }));
      await page.route('**/operator_checklist*', (route) =>
        route.fulfill({
          json: ['agency', 'connection', 'client', 'campaign', 'leads', 'export', 'webhook'].map((
            step,
            index,
          ) => ({
            place: index + 1,
            step,
            client_id: null,
            done: index < 1,
            hidden: false,
          })),
        }));
      await page.reload();
      await page.getByText('No clients yet').waitFor();
    },
  },
  {
    name: 'home-failing',
    path: '/clients',
    who: operator,
    prepare: failing('/rpc/home_between'),
  },
  { name: 'settings-costs', path: `/settings?tab=costs&client=${lakeside}`, who: operator },
  { name: 'settings-people', path: '/settings?tab=people', who: operator },
  { name: 'leads', path: `/leads?client=${lakeside}`, who: operator },
  { name: 'leads-choose', path: '/leads', who: operator },
  { name: 'leads-client', path: '/leads', who: people.client },
  { name: 'lead', path: '/', who: operator, prepare: openFirstLead },
  {
    name: 'leads-empty',
    path: `/leads?client=${lakeside}`,
    who: operator,
    prepare: empty('/rpc/list_leads'),
  },
  {
    name: 'leads-failing',
    path: `/leads?client=${lakeside}`,
    who: operator,
    prepare: failing('/rpc/list_leads'),
  },
  { name: 'suppressions', path: '/leads/suppressions', who: operator },
  { name: 'suppress', path: '/leads/suppressions', who: operator, prepare: press('Suppress') },
  { name: 'settings-invite', path: '/settings?tab=people', who: operator, prepare: press('Invite somebody') },
  {
    name: 'settings-person-link',
    path: '/settings?tab=people',
    who: operator,
    prepare: async (page) => {
      await press(`Actions for ${people.client.email}`)(page);
      await page.getByRole('menuitem', { name: 'Make a link for a new password' }).click();
      await expect(page.getByRole('dialog')).toContainText('Link for a new password');
    },
  },
  {
    name: 'campaign-new',
    path: `/campaigns?client=${lakeside}&new=true`,
    who: operator,
    prepare: async () => {},
  },
  { name: 'campaign-setup', path: `/campaigns/${exportable}?tab=setup`, who: operator },
  { name: 'campaign-check', path: `/campaigns/${exportable}?tab=check`, who: operator },
  {
    name: 'campaign-check-failing',
    path: `/campaigns/${exportable}?tab=check`,
    who: operator,
    prepare: failing('/functions/v1/export-campaign'),
  },
  { name: 'campaigns-empty', path: '/campaigns', who: operator, prepare: empty('/client_campaigns') },
  { name: 'templates', path: '/templates', who: operator },
  { name: 'reports', path: `/reports?client=${lakeside}`, who: operator, prepare: reported },
  {
    name: 'reports-failing',
    path: `/reports?client=${lakeside}`,
    who: operator,
    prepare: failing('/functions/v1/client-report'),
  },
  { name: 'reports-no-client', path: '/reports', who: operator },
  { name: 'reports-client', path: '/reports', who: people.client },
  { name: 'reports-send', path: `/reports?client=${lakeside}`, who: operator, prepare: press('Send now') },
  {
    name: 'report',
    path: `/reports?client=${lakeside}`,
    who: operator,
    prepare: async (page) => {
      await page.goto(`/reports?client=${lakeside}`);
      await reported(page);
      await page.getByRole('table', { name: 'Sent reports' }).getByRole('link').first().click();
      await page.frameLocator('iframe').getByRole('heading').first().waitFor();
    },
  },
  { name: 'operations-connections', path: '/operations/connections', who: operator },
  { name: 'operations-unmapped', path: '/operations/unmapped', who: operator },
  { name: 'operations-assign', path: `/operations/unmapped?open=${heldCampaign}`, who: operator },
  { name: 'operations-dead-letters', path: '/operations/dead-letters', who: operator },
  { name: 'operations-jobs', path: '/operations/jobs', who: operator },
  { name: 'operations-alerts', path: '/operations/alerts?status=all', who: operator },
  { name: 'docs-runbook', path: '/docs/runbook#webhook_missing', who: operator },
  { name: 'operations-email-accounts', path: '/operations/email-accounts', who: operator },
  {
    name: 'operations-domain',
    path: '/operations/email-accounts',
    who: operator,
    prepare: press('Details of agency-outreach.test'),
  },
  {
    name: 'operations-blacklisted',
    path: '/operations/email-accounts',
    who: operator,
    prepare: press('Details of try-lakeside.test'),
  },
  {
    name: 'operations-domains-failing',
    path: '/operations/email-accounts',
    who: operator,
    prepare: failing('/operator_sending_domains'),
  },
  {
    name: 'operations-domains-empty',
    path: '/operations/email-accounts',
    who: operator,
    prepare: async (page) => {
      await page.route('**/operator_sending_domains*', (route) => route.fulfill({ json: [] }));
      await page.reload();
      await page.getByText('No sending domains').waitFor();
    },
  },
  { name: 'operations-ledger', path: '/operations/ledger', who: operator },
  { name: 'operations-drift', path: '/operations/drift', who: operator },
  { name: 'operations-audit', path: '/operations/audit', who: operator },
  { name: 'operations-calls', path: '/operations/calls', who: operator },
];

for (const { name, path, who, prepare } of pages) {
  test(`operator pages: ${name}`, async ({ page }) => {
    await signIn(page, who, path);
    await shoot(page, `operator-${name}`, {
      isDialog: path.includes('open=') || prepare !== undefined,
      prepare,
    });
  });
}
