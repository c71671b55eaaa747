import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AdvanceOptions, SimulatorClock } from './clock.ts';
import { type Controls, handleControl } from './control.ts';
import { sendJson } from './http.ts';
import { type CommonOptions, firstInstant } from './options.ts';
import { loadSnapshot, PeriodicSaver } from './persistence.ts';
import type { DeliveryQueue } from './delivery-queue.ts';
import type { SteppedEngine } from './engine.ts';
import type { Planned } from './agenda.ts';
import type { Faults, FaultSettings } from './faults.ts';
import type { LoggedRequest, RequestFilter, RequestLog } from './request-log.ts';

/** The types in which the simulators differ. */
export interface Kinds {
  workspaceOptions: { id?: string };
  access: string;
  summary: unknown;
  emit: unknown;
  event: unknown;
  campaignId: string | number;
  truth: unknown;
  /** Faults that only this provider has. */
  fault: string;
}

export interface SimulatorState<Summary> {
  simulatedNow: string;
  hoursPerSecond: number;
  pendingDeliveries: number;
  workspaces: Summary[];
}

/** What a simulator offers the process that started it and, below `/_simulator`, others on this machine. */
export interface Simulator<Kind extends Kinds = Kinds> {
  /** Without a trailing slash and without the root of the API. */
  readonly url: string;
  readonly port: number;
  readonly faults: Pick<Faults<Kind['fault']>, 'set' | 'clear' | 'current'>;
  simulatedNow: () => Date;
  createWorkspace: (options?: Kind['workspaceOptions']) => Kind['summary'];
  setAccess: (workspaceId: string, access: Kind['access']) => void;
  /** How many more leads the workspace's plan takes. */
  setRemainingInPlan: (workspaceId: string, leads: number) => void;
  /** Moves simulated time on and plays what happens, never past the real now. */
  advance: (by: AdvanceOptions) => Promise<void>;
  /** Lets simulated time flow until `pause`. */
  run: (speed: { hoursPerSecond: number }) => void;
  pause: () => void;
  emit: (event: Kind['emit']) => Kind['event'] | undefined;
  truth: (campaignId?: Kind['campaignId']) => Kind['truth'][];
  state: () => SimulatorState<Kind['summary']>;
  /** Calls of the API; keys are never kept. */
  requests: (filter?: RequestFilter) => LoggedRequest[];
  /** Resolves when no webhook is queued, under way or waiting for a retry. */
  deliveriesSettled: () => Promise<void>;
  save: () => Promise<void>;
  /** Back to the state of a first start, with the workspaces of the options. */
  reset: () => void;
  stop: () => Promise<void>;
}

interface Snapshot<Item, Delivery> {
  version: 1;
  agenda: Item[];
  deliveries: Delivery[];
}

interface World<Kind extends Kinds, Item, Delivery, Workspace, Saved> {
  simulatedNow: number;
  /** True when there is something that was not saved yet. */
  dirty: boolean;
  readonly workspaces: Map<
    string,
    Workspace & { record: { access: Kind['access']; remainingInPlan: number } }
  >;
  isoNow: () => string;
  createWorkspace: (options: Kind['workspaceOptions']) => Workspace;
  /** Forgets everything, as before the first workspace. */
  clear: (simulatedNow: number) => void;
  snapshot: (agenda: Item[], deliveries: Delivery[]) => Saved;
  restore: (saved: Saved) => void;
}

