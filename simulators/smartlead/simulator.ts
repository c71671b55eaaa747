import { performance } from 'node:perf_hooks';
import { Faults } from '../shared/faults.ts';
import { firstInstant } from '../shared/options.ts';
import { RequestLog } from '../shared/request-log.ts';
import { RouteTable } from '../shared/route-table.ts';
import { serveSimulator } from '../shared/simulator.ts';
import { changeLead, type LeadChange } from './change-lead.ts';
import { WebhookDelivery } from './delivery.ts';
import { emitEvent } from './emit.ts';
import { Engine } from './engine.ts';
import { EventRecorder } from './events.ts';
import { ApiServer } from './http.ts';
import { type Behaviour, defaultBehaviour, defaultDelivery, defaultRates } from './options.ts';
import { readLimits } from './rate-limit.ts';
import { accountRoutes } from './routes/accounts.ts';
import { analyticsRoutes } from './routes/analytics.ts';
import { campaignRoutes } from './routes/campaigns.ts';
import { clientRoutes } from './routes/clients.ts';
import { leadRoutes } from './routes/leads.ts';
import { statisticsRoutes } from './routes/statistics.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { World } from './state.ts';
import { createSubsequence } from './subsequence.ts';
import { describeWorkspace } from './summary.ts';
import { groundTruth } from './truth.ts';
import type { Simulator } from '../shared/simulator.ts';
import type { EmitOptions } from './emit.ts';
import type { ExtraFault } from './faults.ts';
import type { SmartleadSimulatorOptions, WorkspaceOptions } from './options.ts';
import type { Snapshot, Workspace } from './state.ts';
import type { SubsequenceOptions } from './subsequence.ts';
import type { WorkspaceSummary } from './summary.ts';
import type { CampaignTruth } from './truth.ts';
import type { AgendaItem, EventRecord, PendingDelivery, WorkspaceAccess } from './types.ts';

export type { AdvanceOptions } from '../shared/clock.ts';
export type { DeliveryFaults } from '../shared/faults.ts';
export type { LoggedRequest } from '../shared/request-log.ts';
export type { TruthCounts } from '../shared/truth.ts';
export type { EmitOptions, EmitType } from './emit.ts';
export type { ExtraFault, FaultSettings, RequestFault } from './faults.ts';
export type {
  AccountOptions,
  Behaviour,
  DeliveryOptions,
  Rates,
  SmartleadSimulatorOptions,
  WorkspaceOptions,
} from './options.ts';
export type { RateLimitOption, RateLimits } from './rate-limit.ts';
export type { SubsequenceOptions } from './subsequence.ts';
export type { WorkspaceSummary } from './summary.ts';
export type { CampaignTruth, LeadTruth } from './truth.ts';
export type { EventRecord, WorkspaceAccess } from './types.ts';

interface SmartleadKinds {
  workspaceOptions: WorkspaceOptions;
  access: WorkspaceAccess;
  summary: WorkspaceSummary;
  emit: EmitOptions;
  event: EventRecord;
  campaignId: string | number;
  truth: CampaignTruth;
  fault: ExtraFault;
}

export interface SmartleadSimulator extends Simulator<SmartleadKinds> {
  createSubsequence: (options: SubsequenceOptions) => string;
  changeLead: (change: LeadChange) => { id: number };
  /** From now on, where the sources disagree, it does this; what is not named stays. */
  behave: (changes: Partial<Behaviour>) => Behaviour;
}

const routes = [
  ...campaignRoutes,
  ...leadRoutes,
  ...statisticsRoutes,
  ...analyticsRoutes,
  ...accountRoutes,
  ...clientRoutes,
  ...webhookRoutes,
];

/** Starts a stateful stand-in for the Smartlead API that plays campaigns over simulated time. */
export async function startSmartleadSimulator(
  options: SmartleadSimulatorOptions = {},
): Promise<SmartleadSimulator> {
  const seed = options.seed ?? 1;
  const behaviour: Behaviour = { ...defaultBehaviour, ...options.behaviour };
  const behave = (changes: Partial<Behaviour>) => Object.assign(behaviour, changes);
  const world = new World(seed, firstInstant(options));
  const faults = new Faults<ExtraFault>(seed);
  const recorder = new EventRecorder(world, behaviour);
  const delivery = new WebhookDelivery(world, faults, { ...defaultDelivery, ...options.delivery }, behaviour);
  recorder.listen((workspace, campaign, event, link) => delivery.offer(workspace, campaign, event, link));
  const log = new RequestLog(options.requestLogSize ?? 2000);
  const simulator = await serveSimulator<SmartleadKinds, AgendaItem, PendingDelivery, Workspace, Snapshot>({
    options,
    world,
    engine: new Engine(world, recorder, { ...defaultRates, ...options.rates }, behaviour),
    queue: delivery.queue,
    faults,
    log,
    api: new ApiServer({
      world,
      routes: new RouteTable(routes),
      faults,
      log,
      latencyMs: options.latencyMs ?? 0,
      limits: readLimits(options.limits ?? 'standard'),
      rateClock: options.rateClock ?? (() => performance.now()),
      shared: { recorder, delivery, behaviour },
    }),
    describe: describeWorkspace,
    emit: (event) => emitEvent(world, recorder, delivery, event),
    truth: (campaignId) => groundTruth(world, behaviour.parentIncludesSubsequences, campaignId),
    errorBody: (error) => ({ error }),
    controls: {
      'POST /behaviour': (body) => behave(body as Partial<Behaviour>),
      'POST /change-lead': (body) => changeLead(world, body as LeadChange),
      'POST /subsequences': (body) => ({ id: createSubsequence(world, body as SubsequenceOptions) }),
    },
  });
  return {
    ...simulator,
    createSubsequence: (subsequence) => createSubsequence(world, subsequence),
    changeLead: (change) => changeLead(world, change),
    behave,
  };
}
