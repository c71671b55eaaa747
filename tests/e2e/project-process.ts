// One project for one worker: sends its addresses, and ends with its parent.
import process from 'node:process';
import { type History, startBrowserProject } from './project.ts';
import type { Addresses } from './projects.ts';

const project = await startBrowserProject(process.argv[2] as History);
const end = () => void project.stop().finally(() => process.exit());
process.once('disconnect', end);
// Ctrl-C reaches this process too; its parent disconnects then.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

const addresses: Addresses = {
  DASHBOARD_URL: project.dashboard.url,
  DATABASE_URL: project.stack.adminDbUrl,
  API_URL: project.stack.apiUrl,
  SIMULATOR_URL: project.simulator.url,
  SMARTLEAD_SIMULATOR_URL: project.smartlead.url,
  HUBSPOT_SIMULATOR_URL: project.hubspot.url,
};
if (process.connected) process.send?.(addresses);
else end();
