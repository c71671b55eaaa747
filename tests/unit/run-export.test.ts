// One run of an export: the campaign at the provider, the leads batch by batch, and what remains for the next run.
import { describe, expect, it, vi } from 'vitest';
import type { Connection } from '../../supabase/functions/_shared/connections/open-connection.ts';

import { providerCampaignName, runExport } from '../../supabase/functions/_shared/export/run-export.ts';
import { defaultSteps } from '../../supabase/functions/_shared/export/sequence.ts';
import { type ConnectionJob, LeaseLost } from '../../supabase/functions/_shared/jobs/run-job.ts';
import {
  type AddLeadsResult,
  ProviderError,
  type ProviderSession,
} from '../../supabase/functions/_shared/providers/provider.ts';
import { fakeDatabase } from '../support/fake-database.ts';

const campaignId = '11111111-1111-4111-8111-111111111111';
const jobId = '22222222-2222-4222-8222-222222222222';
const token = '33333333-3333-4333-8333-333333333333';
const connectionId = '44444444-4444-4444-8444-444444444444';

const campaign = {
  id: campaignId,
  name: 'Bakeries',
  time_zone: 'Europe/Amsterdam',
  sending_days: [1, 2],
  sending_from: '09:00',
  sending_to: '16:30',
  daily_limit: 40,
  sending_accounts: ['mia@outreach.test'],
  sequence: null as unknown,
  unsubscribe_header: true,
  unsubscribe_text: 'Stop',
  footer: null as string | null,
  start_on: '2027-01-04',
  end_on: '2027-02-26',
  sending_account_tags: [] as string[],
  stop_on_reply: true,
  stop_for_company: false,
  track_opens: true,
  track_clicks: false,
  plain_text: false,
  provider_campaign_id: 'p-1' as string | null,
};
const settings = {
  name: 'Bakeries [11111111]',
  timeZone: 'Europe/Amsterdam',
  sendingDays: [1, 2],
  sendingFrom: '09:00',
  sendingTo: '16:30',
  dailyLimit: 40,
  sendingAccounts: ['mia@outreach.test'],
  startOn: '2027-01-04',
  endOn: '2027-02-26',
  sendingAccountTags: [],
  steps: defaultSteps,
  stopOnReply: true,
  stopForCompany: false,
  trackOpens: true,
  trackClicks: false,
  plainText: false,
  unsubscribeHeader: true,
  unsubscribeText: 'Stop',
};

const business = Object.fromEntries(
  [
    ...['name', 'category', 'rating', 'email_source', 'first_name', 'last_name', 'job_title', 'subject_line'],
    ...['icebreaker', 'website', 'phone', 'address', 'city', 'state', 'zip', 'linkedin_url', 'facebook_url'],
    ...['linkedin_contact_name', 'linkedin_contact_title', 'linkedin_contact_url'],
  ].map((name) => [name, null]),
);
const row = (id: number, resent = false) => ({
  receipt_id: id,
  resent,
  recipient: 'business',
  email: `lead${id}@shop.test`,
  business: { ...business, custom_variables: {} },
});

interface Scene {
  campaign?: Partial<typeof campaign>;
  parameters?: Record<string, unknown>;
  /** What next_export_batch answers, call by call; null = the lease is lost. */
  batches?: (ReturnType<typeof row>[] | null)[];
  /** What record_export_batch answers, call by call. */
  records?: (object | null)[];
  organization?: string;
  /** Names of SQL functions that fail. */
  fails?: string[];
  session?: Partial<ProviderSession>;
  addLeads?: (emails: string[]) => Partial<AddLeadsResult> | Error;
  isShared?: boolean;
  isPaused?: () => boolean;
  isOutOfTime?: () => boolean;
}

