import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';

/** By method and path below `/_simulator`, e.g. `POST /advance`. Others on this machine are trusted to send the shapes. */
export type Controls = Readonly<Record<string, (body: never, query: Record<string, string>) => unknown>>;

export function serveControl(controls: Controls) {
  const app = new Hono().basePath('/_simulator');
  for (const [name, control] of Object.entries(controls)) {
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

type Fetch = Parameters<typeof createAdaptorServer>[0]['fetch'];

export const host = '127.0.0.1';

export async function listen(fetch: Fetch, port: number): Promise<{ server: Server; port: number }> {
  // Tests and the demo run clients in the same process, whose own Request and Response have to stay.
  const server = createAdaptorServer({ fetch, overrideGlobalObjects: false }) as Server;
  await once(server.listen(port, host), 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}
