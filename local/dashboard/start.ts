// The dashboard: built while the stack starts, served on its own port.
import { demo } from '../shared/demo-accounts.ts';
import type { Stack } from '../stack/stack.ts';
import { type DashboardConfig, type DashboardServer, serveDashboard } from './serve.ts';

const demoAccounts = [
  { label: 'Operator', ...demo.operator },
  { label: 'Client: Lakeside', ...demo.client },
  { label: 'Client: Harbour', ...demo.otherClient },
];

/** Serves `dashboard/dist` for this stack; the build may still be running. */
export async function startDashboard(
  stack: Stack,
  port: number,
  options: { hasDemo: boolean } = { hasDemo: true },
): Promise<DashboardServer> {
  const config: DashboardConfig = {
    api_url: stack.apiUrl,
    publishable_key: stack.publishableKey,
    sign_in: ['password', 'magic_link'],
    ...(options.hasDemo ? { demo_accounts: demoAccounts } : {}),
  };
  return await serveDashboard({ port, config });
}

export function signInLines(): string[] {
  return demoAccounts.map(({ label, email, password }) =>
    `${label.padEnd(18)} ${email.padEnd(26)} ${password}`
  );
}