function scene(options: Scene = {}) {
  /** What happened, in its order: SQL functions and calls of the provider. */
  const events: [name: string, details?: unknown][] = [];
  const { batches = [], records = [], fails = [] } = options;
  const database = fakeDatabase((name, parameters) => {
    events.push([name, parameters]);
    if (fails.includes(name)) return { data: null, error: { code: 'XX000', message: 'down' }, status: 500 };
    const answers: Record<string, () => unknown> = {
      read_export_campaign: () => ({ ...campaign, ...options.campaign }),
      read_export_organization: () => options.organization ?? null,
      next_export_batch: () => batches.length === 0 ? [] : batches.shift(),
      record_export_batch: () =>
        records.length === 0 ? { done: 1, total: 2, paused: false } : records.shift(),
    };
    return { data: answers[name]?.() ?? null, error: null, status: 200 };
  });
  const session = {
    provider: 'instantly',
    batchSize: 2,
    findCampaignByName: (name: string) => {
      events.push(['find', name]);
      return Promise.resolve(undefined);
    },
    createCampaign: (wanted: unknown) => {
      events.push(['create', wanted]);
      return Promise.resolve({ provider_campaign_id: 'p-new', name: 'As created' });
    },
    activateCampaign: (id: string) => {
      events.push(['activate', id]);
      return Promise.resolve();
    },
    listSendingAccounts: () => Promise.resolve(['jon@outreach.test']),
    addLeads: (id: string, leads: { email: string }[]) => {
      const emails = leads.map(({ email }) => email);
      events.push(['add', [id, ...emails]]);
      const answer = options.addLeads?.(emails) ?? {};
      if (answer instanceof Error) return Promise.reject(answer);
      return Promise.resolve({
        created: new Map(emails.map((email, index) => [index, `id of ${email}`])),
        refused: { duplicate: 0, blocked: 0, invalid: 0, skipped: 0 },
        ...answer,
      });
    },
    findLeads: () => Promise.resolve(new Map()),
    ...options.session,
  } as unknown as ProviderSession;
  const pause = vi.fn();
  const job = {
    id: jobId,
    campaign_id: campaignId,
    connection_id: connectionId,
    lease_token: token,
    leaseSeconds: 60,
    parameters: options.parameters ?? {},
    isPaused: options.isPaused ?? (() => false),
    isOutOfTime: options.isOutOfTime ?? (() => false),
    pause,
  } as unknown as ConnectionJob;
  const connection = {
    client_id: options.isShared === true ? null : '55555555-5555-4555-8555-555555555555',
  } as Connection;
  return {
    events,
    pause,
    names: () => events.map(([name]) => name),
    all: (name: string) => events.filter(([one]) => one === name).map(([, details]) => details),
    run: () => runExport(job, { database, session, connection }),
  };
}

const lease = { target_job_id: jobId, token };
const recorded = (details: unknown) =>
  (details as { outcomes: { receipt_id: number; outcome: string; reason: string | null }[] }).outcomes
    .map(({ receipt_id, outcome, reason }) => [receipt_id, outcome, reason]);

