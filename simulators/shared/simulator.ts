import { type Api, type RequestFilter, RequestLog, serveApi } from './api.ts';
import { type AdvanceOptions, SimulatorClock } from './clock.ts';
import { Engine } from './engine.ts';
import { type CommonOptions, type CommonRates, firstInstant } from './options.ts';
import { loadSnapshot, PeriodicSaver } from './persistence.ts';
import { type Controls, host, listen, serveControl } from './server.ts';
import type { DeliveryQueue } from './delivery-queue.ts';
import type { Faults, FaultSettings } from './faults.ts';
import type { EventRecorder } from './recorder.ts';
import type { EventRecord, PendingDelivery, WorkspaceAccess } from './records.ts';
import type { Workspace, World } from './state.ts';

interface SimulatorParts<Options extends { id?: string }, One extends Workspace, Own, Event, Truth> {
  options: CommonOptions<Options>;
  rates: CommonRates;
  world: World<One, Options>;
  recorder: EventRecorder;
  delivery: {
    faults: Faults;
    queue: Pick<DeliveryQueue<PendingDelivery>, 'pending' | 'addAtEnd' | 'settled' | 'clear' | 'stop'>;
  };
  api: Api;
  /** What its summary tells of a workspace beyond what both have. */
  describe: (workspace: One) => Own;
  emit: (event: Event) => EventRecord | undefined;
  truth: (campaignId?: string | number) => Truth[];
  /** Control endpoints that only this simulator has. */
  controls?: Controls;
}

/**
 * Loads the saved state, if there is one, and serves the API and the control endpoints until `stop`. What it returns is for
 * the process that started it; others on this machine have most of it below `/_simulator`.
 */
export async function serve<Options extends { id?: string }, One extends Workspace, Own, Event, Truth>(
  parts: SimulatorParts<Options, One, Own, Event, Truth>,
) {
  const { options, options: { stateFile, timeScale = 0 }, world, delivery: { faults, queue } } = parts;
  const log = new RequestLog(options.requestLogSize ?? 2000);
  const engine = new Engine(parts.recorder, parts.rates);
  const clock = new SimulatorClock(world, engine, options.now ?? (() => new Date()));

  const describe = (workspace: One) => {
    const { record: { id, name, access, keys }, allCampaigns } = workspace;
    const campaigns = allCampaigns.map(({ data: { id, name, status } }) => ({ id, name, status }));
    return { id, name, access, keys: keys.map(({ key }) => key), campaigns, ...parts.describe(workspace) };
  };

  type Saved = ReturnType<typeof world.snapshot>;
  const saved = stateFile === undefined ? undefined : await loadSnapshot<Saved>(stateFile);
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
  const saver = stateFile === undefined ? undefined : new PeriodicSaver(stateFile, takeIfDirty);

  const api = serveApi(parts.api, faults, log, options.latencyMs ?? 0);
  const { server, port } = await listen(
    (request, env) => (request.url.includes('/_simulator/') ? control : api).fetch(request, env),
    options.port ?? 0,
  );
  const simulator = {
    /** Without a trailing slash and without the root of the API. */
    url: `http://${host}:${port}`,
    port,
    faults: faults as Pick<Faults, 'set' | 'clear' | 'current'>,
    simulatedNow: () => new Date(world.simulatedNow),
    createWorkspace: (workspace: Options) => describe(world.createWorkspace(workspace)),
    setAccess: (workspaceId: string, access: WorkspaceAccess): void => {
      world.workspace(workspaceId).record.access = access;
    },
    setRemainingInPlan: (workspaceId: string, leads: number): void => {
      world.workspace(workspaceId).record.remainingInPlan = leads;
    },
    /** Moves simulated time on and plays what happens, never past the real now. */
    advance: (by: AdvanceOptions): Promise<void> => clock.advance(by),
    /** Lets simulated time flow until `pause`. */
    run: ({ hoursPerSecond }: { hoursPerSecond: number }): void => clock.run(hoursPerSecond),
    pause: (): void => clock.pause(),
    emit: parts.emit,
    truth: parts.truth,
    state: () => ({
      simulatedNow: world.isoNow(),
      hoursPerSecond: clock.hoursPerSecond,
      pendingDeliveries: queue.pending.length,
      workspaces: [...world.workspaces.values()].map(describe),
    }),
    /** Calls of the API; keys are never kept. */
    requests: (filter?: RequestFilter) => log.list(filter),
    /** Resolves when no webhook is queued, under way or waiting for a retry. */
    deliveriesSettled: (): Promise<void> => queue.settled(),
    /** Back to the state of a first start, with the workspaces of the options. */
    reset: (): void => {
      clock.pause();
      queue.clear();
      faults.clear();
      log.clear();
      world.clear(firstInstant(options));
      engine.agenda.restore([]);
      engine.alignToClock();
      for (const workspace of options.workspaces ?? []) world.createWorkspace(workspace);
    },
    stop: async (): Promise<void> => {
      await clock.stop();
      server.close();
      server.closeAllConnections();
      const left = queue.stop();
      if (left.length > 0) world.dirty = true;
      await saver?.stop();
    },
  };
  /** Does what the body says and answers with the state after it. */
  const thenState = <Body>(act: (body: Body) => Promise<void> | void) => async (body: Body) => {
    await act(body);
    return simulator.state();
  };
  const control = serveControl({
    'GET /state': simulator.state,
    'POST /workspaces': simulator.createWorkspace,
    'POST /access': thenState((body: { workspaceId: string; access: WorkspaceAccess }) =>
      simulator.setAccess(body.workspaceId, body.access)
    ),
    'POST /advance': thenState(simulator.advance),
    'POST /run': thenState(simulator.run),
    'POST /emit': (event: Event) => simulator.emit(event) ?? {},
    'POST /faults': (settings: FaultSettings) => {
      faults.set(settings);
      return faults.current;
    },
    'GET /truth': (_, { campaign }) => simulator.truth(campaign),
    'GET /requests': (_, { after = '0', ...filter }) =>
      simulator.requests({ after: Number(after), ...filter }),
    'POST /settled': () => simulator.deliveriesSettled().then(() => ({ settled: true })),
    'POST /reset': thenState(simulator.reset),
    ...parts.controls,
  });
  if (timeScale > 0) simulator.run({ hoursPerSecond: timeScale });
  return simulator;
}
