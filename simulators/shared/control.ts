import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AdvanceOptions } from './clock.ts';
import type { FaultSettings } from './faults.ts';
import { type Query, readBody, readQuery, sendJson } from './http.ts';
import type { Kinds, Simulator } from './simulator.ts';

/** By method and path below `/_simulator`, e.g. `POST /advance`. */
export type Controls = Readonly<Record<string, (body: unknown, query: Query) => unknown>>;

const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

/** The same things the returned object offers, for other processes on this machine. They are trusted to send the shapes. */
function controlsOf<Kind extends Kinds>(simulator: Simulator<Kind>): Controls {
  const clock = () => ({ simulatedNow: simulator.simulatedNow().toISOString() });
  return {
    'GET /health': () => ({ ok: true }),
    'GET /state': () => simulator.state(),
    'POST /workspaces': (body) => simulator.createWorkspace(body as Kind['workspaceOptions']),
    'POST /access': (body) => {
      const { workspaceId, access } = body as { workspaceId: string; access: Kind['access'] };
      simulator.setAccess(workspaceId, access);
      return { workspaceId, access };
    },
    'POST /advance': async (body) => {
      await simulator.advance(body as AdvanceOptions);
      return clock();
    },
    'POST /run': (body) => {
      simulator.run(body as { hoursPerSecond: number });
      return clock();
    },
    'POST /pause': () => {
      simulator.pause();
      return clock();
    },
    'POST /emit': (body) => simulator.emit(body as Kind['emit']) ?? {},
    'GET /faults': () => simulator.faults.current,
    'POST /faults': (body) => {
      simulator.faults.set(body as FaultSettings<Kind['fault']>);
      return simulator.faults.current;
    },
    'DELETE /faults': () => {
      simulator.faults.clear();
      return simulator.faults.current;
    },
    'GET /truth': (_, query) => simulator.truth(one(query.campaign)),
    'GET /requests': (_, query) => {
      const after = one(query.after);
      const workspaceId = one(query.workspace);
      const path = one(query.path);
      const method = one(query.method);
      return simulator.requests({
        ...(after !== undefined && { after: Number(after) }),
        ...(workspaceId !== undefined && { workspaceId }),
        ...(path !== undefined && { path }),
        ...(method !== undefined && { method }),
      });
    },
    'POST /settled': async () => {
      await simulator.deliveriesSettled();
      return { settled: true };
    },
    'POST /save': async () => {
      await simulator.save();
      return { saved: true };
    },
    'POST /reset': () => {
      simulator.reset();
      return simulator.state();
    },
  };
}

export async function handleControl<Kind extends Kinds>(
  simulator: Simulator<Kind>,
  more: Controls,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const name = `${request.method} ${url.pathname.slice('/_simulator'.length)}`;
  const handler = more[name] ?? controlsOf(simulator)[name];
  if (handler === undefined) {
    return sendJson(response, 404, { error: `No control endpoint ${request.method} ${url.pathname}` });
  }
  try {
    const text = await readBody(request);
    const body: unknown = text === '' ? {} : JSON.parse(text);
    sendJson(response, 200, await handler(body, readQuery(url.searchParams)));
  } catch (error) {
    sendJson(response, 400, { error: error instanceof Error ? error.message : String(error) });
  }
}
