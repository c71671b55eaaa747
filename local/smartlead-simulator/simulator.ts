import { createServer } from 'node:http';
import { performance } from 'node:perf_hooks';
import { SimulatorClock } from '../simulator/clock.ts';
import { Faults } from '../simulator/faults.ts';
import { sendJson } from '../simulator/http.ts';
import { loadSnapshot, PeriodicSaver } from '../simulator/persistence.ts';
import { RequestLog } from '../simulator/request-log.ts';
import { handleControl } from './control.ts';
import { WebhookDelivery } from './delivery.ts';
import { emitEvent } from './emit.ts';
import { Engine } from './engine.ts';
import { EventRecorder } from './events.ts';
import { ApiServer } from './http.ts';
import { defaultBehaviour, defaultDelivery, defaultRates } from './options.ts';
import { readLimits } from './rate-limit.ts';
import { Router } from './router.ts';
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
import type { AdvanceOptions } from '../simulator/clock.ts';
import type { LoggedRequest } from '../simulator/request-log.ts';
import type { EmitOptions } from './emit.ts';
import type { ExtraFault, FaultSettings } from './faults.ts';
import type { SmartleadSimulatorOptions, WorkspaceOptions } from './options.ts';
import type { Snapshot } from './state.ts';
import type { SubsequenceOptions } from './subsequence.ts';
import type { SimulatorState, WorkspaceSummary } from './summary.ts';
import type { CampaignTruth } from './truth.ts';
import type { EventRecord, WorkspaceAccess } from './types.ts';

export type { AdvanceOptions } from '../simulator/clock.ts';
export type { DeliveryFaults } from '../simulator/faults.ts';
export type { LoggedRequest } from '../simulator/request-log.ts';
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
export type { SimulatorState, WorkspaceSummary } from './summary.ts';
export type { CampaignTruth, LeadTruth, TruthCounts } from './truth.ts';
export type { EventRecord, WorkspaceAccess } from './types.ts';

