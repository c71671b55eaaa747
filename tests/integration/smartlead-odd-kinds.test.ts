// Odd things that Smartlead really does, from its own delivery to what a client or an operator reads of it.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Behaviour, EmitOptions } from '../../simulators/smartlead/simulator.ts';
import { defaultBehaviour } from '../../simulators/smartlead/options.ts';
import { deliverable } from '../support/businesses.ts';
import { readRelation, type Tenant } from '../support/project.ts';
import { makeSmartleadCampaign } from '../support/smartlead-api.ts';
import { key, people, SmartleadScene } from '../support/smartlead-scene.ts';

let scene: SmartleadScene;

beforeAll(async () => {
  scene = await SmartleadScene.start('export-campaign');
});
afterAll(() => scene.stop());
afterEach(() => scene.project.smartlead.behave(defaultBehaviour));

type Happening = Omit<EmitOptions, 'workspaceId' | 'campaignId'>;

/** A client with a connection of its own and a campaign whose people have all got their first mail. */
async function contacted(name: string, count: number) {
  const tenant = await scene.project.createTenant(name);
  scene.open(name);
  const campaign = await makeSmartleadCampaign(scene.project.smartlead.url, key(name), name, {
    leads: people(count, name),
  });
  const connectionId = await scene.connect(name, tenant.clientId);
  await scene.sync(connectionId);
  const happen = async (...happenings: Happening[]) => {
    for (const happening of happenings) {
      scene.project.smartlead.emit({
        workspaceId: scene.workspaceId(name),
        campaignId: campaign,
        step: 1,
        ...happening,
      });
      await scene.project.smartlead.deliveriesSettled();
    }
    await scene.project.project();
  };
  await happen(
    ...people(count, name).map(({ email }) => ({ leadEmail: email, type: 'email_sent' as const })),
  );
  return { tenant, connectionId, campaign, happen };
}

async function seenBy(tenant: Tenant) {
  const client = await scene.project.signIn(tenant);
  const { data: campaign } = await client.from('client_campaigns')
    .select('leads, contacted, replied, auto_replies, bounced, positive, reply_rate').single();
  const { data: replies } = await client.from('client_replies')
    .select('email, written_by, body_text, is_auto_reply, interest_status').order('occurred_at').order(
      'email',
    );
  const { data: suppressed } = await client.from('suppressions').select('email, reason, bounce_class').order(
    'email',
  );
  return { campaign, replies: replies ?? [], suppressed };
}

const behave = (changes: Partial<Behaviour>) => scene.project.smartlead.behave(changes);

async function exported(campaignId: string) {
  const answer = await scene.project.invoke('export-campaign', { campaign_id: campaignId, activate: true });
  expect(answer).toMatchObject({ status: 202 });
  const job = await scene.project.jobEnded(String(answer.body['job_id']));
  const receipts = await scene.project.sql<{ email: string; outcome: string; reason: string | null }>(
    'select email, outcome, reason from public.export_receipts where export_id = $1 order by id',
    [job['id']],
  );
  return { job, receipts };
}

describe('a bounce', () => {
  it('suppresses only an address that does not exist, not what is our own fault or a block list’s', async () => {
    const { tenant, happen } = await contacted('bounced', 4);
    await happen(
      { leadEmail: 'bounced0@smart.test', type: 'email_bounced', senderSide: true },
      { leadEmail: 'bounced1@smart.test', type: 'email_bounced', text: '550 5.1.1 User unknown' },
      {
        leadEmail: 'bounced2@smart.test',
        type: 'email_bounced',
        text: '554 5.7.1 Rejected, listed at Spamhaus',
      },
    );
    const seen = await seenBy(tenant);
    expect(seen.suppressed).toEqual([
      { email: 'bounced1@smart.test', reason: 'bounced', bounce_class: 'hard' },
    ]);
    expect(seen.campaign).toMatchObject({ contacted: 4, bounced: 3 });
    const client = await scene.project.signIn(tenant);
    const { data } = await client.from('client_email_events').select('email, bounce_class')
      .eq('type', 'email_bounced').order('email');
    expect(data?.map((event) => event.bounce_class)).toEqual(['sender', 'hard', 'block']);
  });
});

