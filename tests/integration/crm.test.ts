// Leads go to HubSpot once, and what its deal stages say comes back: against the simulator, with its limits, outages and people.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encryptKey } from '../../supabase/functions/_shared/connections/encryption.ts';
import { crmPurpose } from '../../supabase/functions/_shared/connections/reencrypt.ts';
import { runSnippet } from '../support/docs.ts';
import { type CrmScene, portalId, settings, startCrm, token } from '../support/crm-scene.ts';

/** Of every push; reading asks for deals only. */
const contacts = '/crm/v3/objects/contacts/*';

let scene: CrmScene;

beforeAll(async () => {
  scene = await startCrm();
});
afterAll(() => scene.stop());
beforeEach(() => scene.reset());

describe('connecting', () => {
  it('works as docs/api-crm.md says', async () => {
    const operator = await scene.project.signIn(await scene.project.createUser('operator', null));
    expect(await runSnippet('connect_crm', operator, { token })).toMatchObject({
      connection: { token_last4: 'oken', events: ['reply.positive', 'meeting.booked'] },
    });
  });

  it('shows what an account offers, checks the settings, and never gives the token away', async () => {
    const { body: offer } = await scene.call({ action: 'look', token });
    expect(offer).toMatchObject({
      account: { id: String(portalId), host: 'app-eu1.hubspot.com', currency: 'EUR', missingScopes: [] },
    });
    const { pipelines, properties } = offer as {
      pipelines: { id: string; stages: { id: string; status: string | null }[] }[];
      properties: { name: string; kind: string }[];
    };
    expect(pipelines[0]?.stages.map(({ id, status }) => [id, status])).toContainEqual(['closedwon', 'won']);
    expect(properties.map(({ name }) => name)).toContain('jobtitle');
    // Read only, or of a kind that our texts do not fit.
    for (const name of ['hs_email_optout', 'lifecyclestage', 'email', 'hs_object_id']) {
      expect(properties.map((property) => property.name)).not.toContain(name);
    }
    const refused = await scene.call({
      action: 'connect',
      client_id: null,
      token,
      ...settings,
      mapping: { campaign: 'was_deleted' },
    });
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'VALIDATION_FAILED' } } });

    const doubled = await scene.call({
      action: 'connect',
      client_id: null,
      token,
      ...settings,
      mapping: { campaign: 'message', last_reply: 'message' },
    });
    expect(doubled).toMatchObject({ status: 400, body: { error: { code: 'VALIDATION_FAILED' } } });

    const id = await scene.connect();
    expect(scene.portal.properties.deals.find(({ name }) => name === 'replyloop_reference')).toMatchObject({
      hasUniqueValue: true,
    });
    const stored = await scene.project.sql(
      `select to_jsonb(c) as row from public.crm_connections as c union all select to_jsonb(t) from private.crm_tokens as t
       union all select to_jsonb(a) from public.audit_log as a where a.target_type = 'crm'`,
    );
    expect(JSON.stringify(stored)).not.toContain(token);
    expect(await scene.call({ action: 'change', connection_id: id, ...settings, events: ['reply.positive'] }))
      .toMatchObject({
        status: 200,
        body: { connection: { events: ['reply.positive'], token_last4: 'oken' } },
      });
    expect((await scene.call({ action: 'connect', client_id: null, token, ...settings })).status).toBe(400);
    expect((await scene.call({ action: 'disconnect', connection_id: id })).status).toBe(200);
    expect(
      await scene.project.sql(
        `select action from public.audit_log where target_type = 'crm' order by id desc limit 3`,
      ),
    ).toEqual([{ action: 'crm_disconnected' }, { action: 'crm_changed' }, { action: 'crm_connected' }]);
  });

  it('names the permissions that a token lacks, and a token that is none', async () => {
    scene.portal.tokens.push({ token: 'pat-eu1-narrow', scopes: ['crm.objects.contacts.read'] });
    expect((await scene.call({ action: 'look', token: 'pat-eu1-narrow' })).body).toMatchObject({
      account: {
        missingScopes: expect.arrayContaining([
          'crm.objects.deals.write',
          'crm.schemas.deals.write',
        ]) as unknown,
      },
      pipelines: [],
    });
    const wrong = await scene.call({ action: 'look', token: 'pat-eu1-wrong' });
    expect(wrong).toMatchObject({ status: 400, body: { error: { code: 'VALIDATION_FAILED' } } });
    expect(JSON.stringify(wrong)).not.toContain('pat-eu1-wrong');
  });
});

