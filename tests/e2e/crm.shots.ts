// Settings → CRM as people see it: nothing connected, connecting, working with a log, refused, unreachable; and a lead in HubSpot.
import process from 'node:process';
import { expect, type Page, test } from '@playwright/test';
import { lakeside } from './months.ts';
import { people, settled, shoot, signIn, sql } from './support.ts';

const portalId = 4_711_002;
const token = 'pat-eu1-shots-token';

const control = (path: string, body: unknown) =>
  fetch(`${process.env['HUBSPOT_SIMULATOR_URL']}/_simulator${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });

test.beforeEach(() => control('/portals', { id: portalId, tokens: [token] }));
test.afterEach(async () => {
  await control('/faults', { requests: [] });
  await sql(
    `delete from public.crm_connections; delete from public.incidents where kind = 'crm_switched_off'`,
  );
});

async function toSettings(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Connect HubSpot' }).click();
  await page.getByLabel('HubSpot token').fill(token);
  await page.getByRole('button', { name: 'Check token' }).click();
  await expect(page.getByText(`Account ${portalId}`)).toBeVisible();
}

/** Connected, with pushes of every kind and a lead whose deal was won. */
async function connected(page: Page): Promise<string> {
  await signIn(page, people.operator, '/settings?tab=crm');
  await toSettings(page);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByText('HubSpot is connected')).toBeVisible();
  await sql(
    `insert into private.crm_pushes
       (connection_id, lead_id, client_id, type, state, attempts, created_at, last_attempt_at, next_attempt_at, delivered_at, duration_ms, last_status, last_error, last_answer, note, sent)
     select c.id, l.id, l.client_id, case when l.n % 4 = 1 then 'meeting.booked' else 'reply.positive' end::public.outgoing_event_type,
       case l.n when 0 then 'waiting' when 3 then 'failed' else 'delivered' end::public.outgoing_state, case when l.n in (0, 3) then 4 else 1 end,
       now() - l.n * interval '7 hours', now() - l.n * interval '7 hours', now() + interval '9 minutes',
       case when l.n not in (0, 3) then now() - l.n * interval '7 hours' end, 340,
       case l.n when 0 then 503 when 3 then 400 end,
       case l.n when 0 then 'HubSpot answered with status 503' when 3 then 'HubSpot refused it: Email address is invalid' end,
       case l.n when 3 then '{"status":"error","message":"Email address is invalid","category":"VALIDATION_ERROR"}' end,
       case l.n when 2 then 'The CRM did not take outreach_campaign; check the fields in Settings → CRM' end,
       case when l.n not in (0, 3) then '{"contact":{"email":"jane@fjordpak.test","firstname":"Jane"},"deal":{"name":"Fjordpak – Jane Doe","stage":"newreply"}}'::jsonb end
     from public.crm_connections as c,
       (select l.id, l.client_id, row_number() over (order by l.id) - 1 as n from public.synced_leads as l
        where l.client_id = $1 and l.interest_status = 'positive' order by l.id limit 9) as l`,
    [lakeside],
  );
  const [lead] = await sql<{ email: string }>(
    `insert into public.crm_records (connection_id, lead_id, client_id, contact_id, deal_id, stage_id, stage_at, amount, currency, reported_status)
     select p.connection_id, p.lead_id, p.client_id, '51', '77', 'closedwon', now(), 4800, 'EUR', 'won'
     from private.crm_pushes as p where p.state = 'delivered' order by p.created_at desc limit 1
     returning (select l.email from public.synced_leads as l where l.id = lead_id)`,
  );
  await sql(`update public.crm_connections set last_push_at = now() - interval '7 hours'`);
  return lead?.email ?? '';
}

test('crm-empty', async ({ page }) => {
  await signIn(page, people.operator, '/settings?tab=crm');
  await settled(page);
  await shoot(page, 'crm-empty');
});

test('crm-connect', async ({ page }) => {
  await signIn(page, people.operator, '/settings?tab=crm');
  await shoot(page, 'crm-token', {
    isDialog: true,
    prepare: async () => {
      await page.getByRole('button', { name: 'Connect HubSpot' }).click();
      await page.getByLabel('HubSpot token').fill('pat-eu1-wrong');
      await page.getByRole('button', { name: 'Check token' }).click();
      await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
    },
  });
  await shoot(page, 'crm-settings', { isDialog: true, prepare: () => toSettings(page) });
});

test('crm-full', async ({ page }) => {
  const email = await connected(page);
  await page.reload();
  await settled(page);
  await shoot(page, 'crm-full');
  await shoot(page, 'crm-push', {
    isDialog: true,
    prepare: () => page.getByRole('button', { name: /^Details/ }).nth(3).click(),
  });
  await page.goto(`/leads/${lakeside}/${encodeURIComponent(email)}`);
  await settled(page);
  await shoot(page, 'crm-lead');
});

test('crm-refused', async ({ page }) => {
  await connected(page);
  await sql(
    `select private.switch_off_crm(array(select id from public.crm_connections), 'HubSpot refuses the token: it was deleted or replaced; enter a new one')`,
  );
  await page.reload();
  await settled(page);
  await shoot(page, 'crm-refused');
  await control('/faults', { requests: [{ kind: 'error-503' }] });
  await shoot(page, 'crm-down', {
    isDialog: true,
    prepare: async () => {
      await page.getByRole('button', { name: 'Change settings' }).click();
      await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
    },
  });
});

test('crm-failing', async ({ page }) => {
  await page.route(
    '**/crm_connections*',
    (route) => route.fulfill({ status: 500, json: { code: 'XX000', message: 'broken' } }),
  );
  await signIn(page, people.operator, '/settings?tab=crm');
  await expect(page.getByRole('alert').first()).toBeVisible({ timeout: 30_000 });
  await shoot(page, 'crm-failing');
});
