// @vitest-environment node
// The small server of the local stack behaves as a static host should.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DashboardServer, serveDashboard } from '../../local/dashboard/serve.ts';

let server: DashboardServer;

beforeAll(async () => {
  const directory = join(mkdtempSync(join(tmpdir(), 'dashboard-')), 'dist');
  mkdirSync(join(directory, 'assets'), { recursive: true });
  writeFileSync(join(directory, 'index.html'), '<title>The page</title>');
  writeFileSync(join(directory, 'assets', 'a-1.js'), 'export {}');
  mkdirSync(join(directory, 'message'));
  for (const name of ['plain', 'images']) {
    writeFileSync(join(directory, 'message', `${name}.html`), '<title>Mail</title>');
  }
  writeFileSync(join(directory, '.sources'), 'digest');
  writeFileSync(join(directory, '..', 'secret.txt'), 'secret');
  server = await serveDashboard({
    port: 0,
    directory,
    config: { api_url: 'http://127.0.0.1:54400', publishable_key: 'sb_publishable_x', sign_in: ['password'] },
  });
});
afterAll(() => server.stop());

describe('the dashboard’s server', () => {
  it('answers every page with index.html, never from a cache', async () => {
    for (const path of ['/', '/overview?range=7d', '/campaigns/0000']) {
      const response = await fetch(server.url + path);
      expect(response.status).toBe(200);
      expect(await response.text()).toContain('The page');
      expect(response.headers.get('cache-control')).toBe('no-cache');
    }
  });

  it('lets hashed files be kept, and does not answer a missing one with the page', async () => {
    const asset = await fetch(`${server.url}/assets/a-1.js`);
    expect(asset.headers.get('content-type')).toContain('text/javascript');
    expect(asset.headers.get('cache-control')).toContain('immutable');
    expect((await fetch(`${server.url}/assets/gone.js`)).status).toBe(404);
  });

  it('gives the page its settings', async () => {
    const config: unknown = await (await fetch(`${server.url}/config.json`)).json();
    expect(config).toEqual({
      api_url: 'http://127.0.0.1:54400',
      publishable_key: 'sb_publishable_x',
      sign_in: ['password'],
    });
  });

  it('allows no foreign script, image or frame, and only its own API', async () => {
    const policy = (await fetch(server.url)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`default-src 'none'`);
    expect(policy).toContain(`script-src 'self';`);
    expect(policy).toContain(`img-src 'self' data:;`);
    expect(policy).toContain(`connect-src 'self' http://127.0.0.1:54400 ws://127.0.0.1:54400;`);
    expect(policy).toContain(`frame-ancestors 'none'`);
  });

  it('gives the frames of emails a policy of their own: no script, framed by this site only, images in one of them', async () => {
    const headersOf = async (name: string) => (await fetch(`${server.url}/message/${name}.html`)).headers;
    const plain = await headersOf('plain');
    const images = await headersOf('images');
    for (const headers of [plain, images]) {
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain(`default-src 'none'`);
      expect(policy).not.toContain('script-src');
      expect(policy).not.toContain('allow-scripts');
      expect(policy).toContain(`frame-ancestors 'self'`);
      expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    }
    expect(plain.get('content-security-policy')).not.toContain('img-src');
    expect(images.get('content-security-policy')).toContain('img-src https: http:');
    expect((await fetch(`${server.url}/message/gone.html`)).status).toBe(404);
  });

  it('serves nothing outside of the site, and no hidden file', async () => {
    for (
      const path of ['/..%2fsecret.txt', '/%2e%2e/secret.txt', '/.sources', '/assets/..%2f..%2fsecret.txt']
    ) {
      const text = await (await fetch(server.url + path)).text();
      expect(text).not.toContain('secret');
      expect(text).not.toContain('digest');
    }
    expect((await fetch(server.url, { method: 'POST' })).status).toBe(405);
  });
});
