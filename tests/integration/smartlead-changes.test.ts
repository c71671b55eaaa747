// What people change at Smartlead: a campaign that goes to another client, leads, secrets; and lists longer than one run.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tenant } from '../support/project.ts';
import { makeSmartleadCampaign } from '../support/smartlead-api.ts';
import { key, people, SmartleadScene } from '../support/smartlead-scene.ts';

let scene: SmartleadScene;

beforeAll(async () => {
  scene = await SmartleadScene.start();
});
afterAll(() => scene.stop());

const operator = async () => await scene.project.signIn(await scene.project.createUser('operator', null));

describe('a campaign that goes to another client of the account', () => {
  let connectionId: string;
  let harbour: Tenant;
  let first: string;
  let second: string;
  const move = (campaign: string, clientId: number) =>
    scene.api('hands').post(`campaigns/${campaign}/settings`, { client_id: clientId });
  const happens = async (campaign: string, leadEmail: string, type: 'email_sent' | 'reply_received') => {
    scene.project.smartlead.emit({
      workspaceId: scene.workspaceId('hands'),
      campaignId: campaign,
      leadEmail,
      type,
      step: 1,
      ...(type === 'reply_received' ? { text: 'Only for the one whose campaign it is' } : {}),
    });
    await scene.project.smartlead.deliveriesSettled();
    await scene.project.project();
  };
  const seenBy = async (tenant: Tenant) => {
    const client = await scene.project.signIn(tenant);
    const { data: replies } = await client.from('client_replies').select('email');
    const { data: campaigns } = await client.from('client_campaigns').select(
      'name, provider_status, sent, replied',
    )
      .order('name');
    return { replies: (replies ?? []).map(({ email }) => email), campaigns };
  };
  const openIncidents = async () => {
    const { data } = await (await operator()).from('incidents').select('kind, details').eq(
      'kind',
      'campaign_moved',
    )
      .is('closed_at', null);
    return data ?? [];
  };

  beforeAll(async () => {
    harbour = await scene.project.createTenant('Harbour');
    scene.open('hands');
    const make = (name: string) =>
      makeSmartleadCampaign(scene.project.smartlead.url, key('hands'), name, {
        clientId: 5000,
        leads: people(2, name.toLowerCase()),
      });
    first = await make('Apples');
    second = await make('Pears');
    connectionId = await scene.connect('hands', null);
    await scene.sync(connectionId);
    for (const [name, tenant] of [['Lakeside', scene.tenant], ['Harbour', harbour]] as const) {
      const { data } = await (await operator()).from('provider_organizations').select('id')
        .eq('connection_id', connectionId).eq('provider_org_name', name).single();
      await (await operator()).rpc('map_organization', {
        target_organization_id: String(data?.id),
        target_client_id: tenant.clientId,
      });
    }
    await scene.sync(connectionId);
    await happens(first, 'apples0@smart.test', 'email_sent');
    await happens(second, 'pears0@smart.test', 'email_sent');
  });

  it('is held with the first delivery that tells: not one more reply reaches the old client', async () => {
    await move(first, 6000);
    await happens(first, 'apples0@smart.test', 'reply_received');
    expect(await seenBy(scene.tenant)).toEqual({
      replies: [],
      campaigns: [
        { name: 'Apples', provider_status: 'moved', sent: 1, replied: 0 },
        { name: 'Pears', provider_status: 'draft', sent: 1, replied: 0 },
      ],
    });
    expect((await seenBy(harbour)).campaigns).toEqual([]);
    expect(await openIncidents()).toMatchObject([{ details: expect.stringContaining('"Apples"') as string }]);
    await scene.sync(connectionId, true);
    expect((await seenBy(scene.tenant)).replies).toEqual([]);
    expect(await openIncidents()).toHaveLength(1);
  });

  it('goes to the client that an operator names, with what was held and without the old client’s past', async () => {
    const { data: held } = await (await operator()).from('unmapped_campaigns').select('*').eq(
      'name',
      'Apples',
    ).single();
    expect(held).toMatchObject({ held_events: 1 });
    const client = await scene.project.signIn(scene.tenant);
    const wanted = { unmapped_campaign_id: String(held?.id), target_client_id: harbour.clientId };
    expect((await client.rpc('map_campaign', wanted)).error?.code).toBe('PT403');
    expect((await (await operator()).rpc('map_campaign', wanted)).data).toMatchObject({
      released: 1,
      projected: 1,
    });
    expect((await seenBy(harbour)).replies).toEqual(['apples0@smart.test']);
    expect(await seenBy(scene.tenant)).toMatchObject({
      replies: [],
      campaigns: [{ name: 'Apples', sent: 1 }, {}],
    });
    expect(await openIncidents()).toEqual([]);
    await happens(first, 'apples1@smart.test', 'reply_received');
    expect((await seenBy(harbour)).replies.toSorted()).toEqual(['apples0@smart.test', 'apples1@smart.test']);
  });

  it('is held by a sync too, and resumes automatically when it returns', async () => {
    await move(second, 6000);
    await scene.sync(connectionId);
    expect(await openIncidents()).toHaveLength(1);
    await happens(second, 'pears0@smart.test', 'reply_received');
    expect((await seenBy(scene.tenant)).replies).toEqual([]);
    await move(second, 5000);
    await scene.sync(connectionId);
    await scene.project.project();
    expect(await openIncidents()).toEqual([]);
    expect(await seenBy(scene.tenant)).toMatchObject({
      replies: ['pears0@smart.test'],
      campaigns: [{ name: 'Apples', provider_status: 'moved' }, { name: 'Pears', provider_status: 'draft' }],
    });
  });
});

