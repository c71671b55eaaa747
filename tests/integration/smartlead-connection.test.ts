// A Smartlead connection: its key, its webhooks campaign by campaign, and what smartlead-webhook takes.
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSnippet } from '../support/docs.ts';
import type { TestConnection } from '../support/project.ts';
import { makeSmartleadCampaign } from '../support/smartlead-api.ts';
import { smartleadDelivery } from '../support/smartlead-deliveries.ts';
import { key, people, SmartleadScene } from '../support/smartlead-scene.ts';

const bodySecret = '2d7f0c58-31de-4a8e-9f3e-6b0b6f5b9c10';

let scene: SmartleadScene;

beforeAll(async () => {
  scene = await SmartleadScene.start();
});
afterAll(() => scene.stop());

describe('a connection', () => {
  let connectionId: string;

  it('is saved with a key that works, under the account that its campaigns name', async () => {
    scene.open('saved');
    await makeSmartleadCampaign(scene.project.smartlead.url, key('saved'), 'First', {
      leads: people(3, 'saved'),
    });
    const saved = await scene.save({ api_key: key('saved'), client_id: scene.tenant.clientId });
    expect(saved).toMatchObject({
      status: 200,
      body: { created: true, webhook: { registered: true, test: { success: true } } },
    });
    connectionId = String(saved.body['connection_id']);
    expect((saved.body['workspace'] as { id: string }).id).toMatch(/^\d+$/);
    const tested = await scene.project.invoke('provider-connection', {
      action: 'test',
      connection_id: connectionId,
    });
    expect(tested.body).toMatchObject({ same_workspace: true });
  });

  it('refuses a wrong key, and the key of another account or of an empty one', async () => {
    const wrong = await scene.save({ api_key: 'no-such-key-at-all' });
    expect([wrong.status, (wrong.body['error'] as { code: string }).code]).toEqual([
      409,
      'SMARTLEAD_API_KEY_INVALID',
    ]);
    scene.open('empty');
    scene.open('foreign');
    await makeSmartleadCampaign(scene.project.smartlead.url, key('foreign'), 'Foreign');
    for (const name of ['empty', 'foreign']) {
      const refused = await scene.save({ connection_id: connectionId, api_key: key(name) });
      expect([refused.status, (refused.body['error'] as { message: string }).message]).toEqual([
        400,
        expect.stringContaining('another workspace'),
      ]);
    }
  });

  it('gives each campaign its webhook with the first sync, new ones with the next, and none of them twice', async () => {
    await scene.widen(connectionId);
    const webhooks = async (name: string) => {
      const [campaign] = (await scene.api('saved').get('campaigns/') as { id: number; name: string }[])
        .filter((one) => one.name === name);
      return await scene.api('saved').get(`campaigns/${campaign?.id}/webhooks`) as {
        webhook_url: string;
        id: number;
      }[];
    };
    await scene.sync(connectionId);
    const [first] = await webhooks('First');
    expect(first?.webhook_url).toMatch(
      new RegExp(`^${scene.relay.url}/smartlead-webhook/${connectionId}\\?token=`),
    );
    const second = await makeSmartleadCampaign(scene.project.smartlead.url, key('saved'), 'Second');
    // By hand, with an old address of ours: corrected, and its double removed.
    for (const host of ['old-one', 'old-two']) {
      await scene.api('saved').post(`campaigns/${second}/webhooks`, {
        id: null,
        name: 'By hand',
        webhook_url: `https://${host}.test/functions/v1/smartlead-webhook/${connectionId}`,
        event_types: ['EMAIL_SENT'],
      });
    }
    await scene.sync(connectionId);
    await scene.sync(connectionId);
    expect((await webhooks('First')).length).toBe(1);
    expect((await webhooks('Second')).map((one) => one.webhook_url)).toEqual([first?.webhook_url]);
  });

  it('takes its webhooks away when it is removed', async () => {
    await scene.project.invoke('provider-connection', { action: 'remove', connection_id: connectionId });
    for (const { id } of await scene.api('saved').get('campaigns/') as { id: number }[]) {
      expect(await scene.api('saved').get(`campaigns/${id}/webhooks`)).toEqual([]);
    }
  });
});

