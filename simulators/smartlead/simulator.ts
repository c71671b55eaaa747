import { Faults } from '../shared/faults.ts';
import { firstInstant } from '../shared/options.ts';
import { EventRecorder } from '../shared/recorder.ts';
import { serveSimulator } from '../shared/simulator.ts';
import { groundTruth } from '../shared/truth.ts';
import { type Route, SmartleadApi } from './api.ts';
import { SmartleadDelivery } from './delivery.ts';
import { type EmitOptions, SmartleadEmitter } from './emit.ts';
import { changeLead, type LeadChange } from './lead-import.ts';
import { type Behaviour, defaultBehaviour, defaultDelivery, defaultRates } from './options.ts';
import { accountRoutes } from './routes/accounts.ts';
import { analyticsRoutes } from './routes/analytics.ts';
import { campaignRoutes } from './routes/campaigns.ts';
import { leadRoutes } from './routes/leads.ts';
import { statisticsRoutes } from './routes/statistics.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { SmartleadRules } from './rules.ts';
import { SmartleadWorld } from './state.ts';
import type { Simulator } from '../shared/contract.ts';
import type { EventRecord } from '../shared/records.ts';
import type { CommonTruth } from '../shared/truth.ts';
import type { ExtraFault, SmartleadSimulatorOptions, WorkspaceOptions } from './options.ts';
import type { SmartleadCampaign, SmartleadWorkspace } from './state.ts';
import type { Delivery } from './types.ts';

export type { EmitOptions, EmitType } from './emit.ts';
export type { Behaviour, SmartleadSimulatorOptions } from './options.ts';

const textOrNull = (id: number | null): string | null => (id === null ? null : String(id));

/** Ids are text here, like those of the other simulator; `Number(id)` is what the API shows. */
const describeWorkspace = ({ record, campaigns, people }: SmartleadWorkspace) => ({
  id: record.id,
  name: record.name,
  access: record.access,
  keys: [...record.keys],
  secretKey: record.secretKey,
  accounts: record.accounts.map(({ email }) => email),
  clients: record.clients.map(({ id, name }) => ({ id, name })),
  labels: record.categories.map(({ id, name, sentiment }) => ({ label: name, categoryId: id, sentiment })),
  leads: people.size,
  campaigns: [...campaigns.values()].map(({ data, leads, events }) => ({
    id: String(data.id),
    name: data.name,
    status: data.status,
    clientId: data.clientId,
    parentCampaignId: textOrNull(data.parentId),
    leads: leads.items.length,
    events: events.length,
  })),
  webhooks: record.webhooks.map(({ id, url, level, campaign, secretKey, isActive }) => ({
    id: String(id),
    url,
    level,
    campaignId: textOrNull(campaign),
    secretKey,
    isActive,
  })),
  deliveryAttempts: record.attempts,
  failedDeliveries: record.failed.length,
});

const untouched = {
  sent: 0,
  opens: 0,
  clicks: 0,
  replies: 0,
  autoReplies: 0,
  bounced: false,
  unsubscribed: false,
  /** Name of the latest category; null when there is none or it was taken away. */
  category: null as string | null,
  sentiment: null as string | null,
  /** Mailbox of the latest event that names one. */
  account: null as string | null,
  lastEventAt: null as string | null,
};

/** What happened to each lead, by address. */
function leadTruths(workspace: SmartleadWorkspace, events: readonly EventRecord[]) {
  const leads: Record<string, typeof untouched> = {};
  for (const { email, type, label, account, at } of events) {
    if (email === null) continue;
    const lead = leads[email] ??= { ...untouched };
    if (type === 'email_sent') lead.sent += 1;
    if (type === 'email_opened') lead.opens += 1;
    if (type === 'link_clicked') lead.clicks += 1;
    if (type === 'reply_received') lead.replies += 1;
    if (type === 'auto_reply_received') lead.autoReplies += 1;
    if (type === 'email_bounced') lead.bounced = true;
    if (type === 'lead_unsubscribed') lead.unsubscribed = true;
    if (type === 'label_changed') {
      const category = workspace.record.categories.find(({ id }) => id === label);
      lead.category = category?.name ?? null;
      lead.sentiment = category?.sentiment ?? null;
    }
    if (account !== null) lead.account = account;
    lead.lastEventAt = new Date(at).toISOString();
  }
  return leads;
}

export interface CampaignTruth extends CommonTruth {
  clientId: number | null;
  parentCampaignId: string | null;
  leads: ReturnType<typeof leadTruths>;
}

