// What is older than its period is removed, and no number changes by it: every table, view and report of public is read as each
// kind of person, in one transaction before and after everything old is gone, and compared.
import pg from 'pg';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addForOperators, addMailbox, addMeetings, addToLeads } from '../support/audience.ts';
import { runSnippet } from '../support/docs.ts';
import {
  type Client,
  type Project,
  startProject,
  type Tenant,
  type TestConnection,
} from '../support/project.ts';
import { addForReports } from '../support/report-rows.ts';
import { readAll, texts } from '../support/read-everything.ts';
import { tenantDeliveries } from '../support/tenant-deliveries.ts';
import { prepareMessages } from '../support/prepare-messages.ts';

let project: Project;
let tenant: Tenant;
let connection: TestConnection;
let deliveries: Record<string, unknown>[];
let operator: Client;

beforeAll(async () => {
  project = await startProject({
    functions: ['instantly-webhook', 'sync-client'],
    scheduler: { cron: false },
  });
  tenant = await project.createTenant('Lakeside');
  connection = await project.createConnection(tenant.clientId);
  const campaign = await project.createCampaign(tenant.clientId, connection.id, { name: 'Autumn' });
  const providerCampaign = randomUUID();
  await project.sql('select private.map_provider_campaign($1, $2, $3)', [
    connection.id,
    providerCampaign,
    campaign,
  ]);
  await addMailbox(project, connection.id, 'mia@outreach.test');
  deliveries = tenantDeliveries.instantly.of({ marker: 'zebra', raw: 'raw1', campaign: providerCampaign });
  expect((await project.deliver(connection, deliveries)).status).toBe(200);
  await project.project();
  await prepareMessages(project);
  await addForReports(project, tenant.clientId, campaign);
  await addToLeads(project, tenant.clientId);
  await addMeetings(project, tenant.clientId);
  await addForOperators(project, connection.id);
  await project.sql(`select private.write_audit('pause', 'provider_connection', null, $1)`, [
    tenant.clientId,
  ]);
  await project.sql('select private.sum_client_days()');
  operator = await project.signIn(await project.createUser('operator', null));
});
afterAll(() => project.stop());

/** What is itself a log: its old rows are what is removed. */
const logs = new Set([
  'audit_log',
  'provider_api_calls',
  'outgoing_log',
  'crm_log',
  'placement_results',
  'operator_placements',
]);
/** crm_leads names the last push as long as the log has it; where the lead is in the CRM does not depend on it. */
const ofLog: Record<string, string[]> = {
  crm_leads: ['last_state', 'last_error', 'last_note', 'last_wanted_at', 'pushed_at'],
};
const without = (name: string): string[] => [...texts, ...ofLog[name] ?? []];

describe('retention', () => {
  it('changes nothing that a client or an operator counts, whatever the period removes', async () => {
    const people = await project.sql<{ claims: Record<string, unknown> }>(
      `select private.custom_access_token_hook(jsonb_build_object('user_id', m.user_id,
         'claims', jsonb_build_object('sub', m.user_id, 'role', 'authenticated'))) -> 'claims' as claims
       from public.members as m`,
    );
    expect(people).toHaveLength(2);
    const database = new pg.Client({ connectionString: project.stack.adminDbUrl });
    await database.connect();
    try {
      // One transaction, so that what depends on the time is the same before and after.
      await database.query('begin');
      const before = [];
      for (const { claims } of people) before.push(await readAll(database, claims, without));
      const { rows: kinds } = await database.query<{ kind: string; removed: number }>(
        `select s.kind, private.remove_old(s.kind, now() + interval '2 days', 10000) as removed
         from private.retention_settings as s order by s.place`,
      );
      const removed = Object.fromEntries(kinds.map(({ kind, removed }) => [kind, removed]));
      expect(removed['deliveries']).toBeGreaterThanOrEqual(deliveries.length);
      expect(removed['messages']).toBeGreaterThan(1);
      for (const kind of ['audit', 'provider_calls', 'outgoing']) expect(removed[kind]).toBeGreaterThan(0);
      for (const [index, { claims }] of people.entries()) {
        const after = await readAll(database, claims, without);
        const full = Object.entries(before[index]!).filter(([, rows]) => rows.length > 0).map(([name]) =>
          name
        );
        expect(full.length).toBeGreaterThan(25);
        const expected = Object.fromEntries(
          Object.entries(before[index]!).map(([name, rows]) => [name, logs.has(name) ? [] : rows]),
        );
        expect(after).toEqual(expected);
      }
      await database.query('commit');
    } finally {
      await database.end();
    }
  });

  it('leaves the receipt of a delivery: the same one again is a duplicate and counts nothing', async () => {
    const count = () =>
      project.one<{ delivered: number; whole: number }>(
        `select (select count(*)::int from public.email_events) as events, (select count(*)::int from public.messages) as messages,
           sum(w.delivery_count)::int as delivered, count(*) filter (where w.payload is not null)::int as whole
         from private.webhook_events as w where w.status in ('projected', 'duplicate')`,
      );
    const before = await count();
    expect(before).toMatchObject({ whole: 0 });
    expect((await project.deliver(connection, deliveries)).status).toBe(200);
    await project.project();
    expect(await count()).toEqual({ ...before, delivered: before.delivered + deliveries.length });
  });

  it('takes the text out of the search and leaves the mail', async () => {
    const texts = await operator.from('client_replies').select(
      'subject, body_text, snippet, body_removed_at',
    );
    expect(texts.data!.length).toBeGreaterThan(0);
    for (const mail of texts.data!) {
      expect(mail).toEqual({
        subject: 'zebra',
        body_text: null,
        snippet: null,
        body_removed_at: expect.any(String) as string,
      });
    }
    const left = await project.sql(
      `select from private.message_search where document::text like '%script%'
       union all select from private.message_contents where raw_html is not null`,
    );
    expect(left).toEqual([]);
  });

  it('is for operators: they read, foresee and change the periods as documented', async () => {
    const settings = await runSnippet('retention_periods', operator);
    expect(settings).toContainEqual(
      expect.objectContaining({ kind: 'messages', keep_days: 730, minimum_days: 90 }),
    );
    const foreseen = await runSnippet('preview_retention', operator) as unknown;
    expect(foreseen).toMatchObject({ kind: 'messages', keep_days: 365, rows: 0 });
    expect(await runSnippet('change_retention', operator)).toEqual({ kind: 'messages', keep_days: 365 });
    const refused = await operator.rpc('change_retention', { of_kind: 'messages', keep_days: 30 });
    expect(refused.error).toMatchObject({ message: 'VALIDATION_FAILED' });
    expect(refused.error!.details).toContain('at least 90 days');
    const client = await project.signIn(tenant);
    for (
      const answer of [
        await client.rpc('retention_periods'),
        await client.rpc('preview_retention', { of_kind: 'messages', keep_days: 365 }),
        await client.rpc('change_retention', { of_kind: 'messages', keep_days: 365 }),
      ]
    ) expect(answer).toMatchObject({ status: 403, error: { message: 'FORBIDDEN' } });
  });
});
