// Odd things that Instantly really does, from its own delivery to what a client or an operator reads of it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EmitOptions } from '../../simulators/instantly/simulator.ts';
import {
  type Project,
  readRelation,
  startProject,
  type Tenant,
  type TestConnection,
} from '../support/project.ts';
import { makeCampaign, people, providerApi } from '../support/provider-api.ts';

const hour = 3_600_000;

let project: Project;

beforeAll(async () => {
  project = await startProject({
    functions: ['sync-client', 'instantly-webhook', 'export-campaign'],
    scheduler: { cron: false },
    simulator: { startAt: new Date(Date.now() - 40 * hour), delivery: { retryDelaysMs: [] } },
  });
});
afterAll(() => project.stop());

type Happening = Omit<EmitOptions, 'workspaceId' | 'campaignId'>;

const hook = async (connection: TestConnection): Promise<string> => {
  const made = await providerApi(project.simulator.url, connection.apiKey).post('webhooks', {
    name: 'Replyloop',
    target_hook_url: connection.webhookUrl,
    event_type: 'all_events',
    headers: { 'x-webhook-secret': connection.secret },
  });
  return String(made['id']);
};

async function sync(connection: TestConnection): Promise<void> {
  const answer = await project.invoke('sync-client', { connection_id: connection.id });
  const [job] = answer.body['jobs'] as { job_id: string }[];
  expect(await project.jobEnded(String(job?.job_id))).toMatchObject({ status: 'completed' });
}

/** A client with a workspace of its own, a campaign that we know, and whatever then happens in it. */
async function scene(
  name: string,
  leads: Record<string, unknown>[],
  labels: { label: string; kind: 'negative' }[] = [],
) {
  const tenant = await project.createTenant(name);
  const connection = await project.createConnection(tenant.clientId, undefined, 'instantly', labels);
  const campaign = await makeCampaign(project.simulator.url, connection.apiKey, name, leads);
  await sync(connection);
  const happen = async (...happenings: Happening[]) => {
    for (const happening of happenings) {
      project.simulator.emit({ workspaceId: connection.workspaceId, campaignId: campaign, ...happening });
      await project.simulator.deliveriesSettled();
    }
    await project.project();
  };
  return { tenant, connection, campaign, happen };
}

async function seenBy(tenant: Tenant) {
  const client = await project.signIn(tenant);
  const { data: campaign } = await client.from('client_campaigns')
    .select('leads, contacted, replied, auto_replies, positive, reply_rate').single();
  const { data: replies } = await client.from('client_replies')
    .select('email, written_by, body_text, is_auto_reply, interest_status').order('body_text');
  const { data: suppressed } = await client.from('suppressions').select('email, reason').order('email');
  return { campaign, replies: replies ?? [], suppressed };
}

it.each([
  ['email_id', { email_id: 'crm@somebody.test' }],
  ['timestamp', { timestamp: '2026-01-05T08:00:00.000Z' }],
  ['event_type', { event_type: 'Enterprise' }],
  ['email_id and timestamp', { email_id: 'VIP', timestamp: 'soon' }],
])('a custom variable named %s costs no reply and doubles none', async (name, custom_variables) => {
  const prefix = name.replaceAll(/\W/g, '-');
  const leads = people(2, prefix).map((lead) => ({ ...lead, custom_variables }));
  const { tenant, connection, happen } = await scene(prefix, leads);
  await hook(connection);
  // All within seconds, so that no distance in time tells them apart.
  const start = Date.now() - 30_000;
  await happen(
    ...leads.flatMap(({ email }, person) =>
      [1, 2].map((nth) => ({
        leadEmail: email,
        type: 'reply_received' as const,
        text: `Reply ${nth} of person ${person}`,
        at: new Date(start + (person * 10 + nth) * 1000),
      }))
    ),
  );
  const expected = [0, 1].flatMap((person) =>
    [1, 2].map((nth) => ({ email: leads[person]?.email, body_text: `Reply ${nth} of person ${person}` }))
  );
  const events = async () =>
    (await seenBy(tenant)).replies.map(({ email, body_text }) => ({ email, body_text }))
      .sort((left, right) =>
        `${left.email}${left.body_text}`.localeCompare(`${right.email}${right.body_text}`)
      );
  expect(await events()).toEqual(expected);
  await sync(connection);
  await project.project();
  expect(await events()).toEqual(expected);
  expect((await seenBy(tenant)).campaign).toMatchObject({ leads: 2, contacted: 2, replied: 2 });
});