export interface SmartleadSimulator {
  /** Without a trailing slash and without `/api/v1`. */
  readonly url: string;
  readonly port: number;
  readonly faults: Pick<Faults<ExtraFault>, 'set' | 'clear' | 'current'>;
  simulatedNow: () => Date;
  createWorkspace: (options?: WorkspaceOptions) => WorkspaceSummary;
  createSubsequence: (options: SubsequenceOptions) => string;
  setAccess: (workspaceId: string, access: WorkspaceAccess) => void;
  /** Moves simulated time on and plays what happens, never past the real now. */
  advance: (by: AdvanceOptions) => Promise<void>;
  /** Lets simulated time flow until `pause`. */
  run: (speed: { hoursPerSecond: number }) => void;
  pause: () => void;
  emit: (event: EmitOptions) => EventRecord | undefined;
  truth: (campaignId?: string | number) => CampaignTruth[];
  state: () => SimulatorState;
  /** Calls of the API, with `api_key` redacted. */
  requests: (
    filter?: { after?: number; workspaceId?: string; path?: string; method?: string },
  ) => LoggedRequest[];
  /** Resolves when no webhook is queued, under way or waiting for a retry. */
  deliveriesSettled: () => Promise<void>;
  save: () => Promise<void>;
  /** Back to the state of a first start, with the workspaces of the options. */
  reset: () => void;
  stop: () => Promise<void>;
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
const twoWeeks = 14 * 86_400_000;

/** Starts a stateful stand-in for the Smartlead API that plays campaigns over simulated time. */
export async function startSmartleadSimulator(
  options: SmartleadSimulatorOptions = {},
): Promise<SmartleadSimulator> {
  const now = options.now ?? (() => new Date());
  const seed = options.seed ?? 1;
  const firstInstant = () => (options.startAt ?? new Date(now().getTime() - twoWeeks)).getTime();
  const behaviour = { ...defaultBehaviour, ...options.behaviour };
  const world = new World(seed, firstInstant());
  const faults = new Faults<ExtraFault>(seed);
  const recorder = new EventRecorder(world, behaviour);
  const delivery = new WebhookDelivery(world, faults, { ...defaultDelivery, ...options.delivery }, behaviour);
  recorder.listen((workspace, campaign, event, link) => delivery.offer(workspace, campaign, event, link));
  const engine = new Engine(world, recorder, { ...defaultRates, ...options.rates }, behaviour);
  const clock = new SimulatorClock(world, engine, now);
  const log = new RequestLog(options.requestLogSize ?? 2000);
  const api = new ApiServer({
    world,
    router: new Router(routes),
    faults,
    log,
    latencyMs: options.latencyMs ?? 0,
    limits: readLimits(options.limits ?? 'standard'),
    rateClock: options.rateClock ?? (() => performance.now()),
    shared: { recorder, delivery, behaviour },
  });

  const saved = options.stateFile === undefined ? undefined : await loadSnapshot<Snapshot>(options.stateFile);
  if (saved !== undefined) {
    world.restore(saved);
    engine.agenda.restore(saved.agenda);
    engine.alignToClock();
    delivery.resume(saved.deliveries);
  }
  for (const workspace of options.workspaces ?? []) {
    if (workspace.id === undefined || !world.workspaces.has(workspace.id)) world.createWorkspace(workspace);
  }
  const takeIfDirty = (): Snapshot | undefined => {
    if (!world.dirty) return undefined;
    world.dirty = false;
    return world.snapshot(engine.agenda.items, delivery.pending);
  };
  const saver = options.stateFile === undefined
    ? undefined
    : new PeriodicSaver(options.stateFile, options.saveEveryMs ?? 5000, takeIfDirty);

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://simulator');
    const handled = url.pathname.startsWith('/_simulator/')
      ? handleControl(simulator, request, response, url)
      : api.handle(request, response, url);
    handled.catch((error: unknown) => {
      if (!response.headersSent) sendJson(response, 500, { error: String(error) });
    });
  });
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const simulator: SmartleadSimulator = {
    url: `http://${host}:${port}`,
    port,
    faults: {
      set: (settings: FaultSettings) => faults.set(settings),
      clear: () => faults.clear(),
      get current() {
        return faults.current;
      },
    },
    simulatedNow: () => new Date(world.simulatedNow),
    createWorkspace: (workspace = {}) => describeWorkspace(world.createWorkspace(workspace)),
    createSubsequence: (subsequence) => createSubsequence(world, subsequence),
    setAccess: (workspaceId, access) => {
      const workspace = world.workspaces.get(workspaceId);
      if (workspace === undefined) throw new Error(`Unknown workspace "${workspaceId}"`);
      workspace.record.access = access;
    },
    advance: (by) => clock.advance(by),
    run: ({ hoursPerSecond }) => clock.run(hoursPerSecond),
    pause: () => clock.pause(),
    emit: (event) => emitEvent(world, recorder, delivery, event),
    truth: (campaignId) => groundTruth(world, behaviour.parentIncludesSubsequences, campaignId),
    state: () => ({
      simulatedNow: world.isoNow(),
      hoursPerSecond: clock.hoursPerSecond,
      pendingDeliveries: delivery.pending.length,
      workspaces: [...world.workspaces.values()].map(describeWorkspace),
    }),
    requests: (filter) => log.list(filter),
    deliveriesSettled: () => delivery.settled(),
    save: async () => {
      world.dirty = true;
      await saver?.save();
    },
    reset: () => {
      clock.pause();
      delivery.clear();
      faults.clear();
      log.clear();
      world.clear(firstInstant());
      engine.agenda.restore([]);
      engine.alignToClock();
      for (const workspace of options.workspaces ?? []) world.createWorkspace(workspace);
    },
    stop: async () => {
      await clock.stop();
      server.close();
      server.closeAllConnections();
      const left = delivery.stop();
      if (left.length > 0) world.dirty = true;
      await saver?.stop();
    },
  };
  if (options.timeScale !== undefined && options.timeScale > 0) {
    simulator.run({ hoursPerSecond: options.timeScale });
  }
  return simulator;
}
