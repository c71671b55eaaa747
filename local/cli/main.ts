// The commands of package.json.
import process from 'node:process';
import { build } from './build.ts';
import { invoke } from './invoke.ts';
import { status } from './status.ts';
import { reset, stop } from './stop.ts';
import { up } from './up.ts';
import { Failure } from '../shared/failure.ts';
import { print } from './progress.ts';

const help =
  `Replyloop without Docker: Postgres, PostgREST, the edge functions and simulated providers on this machine

  npm start                          everything, with a demo agency whose campaigns come to life
  npm run stack                      the same without the demo
  npm run status [-- -o env]         what runs, or the addresses and keys as variables
  npm run invoke -- <function> <json>  calls a function with the secret key
  npm run stop                       ends the stack of this checkout
  npm run reset                      deletes its data
  npm run build                      the dashboard as a static site, in dashboard/dist

REPLYLOOP_PORT is the first port (default 54400): the API is there, Postgres on the next one, the
dashboard four on.`;

const commands: Record<string, (parameters: string[]) => Promise<void> | void> = {
  start: () => up({ demo: true }),
  stack: () => up({ demo: false }),
  status,
  invoke,
  stop,
  reset,
  build,
  help: () => print(help),
};

const [name = 'help', ...parameters] = process.argv.slice(2);
try {
  const command = commands[name];
  if (!command) throw new Failure(`There is no command "${name}"; "npm run" lists all commands`);
  await command(parameters);
} catch (error) {
  console.error(error instanceof Failure ? error.message : error);
  process.exitCode = 1;
}
// Pools and timers of a stopped stack must not keep the terminal waiting.
process.exit();
