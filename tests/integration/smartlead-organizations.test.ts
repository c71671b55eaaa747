// Organisations: one Smartlead account serves many clients, each by what it is called there.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tenant } from '../support/project.ts';
import { makeSmartleadCampaign } from '../support/smartlead-api.ts';
import { smartleadDelivery } from '../support/smartlead-deliveries.ts';
import { key, people, SmartleadScene } from '../support/smartlead-scene.ts';

let scene: SmartleadScene;

beforeAll(async () => {
  scene = await SmartleadScene.start();
});
afterAll(() => scene.stop());

describe('organisations', () => {
  let connectionId: string;
  let harbour: Tenant;
  let ours: string;
  const operator = async () => await scene.project.signIn(await scene.project.createUser('operator', null));
  const organization = async (name: string) => {
    const { data } = await (await operator()).from('provider_organizations').select('*')
      .eq('connection_id', connectionId).eq('provider_org_name', name).single();
    return data;
  };
  const emit = (campaignId: string, leadEmail: string) =>
    scene.project.smartlead.emit({
      workspaceId: scene.workspaceId('shared'),
      campaignId,
      leadEmail,
      type: 'email_sent',
      step: 1,
    });

  beforeAll(async () => {
    harbour = await scene.project.createTenant('Harbour');
    scene.open('shared');
    const make = (name: string, clientId: number | null) =>
      makeSmartleadCampaign(scene.project.smartlead.url, key('shared'), name, {
        clientId,
        leads: people(2, name.toLowerCase()),
      });
    ours = await make('Ours', 5000);
    await make('Theirs', 6000);
    await make('Nobody', null);
    connectionId = await scene.connect('shared', null);
    await scene.sync(connectionId);
  });

  it('of a shared workspace wait until an operator says whose they are, events included', async () => {
    emit(ours, 'ours0@smart.test');
    await scene.project.smartlead.deliveriesSettled();
    await scene.project.project();
    expect(await organization('Lakeside')).toMatchObject({
      client_id: null,
      provider_org_id: '5000',
      campaigns: 1,
      unmapped_campaigns: 1,
      held_events: 1,
    });
    const mapped = await (await operator()).rpc('map_organization', {
      target_organization_id: String((await organization('Lakeside'))?.id),
      target_client_id: scene.tenant.clientId,
    });
    expect(mapped.data).toEqual({ campaigns: 1, released: 1, projected: 1 });
    const client = await scene.project.signIn(scene.tenant);
    const { data } = await client.from('client_campaigns').select('name').in('name', [
      'Ours',
      'Theirs',
      'Nobody',
    ]);
    expect(data).toEqual([{ name: 'Ours' }]);
  });

  it('take future campaigns with them as soon as the provider lists them, and leave the others in quarantine', async () => {
    await (await operator()).rpc('map_organization', {
      target_organization_id: String((await organization('Harbour'))?.id),
      target_client_id: harbour.clientId,
    });
    await makeSmartleadCampaign(scene.project.smartlead.url, key('shared'), 'Later', { clientId: 6000 });
    await scene.sync(connectionId);
    const body = smartleadDelivery('EMAIL_SENT', {
      campaign_id: 99_001,
      campaign_name: 'By event',
      client_id: 6000,
    });
    const unknown = smartleadDelivery('EMAIL_SENT', {
      campaign_id: 99_002,
      campaign_name: 'Unknown',
      client_id: 7777,
    });
    const [webhook] = await scene.api('shared').get(`campaigns/${ours}/webhooks`) as {
      webhook_url: string;
    }[];
    const answer = await fetch(String(webhook?.webhook_url), {
      method: 'POST',
      body: JSON.stringify([body, unknown]),
    });
    expect(answer.status).toBe(200);
    await scene.project.project();
    const campaigns = await scene.project.sql(
      `select c.name from public.campaigns as c where c.client_id = $1 order by c.name`,
      [harbour.clientId],
    );
    // A delivery alone makes no campaign, whatever organisation it names.
    expect(campaigns).toEqual([{ name: 'Later' }, { name: 'Theirs' }]);
    await scene.project.sql('select worker.record_provider_campaigns($1, $2)', [
      connectionId,
      JSON.stringify([{ provider_campaign_id: '99001', name: 'By event', provider_org_id: '6000' }]),
    ]);
    await scene.project.project();
    expect(
      await scene.project.sql(
        `select c.name, l.email from public.campaigns as c join public.synced_leads as l on l.campaign_id = c.id
         where c.name = 'By event'`,
      ),
    ).toMatchObject([{ name: 'By event' }]);
    const held = await scene.project.sql(
      `select w.status, w.reason from private.webhook_events as w where w.provider_campaign_id = '99002'`,
    );
    expect(held).toEqual([{
      status: 'quarantined',
      reason: 'Nobody has said yet which client this campaign belongs to',
    }]);
  });

  it('are the operators’: a client sees and maps none, and none can be taken from another client', async () => {
    const client = await scene.project.signIn(scene.tenant);
    expect((await client.from('provider_organizations').select('*')).data).toEqual([]);
    const wanted = {
      target_organization_id: String((await organization('Harbour'))?.id),
      target_client_id: scene.tenant.clientId,
    };
    expect((await client.rpc('map_organization', wanted)).error?.code).toBe('PT403');
    expect((await (await operator()).rpc('map_organization', wanted)).error?.code).toBe('PT400');
  });

  it('limit a dedicated connection to those that are mapped', async () => {
    scene.open('limited');
    for (const [name, clientId] of [['Inside', 5000], ['Outside', 6000], ['Without', null]] as const) {
      await makeSmartleadCampaign(scene.project.smartlead.url, key('limited'), name, { clientId });
    }
    connectionId = await scene.connect('limited', scene.tenant.clientId);
    await scene.project.sql(
      `select worker.record_provider_organizations($1, '[{"provider_org_id":"5000","name":"Lakeside"}]')`,
      [connectionId],
    );
    await (await operator()).rpc('map_organization', {
      target_organization_id: String((await organization('Lakeside'))?.id),
      target_client_id: scene.tenant.clientId,
    });
    await scene.sync(connectionId);
    const names = await scene.project.sql(`select name from public.campaigns where connection_id = $1`, [
      connectionId,
    ]);
    expect(names).toEqual([{ name: 'Inside' }]);
  });
});
