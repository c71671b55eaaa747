import { Hono } from 'hono';
import type { AdvanceOptions } from './clock.ts';
import type { FaultSettings } from './faults.ts';
import type { WorkspaceAccess } from './records.ts';
import type { Kinds, Simulator } from './simulator.ts';

type Control = (body: never, query: Record<string, string>) => unknown;

/** By method and path below `/_simulator`, e.g. `POST /advance`. */
export type Controls = Readonly<Record<string, Control>>;

/** The same things the returned object offers, for other processes on this machine. They are trusted to send the shapes. */
function controlsOf<Kind extends Kinds>(simulator: Simulator<Kind>): Controls {
  const clock = () => ({ simulatedNow: simulator.simulatedNow().toISOString() });
  const faults = () => simulator.faults.current;
  return {
    'GET /health': () => ({ ok: true }),
    'GET /state': simulator.state,
    'POST /workspaces': (body: Kind['workspaceOptions']) => simulator.createWorkspace(body),
    'POST /access': (body: { workspaceId: string; access: WorkspaceAccess }) => {
      simulator.setAccess(body.workspaceId, body.access);
      return body;
    },
    'POST /advance': (body: AdvanceOptions) => simulator.advance(body).then(clock),
    'POST /run': (body: { hoursPerSecond: number }) => {
      simulator.run(body);
      return clock();
    },
    'POST /pause': () => {
      simulator.pause();
      return clock();
    },
    'POST /emit': (body: Kind['emit']) => simulator.emit(body) ?? {},
    'GET /faults': faults,
    'POST /faults': (body: FaultSettings) => {
      simulator.faults.set(body);
      return faults();
    },
    'DELETE /faults': () => {
      simulator.faults.clear();
      return faults();
    },
    'GET /truth': (_, { campaign }) => simulator.truth(campaign),
    'GET /requests': (_, { after = '0', workspace, ...filter }) =>
      simulator.requests({
        after: Number(after),
        ...(workspace !== undefined && { workspaceId: workspace }),
        ...filter,
      }),
    'POST /settled': () => simulator.deliveriesSettled().then(() => ({ settled: true })),
    'POST /save': () => simulator.save().then(() => ({ saved: true })),
    'POST /reset': () => {
      simulator.reset();
      return simulator.state();
    },
  };
}

/** The control endpoints, without a key. */
export function serveControl<Kind extends Kinds>(simulator: Simulator<Kind>, more: Controls) {
  const app = new Hono().basePath('/_simulator');
  for (const [name, control] of Object.entries({ ...controlsOf(simulator), ...more })) {
    const [method = '', path = ''] = name.split(' ');
    app.on(method, path, async (c) => {
      const text = await c.req.text();
      return c.json(await control((text === '' ? {} : JSON.parse(text)) as never, c.req.query()) as object);
    });
  }
  app.notFound((c) => c.json({ error: `No control endpoint ${c.req.method} ${c.req.path}` }, 404));
  app.onError((error, c) => c.json({ error: error.message }, 400));
  return app;
}
