// The commands of package.json.
import process from 'node:process';
import { archiveCommand } from './archive.ts';
import { build } from './build.ts';
import { invoke } from './invoke.ts';
import { move } from './move-client.ts';
import { operator } from './operator.ts';
import { rebuild } from './rebuild.ts';
import { emptyOption } from './state.ts';
import { status } from './status.ts';
import { reset, stop } from './stop.ts';
import { up } from './up.ts';
import { Failure } from '../shared/failure.ts';
import { print } from './progress.ts';

const help =
  `Replyloop without Docker: Postgres, PostgREST, the edge functions and simulated providers on this machine

  npm start                          everything, with a demo agency whose campaigns come to life
  npm start -- --empty               an agency's first hour: no clients, no people, data of its own
  npm run operator -- <email>        makes an operator and prints a link to sign in
  npm run stack                      the demo agency, without its campaigns coming to life
  npm run status [-- -o env]         what runs, or the addresses and keys as variables
  npm run invoke -- <function> <json>  calls a function with the secret key
  npm run rebuild [-- --compare]     counts everything again that is added up from events
  npm run archive -- --to <place> …  moves old deliveries, mails and events into Parquet files
  npm run stop                       ends the stack of this checkout
  npm run reset [-- --empty]         deletes the data of the demo, or of the empty start
  npm run move-client -- <client> <target>  moves a client to another project
  npm run build                      the dashboard as a static site, in dashboard/dist
  npm run deploy -- --help           a hosted project: install, status, upgrade, backup, uninstall

REPLYLOOP_PORT is the first port (default 54400): the API is there, Postgres on the next one, the
dashboard four on.`;

const commands: Record<string, (parameters: string[]) => Promise<void> | void> = {
  start: (parameters) => up({ demo: true, isEmpty: isEmpty('start', parameters) }),
  stack: (parameters) => up({ demo: false, isEmpty: isEmpty('stack', parameters) }),
  operator,
  status,
  invoke,
  'move-client': move,
  archive: archiveCommand,
  rebuild,
  stop,
  reset: (parameters) => reset(isEmpty('reset', parameters)),
  build,
  help: () => print(help),
};

function isEmpty(name: string, parameters: string[]): boolean {
  const unknown = parameters.find((text) => text !== emptyOption);
  if (unknown !== undefined) {
    throw new Failure(`${name} has only the option ${emptyOption}, not "${unknown}"`);
  }
  return parameters.length > 0;
}

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
