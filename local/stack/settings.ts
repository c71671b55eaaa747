// The one setting of the command line: REPLYLOOP_PORT, the first port. Another value, and two checkouts live side by
// side; nothing else remembers it.
import process from 'node:process';
import { Failure } from '../shared/failure.ts';

export interface Ports {
  base: number;
  api: number;
  database: number;
  postgrest: number;
  simulator: number;
  dashboard: number;
  smartlead: number;
  /** The functions take one each from here on, in the order of their names. */
  firstFunction: number;
}

const defaultPort = 54_400;

export function portsFromEnvironment(environment: NodeJS.ProcessEnv = process.env): Ports {
  const text = environment['REPLYLOOP_PORT'] ?? String(defaultPort);
  const base = Number(text);
  if (!Number.isInteger(base) || base < 1_024 || base > 65_000) {
    throw new Failure(
      `REPLYLOOP_PORT is "${text}"; set it to a number from 1024 to 65000, such as ${defaultPort}`,
    );
  }
  return {
    base,
    api: base,
    database: base + 1,
    postgrest: base + 2,
    simulator: base + 3,
    dashboard: base + 4,
    smartlead: base + 5,
    firstFunction: base + 10,
  };
}