describe('the campaign at the provider', () => {
  const isNew = { provider_campaign_id: null };

  it('is created, recorded and filled', async () => {
    const { events, run } = scene({ campaign: isNew, batches: [[row(1)]] });
    expect(await run()).toEqual({ status: 'completed', result: { activated: false } });
    // The first batch is taken and the settings are read while the provider looks for the campaign.
    expect(events.slice(0, 6)).toEqual([
      ['read_export_campaign', { target_campaign_id: campaignId }],
      ['next_export_batch', { ...lease, batch_size: 2, under_way: [] }],
      ['read_export_organization', { target_campaign_id: campaignId }],
      ['find', settings.name],
      ['create', settings],
      ['record_exported_campaign', {
        target_campaign_id: campaignId,
        new_provider_campaign_id: 'p-new',
        campaign_name: 'As created',
      }],
    ]);
    expect(events.find(([name]) => name === 'add')).toEqual(['add', ['p-new', 'lead1@shop.test']]);
  });

  it('is used where an earlier run created it', async () => {
    const findCampaignByName = () => Promise.resolve({ provider_campaign_id: 'p-9', name: 'Found' } as never);
    const { names, all, run } = scene({ campaign: isNew, session: { findCampaignByName } });
    await run();
    expect(names()).not.toContain('create');
    expect(names().at(-1)).toBe('record_exported_campaign');
    expect(all('record_exported_campaign')).toMatchObject([
      { new_provider_campaign_id: 'p-9', campaign_name: 'Found' },
    ]);
  });

  it('is completed where creating it takes several calls, also one that is there already', async () => {
    const complete = vi.fn(() => Promise.resolve());
    const campaignSetup = { complete } as never;
    const created = scene({ campaign: isNew, session: { campaignSetup } });
    await created.run();
    expect(created.all('create')).toEqual([settings]);
    expect(complete).toHaveBeenLastCalledWith('p-new', settings);
    const findCampaignByName = () => Promise.resolve({ provider_campaign_id: 'p-9', name: 'Found' } as never);
    const found = scene({ campaign: isNew, session: { campaignSetup, findCampaignByName } });
    await found.run();
    expect(found.all('create')).toEqual([]);
    expect(complete).toHaveBeenLastCalledWith('p-9', settings);
  });

  it('is known once it is recorded', async () => {
    const { names, run } = scene();
    expect(await run()).toEqual({ status: 'completed', result: { activated: false } });
    expect(names()).toEqual(['read_export_campaign', 'next_export_batch']);
  });

  it('has our id in its name', () => {
    expect(providerCampaignName({ id: campaignId, name: 'B' })).toBe('B [11111111]');
  });

  it('gets footer, sequence and organisation', async () => {
    const sequence = [{ delay_days: 0, subject: 'S', body: 'B' }];
    const { all, run } = scene({
      campaign: { ...isNew, sequence, footer: 'Lakeside BV' },
      organization: '50',
    });
    await run();
    expect(all('create')).toEqual([{
      ...settings,
      steps: [{ delay_days: 0, subject: 'S', body: 'B\n\nLakeside BV' }],
      organization: '50',
    }]);
  });

  it.each<[name: string, options: Scene, accounts: string[]]>([
    ['its own mailboxes', { isShared: true, parameters: { activate: true } }, ['mia@outreach.test']],
    ['those with its tags', { campaign: { sending_accounts: [], sending_account_tags: ['B'] } }, []],
    ['all of a workspace of its own', { campaign: { sending_accounts: [] } }, ['jon@outreach.test']],
    ['none of a shared workspace', { campaign: { sending_accounts: [] }, isShared: true }, []],
  ])('sends from %s', async (_, options, accounts) => {
    const { all, run } = scene({ ...options, campaign: { ...options.campaign, ...isNew } });
    await run();
    expect(all('create')).toMatchObject([{ sendingAccounts: accounts }]);
  });

  it('of a shared workspace is not activated without mailboxes', async () => {
    const { names, all, run } = scene({
      campaign: { ...isNew, sending_accounts: [] },
      isShared: true,
      parameters: { activate: true },
      batches: [[row(1), row(2, true)]],
    });
    await expect(run()).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      message:
        'The campaign names no sending accounts and its workspace is shared; set sending_accounts, then export again',
    });
    expect(names()).not.toContain('create');
    // What was taken meanwhile waits as it did before; of what an interrupted run sent that is not known.
    expect(all('record_export_batch').map(recorded)).toEqual([[[1, 'planned', null]]]);
  });

  it.each([[true, true], ['yes', false], [undefined, false]])(
    'is activated at the end where that was asked for: %j',
    async (activate, isActivated) => {
      const { events, run } = scene({ parameters: { activate } });
      expect(await run()).toEqual({ status: 'completed', result: { activated: isActivated } });
      expect(events.slice(2)).toEqual(
        isActivated
          ? [['activate', 'p-1'], ['record_activated_campaign', { target_campaign_id: campaignId }]]
          : [],
      );
    },
  );
});

