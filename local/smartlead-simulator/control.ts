import { readBody, readQuery, sendJson } from '../simulator/http.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AdvanceOptions } from '../simulator/clock.ts';
import type { EmitOptions } from './emit.ts';
import type { FaultSettings } from './faults.ts';
import type { WorkspaceOptions } from './options.ts';
import type { SmartleadSimulator } from './simulator.ts';
import type { SubsequenceOptions } from './subsequence.ts';
import type { WorkspaceAccess } from './types.ts';

type Handler = (
  simulator: SmartleadSimulator,
  body: unknown,
  query: Record<string, string | string[]>,
) => unknown;

const one = (
  value: string | string[] | undefined,
): string | undefined => (Array.isArray(value) ? value[0] : value);
const clockOf = (simulator: SmartleadSimulator) => ({ simulatedNow: simulator.simulatedNow().toISOString() });

/** The same things the returned object offers, for other processes on this machine. */
const handlers: Readonly<Record<string, Handler>> = {
  'GET /health': () => ({ ok: true }),
  'GET /state': (simulator) => simulator.state(),
  'POST /workspaces': (simulator, body) => simulator.createWorkspace(body as WorkspaceOptions),
  'POST /subsequences': (simulator, body) => ({
    id: simulator.createSubsequence(body as SubsequenceOptions),
  }),
  'POST /access': (simulator, body) => {
    const { workspaceId, access } = body as { workspaceId: string; access: WorkspaceAccess };
    simulator.setAccess(workspaceId, access);
    return { workspaceId, access };
  },
  'POST /advance': async (simulator, body) => {
    await simulator.advance(body as AdvanceOptions);
    return clockOf(simulator);
  },
  'POST /run': (simulator, body) => {
    simulator.run(body as { hoursPerSecond: number });
    return clockOf(simulator);
  },
  'POST /pause': (simulator) => {
    simulator.pause();
    return clockOf(simulator);
  },
  'POST /emit': (simulator, body) => simulator.emit(body as EmitOptions) ?? {},
  'GET /faults': (simulator) => simulator.faults.current,
  'POST /faults': (simulator, body) => {
    simulator.faults.set(body as FaultSettings);
    return simulator.faults.current;
  },
  'DELETE /faults': (simulator) => {
    simulator.faults.clear();
    return simulator.faults.current;
  },
  'GET /truth': (simulator, _, query) => simulator.truth(one(query.campaign)),
  'GET /requests': (simulator, _, query) => {
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
  'POST /settled': async (simulator) => {
    await simulator.deliveriesSettled();
    return { settled: true };
  },
  'POST /save': async (simulator) => {
    await simulator.save();
    return { saved: true };
  },
  'POST /reset': (simulator) => {
    simulator.reset();
    return simulator.state();
  },
};

export async function handleControl(
  simulator: SmartleadSimulator,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const handler = handlers[`${request.method} ${url.pathname.slice('/_simulator'.length)}`];
  if (handler === undefined) {
    return sendJson(response, 404, { error: `No control endpoint ${request.method} ${url.pathname}` });
  }
  try {
    const text = await readBody(request);
    const body: unknown = text === '' ? {} : JSON.parse(text);
    sendJson(response, 200, await handler(simulator, body, readQuery(url.searchParams)));
  } catch (error) {
    sendJson(response, 400, { error: error instanceof Error ? error.message : String(error) });
  }
}
