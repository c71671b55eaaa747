// A whole project for the browser: throw-away Postgres, the stack, the simulator, months of numbers, and the dashboard.
import { join } from 'node:path';
import { buildDashboard } from '../../local/dashboard/build.ts';
import { type DashboardServer } from '../../local/dashboard/serve.ts';
import { startDashboard } from '../../local/dashboard/start.ts';
import { migrate } from '../../local/cli/supabase-cli.ts';
import { demoDays, demoRates } from '../../local/demo/context.ts';
import { prepareDemo } from '../../local/demo/prepare.ts';
import { runDemo } from '../../local/demo/run.ts';
import { type HubSpotSimulator, startHubSpotSimulator } from '../../simulators/hubspot/simulator.ts';
import { type InstantlySimulator, startInstantlySimulator } from '../../simulators/instantly/simulator.ts';
import { type SmartleadSimulator, startSmartleadSimulator } from '../../simulators/smartlead/simulator.ts';
import { createKeys } from '../../local/shared/keys.ts';
import { withClient } from '../../local/platform/postgres/client.ts';
import { type Stack, startStack } from '../../local/stack/stack.ts';
import { createDatabase, freePort, startThrowAwayPostgres } from '../../local/stack/testing.ts';
import { temporaryDirectory } from '../../local/shared/unprivileged.ts';
import { fillWithMonths } from './months.ts';

export interface BrowserProject {
  stack: Stack;
  simulator: InstantlySimulator;
  smartlead: SmartleadSimulator;
  hubspot: HubSpotSimulator;
  dashboard: DashboardServer;
  stop(): Promise<void>;
}

/** "months": what an agency has after four months, written by the tests. "demo": what `npm start` plays, up to now. */
export type History = 'months' | 'demo';

export async function startBrowserProject(history: History = 'months'): Promise<BrowserProject> {
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
    const begin = history === 'demo'
      ? { startAt: new Date(Date.now() - demoDays * 86_400_000), rates: demoRates }
      : {};
    const simulator = await startInstantlySimulator({ port: 0, limits: 'off', ...begin });
    ends.push(() => simulator.stop());
    const smartlead = await startSmartleadSimulator({ port: 0, limits: 'off', ...begin });
    ends.push(() => smartlead.stop());
    const hubspot = await startHubSpotSimulator();
    ends.push(() => hubspot.stop());
    const keys = await createKeys();
    const dashboardPort = await freePort();
    const stack = await startStack({
      postgres,
      database,
      keys,
      scheduler: true,
      siteUrl: `http://127.0.0.1:${dashboardPort}`,
      environment: {
        INSTANTLY_API_URL: simulator.url,
        SMARTLEAD_API_URL: smartlead.url,
        HUBSPOT_API_URL: hubspot.url,
        PROVIDER_KEYS_MASTER: JSON.stringify({ current: 'k1', keys: { k1: keys.providerKey } }),
      },
      logDirectory: join(temporaryDirectory(), 'logs', `browser-${process.pid}`),
    });
    ends.push(() => stack.stop());
    const context = {
      stack,
      simulator,
      smartlead,
      hubspot,
      instantlyApiUrl: simulator.url,
      print: () => undefined,
      signal: new AbortController().signal,
    };
    await prepareDemo(context);
    if (history === 'demo') {
      await runDemo(context);
      // What the terminal shows in slow motion.
      for (const provider of [simulator, smartlead]) {
        provider.pause();
        await provider.advance({ days: 2 });
        await provider.deliveriesSettled();
      }
    } else {
      await withClient(stack.adminDbUrl, fillWithMonths);
    }
    await building;
    const dashboard = await startDashboard(stack, dashboardPort);
    ends.push(() => dashboard.stop());
    return { stack, simulator, smartlead, hubspot, dashboard, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