describe('the leads', () => {
  it('are sent batch by batch, the next one taken meanwhile, each with its receipts', async () => {
    const { all, names, run } = scene({ batches: [[row(1), row(2)], [row(3)]] });
    await run();
    const taken = { ...lease, batch_size: 2 };
    expect(all('next_export_batch')).toEqual([
      { ...taken, under_way: [] },
      { ...taken, under_way: [1, 2] },
      // What was sent has no receipt yet, because taking the next batch comes first.
      { ...taken, under_way: [3, 1, 2] },
    ]);
    const [take, record] = ['next_export_batch', 'record_export_batch'];
    expect(names().slice(1)).toEqual([take, take, 'add', take, 'add', record, record]);
    expect(all('add')).toEqual([['p-1', 'lead1@shop.test', 'lead2@shop.test'], ['p-1', 'lead3@shop.test']]);
    expect(all('record_export_batch')).toMatchObject([
      { ...lease, lease_seconds: 60, outcomes: [{ receipt_id: 1 }, { receipt_id: 2 }] },
      { outcomes: [{ receipt_id: 3, outcome: 'created' }] },
    ]);
    expect(all('record_leads_left')).toEqual([]);
  });

  it('wait for the next run when there is no time at all', async () => {
    const { names, run } = scene({ isOutOfTime: () => true, parameters: { activate: true } });
    expect(await run()).toEqual({ status: 'paused' });
    expect(names()).toEqual(['read_export_campaign']);
  });

  it('that are under way are recorded when the time ends, and no more are taken', async () => {
    let asked = 0;
    const { names, run } = scene({ isOutOfTime: () => ++asked > 1, batches: [[row(1)], [row(2)]] });
    expect(await run()).toEqual({ status: 'paused' });
    expect(names()).toEqual(['read_export_campaign', 'next_export_batch', 'add', 'record_export_batch']);
  });

  it('are not sent once the connection is paused', async () => {
    const { names, run } = scene({ isPaused: () => true, batches: [[row(1)]] });
    expect(await run()).toEqual({ status: 'paused' });
    expect(names()).not.toContain('add');
  });

  it('tell the job that the connection was paused', async () => {
    const going = scene({ batches: [[row(1)]] });
    await going.run();
    expect(going.pause).not.toHaveBeenCalled();
    const paused = scene({ batches: [[row(1)]], records: [{ done: 1, total: 2, paused: true }] });
    await paused.run();
    expect(paused.pause).toHaveBeenCalledOnce();
  });

  it('are left alone once the lease is lost, be it when taking or when recording', async () => {
    const taking = scene({ batches: [null] });
    const lost = new LeaseLost(`The lease on job "${jobId}" is lost`);
    await expect(taking.run()).rejects.toThrow(lost);
    expect(taking.names()).not.toContain('add');
    const recording = scene({ batches: [[row(1)]], records: [null], parameters: { activate: true } });
    await expect(recording.run()).rejects.toThrow(lost);
    expect(recording.names()).not.toContain('activate');
  });

  it('whose answer was lost stay for the next run, after the receipts of the batch before', async () => {
    const lost = new ProviderError('timeout', 'POST /leads', { provider: 'instantly' });
    const { names, all, run } = scene({
      batches: [[row(1)], [row(2)]],
      addLeads: ([email]) => email === 'lead2@shop.test' ? lost : {},
    });
    await expect(run()).rejects.toBe(lost);
    expect(all('record_export_batch').map(recorded)).toEqual([[[1, 'created', null]]]);
    expect(names()).not.toContain('record_leads_left');
  });
});

describe('the plan', () => {
  const isUsedUp = { created: new Map([[0, 'id']]), planLimit: { providerMessage: 'No more' } };

  it('that is used up ends the run, and returns what was taken meanwhile and is surely not sent', async () => {
    const batches = [[row(1), row(2)], [row(3), row(4, true)]];
    const { all, run } = scene({ batches, addLeads: () => isUsedUp });
    await expect(run()).rejects.toMatchObject({ code: 'PLAN_LIMIT_REACHED' });
    expect(all('record_export_batch').map(recorded)).toEqual([
      [[1, 'created', null], [2, 'planned', 'plan_limit']],
      [[3, 'planned', 'plan_limit']],
    ]);
    expect(all('record_export_batch')[1]).toMatchObject({ outcomes: [{ detail: null, lead: null }] });
    expect(all('record_leads_left')).toEqual([{ target_connection_id: connectionId, leads_left: 0 }]);
  });

  it('returns nothing where nothing was taken', async () => {
    for (const meanwhile of [[], [row(4, true)]]) {
      const { all, run } = scene({ batches: [[row(1)], meanwhile], addLeads: () => isUsedUp });
      await expect(run()).rejects.toMatchObject({ code: 'PLAN_LIMIT_REACHED' });
      expect(all('record_export_batch')).toHaveLength(1);
    }
  });

  it('is recorded as it was at last, if the provider reports it', async () => {
    const left = [9, 7];
    const { all, run } = scene({
      batches: [[row(1)], [row(2)], [row(3)]],
      addLeads: () => ({ leadsLeft: left.shift() ?? null }),
    });
    await run();
    expect(all('record_leads_left')).toMatchObject([{ leads_left: 7 }]);
  });

  it('that cannot be recorded is no reason to fail', async () => {
    const { run } = scene({
      batches: [[row(1)]],
      addLeads: () => ({ leadsLeft: 9 }),
      fails: ['record_leads_left'],
    });
    expect(await run()).toMatchObject({ status: 'completed' });
  });
});
