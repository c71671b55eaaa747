import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { type Api, serveApi } from './api.ts';
import { SimulatorClock } from './clock.ts';
import { type Controls, serveControl } from './control.ts';
import { Engine } from './engine.ts';
import { firstInstant } from './options.ts';
import { loadSnapshot, PeriodicSaver } from './persistence.ts';
import { RequestLog } from './request-log.ts';
import type { Kinds, Simulator } from './contract.ts';
import type { DeliveryQueue } from './delivery-queue.ts';
import type { Faults } from './faults.ts';
import type { CommonOptions, CommonRates } from './options.ts';
import type { EventRecorder } from './recorder.ts';
import type { PendingDelivery } from './records.ts';
import type { Snapshot, Workspace, World } from './state.ts';

export interface SimulatorParts<
  Kind extends Kinds,
  One extends Workspace,
  Ids,
  Delivery extends PendingDelivery,
  Route,
> {
  options: CommonOptions<Kind['workspaceOptions']>;
  rates: CommonRates;
  world: World<One, Kind['workspaceOptions'], Ids>;
  recorder: EventRecorder;
  queue: DeliveryQueue<Delivery>;
  faults: Faults<Kind['fault']>;
  api: Api<One, Route, Kind['fault']>;
  describe: (workspace: One) => Kind['summary'];
  emit: Simulator<Kind>['emit'];
  truth: Simulator<Kind>['truth'];
  /** Control endpoints that only this simulator has. */
  controls: Controls;
}

type Fetch = Parameters<typeof createAdaptorServer>[0]['fetch'];

async function listen(fetch: Fetch, host: string, port: number): Promise<{ server: Server; port: number }> {
  // Tests and the demo run clients in the same process, whose own Request and Response have to stay.
  const server = createAdaptorServer({ fetch, overrideGlobalObjects: false }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return { server, port: typeof address === 'object' && address !== null ? address.port : 0 };
}

/** Loads the saved state, if there is one, and serves the API and the control endpoints until `stop`. */
export async function serveSimulator<
  Kind extends Kinds,
  One extends Workspace,
  Ids,
  Delivery extends PendingDelivery,
  Route,
>(parts: SimulatorParts<Kind, One, Ids, Delivery, Route>): Promise<Simulator<Kind>> {
  const { options, world, queue, faults } = parts;
  const log = new RequestLog(options.requestLogSize ?? 2000);
  const engine = new Engine(parts.recorder, parts.rates);
  const clock = new SimulatorClock(world, engine, options.now ?? (() => new Date()));

  const saved = options.stateFile === undefined
    ? undefined
    : await loadSnapshot<Snapshot<One['record'], Ids, Delivery>>(options.stateFile);
  if (saved !== undefined) {
    world.restore(saved);
    engine.agenda.restore(saved.agenda);
    engine.alignToClock();
    queue.addAtEnd(saved.deliveries);
  }
  for (const workspace of options.workspaces ?? []) {
    if (workspace.id === undefined || !world.workspaces.has(workspace.id)) world.createWorkspace(workspace);
  }
  const takeIfDirty = () => {
    if (!world.dirty) return undefined;
    world.dirty = false;
    return world.snapshot(engine.agenda.items, queue.pending);
  };
  const saver = options.stateFile === undefined
    ? undefined
    : new PeriodicSaver(options.stateFile, options.saveEveryMs ?? 5000, takeIfDirty);

  const api = serveApi(parts.api, faults, log, options.latencyMs ?? 0);
  const host = options.host ?? '127.0.0.1';
  const { server, port } = await listen(
    (request, env) => (request.url.includes('/_simulator/') ? control : api).fetch(request, env),
    host,
    options.port ?? 0,
  );
  const simulator: Simulator<Kind> = {
    url: `http://${host}:${port}`,
    port,
    faults,
    simulatedNow: () => new Date(world.simulatedNow),
    createWorkspace: (workspace = {}) => parts.describe(world.createWorkspace(workspace)),
    setAccess: (workspaceId, access) => {
      world.workspace(workspaceId).record.access = access;
    },
    setRemainingInPlan: (workspaceId, leads) => {
      world.workspace(workspaceId).record.remainingInPlan = leads;
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
  const control = serveControl(simulator, parts.controls);
  if (options.timeScale !== undefined && options.timeScale > 0) {
    simulator.run({ hoursPerSecond: options.timeScale });
  }
  return simulator;
}
