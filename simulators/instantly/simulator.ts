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
import { defaultBehaviour, defaultDelivery, defaultRates } from './options.ts';
import { accountRoutes } from './routes/accounts.ts';
import { analyticsRoutes } from './routes/analytics.ts';
import { campaignRoutes } from './routes/campaigns.ts';
import { emailRoutes } from './routes/emails.ts';
import { leadRoutes } from './routes/leads.ts';
import { webhookEventRoutes } from './routes/webhook-events.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { workspaceRoutes } from './routes/workspace.ts';
import { describeWorkspace } from './summary.ts';
import { World } from './state.ts';
import { groundTruth } from './truth.ts';
import type { Simulator } from '../shared/simulator.ts';
import type { EmitOptions } from './emit.ts';
import type { InstantlySimulatorOptions, WorkspaceOptions } from './options.ts';
import type { Snapshot, Workspace } from './state.ts';
import type { WorkspaceSummary } from './summary.ts';
import type { CampaignTruth } from './truth.ts';
import type { AgendaItem, EventRecord, PendingDelivery, WorkspaceAccess } from './types.ts';

export type { AdvanceOptions } from '../shared/clock.ts';
export type { EmitOptions, EmitType } from './emit.ts';
export type { DeliveryFaults, FaultSettings, RequestFault, RequestFaultKind } from '../shared/faults.ts';
export type {
  Behaviour,
  DeliveryOptions,
  InstantlySimulatorOptions,
  Rates,
  WorkspaceOptions,
} from './options.ts';
export type { LoggedRequest } from '../shared/request-log.ts';
export type { TruthCounts } from '../shared/truth.ts';
export type { WorkspaceSummary } from './summary.ts';
export type { CampaignTruth } from './truth.ts';
export type { EventRecord, WorkspaceAccess } from './types.ts';

interface InstantlyKinds {
  workspaceOptions: WorkspaceOptions;
  access: WorkspaceAccess;
  summary: WorkspaceSummary;
  emit: EmitOptions;
  event: EventRecord;
  campaignId: string;
  truth: CampaignTruth;
  fault: never;
}

export interface InstantlySimulator extends Simulator<InstantlyKinds> {
  changeLead: (change: LeadChange) => { id: string };
}

const routes = [
  ...workspaceRoutes,
  ...campaignRoutes,
  ...analyticsRoutes,
  ...leadRoutes,
  ...accountRoutes,
  ...emailRoutes,
  ...webhookRoutes,
  ...webhookEventRoutes,
];

/** Starts a stateful stand-in for the Instantly API v2 that plays campaigns over simulated time. */
export async function startInstantlySimulator(
  options: InstantlySimulatorOptions = {},
): Promise<InstantlySimulator> {
  const seed = options.seed ?? 1;
  const world = new World(seed, firstInstant(options));
  const faults = new Faults(seed);
  const recorder = new EventRecorder(world);
  const deliveryOptions = { ...defaultDelivery, ...options.delivery };
  const delivery = new WebhookDelivery(world, faults, deliveryOptions);
  recorder.listen((workspace, campaign, event, lead) => delivery.offer(workspace, campaign, event, lead));
  const log = new RequestLog(options.requestLogSize ?? 2000);
  const simulator = await serveSimulator<InstantlyKinds, AgendaItem, PendingDelivery, Workspace, Snapshot>({
    options,
    world,
    engine: new Engine(world, recorder, { ...defaultRates, ...options.rates }),
    queue: delivery.queue,
    faults,
    log,
    api: new ApiServer({
      world,
      routes: new RouteTable(routes),
      faults,
      log,
      latencyMs: options.latencyMs ?? 0,
      limits: options.limits ?? {},
      shared: {
        recorder,
        behaviour: { ...defaultBehaviour, ...options.behaviour },
        delivery: deliveryOptions,
        interestDelayMs: options.interestDelayMs ?? 20,
      },
    }),
    describe: describeWorkspace,
    emit: (event) => emitEvent(world, recorder, delivery, event),
    truth: (campaignId) => groundTruth(world, campaignId),
    errorBody: (message) => ({ statusCode: 500, error: 'Internal Server Error', message }),
    controls: { 'POST /change-lead': (body) => changeLead(world, body as LeadChange) },
  });
  return { ...simulator, changeLead: (change) => changeLead(world, change) };
}
