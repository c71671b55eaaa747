// Erasing a person and reading what is held of one: nothing is left in any column of any table, nothing brings it back, no number
// moves, and nobody else is touched.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  callFunction,
  type Corner,
  correspond,
  importAgain,
  person,
  type PersonScene,
  spread,
  startPersonScene,
} from '../support/person-scene.ts';
import { atProvider, numbersOf, traces } from '../support/person-traces.ts';
import type { Project } from '../support/project.ts';
import { providerApi } from '../support/provider-api.ts';

let scene: PersonScene;
let project: Project;
let bakery: Corner;
let bakerySmartlead: Corner;
let dentist: Corner;
let bakeryShared: Corner;
let deliveries: Record<string, unknown>[];
let operatorId: string;

const ledger = () =>
  project.sql(
    `select connection_id, sum(received)::int as received, sum(projected)::int as projected, bool_and(balanced) as balanced
     from public.webhook_ledger group by 1 order by 1`,
  );

beforeAll(async () => {
  scene = await startPersonScene();
  project = scene.project;
  operatorId = (await scene.operator.auth.getUser()).data.user!.id;
  const shared = await project.createConnection(null);
  bakery = await scene.corner('Bakery', 'instantly');
  bakerySmartlead = await scene.corner('Bakery, Smartlead', 'smartlead', bakery.tenant);
  bakeryShared = await scene.corner('Bakery, shared', 'instantly', bakery.tenant, shared);
  dentist = await scene.corner('Dentist', 'instantly', undefined, shared);
  deliveries = await correspond(project, bakery);
  await correspond(project, bakerySmartlead);
  await correspond(project, bakeryShared);
  await correspond(project, dentist);
  for (const { connection } of [bakery, bakerySmartlead, dentist]) await scene.sync(connection);
  await spread(project, bakery, operatorId);
  await spread(project, dentist, operatorId);
});
afterAll(() => project.stop());

