// Starts one simulator from the command line: node --import tsx simulators/main.ts smartlead --port 4020 --key demo-key
import process from 'node:process';
import { parseArgs } from 'node:util';
import { startInstantlySimulator } from './instantly/simulator.ts';
import { startSmartleadSimulator } from './smartlead/simulator.ts';

const { values, positionals: [provider = 'instantly'] } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string' },
    'state-file': { type: 'string' },
    seed: { type: 'string', default: '1' },
    'latency-ms': { type: 'string', default: '0' },
    'hours-per-second': { type: 'string', default: '0' },
    'start-at': { type: 'string' },
    key: { type: 'string', multiple: true },
  },
});
const workspace = (keys: string[]) => ({
  id: `019900aa-1111-7222-8333-44445555${provider === 'smartlead' ? '7777' : '6666'}`,
  name: 'Simulated workspace',
  keys,
  accounts: ['mia@try-lakeside.example', 'jon@try-lakeside.example'],
  labels: [{ label: 'Send deck later', kind: 'positive' as const }],
});
const start = provider === 'smartlead' ? startSmartleadSimulator : startInstantlySimulator;
const simulator = await start({
  port: Number(values.port ?? (provider === 'smartlead' ? 4020 : 4010)),
  seed: Number(values.seed),
  latencyMs: Number(values['latency-ms']),
  timeScale: Number(values['hours-per-second']),
  // Without a key the caller makes its workspaces through `POST /_simulator/workspaces`.
  workspaces: values.key === undefined ? [] : [workspace(values.key)],
  ...(values['state-file'] !== undefined && { stateFile: values['state-file'] }),
  ...(values['start-at'] !== undefined && { startAt: new Date(values['start-at']) }),
});
console.log(`${provider} simulator on ${simulator.url}`);

const stop = () => void simulator.stop().then(() => process.exit(0));
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