describe('a positive reply', () => {
  it('becomes a contact and a deal that are linked, once', async () => {
    await scene.connect();
    const lead = await scene.positiveLead();
    const [deal, ...more] = scene.dealOf(lead.id);
    expect(more).toEqual([]);
    expect(deal).toMatchObject({
      properties: { dealname: 'Fjordpak – Jane Doe', pipeline: 'default', dealstage: 'newreply' },
      contacts: [scene.portal.contacts[0]?.id],
    });
    expect(scene.portal.contacts).toMatchObject([{
      properties: {
        email: lead.email,
        firstname: 'Jane',
        jobtitle: 'CFO',
        hs_linkedin_url: 'https://www.linkedin.com/in/jane',
        outreach_campaign: 'Autumn <CFOs>',
      },
    }]);
    await scene.makePositive(lead.id);
    expect((await scene.call({ action: 'push', lead_id: lead.id })).status).toBe(200);
    await scene.logged(lead.id, { state: 'delivered', is_by_hand: true });
    expect(scene.dealOf(lead.id)).toHaveLength(1);
    expect(await scene.project.one('select * from public.crm_leads where lead_id = $1', [lead.id]))
      .toMatchObject({
        deal_id: deal?.id,
        stage_name: 'New reply',
        last_state: 'delivered',
      });
  });

  it('fills the gaps of a contact that is there, and overwrites only what the loop knows', async () => {
    await scene.connect();
    scene.hubspot.addContact(portalId, {
      email: 'kim@fjordpak.test',
      firstname: 'Kimberly',
      outreach_campaign: 'Spring',
    });
    await scene.positiveLead({ email: 'kim@fjordpak.test' });
    expect(scene.portal.contacts).toHaveLength(1);
    expect(scene.portal.contacts[0]?.properties).toMatchObject({
      firstname: 'Kimberly',
      lastname: 'Doe',
      outreach_campaign: 'Autumn <CFOs>',
    });
  });

  it('is connected though HubSpot closes a connection under what only reads', async () => {
    const details = '/account-info/v3/details';
    const fault = { kind: 'drop-after' as const, method: 'GET', path: details };
    scene.hubspot.faults.set({ requests: [{ ...fault, times: 1 }] });
    await scene.connect();
    scene.hubspot.faults.set({ requests: [{ ...fault, times: 2 }] });
    const { status, body } = await scene.call({ action: 'look', token });
    expect([status, body]).toMatchObject([502, { error: { code: 'API_UNAVAILABLE' } }]);
    scene.hubspot.faults.clear();
  });

  it('makes one deal when the run dies before it hears of it', async () => {
    await scene.connect();
    scene.hubspot.faults.set({
      requests: [{
        kind: 'drop-after',
        method: 'POST',
        path: '/crm/v3/objects/deals/batch/upsert',
        times: 1,
      }],
    });
    const lead = await scene.addLead();
    await scene.makePositive(lead.id);
    await scene.logged(lead.id, {
      state: 'waiting',
      attempts: 1,
      last_error: 'HubSpot could not be reached',
    });
    expect(scene.dealOf(lead.id)).toHaveLength(1);
    await scene.runNow();
    await scene.logged(lead.id, { state: 'delivered' });
    expect(scene.dealOf(lead.id)).toHaveLength(1);

    // The same where the whole run is gone: the lease ends, and somebody else takes it with nothing remembered.
    await scene.project.sql(
      `delete from public.crm_records; update private.crm_pushes set state = 'waiting', lease_token = gen_random_uuid()`,
    );
    await scene.runNow();
    await scene.logged(lead.id, { state: 'delivered' });
    expect(scene.dealOf(lead.id)).toHaveLength(1);
    expect(await scene.recordOf(lead.id)).toMatchObject({ deal_id: scene.dealOf(lead.id)[0]?.id });
  });

  it('waits as long as HubSpot asks for, and comes through its outages', async () => {
    await scene.connect();
    scene.hubspot.faults.set({
      requests: [{ kind: 'rate-limit', path: contacts, times: 1, retryAfterSeconds: 7 }],
    });
    const lead = await scene.addLead();
    await scene.makePositive(lead.id);
    await scene.logged(lead.id, { state: 'waiting', last_status: 429 });
    expect(
      await scene.project.one(
        `select hold_until > now() + interval '4 seconds' as holds, failing_since is not null as fails from public.crm_connections`,
      ),
    ).toEqual({ holds: true, fails: true });
    for (
      const fault of [
        { kind: 'error-503' as const },
        { kind: 'answer' as const, status: 200, body: { results: 'odd' } },
        { kind: 'answer' as const, status: 200, body: '<html>' },
        { kind: 'answer' as const, status: 423, body: { status: 'error', category: 'LOCKED' } },
      ]
    ) {
      const { attempts } = await scene.logged(lead.id, { state: 'waiting' });
      scene.hubspot.faults.set({ requests: [{ ...fault, path: contacts, times: 1 }] });
      await scene.runNow();
      await scene.project.eventually(async () => {
        const { free } = await scene.project.one<{ free: boolean }>(
          'select bool_and(lease_token is null) and min(attempts) > $1 as free from private.crm_pushes',
          [attempts],
        );
        return free;
      }, 'the attempt has ended');
    }
    scene.hubspot.faults.clear();
    await scene.runNow();
    await scene.logged(lead.id, { state: 'delivered' });
    expect(await scene.project.one('select failing_since from public.crm_connections')).toEqual({
      failing_since: null,
    });
  });

  it('goes through without a field that HubSpot does not take, and says which', async () => {
    await scene.connect();
    const { properties } = scene.portal;
    properties.contacts = properties.contacts.filter(({ name }) => name !== 'outreach_campaign');
    const lead = await scene.positiveLead();
    expect((await scene.logged(lead.id, { state: 'delivered' }))['note']).toContain('outreach_campaign');
    expect(scene.dealOf(lead.id)).toHaveLength(1);
    // A person's address that HubSpot refuses is refused at every attempt.
    scene.hubspot.faults.set({
      requests: [{
        kind: 'answer',
        method: 'POST',
        path: '/crm/v3/objects/contacts/batch/upsert',
        status: 400,
        body: { status: 'error', message: 'Email address is invalid', category: 'VALIDATION_ERROR' },
      }],
    });
    const odd = await scene.addLead();
    await scene.makePositive(odd.id);
    await scene.logged(odd.id, { state: 'failed', attempts: 1, last_status: 400 });
    expect(await scene.project.one('select failing_since from public.crm_connections')).toEqual({
      failing_since: null,
    });
  });
});

