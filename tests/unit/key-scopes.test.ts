import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { accountRoutes } from '../../simulators/instantly/routes/accounts.ts';
import { analyticsRoutes } from '../../simulators/instantly/routes/analytics.ts';
import { campaignRoutes } from '../../simulators/instantly/routes/campaigns.ts';
import { emailRoutes } from '../../simulators/instantly/routes/emails.ts';
import { leadRoutes } from '../../simulators/instantly/routes/leads.ts';
import { sendingStatusRoutes } from '../../simulators/instantly/routes/sending-status.ts';
import { webhookRoutes } from '../../simulators/instantly/routes/webhooks.ts';
import { workspaceRoutes } from '../../simulators/instantly/routes/workspace.ts';
import { instantlyKeyScopes } from '../../supabase/functions/_shared/providers/instantly/key-scopes.ts';

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

it('the listed scopes of an Instantly key are those that the calls of the adapter need', () => {
  const routes: Record<string, { scope: string }> = {
    ...accountRoutes,
    ...analyticsRoutes,
    ...campaignRoutes,
    ...emailRoutes,
    ...leadRoutes,
    ...sendingStatusRoutes,
    ...webhookRoutes,
    ...workspaceRoutes,
  };
  const calls = callsOfAdapter();
  expect(calls.length).toBeGreaterThan(20);
  const needed = calls.map((call) => {
    const route = routes[call];
    if (route === undefined) throw new Error(`The simulator has no ${call}`);
    return route.scope.replace(/^webhooks:.*/, 'webhooks:all');
  });
  expect([...new Set(needed)].sort()).toEqual([...instantlyKeyScopes].sort());
});

it('docs/operations.md lists the same', () => {
  const docs = readFileSync(join(root, 'docs', 'operations.md'), 'utf8');
  const sentence = /^Scopes that the key needs: ([^.]+)\./m.exec(docs)?.[1] ?? '';
  expect([...sentence.matchAll(/`([^`]+)`/g)].map(([, scope]) => scope)).toEqual([...instantlyKeyScopes]);
});