describe('a lead', () => {
  it('keeps its row with another address, and is marked when it is deleted', async () => {
    scene.open('people');
    const campaign = await makeSmartleadCampaign(scene.project.smartlead.url, key('people'), 'People', {
      leads: people(3, 'people'),
    });
    const connectionId = await scene.connect('people', scene.tenant.clientId);
    await scene.sync(connectionId, true);
    const { smartlead } = scene.project;
    smartlead.changeLead({ campaignId: campaign, email: 'people0@smart.test', newEmail: 'new@smart.test' });
    smartlead.changeLead({ campaignId: campaign, email: 'people1@smart.test', remove: true });
    expect(await scene.sync(connectionId, true)).toMatchObject({ leads_removed: 1 });
    const rows = await scene.project.sql(
      `select l.email, l.removed_at is not null as gone from public.synced_leads as l
       join public.campaigns as c on c.id = l.campaign_id where c.connection_id = $1 order by l.email`,
      [connectionId],
    );
    expect(rows).toEqual([
      { email: 'new@smart.test', gone: false },
      { email: 'people1@smart.test', gone: true },
      { email: 'people2@smart.test', gone: false },
    ]);
  });
});

describe('answers that we did not expect', () => {
  it('cost a row or a step, never the sync', async () => {
    scene.open('odd');
    await makeSmartleadCampaign(scene.project.smartlead.url, key('odd'), 'Odd', { leads: people(2, 'odd') });
    const connectionId = await scene.connect('odd', scene.tenant.clientId);
    scene.project.smartlead.faults.set({
      requests: [
        { kind: 'answer', path: '/api/v1/leads/fetch-categories', status: 404, body: { error: 'Not found' } },
        {
          kind: 'answer',
          path: '/api/v1/analytics/day-wise-overall-stats',
          body: { success: true, data: {} },
        },
        { kind: 'odd-rows', path: '*/statistics', rows: [{ stats_id: null, lead_email: null }] },
        { kind: 'odd-rows', path: '*/leads', method: 'GET', rows: [{ lead: null }] },
      ],
    });
    const answer = await scene.project.invoke('sync-client', { connection_id: connectionId });
    const [job] = answer.body['jobs'] as { job_id: string }[];
    const ended = await scene.project.jobEnded(String(job?.job_id));
    scene.project.smartlead.faults.clear();
    const { errors } = ended['result'] as { errors: { step: string; row?: string; code: string }[] };
    expect([...new Set(errors.map(({ step, row, code }) => `${step} ${row ?? '-'} ${code}`))].toSorted())
      .toEqual([
        'facts mails ROW_SKIPPED',
        'labels - API_UNAVAILABLE',
        'leads leads ROW_SKIPPED',
        'steps mails ROW_SKIPPED',
      ]);
    expect(ended).toMatchObject({ status: 'partial', result: { campaigns_synced: 1, leads: 2 } });
    expect(await scene.sync(connectionId)).toMatchObject({ campaigns_synced: 1 });
  });
});

interface Job {
  status: string;
  lease_token: string | null;
  cursor: { phase: string; walks?: Record<string, { part?: string; page?: string }> };
}
const jobOf = (id: string) =>
  scene.project.one<Job & Record<string, unknown>>('select * from private.jobs where id = $1', [id]);

