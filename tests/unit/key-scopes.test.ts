import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withSimulator, workspaceId } from '../instantly-simulator/helpers.ts';
import {
  instantlyKeyScopes,
  instantlyPlacementScopes,
} from '../../supabase/functions/_shared/providers/instantly/key-scopes.ts';

const allScopes = [...instantlyKeyScopes, ...instantlyPlacementScopes];

const root = join(import.meta.dirname, '..', '..');
const adapter = join(root, 'supabase', 'functions', '_shared', 'providers', 'instantly');

/** Every call that the adapter makes, as its source names it: `GET /leads/:id`. */
function callsOfAdapter(): string[] {
  const source = readdirSync(adapter).map((name) => readFileSync(join(adapter, name), 'utf8')).join('\n');
  const calls = [
    ...[...source.matchAll(/method: '(\w+)',\s+path: ['`]([^'`]+)['`]/g)].map(([, method, path]) =>
      `${method} /${path}`
    ),
    ...[...source.matchAll(/readPage\(\s*this\.#http,\s*'([^']+)'/g)].map(([, path]) => `GET /${path}`),
  ];
  return [...new Set(calls.map((call) => call.replaceAll(/\$\{[^}]+\}/g, ':id')))];
}

/** Which of the calls a key with these scopes may not make. */
async function refused(scopes: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const workspaces = [{ id: workspaceId, keys: [{ key: 'test-key==', scopes }] }];
  await withSimulator({ workspaces }, async ({ call }) => {
    for (const each of callsOfAdapter()) {
      const [method = '', path = ''] = each.split(' ');
      const hasBody = method === 'POST' || method === 'PATCH';
      const address = `/api/v2${path.replaceAll(':id', '019ffad2-9b14-7491-94e1-412c61f2fe27')}`;
      const { status } = await call(method, address, hasBody ? {} : undefined);
      if (status === 403) found.push(each);
    }
  });
  return found;
}

it('a key with the listed scopes can make every call of the adapter', async () => {
  expect(callsOfAdapter().length).toBeGreaterThan(20);
  expect(await refused(allScopes)).toEqual([]);
});

it('a key without those of placement tests can make every other call', async () => {
  const calls = await refused(instantlyKeyScopes);
  expect(calls.every((call) => call.startsWith('GET /inbox-placement-'))).toBe(true);
});

it.each(allScopes)('without %s it cannot', async (scope) => {
  expect(await refused(allScopes.filter((other) => other !== scope))).not.toEqual([]);
});

it('docs/operations.md lists the same', () => {
  const docs = readFileSync(join(root, 'docs', 'operations.md'), 'utf8');
  const sentence = /^Scopes that the key needs: ([^.]+)\./m.exec(docs)?.[1] ?? '';
  expect([...sentence.matchAll(/`([^`]+)`/g)].map(([, scope]) => scope)).toEqual([...instantlyKeyScopes]);
  const optional = /^For placement tests also: ([^.]+)\./m.exec(docs)?.[1] ?? '';
  expect([...optional.matchAll(/`([^`]+)`/g)].map(([, scope]) => scope)).toEqual([
    ...instantlyPlacementScopes,
  ]);
});