export interface SubsequenceOptions {
  workspaceId: string;
  parentCampaignId: string | number;
  name?: string;
  /** Name of the category that brings a lead of the parent in. @default 'Interested' */
  onCategory?: string;
  /** One e-mail each, a day apart. */
  emails?: ReadonlyArray<{ subject: string; body: string; delayDays?: number }>;
}

/** Makes a subsequence, which the API can only list. Returns its campaign id. */
function createSubsequence(world: SmartleadWorld, options: SubsequenceOptions): string {
  const { onCategory = 'Interested', parentCampaignId } = options;
  const workspace = world.workspace(options.workspaceId);
  const parent = workspace.campaigns.get(Number(parentCampaignId))?.data;
  if (parent === undefined) {
    throw new Error(`Cannot make a subsequence: unknown campaign "${parentCampaignId}"`);
  }
  const category = workspace.categoryNamed(onCategory);
  if (category === undefined) throw new Error(`Cannot make a subsequence: unknown category "${onCategory}"`);
  const name = options.name ?? `${parent.name} – ${onCategory}`;
  const { data } = world.createCampaign(workspace, name, parent.clientId, parent);
  data.onCategory = category.id;
  const emails = options.emails ?? [{ subject: 'Following up', body: 'Hi {{first_name}}, when suits you?' }];
  data.steps = emails.map(({ subject, body, delayDays = 1 }, index) => ({
    id: world.takeId('step'),
    number: index + 1,
    delayDays,
    subject,
    body,
    variants: [],
  }));
  return String(data.id);
}

interface SmartleadKinds {
  workspaceOptions: WorkspaceOptions;
  summary: ReturnType<typeof describeWorkspace>;
  emit: EmitOptions;
  truth: CampaignTruth;
  fault: ExtraFault;
}

export interface SmartleadSimulator extends Simulator<SmartleadKinds> {
  createSubsequence: (options: SubsequenceOptions) => string;
  changeLead: (change: LeadChange) => { id: number };
  /** From now on, where the sources disagree, it does this; what is not named stays. */
  behave: (changes: Partial<Behaviour>) => Behaviour;
}

/** Starts a stateful stand-in for the Smartlead API that plays campaigns over simulated time. */
export async function startSmartleadSimulator(
  options: SmartleadSimulatorOptions = {},
): Promise<SmartleadSimulator> {
  const seed = options.seed ?? 1;
  const behaviour: Behaviour = { ...defaultBehaviour, ...options.behaviour };
  const rates = { ...defaultRates, ...options.rates };
  const world = new SmartleadWorld(seed, firstInstant(options));
  const faults = new Faults<ExtraFault>(seed);
  const delivery = new SmartleadDelivery(
    world,
    faults,
    { ...defaultDelivery, ...options.delivery },
    behaviour,
  );
  const rules = new SmartleadRules(world, rates, behaviour);
  const recorder = new EventRecorder(world, rules, delivery.offer.bind(delivery));
  const emitter = new SmartleadEmitter(recorder, world, delivery);
  const routes = {
    ...campaignRoutes,
    ...leadRoutes,
    ...statisticsRoutes,
    ...analyticsRoutes,
    ...accountRoutes,
    ...webhookRoutes,
  };
  const own = {
    createSubsequence: (subsequence: SubsequenceOptions) => createSubsequence(world, subsequence),
    changeLead: (change: LeadChange) => changeLead(world, change),
    behave: (changes: Partial<Behaviour>) => Object.assign(behaviour, changes),
  };
  const simulator = await serveSimulator<
    SmartleadKinds,
    SmartleadWorkspace,
    typeof world.ids,
    Delivery,
    Route
  >({
    options,
    rates,
    world,
    recorder,
    queue: delivery.queue,
    faults,
    api: new SmartleadApi(routes, { world, recorder, delivery, behaviour }, options),
    describe: describeWorkspace,
    emit: (event) => emitter.emit(event),
    truth: (campaignId) =>
      groundTruth(world, campaignId, {
        leadOf: ({ email }) => email ?? '',
        // A parent's truth holds that of its subsequences.
        alsoOf: ({ campaigns }, { data }) =>
          behaviour.parentIncludesSubsequences
            ? [...campaigns.values()].filter((other) => other.data.parentId === data.id)
            : [],
        more: (workspace, campaign, events) => {
          const { clientId, parentId } = (campaign as SmartleadCampaign).data;
          const leads = leadTruths(workspace, events);
          return { clientId, parentCampaignId: textOrNull(parentId), leads };
        },
      }),
    controls: {
      'POST /behaviour': own.behave,
      'POST /change-lead': own.changeLead,
      'POST /subsequences': (body: SubsequenceOptions) => ({ id: own.createSubsequence(body) }),
    },
  });
  return { ...simulator, ...own };
}
