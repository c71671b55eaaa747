import { Hono } from 'hono';
import { type RequestFilter, RequestLog, serveApi } from '../shared/api.ts';
import { Faults, type FaultSettings } from '../shared/faults.ts';
import { loadSnapshot, PeriodicSaver } from '../shared/persistence.ts';
import { host, listen, serveControl } from '../shared/server.ts';
import { HubSpotApi, type Limits } from './api.ts';
import { accountRoutes } from './routes/account.ts';
import { objectRoutes } from './routes/objects.ts';
import { showPortals } from './page.ts';
import type { Kind, Portal, PortalOptions } from './records.ts';
import { createPortal, HubSpotWorld, tokensOf } from './state.ts';

export interface HubSpotSimulatorOptions {
  /** @default 0, any free port */
  port?: number;
  /** Where the state is kept between runs; without it nothing is written. */
  stateFile?: string;
  seed?: number;
  /** Added to every answer. @default 0 */
  latencyMs?: number;
  now?: () => Date;
  portals?: readonly PortalOptions[];
  /** @default 100 in ten seconds, 5 searches a second */
  limits?: Partial<Limits>;
  /** How long a change is not found by a search. @default 0 */
  searchDelayMs?: number;
}

export type HubSpotSimulator = Awaited<ReturnType<typeof startHubSpotSimulator>>;

const person = { sourceType: 'CRM_UI', sourceId: 'userId:1' };

/** Starts a stand-in for the part of HubSpot's CRM API that the product uses, with what people do there as functions. */
export async function startHubSpotSimulator(options: HubSpotSimulatorOptions = {}) {
  const world = new HubSpotWorld(options.now ?? (() => new Date()));
  const faults = new Faults(options.seed ?? 1);
  const log = new RequestLog(2000);
  const { stateFile } = options;
  const saved = stateFile === undefined
    ? undefined
    : await loadSnapshot<{ version: 3; portals: Portal[] }>(stateFile);
  world.portals = saved?.portals ?? [];
  for (const portal of options.portals ?? []) {
    if (!world.portals.some(({ id }) => id === portal.id)) world.portals.push(createPortal(portal));
  }
  const takeIfDirty = () => {
    if (!world.dirty) return undefined;
    world.dirty = false;
    return { version: 3, portals: structuredClone(world.portals) };
  };
  const saver = stateFile === undefined ? undefined : new PeriodicSaver(stateFile, takeIfDirty);
  const api = serveApi(
    new HubSpotApi(
      { ...accountRoutes, ...objectRoutes },
      world,
      { perTenSeconds: 100, searchesPerSecond: 5, ...options.limits },
      { searchDelayMs: options.searchDelayMs ?? 0 },
    ),
    faults,
    log,
    options.latencyMs ?? 0,
  );
  const { server, port } = await listen(
    (request, env) => {
      const { pathname } = new URL(request.url);
      const app = pathname.startsWith('/_simulator/')
        ? control
        : ['/', '/move'].includes(pathname)
        ? pages
        : api;
      return app.fetch(request, env);
    },
    options.port ?? 0,
  );
  const rowOf = (kind: Kind, portalId: number, id: string) => {
    const row = world.find(world.portal(portalId), kind, id);
    if (row === undefined) throw new Error(`There is no record ${id}`);
    return row;
  };
  const simulator = {
    url: `http://${host}:${port}`,
    faults: faults as Pick<Faults, 'set' | 'clear' | 'current'>,
    createPortal: (portal: PortalOptions): Portal => {
      const made = createPortal(portal);
      world.portals = [...world.portals.filter(({ id }) => id !== made.id), made];
      world.dirty = true;
      return made;
    },
    portal: (id: number): Portal => world.portal(id),
    portals: (): readonly Portal[] => world.portals,
    /** A person deletes tokens, or makes others. */
    setTokens: (portalId: number, tokens: PortalOptions['tokens']): void => {
      world.portal(portalId).tokens = tokensOf(tokens);
      world.dirty = true;
    },
    requests: (filter?: RequestFilter) => log.list(filter),
    /** A person types a contact. */
    addContact: (portalId: number, properties: Record<string, string>) =>
      world.add(world.portal(portalId), 'contacts', properties, person),
    /** A person changes a record. */
    change: (kind: Kind, portalId: number, id: string, properties: Record<string, string>): void =>
      world.write(rowOf(kind, portalId, id), properties, person),
    remove: (kind: Kind, portalId: number, id: string): void => {
      rowOf(kind, portalId, id).archived = true;
      world.dirty = true;
    },
    merge: (kind: Kind, portalId: number, keptId: string, goneId: string): void =>
      world.merge(world.portal(portalId), kind, keptId, goneId),
    stop: async (): Promise<void> => {
      server.close();
      server.closeAllConnections();
      await saver?.stop();
    },
  };
  const control = serveControl({
    'GET /state': () =>
      world.portals.map(({ id, contacts, deals, pipelines }) => ({ id, contacts, deals, pipelines })),
    'POST /portals': (body: PortalOptions) => ({ id: simulator.createPortal(body).id }),
    'POST /tokens': ({ portalId, tokens }: { portalId: number; tokens: PortalOptions['tokens'] }) => {
      simulator.setTokens(portalId, tokens);
      return {};
    },
    'POST /faults': (settings: FaultSettings) => {
      faults.set(settings);
      return faults.current;
    },
    'POST /change': (
      body: { kind: Kind; portalId: number; id: string; properties: Record<string, string> },
    ) => {
      simulator.change(body.kind, body.portalId, body.id, body.properties);
      return {};
    },
    'GET /requests': (_, { after = '0', ...filter }) => log.list({ after: Number(after), ...filter }),
  });
  const pages = new Hono();
  pages.get('/', (c) => c.html(showPortals(world.portals)));
  pages.post('/move', async (c) => {
    const { portal, deal, stage, amount } = await c.req.parseBody<Record<string, string>>();
    simulator.change('deals', Number(portal), deal ?? '', {
      ...(stage ? { dealstage: stage } : {}),
      amount: amount ?? '',
    });
    return c.redirect('/', 303);
  });
  return simulator;
}