describe('a person', () => {
  it('is exported with everything that an operator, and nobody else, may see', async () => {
    const { status, body } = await scene.call({
      action: 'export',
      email: ` ${person.email.toUpperCase()} `,
      client_id: bakery.tenant.clientId,
    });
    expect(status).toBe(200);
    const tables = body['tables'] as Record<string, Record<string, unknown>[]>;
    expect(Object.keys(tables)).toEqual(expect.arrayContaining([
      'synced_leads',
      'businesses',
      'messages',
      'message_contents',
      'email_events',
      'webhook_events',
      'answers',
      'answer_drafts',
      'thread_notes',
      'import_rows',
      'export_receipts',
      'outgoing_events',
      'crm_pushes',
      'meetings',
      'suppressions',
      'incidents',
      'untracked_replies',
      'client_report_leads',
      'client_report_mails',
      'audit_log',
      'provider_api_calls',
    ]));
    expect(tables['synced_leads']).toHaveLength(3);
    expect(JSON.stringify(tables['messages'])).toContain('Call me, Zebedee');
    // Each row once, whichever way it is found; none of another client; no key of ours.
    expect(new Set(tables['messages']!.map(({ id }) => id)).size).toBe(tables['messages']!.length);
    const text = JSON.stringify(tables);
    expect(text).not.toContain(dentist.tenant.clientId);
    expect(text).not.toContain('provider_campaign_id"');
    expect(await project.one(`select details from public.audit_log where action = 'personal_data_exported'`))
      .toEqual({ details: {} });

    const client = await project.signIn(bakery.tenant);
    const nobody = await project.signIn(await project.createUser(null, null));
    const removed = await project.createUser('operator', null);
    const former = await project.signIn(removed);
    await project.sql(
      'delete from public.members where user_id = (select id from auth.users where email = $1)',
      [removed.email],
    );
    for (const action of ['export', 'preview', 'erase']) {
      for (const who of [client, nobody, former]) {
        expect(
          (await callFunction(who, { action, email: person.email, client_id: bakery.tenant.clientId }))
            .status,
        ).toBe(403);
      }
      expect((await callFunction(project.browser(), { action, email: person.email, client_id: null })).status)
        .toBe(401);
    }
    expect((await client.from('operator_erasures').select('*')).data).toEqual([]);
    expect((await scene.call({ action: 'erase', email: 'nobody', client_id: null })).status).toBe(400);
    expect((await scene.call({ action: 'erase', email: person.email, client_id: randomUUID() })).status).toBe(
      404,
    );
    expect((await scene.call({ action: 'erase', email: 'mia@outreach.test', client_id: null })).body)
      .toMatchObject({
        error: { code: 'VALIDATION_FAILED' },
      });
  });

  it('is erased of one client, through kills at the provider and in the database, and stays with the other', async () => {
    const before = await numbersOf(project, bakery.tenant.clientId);
    const others = await numbersOf(project, dentist.tenant.clientId);
    const { body: preview } = await scene.call({
      action: 'preview',
      email: person.email,
      client_id: bakery.tenant.clientId,
    });
    expect(preview).toMatchObject({
      email: person.email,
      was_erased: false,
      is_own: false,
      crm_contacts: 1,
      tables: { synced_leads: 3 },
    });

    // Killed while the provider is asked, then in the middle of a batch.
    project.simulator.faults.set(
      {
        requests: [{ kind: 'latency', path: '/api/v2/leads/list', method: 'POST', latencyMs: 5_000 }],
      } as never,
    );
    const { body: { job_id: jobId } } = await scene.call({
      action: 'erase',
      email: person.email,
      client_id: bakery.tenant.clientId,
      block: true,
    });
    await project.eventually(
      async () =>
        (await project.sql('select from private.jobs where id = $1 and lease_token is not null', [jobId]))
          .length === 1,
      'it is claimed',
    );
    await project.stack.functions.kill('personal-data');
    project.simulator.faults.clear();
    const resume = async () => {
      await project.stack.functions.ready('personal-data');
      await project.sql(
        `update private.jobs set lease_until = now() - interval '1 second', next_attempt_at = now() where id = $1`,
        [jobId],
      );
      expect((await project.invoke('personal-data', { job_id: jobId }, project.stack.secretKeys.cron)).status)
        .toBe(202);
    };
    const { id: noteId } = await project.one<{ id: string }>(
      `select id from private.thread_notes where client_id = $1`,
      [bakery.tenant.clientId],
    );
    const release = await project.holdRow('private.thread_notes', noteId);
    await resume();
    await project.eventually(
      async () =>
        (await project.sql(
          `select from pg_stat_activity where wait_event_type = 'Lock' and query like '%erase_person_batch%'`,
        )).length > 0,
      'a batch is under way',
    );
    await project.stack.functions.kill('personal-data');
    await release();
    await project.stack.functions.ready('personal-data');
    // Pressed again it is the same erasure.
    expect(
      (await scene.call({ action: 'erase', email: person.email, client_id: bakery.tenant.clientId })).body,
    ).toMatchObject({ job_id: jobId, already_running: true });
    await resume();
    await project.jobEnded(String(jobId));

    const erasure = await project.one('select * from public.operator_erasures where erasure_id = $1', [
      jobId,
    ]);
    expect(erasure).toMatchObject({
      status: 'completed',
      client_name: 'Bakery',
      requested_by: operatorId,
      is_blocked: true,
    });
    const report = erasure['report'] as Record<string, unknown>;
    expect(report).toMatchObject({
      crm_contacts: 1,
      tables: {
        synced_leads: { anonymised: 3 },
        thread_notes: { removed: 1 },
        answer_drafts: { removed: 1 },
        suppressions: { removed: 1 },
        client_reports: { anonymised: 1 },
      },
    });
    expect((report['providers'] as { blocked: boolean | null }[]).map(({ blocked }) => blocked).sort())
      .toEqual([false, true, true]);
    expect(await atProvider(project, bakery)).toBe(0);
    expect(await atProvider(project, bakerySmartlead)).toBe(0);
    // In the shared workspace only the other client's campaign has the person.
    expect(await atProvider(project, dentist)).toBe(1);
    // Nobody adds the address to the workspace again.
    const again = await providerApi(project.simulator.url, bakery.connection.apiKey).post('leads/add', {
      campaign_id: bakery.providerCampaignId,
      leads: [{ email: person.email }],
    });
    expect(again).toMatchObject({ leads_uploaded: 0, in_blocklist: 1 });

    expect(await numbersOf(project, bakery.tenant.clientId)).toEqual(before);
    expect(await numbersOf(project, dentist.tenant.clientId)).toEqual(others);
    const { body } = await scene.call({
      action: 'preview',
      email: person.email,
      client_id: bakery.tenant.clientId,
    });
    expect(body).toMatchObject({ was_erased: true, tables: {} });
    const { body: rest } = await scene.call({
      action: 'preview',
      email: person.email,
      client_id: dentist.tenant.clientId,
    });
    expect(rest).toMatchObject({ was_erased: false, tables: { synced_leads: 1 } });
  });

  it('is erased of all clients without a trace in any column of any table', async () => {
    expect((await traces(project)).length).toBeGreaterThan(20);
    const before = [
      await numbersOf(project, bakery.tenant.clientId),
      await numbersOf(project, dentist.tenant.clientId),
    ];
    const balance = await ledger();
    const erasure = await scene.erase();
    expect(erasure).toMatchObject({ status: 'completed', client_id: null, is_blocked: false });
    expect(await traces(project)).toEqual([]);
    expect(await atProvider(project, dentist)).toBe(0);
    expect([
      await numbersOf(project, bakery.tenant.clientId),
      await numbersOf(project, dentist.tenant.clientId),
    ]).toEqual(before);
    expect(await ledger()).toEqual(balance);
    // What is about others stays, with a pseudonym in the place of the address.
    expect(
      await project.sql(
        `select 1 from public.messages where body_text ~ '^I met erased-[0-9a-f-]{36}@erased.invalid, he says hi$'`,
      ),
    ).toHaveLength(4);
    expect(
      await project.one(
        `select email, linkedin_contact_email from public.businesses where name = 'Kept company' and client_id = $1`,
        [bakery.tenant.clientId],
      ),
    )
      .toEqual({ email: 'kept@company.test', linkedin_contact_email: null });
    expect(
      await project.one(
        `select parameters ? 'email' as has_email from private.jobs where kind = 'erase' order by created_at desc limit 1`,
      ),
    ).toEqual({ has_email: false });
  });

  it('does not come back: by redelivery, replay, new events, unreadable ones, sync, import or by hand', async () => {
    const { connection, campaignId, providerCampaignId, tenant: { clientId } } = bakery;
    const before = [await numbersOf(project, clientId), await numbersOf(project, dentist.tenant.clientId)];
    const received = (await ledger()).find((row) =>
      row['connection_id'] === connection.id
    )!['received'] as number;
    for (const body of deliveries) expect((await project.deliver(connection, body)).status).toBe(200);
    // A new event of each kind of place: a known campaign, one that nobody mapped, nobody's, and one that cannot be read.
    const opened = { ...deliveries[1], timestamp: new Date().toISOString() };
    expect((await project.deliver(connection, opened)).status).toBe(200);
    expect(
      (await project.deliver(connection, { ...opened, campaign: randomUUID(), campaign_id: randomUUID() }))
        .status,
    ).toBe(200);
    expect((await project.deliver(connection, { event_type: 7, about: `Zebedee <${person.email}>` })).status)
      .toBe(200);
    await project.project();
    const row = (await ledger()).find((one) => one['connection_id'] === connection.id)!;
    expect(row).toMatchObject({ received: received + deliveries.length + 3, balanced: true });
    expect(
      await project.sql(
        `select status::text, event ->> 'type' as type, payload from private.webhook_events where connection_id = $1 order by id desc limit 3`,
        [connection.id],
      ),
    ).toEqual([
      { status: 'erased', type: 'unknown', payload: {} },
      { status: 'erased', type: 'email_opened', payload: {} },
      { status: 'erased', type: 'email_opened', payload: {} },
    ]);

    // Somebody makes another lead of the campaign that person at the provider; it replies there, too.
    const place = { workspaceId: connection.workspaceId, campaignId: providerCampaignId };
    project.simulator.changeLead(
      { ...place, email: 'nora.neighbour@elsewhere.test', newEmail: person.email } as never,
    );
    project.simulator.emit(
      {
        ...place,
        leadEmail: person.email,
        type: 'reply_received',
        text: 'Zebedee again',
        account: 'mia@outreach.test',
      } as never,
    );
    for (const corner of [bakery, bakerySmartlead, dentist]) {
      await scene.sync(corner.connection);
    }
    await project.project();

    await importAgain(project, campaignId);
    await project.addBusinesses(clientId, campaignId, [
      { name: 'Vexlumen', email: person.email, custom_variables: {} } as never,
      {
        name: 'Another company',
        email: 'another@company.test',
        linkedin_contact_name: 'Zebedee',
        linkedin_contact_email: person.email,
        linkedin_contact_email_deliverability: 'deliverable',
        custom_variables: {},
      } as never,
    ]);
    expect((await scene.operator.rpc('add_suppressions', { entries: [person.email] })).error).toBeNull();
    expect(
      (await scene.operator.rpc('add_suppressions', { entries: [person.email], target_client_id: clientId }))
        .error,
    ).toBeNull();
    expect(await traces(project)).toEqual([]);

    const after = [await numbersOf(project, clientId), await numbersOf(project, dentist.tenant.clientId)];
    // The provider itself counts the new reply of the mailbox; two businesses and a row of a list are new.
    const without = (numbers: Record<string, unknown>) => ({
      ...numbers,
      businesses: 0,
      import_rows: 0,
      email_account_days: [],
    });
    expect(after.map(without)).toEqual(before.map(without));
  });

  it('is erased here also when a provider refuses, which the report and the list say', async () => {
    const corner = await scene.corner('Refused', 'instantly');
    project.simulator.faults.set({
      requests: [{
        kind: 'answer',
        status: 403,
        body: { message: 'Forbidden' },
        path: '/api/v2/leads/list',
        method: 'POST',
      }],
    } as never);
    const { clientId } = corner.tenant;
    const refused = await scene.erase({ client_id: clientId });
    project.simulator.faults.clear();
    expect(refused).toMatchObject({
      status: 'partial',
      error_message: expect.stringContaining('Erased here, but not in "Workspace"') as string,
      report: {
        providers: [{ name: 'Workspace', removed: 0, error: expect.stringContaining('forbids') as string }],
      },
    });
    expect(await atProvider(project, corner)).toBe(1);
    expect(await scene.erase({ client_id: clientId })).toMatchObject({
      status: 'completed',
      report: { providers: [{ name: 'Workspace', removed: 1, error: null }] },
    });
    expect(await atProvider(project, corner)).toBe(0);
    const { data } = await scene.operator.from('operator_erasures').select('*').eq('client_id', clientId)
      .order(
        'requested_at',
      );
    expect(data?.map(({ status }) => status)).toEqual(['partial', 'completed']);
    expect(JSON.stringify(data)).not.toContain('quirkmont');
  });
});