describe('a category that is given by its number', () => {
  it('corrects the earlier reading of a reply as a person’s, in lead, counters and rates', async () => {
    const { tenant, connectionId, happen } = await contacted('away', 4);
    // In words that our own rules do not read as an absence, which they would correct in the background.
    await happen(
      { leadEmail: 'away0@smart.test', type: 'reply_received', text: 'I am on the boat' },
      { leadEmail: 'away1@smart.test', type: 'reply_received', text: 'I am at sea' },
      { leadEmail: 'away2@smart.test', type: 'reply_received', text: 'Call me' },
    );
    expect((await seenBy(tenant)).campaign).toMatchObject({ contacted: 4, replied: 3, reply_rate: 0.75 });
    // The same reply with its category, and a change of the category that has nothing but a number.
    behave({ categoryShape: 'number' });
    await happen(
      { leadEmail: 'away0@smart.test', type: 'reply_told_again', label: 'Out Of Office' },
      { leadEmail: 'away1@smart.test', type: 'lead_out_of_office' },
    );
    const seen = await seenBy(tenant);
    expect(seen.campaign).toMatchObject({ contacted: 4, replied: 1, auto_replies: 2, reply_rate: 0.25 });
    expect(seen.replies.map(({ email, is_auto_reply }) => [email, is_auto_reply]).sort()).toEqual([
      ['away0@smart.test', true],
      ['away1@smart.test', true],
      ['away2@smart.test', false],
    ]);
    const leads = await scene.project.sql(
      `select l.email, l.lead_status, l.reply_count from public.synced_leads as l
       join public.campaigns as c on c.id = l.campaign_id where c.connection_id = $1 order by l.email`,
      [connectionId],
    );
    expect(leads.slice(0, 3).map(({ lead_status, reply_count }) => [lead_status, reply_count])).toEqual([
      ['emailed', 0],
      ['emailed', 0],
      ['replied', 1],
    ]);
  });
});

describe('a reply', () => {
  it.each(['nested', 'official'] as const)('in the %s shape is read whole, and once', async (replyShape) => {
    const { tenant, happen } = await contacted(replyShape, 2);
    behave({ replyShape });
    const leadEmail = `${replyShape}0@smart.test`;
    await happen({ leadEmail, type: 'reply_received', text: 'Sure, tell me more' });
    await happen({ leadEmail, type: 'reply_told_again' });
    // Where only HTML came, its text is made in the background.
    await scene.project.eventually(async () => {
      await scene.project.invoke('sync-client', { prepare_messages: true });
      return (await seenBy(tenant)).replies[0]?.body_text === 'Sure, tell me more';
    }, 'the reply has its text');
    const seen = await seenBy(tenant);
    expect(seen.replies).toMatchObject([{ email: leadEmail, is_auto_reply: false }]);
    expect(seen.campaign).toMatchObject({ leads: 2, contacted: 2, replied: 1, reply_rate: 0.5 });
  });

  it('of a colleague is the lead’s, names the writer, and creates no lead', async () => {
    const { tenant, happen } = await contacted('office', 1);
    await happen({
      leadEmail: 'office0@smart.test',
      type: 'reply_received',
      from: 'boss@elsewhere.test',
      text: 'I answer for her',
    });
    const seen = await seenBy(tenant);
    expect(seen.replies).toMatchObject([{ email: 'office0@smart.test', written_by: 'boss@elsewhere.test' }]);
    expect(seen.campaign).toMatchObject({ leads: 1, contacted: 1, replied: 1, reply_rate: 1 });
  });
});

it('a category dated 9999 does not win over the one that comes after it', async () => {
  const { tenant, connectionId, happen } = await contacted('future', 1);
  const leadEmail = 'future0@smart.test';
  await happen({ leadEmail, type: 'reply_received', text: 'No, thank you' });
  await happen({ leadEmail, type: 'lead_interested', at: '9999-12-31T00:00:00Z' });
  expect((await seenBy(tenant)).campaign).toMatchObject({ positive: 1 });
  await happen({ leadEmail, type: 'lead_not_interested', at: new Date(Date.now() + 5000) });
  const seen = await seenBy(tenant);
  expect(seen.campaign).toMatchObject({ positive: 0 });
  expect(seen.replies).toMatchObject([{ interest_status: 'negative' }]);
  const latest = await scene.project.one(
    `select max(a.day) < current_date + 2 as sane, max(t.last_event_at) < now() + interval '1 day' as believed
     from public.campaigns as c join public.campaign_activity as a on a.campaign_id = c.id
     join public.campaign_activity_totals as t on t.campaign_id = c.id where c.connection_id = $1`,
    [connectionId],
  );
  expect(latest).toEqual({ sane: true, believed: true });
});

