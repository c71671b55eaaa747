import { parseArgs } from 'node:util';
import { startSmartleadSimulator } from './simulator.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4020' },
    'state-file': { type: 'string' },
    seed: { type: 'string', default: '1' },
    'latency-ms': { type: 'string', default: '0' },
    'hours-per-second': { type: 'string', default: '0' },
    'start-at': { type: 'string' },
    key: { type: 'string', multiple: true },
  },
});

// Without a key the caller makes its workspaces through `POST /_simulator/workspaces`.
const workspaces = values.key === undefined ? [] : [{
  id: '019900aa-1111-7222-8333-444455557777',
  name: 'Simulated workspace',
  keys: values.key,
  accounts: ['mia@try-lakeside.example', 'jon@try-lakeside.example'],
  clients: ['Lakeside'],
  labels: [{ label: 'Send deck later', kind: 'positive' as const }],
}];

const simulator = await startSmartleadSimulator({
  port: Number(values.port),
  seed: Number(values.seed),
  latencyMs: Number(values['latency-ms']),
  timeScale: Number(values['hours-per-second']),
  workspaces,
  ...(values['state-file'] !== undefined && { stateFile: values['state-file'] }),
  ...(values['start-at'] !== undefined && { startAt: new Date(values['start-at']) }),
});
console.log(`Smartlead simulator on ${simulator.url}`);

const stop = async () => {
  await simulator.stop();
  process.exit(0);
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
