import { runFromCommandLine } from '../shared/command-line.ts';
import type { WorkspaceOptions } from './options.ts';
import { startInstantlySimulator } from './simulator.ts';

await runFromCommandLine<WorkspaceOptions>('Instantly', 4010, startInstantlySimulator, (keys) => ({
  id: '019900aa-1111-7222-8333-444455556666',
  name: 'Simulated workspace',
  keys,
  accounts: ['mia@try-lakeside.example', 'jon@try-lakeside.example'],
  labels: [{ label: 'Send deck later', kind: 'positive' }],
}));