describe('smartlead-webhook', () => {
  let connection: TestConnection;
  const post = (body: unknown, query = '', headers: Record<string, string> = {}) =>
    fetch(`${connection.webhookUrl}${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const status = async (...request: Parameters<typeof post>) => (await post(...request)).status;

  beforeAll(async () => {
    connection = await scene.project.createConnection(scene.tenant.clientId, undefined, 'smartlead');
    await scene.project.listCampaigns(connection, smartleadDelivery('EMAIL_SENT').campaign_id as number);
  });

  it('takes what carries our token, and nothing else', async () => {
    expect(await status(smartleadDelivery('EMAIL_SENT'))).toBe(401);
    expect(await status(smartleadDelivery('EMAIL_SENT'), '?token=wrong')).toBe(401);
    expect(await status(smartleadDelivery('EMAIL_SENT'), '', { 'x-webhook-secret': connection.secret })).toBe(
      401,
    );
    expect(await status(smartleadDelivery('EMAIL_SENT'), `?token=${connection.secret}`)).toBe(200);
    const stored = await (await post(smartleadDelivery('FIRST_EMAIL_SENT'), `?token=${connection.secret}`))
      .json();
    expect(stored).toEqual({ received: 1, stored: 0, duplicate: 1 });
  });

  it('takes the secret_key of the body once somebody has saved it, the placeholder of a test only with the token', async () => {
    const saved = await scene.project.invoke('provider-connection', {
      action: 'save_provider_secret',
      connection_id: connection.id,
      secret: bodySecret,
      use: 'body',
    });
    expect(saved.status).toBe(200);
    expect(await status(smartleadDelivery('EMAIL_OPEN'))).toBe(200);
    const test = smartleadDelivery('EMAIL_SENT', {
      secret_key: 'secretkey',
      sl_lead_email: 'test@example.com',
    });
    expect(await status(test)).toBe(401);
    expect(await status(test, `?token=${connection.secret}`)).toBe(200);
    // Our own secret is rotated without touching the provider's.
    await scene.project.sql(`select worker.save_webhook_secret($1, repeat('ab', 32), 'encrypted', 'k1', 0)`, [
      connection.id,
    ]);
    expect(await status(smartleadDelivery('EMAIL_BOUNCE'))).toBe(200);
    await scene.project.sql(`update private.webhook_secrets set expires_at = null where connection_id = $1`, [
      connection.id,
    ]);
  });

  it('looks at a signature only when its key is known', async () => {
    const body = smartleadDelivery('EMAIL_REPLY');
    const sign = (secret: string) => ({
      'x-smartlead-signature': `sha256=${
        createHmac('sha256', secret).update(JSON.stringify(body)).digest('hex')
      }`,
    });
    const signed = await scene.project.createConnection(scene.tenant.clientId, undefined, 'smartlead');
    const to = (headers: Record<string, string>) =>
      scene.project.deliver(signed, body, headers).then((answer) => answer.status);
    await scene.project.invoke('provider-connection', {
      action: 'save_provider_secret',
      connection_id: signed.id,
      secret: 'the-signing-key-of-smartlead',
      use: 'signature',
    });
    expect(await to(sign('something else'))).toBe(401);
    expect(await to(sign('the-signing-key-of-smartlead'))).toBe(200);
    expect(await to({})).toBe(200);
    // Presented as a secret, the key of the signature opens nothing.
    const presented = { ...body, secret_key: 'the-signing-key-of-smartlead' };
    expect((await fetch(signed.webhookUrl, { method: 'POST', body: JSON.stringify(presented) })).status).toBe(
      401,
    );
    expect(await status(body, `?token=${connection.secret}`, sign('whatever'))).toBe(200);
  });

  it('gives clients the events under the names of the older schema', async () => {
    const follow = smartleadDelivery('EMAIL_OPEN', { sequence_number: 2, stats_id: 'second-mail' });
    await post(follow, `?token=${connection.secret}`);
    await scene.project.project();
    const client = await scene.project.signIn(scene.tenant);
    const data = await runSnippet('client_email_events', client);
    const names = data.map((row) => row['event_name']);
    expect(names).toEqual(expect.arrayContaining([
      'email_sent',
      'email_opened',
      'email_bounced',
      'email_replied',
      'email_follow_up_opened',
    ]));
    expect(data).toContainEqual(expect.objectContaining({
      event_name: 'email_follow_up_opened',
      is_follow_up: true,
      provider: 'smartlead',
    }));
  });
});
