import { parseArgs } from 'node:util';
import type { CommonOptions } from './options.ts';

interface Started {
  readonly url: string;
  stop: () => Promise<void>;
}

/** Starts a simulator from the command line and stops it with the process. */
export async function runFromCommandLine<WorkspaceOptions>(
  title: string,
  defaultPort: number,
  start: (options: CommonOptions<WorkspaceOptions>) => Promise<Started>,
  describe: (keys: string[]) => WorkspaceOptions,
): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: String(defaultPort) },
      'state-file': { type: 'string' },
      seed: { type: 'string', default: '1' },
      'latency-ms': { type: 'string', default: '0' },
      'hours-per-second': { type: 'string', default: '0' },
      'start-at': { type: 'string' },
      key: { type: 'string', multiple: true },
    },
  });
  const simulator = await start({
    port: Number(values.port),
    seed: Number(values.seed),
    latencyMs: Number(values['latency-ms']),
    timeScale: Number(values['hours-per-second']),
    // Without a key the caller makes its workspaces through `POST /_simulator/workspaces`.
    workspaces: values.key === undefined ? [] : [describe(values.key)],
    ...(values['state-file'] !== undefined && { stateFile: values['state-file'] }),
    ...(values['start-at'] !== undefined && { startAt: new Date(values['start-at']) }),
  });
  console.log(`${title} simulator on ${simulator.url}`);

  const stop = async () => {
    await simulator.stop();
    process.exit(0);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
