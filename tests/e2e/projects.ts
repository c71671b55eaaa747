// Projects for the workers of one run, side by side: each worker has its own, in a process of its own, so that no worker sees what another
// changes and no project waits for another's processor time.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { buildDashboard } from '../../local/dashboard/build.ts';
import type { History } from './project.ts';

/** What a test reads of its project. */
export type Addresses = Record<
  | 'DASHBOARD_URL'
  | 'DATABASE_URL'
  | 'API_URL'
  | 'SIMULATOR_URL'
  | 'SMARTLEAD_SIMULATOR_URL'
  | 'HUBSPOT_SIMULATOR_URL',
  string
>;

export async function startProjects(
  count: number,
  history: History,
): Promise<{ addresses: Addresses[]; stop(): Promise<void> }> {
  // Once, before all of them ask for it.
  await buildDashboard();
  const children: ChildProcess[] = [];
  const stop = async () => {
    await Promise.all(children.map(async (child) => {
      if (child.exitCode !== null || !child.connected) return;
      child.disconnect();
      await once(child, 'exit');
    }));
  };
  try {
    const addresses = await Promise.all(Array.from({ length: count }, () => {
      const child = fork(fileURLToPath(new URL('project-process.ts', import.meta.url)), [history], {
        execArgv: ['--import', 'tsx'],
      });
      children.push(child);
      return new Promise<Addresses>((resolve, reject) => {
        child.once('message', (message) => resolve(message as Addresses));
        child.once('exit', (code) => reject(new Error(`A project for the browser ended with code ${code}`)));
      });
    }));
    return { addresses, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