it('Do Not Contact suppresses at once, and a later export leaves the person out', async () => {
  const { tenant, connectionId, happen } = await contacted('silent', 2);
  await happen({ leadEmail: 'silent0@smart.test', type: 'lead_do_not_contact' });
  expect((await seenBy(tenant)).suppressed).toEqual([
    { email: 'silent0@smart.test', reason: 'do_not_contact', bounce_class: null },
  ]);
  const next = await scene.project.createCampaign(tenant.clientId, connectionId, { name: 'Next' });
  await scene.project.addBusinesses(tenant.clientId, next, [
    { email: 'silent0@smart.test' },
    { email: 'fresh@smart.test' },
  ]);
  const { job, receipts } = await exported(next);
  expect(job).toMatchObject({ status: 'completed' });
  expect(receipts.map(({ email, outcome, reason }) => [email, outcome, reason]).sort()).toEqual([
    ['fresh@smart.test', 'created', null],
    ['silent0@smart.test', 'skipped', 'suppressed'],
  ]);
});

it('the end of the plan stops an export, starts nothing, and the rest goes when there is room', async () => {
  const { tenant, connectionId } = await contacted('full', 1);
  const { smartlead } = scene.project;
  const campaignId = await scene.project.createCampaign(tenant.clientId, connectionId, { name: 'Full' });
  await scene.project.addBusinesses(tenant.clientId, campaignId, deliverable(5, 'full'));
  const starts = () => smartlead.requests({ method: 'POST' }).filter(({ path }) => path.endsWith('/status'));
  const before = starts().length;
  const outcomes = ({ receipts }: Awaited<ReturnType<typeof exported>>) =>
    receipts.map(({ outcome, reason }) => [outcome, reason]);

  smartlead.setRemainingInPlan(scene.workspaceId('full'), 2);
  const partly = await exported(campaignId);
  expect(partly.job).toMatchObject({ status: 'failed', error_code: 'PLAN_LIMIT_REACHED' });
  expect(outcomes(partly)).toEqual([
    ['created', null],
    ['created', null],
    ...Array.from({ length: 3 }, () => ['planned', 'plan_limit']),
  ]);
  const refused = await exported(campaignId);
  expect(refused.job).toMatchObject({ status: 'failed', error_code: 'PLAN_LIMIT_REACHED' });
  expect(outcomes(refused).filter(([outcome]) => outcome === 'planned')).toHaveLength(3);
  expect(starts()).toHaveLength(before);

  smartlead.setRemainingInPlan(scene.workspaceId('full'), 100);
  const rest = await exported(campaignId);
  expect(rest.job).toMatchObject({ status: 'completed', total: 3, done: 3 });
  expect(starts()).toHaveLength(before + 1);
});

it('the test of a saved webhook leaves nothing but a delivery marked as test', async () => {
  behave({ testEventOnSave: true });
  const tenant = await scene.project.createTenant('Tested');
  scene.open('tested');
  await makeSmartleadCampaign(scene.project.smartlead.url, key('tested'), 'Tested', {
    leads: people(1, 'tested'),
  });
  const connectionId = await scene.connect('tested', tenant.clientId);
  await scene.sync(connectionId);
  await scene.project.smartlead.deliveriesSettled();
  await scene.project.project();
  const stored = await scene.project.sql(
    'select distinct status, event from private.webhook_events where connection_id = $1',
    [connectionId],
  );
  expect(stored).toEqual([{ status: 'test', event: null }]);
  const seen = await seenBy(tenant);
  expect(seen).toMatchObject({ campaign: { leads: 1, contacted: 0 }, replies: [], suppressed: [] });
  const operator = await scene.project.signIn(await scene.project.createUser('operator', null));
  for (const name of ['dead_letters', 'incidents', 'unmapped_campaigns']) {
    const { data, error } = await readRelation(operator, name, { connection_id: connectionId });
    expect([name, error, data]).toEqual([name, null, []]);
  }
});
