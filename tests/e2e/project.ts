// A whole project for the browser: throw-away Postgres, the stack, the simulator, months of numbers, and the dashboard.
import { join } from 'node:path';
import pg from 'pg';
import { buildDashboard } from '../../local/dashboard/build.ts';
import { type DashboardServer } from '../../local/dashboard/serve.ts';
import { startDashboard } from '../../local/dashboard/start.ts';
import { migrate } from '../../local/cli-tool.ts';
import { prepareDemo } from '../../local/demo/prepare.ts';
import {
  type InstantlySimulator,
  startInstantlySimulator,
} from '../../local/instantly-simulator/simulator.ts';
import {
  type SmartleadSimulator,
  startSmartleadSimulator,
} from '../../local/smartlead-simulator/simulator.ts';
import { createKeys } from '../../local/keys.ts';
import { type Stack, startStack } from '../../local/stack.ts';
import { createDatabase, startThrowAwayPostgres } from '../../local/testing.ts';
import { temporaryDirectory } from '../../local/unprivileged.ts';
import { fillWithMonths } from './months.ts';

export interface BrowserProject {
  stack: Stack;
  simulator: InstantlySimulator;
  smartlead: SmartleadSimulator;
  dashboard: DashboardServer;
  stop(): Promise<void>;
}

export async function startBrowserProject(): Promise<BrowserProject> {
  const ends: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const end of ends.reverse()) await end();
  };
  try {
    const building = buildDashboard();
    const postgres = await startThrowAwayPostgres();
    ends.push(() => postgres.stop());
    const database = 'browser';
    await createDatabase(postgres, database);
    await migrate(postgres.url(database), { includeSeed: true });
    const simulator = await startInstantlySimulator({ port: 0, limits: 'off' });
    ends.push(() => simulator.stop());
    const smartlead = await startSmartleadSimulator({ port: 0, limits: 'off' });
    ends.push(() => smartlead.stop());
    const keys = await createKeys();
    const stack = await startStack({
      postgres,
      database,
      keys,
      scheduler: true,
      environment: {
        INSTANTLY_API_URL: simulator.url,
        SMARTLEAD_API_URL: smartlead.url,
        PROVIDER_KEYS_MASTER: JSON.stringify({ current: 'k1', keys: { k1: keys.providerKey } }),
      },
      logDirectory: join(temporaryDirectory(), 'logs', `browser-${process.pid}`),
    });
    ends.push(() => stack.stop());
    await prepareDemo({
      stack,
      simulator,
      smartlead,
      instantlyApiUrl: simulator.url,
      print: () => undefined,
      signal: new AbortController().signal,
    });
    const client = new pg.Client({ connectionString: stack.adminDbUrl });
    await client.connect();
    await fillWithMonths(client);
    await client.end();
    await building;
    const dashboard = await startDashboard(stack, 0);
    ends.push(() => dashboard.stop());
    return { stack, simulator, smartlead, dashboard, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
