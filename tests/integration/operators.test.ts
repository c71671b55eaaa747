// What operators do over the Data API, with real sign-ins: map, move, replay, switch off and on, and read how it went.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { delivery } from '../support/deliveries.ts';
import {
  type Client,
  type Project,
  startProject,
  type Tenant,
  type TestConnection,
} from '../support/project.ts';

let project: Project;
let bakery: Tenant;
let dentist: Tenant;
let shared: TestConnection;
let operator: Client;
let clients: { bakery: Client; dentist: Client };
const providerCampaign = randomUUID();

/** Posts events of the shared workspace's campaign and projects what can be. */
async function deliver(...events: [kind: string, who: string][]): Promise<void> {
  const response = await project.deliver(
    shared,
    events.map(([kind, who], index) =>
      delivery(kind, {
        campaign_id: providerCampaign,
        campaign_name: 'Spring',
        lead_email: `${who}@lead.test`,
        email: `${who}@lead.test`,
        timestamp: `2026-10-05T08:15:0${index}.000Z`,
      })
    ),
  );
  expect(response.status).toBe(200);
  await project.project();
}

const leadsOf = async (client: Client) =>
  (await client.from('synced_leads').select('email').order('email')).data?.map(({ email }) => email);

async function ledger(): Promise<Record<string, unknown>> {
  const { data, error } = await operator.from('webhook_ledger').select('*').eq('connection_id', shared.id)
    .single();
  expect([error, data?.balanced]).toEqual([null, true]);
  return data ?? {};
}

beforeAll(async () => {
  project = await startProject({ functions: ['instantly-webhook'], simulator: false });
  bakery = await project.createTenant('Bakery');
  dentist = await project.createTenant('Dentist');
  shared = await project.createConnection(null);
  operator = await project.signIn(await project.createUser('operator', null));
  clients = { bakery: await project.signIn(bakery), dentist: await project.signIn(dentist) };
  await deliver(['email_sent', 'ida'], ['reply_received', 'ida'], ['email_sent', 'jon']);
});
afterAll(() => project?.stop());

