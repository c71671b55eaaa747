import { Faults } from '../shared/faults.ts';
import { firstInstant } from '../shared/options.ts';
import { EventRecorder } from '../shared/recorder.ts';
import { serve } from '../shared/simulator.ts';
import { groundTruth } from '../shared/truth.ts';
import type { LeadChange } from '../shared/state.ts';
import { SmartleadApi } from './api.ts';
import { SmartleadDelivery } from './delivery.ts';
import { type EmitOptions, SmartleadEmitter } from './emit.ts';
import { changeLead } from './lead-import.ts';
import { type Behaviour, defaultBehaviour, defaultDelivery, defaultRates } from './options.ts';
import { analyticsRoutes } from './routes/analytics.ts';
import { campaignRoutes } from './routes/campaigns.ts';
import { leadRoutes } from './routes/leads.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { SmartleadRules } from './rules.ts';
import { type SmartleadWorkspace, SmartleadWorld } from './state.ts';
import type { EventRecord } from '../shared/records.ts';
import type { SmartleadSimulatorOptions } from './options.ts';

export type { EmitOptions, EmitType } from './emit.ts';
export type { Behaviour, SmartleadSimulatorOptions } from './options.ts';

function leadTruths(events: readonly EventRecord[]) {
  const leads: Record<string, { sent: number; replies: number }> = {};
  for (const { email, type } of events) {
    if (email === null) continue;
    const lead = leads[email] ??= { sent: 0, replies: 0 };
    if (type === 'email_sent') lead.sent += 1;
    if (type === 'reply_received') lead.replies += 1;
  }
  return leads;
}

interface SubsequenceOptions {
  workspaceId: string;
  parentCampaignId: string | number;
  name?: string;
  /** Name of the category that brings a lead of the parent in. @default 'Interested' */
  onCategory?: string;
}

/** Makes a subsequence of one e-mail, which the API can only list. Returns its campaign id. */
function createSubsequence(world: SmartleadWorld, options: SubsequenceOptions): string {
  const { onCategory = 'Interested', parentCampaignId } = options;
  const workspace = world.workspace(options.workspaceId);
  const parent = workspace.campaigns.get(Number(parentCampaignId));
  if (parent === undefined) {
    throw new Error(`Cannot make a subsequence: unknown campaign "${parentCampaignId}"`);
  }
  const category = workspace.categoryNamed(onCategory);
  if (category === undefined) throw new Error(`Cannot make a subsequence: unknown category "${onCategory}"`);
  const { id, status, name, client_id, scheduler_cron_value, max_leads_per_day } = parent.data;
  const title = options.name ?? `${name} – ${onCategory}`;
  const { record, data } = world.createCampaign(workspace, title, client_id);
  Object.assign(data, { parent_campaign_id: id, status, scheduler_cron_value, max_leads_per_day });
  record.onCategory = category.id;
  record.accountIds = [...parent.record.accountIds];
  record.steps = [{
    id: world.takeId('step'),
    seq_number: 1,
    seq_delay_details: { delayInDays: 1 },
    subject: 'Following up',
    email_body: 'Hi {{first_name}}, when suits you?',
    sequence_variants: [],
  }];
  return String(data.id);
}

export type SmartleadSimulator = Awaited<ReturnType<typeof startSmartleadSimulator>>;
export type CampaignTruth = ReturnType<SmartleadSimulator['truth']>[number];

/** Starts a stateful stand-in for the Smartlead API that plays campaigns over simulated time. */
export async function startSmartleadSimulator(options: SmartleadSimulatorOptions = {}) {
  const seed = options.seed ?? 1;
  const rates = { ...defaultRates, ...options.rates };
  const behaviour = { ...defaultBehaviour, ...options.behaviour };
  const world = new SmartleadWorld(seed, firstInstant(options), behaviour);
  const delivery = new SmartleadDelivery(world, new Faults(seed), {
    ...defaultDelivery,
    ...options.delivery,
  });
  const recorder = new EventRecorder(world, new SmartleadRules(world, rates), delivery.offer);
  const emitter = new SmartleadEmitter(recorder, delivery);
  const routes = { ...campaignRoutes, ...leadRoutes, ...analyticsRoutes, ...webhookRoutes };
  const own = {
    createSubsequence: (subsequence: SubsequenceOptions) => createSubsequence(world, subsequence),
    changeLead: (change: LeadChange) => changeLead(world, change),
    ageFailures: (milliseconds: number) => delivery.ageFailures(milliseconds),
    /** From now on, where the sources disagree, it does this; what is not named stays. */
    behave: (changes: Partial<Behaviour>) => Object.assign(behaviour, changes),
  };
  const simulator = await serve({
    options,
    rates,
    world,
    recorder,
    delivery,
    api: new SmartleadApi(routes, { world, recorder, delivery }, options),
    describe: ({ record, people }: SmartleadWorkspace) => ({
      accounts: record.accounts.map(({ from_email: email }) => email),
      clients: record.clients.map(({ id, name }) => ({ id, name })),
      leads: people.items.length,
      webhooks: record.webhooks.map(({ id, secretKey, isActive }) => ({ id, secretKey, isActive })),
      failedDeliveries: record.failed.length,
    }),
    emit: (event: EmitOptions) => emitter.emit(event),
    truth: (campaignId) =>
      groundTruth(
        world,
        campaignId,
        ({ email }) => email ?? '',
        ({ data: { parent_campaign_id: id } }, events) => ({
          parentCampaignId: id === null ? null : String(id),
          leads: leadTruths(events),
        }),
      ),
    controls: { 'POST /subsequences': (body: SubsequenceOptions) => ({ id: own.createSubsequence(body) }) },
  });
  return { ...simulator, ...own };
}