export interface SimulatorParts<Kind extends Kinds, Item extends Planned, Delivery, Workspace, Saved> {
  options: CommonOptions<Kind['workspaceOptions']>;
  world: World<Kind, Item, Delivery, Workspace, Saved>;
  engine: SteppedEngine<Item, unknown>;
  queue: DeliveryQueue<Delivery>;
  faults: Faults<Kind['fault']>;
  log: RequestLog;
  api: { handle: (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> };
  describe: (workspace: Workspace) => Kind['summary'];
  emit: Simulator<Kind>['emit'];
  truth: Simulator<Kind>['truth'];
  /** Body of the 500 for a mistake of the simulator's own. */
  errorBody: (message: string) => unknown;
  /** Control endpoints that only this simulator has. */
  controls?: Controls;
}

/** Loads the saved state, if there is one, and serves the API and the control endpoints until `stop`. */
export async function serveSimulator<
  Kind extends Kinds,
  Item extends Planned,
  Delivery,
  Workspace,
  Saved extends Snapshot<Item, Delivery>,
>(parts: SimulatorParts<Kind, Item, Delivery, Workspace, Saved>): Promise<Simulator<Kind>> {
  const { options, world, engine, queue, faults, log } = parts;
  const clock = new SimulatorClock(world, engine, options.now ?? (() => new Date()));

  const saved = options.stateFile === undefined ? undefined : await loadSnapshot<Saved>(options.stateFile);
  if (saved !== undefined) {
    world.restore(saved);
    engine.agenda.restore(saved.agenda);
    engine.alignToClock();
    queue.addAtEnd(saved.deliveries);
  }
  for (const workspace of options.workspaces ?? []) {
    if (workspace.id === undefined || !world.workspaces.has(workspace.id)) world.createWorkspace(workspace);
  }
  const takeIfDirty = (): Saved | undefined => {
    if (!world.dirty) return undefined;
    world.dirty = false;
    return world.snapshot(engine.agenda.items, queue.pending);
  };
  const saver = options.stateFile === undefined
    ? undefined
    : new PeriodicSaver(options.stateFile, options.saveEveryMs ?? 5000, takeIfDirty);

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://simulator');
    const handled = url.pathname.startsWith('/_simulator/')
      ? handleControl(simulator, parts.controls ?? {}, request, response, url)
      : parts.api.handle(request, response, url);
    handled.catch((error: unknown) => {
      if (!response.headersSent) sendJson(response, 500, parts.errorBody(String(error)));
    });
  });
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const simulator: Simulator<Kind> = {
    url: `http://${host}:${port}`,
    port,
    faults: {
      set: (settings: FaultSettings<Kind['fault']>) => faults.set(settings),
      clear: () => faults.clear(),
      get current() {
        return faults.current;
      },
    },
    simulatedNow: () => new Date(world.simulatedNow),
    createWorkspace: (workspace = {}) => parts.describe(world.createWorkspace(workspace)),
    setAccess: (workspaceId, access) => {
      const workspace = world.workspaces.get(workspaceId);
      if (workspace === undefined) throw new Error(`Unknown workspace "${workspaceId}"`);
      workspace.record.access = access;
    },
    setRemainingInPlan: (workspaceId, leads) => {
      const workspace = world.workspaces.get(workspaceId);
      if (workspace === undefined) throw new Error(`Unknown workspace "${workspaceId}"`);
      workspace.record.remainingInPlan = leads;
    },
    advance: (by) => clock.advance(by),
    run: ({ hoursPerSecond }) => clock.run(hoursPerSecond),
    pause: () => clock.pause(),
    emit: parts.emit,
    truth: parts.truth,
    state: () => ({
      simulatedNow: world.isoNow(),
      hoursPerSecond: clock.hoursPerSecond,
      pendingDeliveries: queue.pending.length,
      workspaces: [...world.workspaces.values()].map(parts.describe),
    }),
    requests: (filter) => log.list(filter),
    deliveriesSettled: () => queue.settled(),
    save: async () => {
      world.dirty = true;
      await saver?.save();
    },
    reset: () => {
      clock.pause();
      queue.clear();
      faults.clear();
      log.clear();
      world.clear(firstInstant(options));
      engine.agenda.restore([]);
      engine.alignToClock();
      for (const workspace of options.workspaces ?? []) world.createWorkspace(workspace);
    },
    stop: async () => {
      await clock.stop();
      server.close();
      server.closeAllConnections();
      const left = queue.stop();
      if (left.length > 0) world.dirty = true;
      await saver?.stop();
    },
  };
  if (options.timeScale !== undefined && options.timeScale > 0) {
    simulator.run({ hoursPerSecond: options.timeScale });
  }
  return simulator;
}