describe('a list longer than one run', () => {
  it('resumes where it stopped: statistics, steps and leads, and no page is read twice', async () => {
    scene.open('long');
    const campaign = await makeSmartleadCampaign(scene.project.smartlead.url, key('long'), 'Long', {
      leads: people(2400, 'long'),
      activate: true,
    });
    await scene.project.smartlead.advance({ days: 3 });
    const connectionId = await scene.connect('long', scene.tenant.clientId);
    const since = scene.project.smartlead.requests().at(-1)?.number ?? 0;
    const answer = await scene.project.invoke('sync-client', { connection_id: connectionId });
    const [opened] = answer.body['jobs'] as { job_id: string }[];
    const jobId = String(opened?.job_id);
    // A worker that dies in the middle of each long list.
    const parts = ['steps', 'leads', 'facts'];
    for (const part of parts) {
      scene.project.smartlead.faults.set({ requests: [{ kind: 'latency', latencyMs: 300 }] });
      await scene.project.eventually(
        async () => {
          const { walks = {} } = (await jobOf(jobId)).cursor;
          return Object.values(walks).some((walk) => walk.part === part && walk.page !== undefined);
        },
        `the job is in the middle of its ${part}`,
        60_000,
      );
      await scene.project.stack.functions.kill('sync-client');
      await scene.project.stack.functions.ready('sync-client');
      await scene.project.sql(
        `update private.jobs set lease_until = now() - interval '1 second', next_attempt_at = now() where id = $1`,
        [jobId],
      );
      await scene.project.invoke('sync-client', { job_id: jobId });
    }
    scene.project.smartlead.faults.clear();
    await scene.project.eventually(
      async () => {
        const job = await jobOf(jobId);
        const isDue = job.lease_token === null && Date.parse(String(job['next_attempt_at'])) <= Date.now();
        // As the sweep each minute: a slow machine needs more than one run, and nothing else continues it here.
        if (isDue && job.status === 'running') {
          await scene.project.invoke('sync-client', { job_id: jobId });
        }
        return !['queued', 'running'].includes(job.status);
      },
      'the job ends',
      120_000,
    );
    expect(await jobOf(jobId)).toMatchObject({ status: 'completed' });
    const pages = scene.project.smartlead.requests({ after: since }).filter(({ path }) =>
      path === `/api/v1/campaigns/${campaign}/statistics`
    ).map(({ query }) => `${String(query['limit'])} ${String(query['offset'])}`);
    // A kill repeats the page under way, never the list from its beginning.
    expect(pages.length).toBeLessThanOrEqual(new Set(pages).size + 2 * parts.length);
    const [truth] = scene.project.smartlead.truth(campaign);
    const counted = await scene.project.one<{ sent: number; steps: number }>(
      `select t.sent, (select sum(s.sent)::int from public.campaign_step_analytics as s where s.campaign_id = t.campaign_id) as steps
       from public.campaign_activity_totals as t join public.campaigns as c on c.id = t.campaign_id where c.connection_id = $1`,
      [connectionId],
    );
    expect(counted).toEqual({ sent: truth?.sent, steps: truth?.sent });
    expect(truth?.sent).toBeGreaterThan(2000);
  }, 300_000);
});

describe('a new secret', () => {
  it('reaches every campaign automatically, and the previous one stays valid until the last one has it', async () => {
    scene.open('rotated');
    const ids: string[] = [];
    for (let index = 0; index < 12; index++) {
      ids.push(await makeSmartleadCampaign(scene.project.smartlead.url, key('rotated'), `Rotated ${index}`));
    }
    const connectionId = await scene.connect('rotated', scene.tenant.clientId);
    await scene.sync(connectionId);
    const addresses = async () => {
      const found: string[] = [];
      for (const id of ids) {
        const rows = await scene.api('rotated').get(`campaigns/${id}/webhooks`) as { webhook_url: string }[];
        found.push(...rows.map(({ webhook_url }) => webhook_url));
      }
      return found;
    };
    const [before] = [...new Set(await addresses())];
    const deliver = async () =>
      (await fetch(String(before), { method: 'POST', body: JSON.stringify({ event_type: 'EMAIL_SENT' }) }))
        .status;

    // The provider answers nothing more after a while, as when the budget of the account is spent.
    scene.project.smartlead.faults.set({
      requests: [{ kind: 'rate-limit', path: `/api/v1/campaigns/${ids[5]}/webhooks`, retryAfterSeconds: 60 }],
    });
    const rotated = await scene.project.invoke('provider-connection', {
      action: 'rotate_webhook_secret',
      connection_id: connectionId,
      grace_hours: 0,
    });
    expect(rotated.status).toBe(200);
    expect(JSON.stringify(rotated.body)).toContain('the others follow in the background');
    expect(await deliver()).toBe(200);
    scene.project.smartlead.faults.clear();
    expect(new Set(await addresses()).size).toBe(2);

    await scene.project.sql('update private.rate_budgets set blocked_until = null where connection_id = $1', [
      connectionId,
    ]);
    const job = await scene.project.one<{ id: string }>(
      `select id from private.jobs where connection_id = $1 and status in ('queued', 'running') and kind = 'sync'`,
      [connectionId],
    );
    await scene.project.sql(`update private.jobs set next_attempt_at = now() where id = $1`, [job.id]);
    await scene.project.invoke('sync-client', { job_id: job.id });
    expect(await scene.project.jobEnded(job.id)).toMatchObject({ status: 'completed' });
    const after = new Set(await addresses());
    expect(after.size).toBe(1);
    expect(after.has(String(before))).toBe(false);
    expect(await deliver()).toBe(401);
  });
});