describe('an operator', () => {
  let campaignId: string;

  it('finds what waits and maps it; it is there when the call returns', async () => {
    const { data: unmapped } = await operator.from('unmapped_campaigns').select('*').single();
    expect(unmapped).toMatchObject({ connection_id: shared.id, name: 'Spring', held_events: 3 });
    expect(JSON.stringify(unmapped)).not.toContain(providerCampaign);
    expect(await ledger()).toMatchObject({ received: 3, quarantined: 3, projected: 0 });

    const { data, error } = await operator.rpc('map_campaign', {
      unmapped_campaign_id: unmapped?.id ?? '',
      target_client_id: bakery.clientId,
    });
    expect([error, data]).toMatchObject([null, { released: 3, projected: 3 }]);
    campaignId = (data as { campaign_id: string }).campaign_id;
    expect(await leadsOf(clients.bakery)).toEqual(['ida@lead.test', 'jon@lead.test']);
    expect(await ledger()).toMatchObject({ received: 3, quarantined: 0, projected: 3 });
  });

  it('moves it to the right client, and the wrong one sees nothing of it any more', async () => {
    const { data, error } = await operator.rpc('remap_campaign', {
      target_campaign_id: campaignId,
      target_client_id: dentist.clientId,
    });
    expect([error, data]).toMatchObject([null, { moved: { synced_leads: 2, email_events: 3 } }]);
    expect(await leadsOf(clients.bakery)).toEqual([]);
    expect((await clients.bakery.from('client_campaigns').select('*')).data).toEqual([]);
    expect(await leadsOf(clients.dentist)).toEqual(['ida@lead.test', 'jon@lead.test']);
    expect((await clients.dentist.from('client_campaigns').select('sent, replied')).data).toEqual([
      { sent: 2, replied: 1 },
    ]);
  });

  it('moves it back and forth under load, and no row is left at the wrong client', async () => {
    for (let round = 0; round < 6; round++) {
      const target = round % 2 === 0 ? bakery : dentist;
      const [, moved] = await Promise.all([
        deliver(
          ...Array.from({ length: 9 }, (_, n): [string, string] => ['email_sent', `load${round}x${n}`]),
        ),
        operator.rpc('remap_campaign', {
          target_campaign_id: campaignId,
          target_client_id: target.clientId,
        }),
      ]);
      expect(moved.error).toBeNull();
      const strays = await project.sql(
        `select client_id from public.synced_leads where client_id <> $1
         union all select client_id from public.email_events where client_id <> $1
         union all select client_id from public.campaign_activity where client_id <> $1`,
        [target.clientId],
      );
      expect(strays).toEqual([]);
    }
    expect((await leadsOf(clients.dentist))?.length).toBe(2 + 54);
  });

  it('switches a client off; what arrives waits, and is there when it is on again', async () => {
    const set = (enabled: boolean) =>
      operator.rpc('set_client_integration', { target_client_id: dentist.clientId, enabled });
    expect((await set(false)).error).toBeNull();
    await deliver(['email_sent', 'kim'], ['email_sent', 'lea']);
    expect(await leadsOf(clients.dentist)).not.toContain('kim@lead.test');
    expect(await ledger()).toMatchObject({ quarantined: 2 });
    expect((await set(true)).data).toMatchObject({ released: 2 });
    await project.project();
    expect(await leadsOf(clients.dentist)).toEqual(
      expect.arrayContaining(['kim@lead.test', 'lea@lead.test']),
    );
    expect(await ledger()).toMatchObject({ quarantined: 0, waiting: 0 });
  });

  it('loses nothing when a client is switched while deliveries come in', async () => {
    for (let round = 0; round < 6; round++) {
      await Promise.all([
        deliver(['email_sent', `switch${round}a`], ['email_sent', `switch${round}b`]),
        operator.rpc('set_client_integration', {
          target_client_id: dentist.clientId,
          enabled: round % 2 === 1,
        }),
      ]);
    }
    await project.project();
    expect((await leadsOf(clients.dentist))?.filter((email) => email.startsWith('switch')).length).toBe(12);
    expect(await ledger()).toMatchObject({ quarantined: 0, waiting: 0, dead: 0 });
  });

  it('reads dead letters without the lead and replays them', async () => {
    await deliver(['email_sent', 'max']);
    await project.sql(
      `update private.webhook_events set status = 'dead', reason = 'Tested' where event ->> 'email' = 'max@lead.test'`,
    );
    const { data: dead } = await operator.from('dead_letters').select('*').single();
    expect(dead).toMatchObject({
      campaign_id: campaignId,
      type: 'email_sent',
      reason: 'Tested',
      replayable: true,
    });
    expect(JSON.stringify(dead)).not.toContain('max@lead.test');
    expect(JSON.stringify(dead)).not.toContain(providerCampaign);
    const { error: refused } = await operator.rpc('replay_dead_letters');
    expect([refused?.code, refused?.message]).toEqual(['PT400', 'VALIDATION_FAILED']);
    const { data: counted } = await operator.rpc('replay_dead_letters', { reason_like: 'test%' });
    expect(counted).toEqual({ matched: 1, replayable: 1, replayed: 0 });
    await project.sql(`delete from public.email_events where email = 'max@lead.test'`);
    const { data: replayed } = await operator.rpc('replay_dead_letters', {
      ids: [dead?.id ?? 0],
      dry_run: false,
    });
    expect(replayed).toEqual({ matched: 1, replayable: 1, replayed: 1 });
    await project.project();
    expect((await operator.from('dead_letters').select('id')).data).toEqual([]);
  });

  it('reads the drift between both counts', async () => {
    const drift = () => operator.from('analytics_drift').select('*').eq('campaign_id', campaignId).single();
    expect((await drift()).data).toMatchObject({
      provider_read: false,
      replied_observed: 1,
      replied_difference: null,
    });
    await project.sql('update public.campaigns set synced_at = now() where id = $1', [campaignId]);
    const { data } = await drift();
    expect(data).toMatchObject({
      day: '2026-10-05',
      provider_read: true,
      sent_reported: null,
      replied_observed: 1,
      replied_difference: 1,
    });
    expect(data?.sent_difference).toBe(data?.sent_observed);
  });

  it('finds each act in the audit log, under the name of who did it', async () => {
    const { data: user } = await operator.auth.getUser();
    const { data } = await operator.from('audit_log').select('action, actor_id').order('id');
    expect(new Set(data?.map((row) => row.actor_id))).toEqual(new Set([user.user?.id]));
    expect(data?.[0]?.action).toBe('campaign_mapped');
    expect(data?.filter((row) => row.action === 'campaign_remapped').length).toBe(7);
    expect(data?.filter((row) => row.action.startsWith('client_switched')).length).toBe(8);
    expect(data?.filter((row) => row.action === 'dead_letters_replayed').length).toBe(1);
  });
});

describe('a client', () => {
  it('is refused by every operator function', async () => {
    const id = dentist.clientId;
    const asks = (client: Client) =>
      Promise.all([
        client.rpc('map_campaign', { unmapped_campaign_id: id, target_client_id: id }),
        client.rpc('remap_campaign', { target_campaign_id: id, target_client_id: id }),
        client.rpc('replay_dead_letters', { ids: [1], dry_run: false }),
        client.rpc('set_client_integration', { target_client_id: id, enabled: false }),
      ]);
    for (const { error, status } of await asks(clients.dentist)) {
      expect([status, error?.message]).toEqual([403, 'FORBIDDEN']);
    }
    for (const { error } of await asks(project.browser())) expect(error?.code).toBe('42501');
  });

  it('leaves the switches alone: a secret key may use them', async () => {
    const { data } = await project.service.rpc('set_client_integration', {
      target_client_id: bakery.clientId,
      enabled: true,
    });
    expect(data).toMatchObject({ enabled: true, released: 0 });
  });
});
