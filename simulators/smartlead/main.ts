import { runFromCommandLine } from '../shared/command-line.ts';
import type { WorkspaceOptions } from './options.ts';
import { startSmartleadSimulator } from './simulator.ts';

await runFromCommandLine<WorkspaceOptions>('Smartlead', 4020, startSmartleadSimulator, (keys) => ({
  id: '019900aa-1111-7222-8333-444455557777',
  name: 'Simulated workspace',
  keys,
  accounts: ['mia@try-lakeside.example', 'jon@try-lakeside.example'],
  clients: ['Lakeside'],
  labels: [{ label: 'Send deck later', kind: 'positive' }],
}));