it('the test of a webhook leaves nothing but a delivery marked as test', async () => {
  const { tenant, connection } = await scene('tested', people(1, 'tested'));
  const id = await hook(connection);
  const answer = await providerApi(project.simulator.url, connection.apiKey).post(`webhooks/${id}/test`);
  expect(answer).toMatchObject({ success: true });
  await project.project();
  expect(
    await project.sql('select status, event from private.webhook_events where connection_id = $1', [
      connection.id,
    ]),
  ).toEqual([{ status: 'test', event: null }]);
  expect(await seenBy(tenant)).toMatchObject({
    campaign: { leads: 1, contacted: 0 },
    replies: [],
    suppressed: [],
  });
  const operator = await project.signIn(await project.createUser('operator', null));
  for (const name of ['dead_letters', 'unmapped_campaigns']) {
    const { data, error } = await readRelation(operator, name, { connection_id: connection.id });
    expect([name, error, data]).toEqual([name, null, []]);
  }
});

it('a colleague’s answer is the lead’s, names the writer, and creates no lead', async () => {
  const { tenant, connection, happen } = await scene('office', people(1, 'office'));
  await hook(connection);
  const leadEmail = 'office0@sync.test';
  await happen({ leadEmail, type: 'email_sent' }, {
    leadEmail,
    type: 'reply_received',
    from: 'boss@elsewhere.test',
    text: 'I answer for her',
  });
  // Only the inbox, which a sync reads, names the writer.
  await sync(connection);
  await project.project();
  const seen = await seenBy(tenant);
  expect(seen.replies).toMatchObject([{ email: leadEmail, written_by: 'boss@elsewhere.test' }]);
  expect(seen.campaign).toMatchObject({ leads: 1, contacted: 1, replied: 1, reply_rate: 1 });
});

it('a label dated 9999 does not win over the one that comes after it', async () => {
  const { tenant, connection, happen } = await scene('future', people(1, 'future'));
  await hook(connection);
  const leadEmail = 'future0@sync.test';
  await happen({ leadEmail, type: 'email_sent' }, { leadEmail, type: 'reply_received', text: 'No' });
  await happen({ leadEmail, type: 'lead_interested', at: '9999-12-31T00:00:00Z' });
  expect((await seenBy(tenant)).campaign).toMatchObject({ positive: 1 });
  await happen({ leadEmail, type: 'lead_not_interested', at: new Date(Date.now() + 5000) });
  const seen = await seenBy(tenant);
  expect(seen.campaign).toMatchObject({ positive: 0 });
  expect(seen.replies).toMatchObject([{ interest_status: 'negative' }]);
});

it('a reply that only the inbox calls automatic is corrected by a sync, in counters and rates', async () => {
  const { tenant, connection, happen } = await scene('away', people(2, 'away'));
  await hook(connection);
  for (const { email } of people(2, 'away')) await happen({ leadEmail: email, type: 'email_sent' });
  const leadEmail = 'away0@sync.test';
  await happen({ leadEmail, type: 'auto_reply_received', text: 'On the boat', deliveredAsReply: true });
  expect((await seenBy(tenant)).campaign).toMatchObject({ replied: 1, auto_replies: 0, reply_rate: 0.5 });
  await sync(connection);
  await project.project();
  const seen = await seenBy(tenant);
  expect(seen.replies).toMatchObject([{ email: leadEmail, is_auto_reply: true }]);
  expect(seen.campaign).toMatchObject({ replied: 0, auto_replies: 1, reply_rate: 0 });
  expect(
    await project.one('select lead_status, reply_count_observed from public.synced_leads where email = $1', [
      leadEmail,
    ]),
  ).toEqual({ lead_status: 'emailed', reply_count_observed: 0 });
});

it('the label Do Not Contact suppresses at once, and a later export leaves the person out', async () => {
  const { tenant, connection, happen } = await scene('silent', people(1, 'silent'), [
    { label: 'Do Not Contact', kind: 'negative' },
  ]);
  await hook(connection);
  await happen({ leadEmail: 'silent0@sync.test', type: 'email_sent' }, {
    leadEmail: 'silent0@sync.test',
    type: 'custom_label',
    label: 'Do Not Contact',
  });
  expect((await seenBy(tenant)).suppressed).toEqual([
    { email: 'silent0@sync.test', reason: 'do_not_contact' },
  ]);
  const next = await project.createCampaign(tenant.clientId, connection.id, { name: 'Next' });
  await project.addBusinesses(tenant.clientId, next, [{ email: 'silent0@sync.test' }, {
    email: 'fresh@sync.test',
  }]);
  const answer = await project.invoke('export-campaign', { campaign_id: next });
  const job = await project.jobEnded(String(answer.body['job_id']));
  expect(job).toMatchObject({ status: 'completed' });
  expect(
    await project.sql(
      'select email, outcome, reason from public.export_receipts where export_id = $1 order by email',
      [job['id']],
    ),
  ).toEqual([
    { email: 'fresh@sync.test', outcome: 'created', reason: null },
    { email: 'silent0@sync.test', outcome: 'skipped', reason: 'suppressed' },
  ]);
});