describe('a refused token', () => {
  it('switches the connection off with an incident; a new one sends what waited', async () => {
    const id = await scene.connect();
    const [kept] = scene.portal.tokens.splice(0, 1);
    const lead = await scene.addLead();
    await scene.makePositive(lead.id);
    // By the push or by a read, whichever came first.
    await scene.project.eventually(
      async () => (await scene.project.sql('select from public.incidents')).length > 0,
      'an incident is open',
    );
    await scene.logged(lead.id, { state: 'waiting' });
    expect(await scene.project.one('select kind, subject, closed_at, details from public.incidents'))
      .toMatchObject({
        kind: 'crm_switched_off',
        subject: `crm:${id}`,
        closed_at: null,
        details: expect.not.stringContaining(token) as unknown,
      });
    // What happens meanwhile waits too.
    const later = await scene.addLead();
    await scene.makePositive(later.id);
    await scene.logged(later.id, { state: 'waiting', attempts: 0 });
    if (kept) scene.portal.tokens.unshift({ ...kept, token: 'pat-eu1-new-token' });
    const { status } = await scene.call({
      action: 'change',
      connection_id: id,
      token: 'pat-eu1-new-token',
      ...settings,
    });
    expect(status).toBe(200);
    await scene.logged(lead.id, { state: 'delivered' });
    await scene.logged(later.id, { state: 'delivered' });
    expect(await scene.project.one('select closed_at is not null as over from public.incidents')).toEqual({
      over: true,
    });
  });
});

describe('who may', () => {
  it('manage it: operators, not clients; run it: the scheduler alone', async () => {
    const client = await scene.project.signIn(scene.tenant);
    const refused = await client.functions.invoke('crm', { body: { action: 'look', token } });
    expect(refused.error).not.toBeNull();
    expect((await client.from('crm_connections').select('id')).data).toEqual([]);
    const operator = await scene.project.signIn(await scene.project.createUser('operator', null));
    expect((await operator.functions.invoke<unknown>('crm', { body: { action: 'look', token } })).error)
      .toBeNull();
    expect((await operator.functions.invoke('crm', { body: { action: 'run' } })).error).not.toBeNull();
  });

  it('rotate the master key: tokens go along', async () => {
    const id = await scene.connect();
    const old = await encryptKey({ ...scene.project.masterKeys, current: 'k0' }, crmPurpose(id), token);
    await scene.project.sql('update private.crm_tokens set encrypted_token = $1, master_key_id = $2', [
      old.encryptedKey,
      old.masterKeyId,
    ]);
    expect(await scene.project.invoke('provider-connection', { action: 'reencrypt' })).toMatchObject({
      body: { reencrypted: 1, unreadable: [] },
    });
    expect(await scene.project.sql('select master_key_id from private.crm_tokens')).toEqual([{
      master_key_id: 'k1',
    }]);
    expect((await scene.call({ action: 'look_again', connection_id: id })).status).toBe(200);
  });
});
