// Serves the built dashboard like any static host: files, index.html for every other path, /config.json, and the
// headers that a host should send (docs/operations.md lists them).
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { Failure } from '../shared/failure.ts';
import { distDirectory } from './build.ts';
import { headerRules, headersFor, withoutFallback } from './security-headers.ts';

export interface DashboardConfig {
  api_url: string;
  publishable_key: string;
  sign_in: ('password' | 'magic_link')[];
  realtime?: boolean;
  agency?: string;
  demo_accounts?: { label: string; email: string; password: string }[];
}

export interface DashboardServer {
  url: string;
  stop(): Promise<void>;
}

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

export async function serveDashboard(options: {
  port: number;
  config: DashboardConfig;
  directory?: string;
}): Promise<DashboardServer> {
  const { port, config, directory = distDirectory } = options;
  const rules = headerRules(config.api_url);
  const configText = JSON.stringify(config);

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const path = pathOf(request.url ?? '/');
    for (const [name, value] of Object.entries(headersFor(rules, path ?? '/'))) {
      response.setHeader(name, value);
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    if (path === '/config.json') {
      response.writeHead(200, { 'content-type': types['.json']! }).end(configText);
      return;
    }
    const file = path === undefined ? undefined : fileAt(directory, path);
    // A missing asset is a 404: with index.html as the answer, a browser would run HTML as a script.
    if (!file && (path === undefined || withoutFallback.some((folder) => path.startsWith(folder)))) {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' })
        .end('Not found');
      return;
    }
    const chosen = file ?? join(directory, 'index.html');
    if (!existsSync(chosen)) {
      response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '2' })
        .end('The dashboard is still being built; try again in a few seconds');
      return;
    }
    response.writeHead(200, { 'content-type': types[extname(chosen)] ?? 'application/octet-stream' });
    if (request.method === 'HEAD') response.end();
    else createReadStream(chosen).on('error', () => response.destroy()).pipe(response);
  };

  const server = createServer(handle);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(new Failure(`The dashboard cannot listen on port ${port}: ${error.message}`, { cause: error }));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const actual = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://127.0.0.1:${actual}`,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The path of the URL without its query; undefined when it cannot be decoded. */
function pathOf(address: string): string | undefined {
  try {
    return decodeURIComponent(address.split('?')[0] ?? '/');
  } catch {
    return undefined;
  }
}

/** A file of the site; never one outside it, never a hidden one. */
function fileAt(directory: string, path: string): string | undefined {
  const file = normalize(join(directory, path));
  if (!file.startsWith(directory + sep) || path.split(/[\\/]/).some((part) => part.startsWith('.'))) {
    return undefined;
  }
  return existsSync(file) && statSync(file).isFile() ? file : undefined;
}
