// The commands that install Replyloop in a hosted project, look after it there and take it out again.
import process from 'node:process';
import { parseArgs } from 'node:util';
import { checkoutRoot, stateDirectory } from '../shared/checkout.ts';
import { Failure } from '../shared/failure.ts';
import { print } from '../cli/progress.ts';
import { backup } from './backup/backup.ts';
import { readDatabaseAddress } from './backup/connection.ts';
import { restore } from './backup/restore.ts';
import { createContext, type DeployOptions } from './context.ts';
import { deploy, upgrade } from './deploy.ts';
import { readPublicTypes, readRelease } from './release.ts';
import { showStatus } from './status.ts';
import { uninstall } from './uninstall.ts';

const help = `A hosted Supabase project, by its reference (the 20 letters in https://<reference>.supabase.co)

  npm run deploy -- <ref> [--dry-run] [--site-url https://app.agency.example]
                          [--operator you@agency.example] [--connection instantly:NAME]
  npm run deploy:status -- <ref>
  npm run deploy:upgrade -- <ref> [--dry-run] [--anyway]
  npm run deploy:uninstall -- <ref> [--yes]        without --yes it only says what would go
  npm run deploy:backup -- <ref> --to FOLDER
  npm run deploy:restore -- <ref> --from FOLDER [--dry-run] [--take-over]

SUPABASE_ACCESS_TOKEN is needed always; SUPABASE_DB_PASSWORD or SUPABASE_DB_URL where the platform's temporary
database login does not work; PROVIDER_API_KEY with --connection; PROJECT_URL with a custom domain. Backup and
restore need SUPABASE_DB_URL, and SUPABASE_DB_CA for a server that is not on this machine.`;

const usage = 'run "npm run deploy -- --help" for the options';

export interface Command {
  name: string;
  isDryRun: boolean;
  isAnyway: boolean;
  /** Of a backup. */
  folder: string | undefined;
  isTakeOver: boolean;
  options: DeployOptions;
}

export function readCommand(name: string, parameters: string[], environment: NodeJS.ProcessEnv): Command {
  const read = () =>
    parseArgs({
      args: parameters,
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean', default: false },
        yes: { type: 'boolean', default: false },
        anyway: { type: 'boolean', default: false },
        'site-url': { type: 'string' },
        operator: { type: 'string' },
        connection: { type: 'string' },
        to: { type: 'string' },
        from: { type: 'string' },
        'take-over': { type: 'boolean', default: false },
      },
    });
  let parsed: ReturnType<typeof read>;
  try {
    parsed = read();
  } catch (error) {
    throw new Failure(`${error instanceof Error ? error.message.split('.')[0] : String(error)}; ${usage}`);
  }
  const { values, positionals } = parsed;
  const ref = positionals[0] ?? environment['SUPABASE_PROJECT_REF'];
  if (ref === undefined || positionals.length > 1) throw new Failure(`Give one project reference; ${usage}`);
  const siteUrl = values['site-url'];
  if (siteUrl !== undefined && !/^https:\/\/[^/]+/.test(siteUrl)) {
    throw new Failure(`--site-url is "${siteUrl}"; it is the dashboard's address and begins with https://`);
  }
  return {
    name,
    // Nothing is taken away by a command that somebody tried out.
    isDryRun: values['dry-run'] || (name === 'deploy:uninstall' && !values.yes),
    isAnyway: values.anyway,
    folder: values.to ?? values.from,
    isTakeOver: values['take-over'],
    options: {
      ref,
      siteUrl,
      operator: values.operator,
      connection: readConnection(values.connection, environment),
    },
  };
}

function readConnection(
  text: string | undefined,
  environment: NodeJS.ProcessEnv,
): DeployOptions['connection'] {
  if (text === undefined) return undefined;
  const [, provider, name] = /^(instantly|smartlead):(.+)$/.exec(text) ?? [];
  if ((provider !== 'instantly' && provider !== 'smartlead') || name === undefined) {
    throw new Failure(`--connection is "${text}"; write it as instantly:NAME or smartlead:NAME`);
  }
  const apiKey = environment['PROVIDER_API_KEY'];
  if (!apiKey) throw new Failure('Set PROVIDER_API_KEY to the key of the workspace that --connection names');
  return { provider, name, apiKey };
}

function requireFolder(folder: string | undefined, option: string): string {
  if (folder === undefined) throw new Failure(`Give the folder of the backup with ${option}; ${usage}`);
  return folder;
}

async function main(): Promise<void> {
  const [name = 'deploy', ...parameters] = process.argv.slice(2);
  if (parameters.includes('--help') || parameters.length === 0 && !process.env['SUPABASE_PROJECT_REF']) {
    print(help);
    return;
  }
  const command = readCommand(name, parameters, process.env);
  const { isDryRun, isAnyway, isTakeOver, folder } = command;
  if (name === 'deploy:backup') {
    const { version } = readRelease(checkoutRoot);
    const address = readDatabaseAddress(process.env);
    await backup(address, { ref: command.options.ref, version, folder: requireFolder(folder, '--to') });
    return;
  }
  const context = createContext({
    ...command.options,
    directory: checkoutRoot,
    stateDirectory,
    environment: process.env,
  });
  switch (name) {
    case 'deploy':
      await deploy(context, { isDryRun });
      return;
    case 'deploy:upgrade':
      await upgrade(context, { isDryRun, isAnyway });
      return;
    case 'deploy:status':
      if (!await showStatus(context)) process.exitCode = 1;
      return;
    case 'deploy:uninstall':
      await uninstall({ ...context, types: readPublicTypes(checkoutRoot) }, { isDryRun });
      return;
    case 'deploy:restore':
      await restore({
        ...context,
        address: readDatabaseAddress(process.env),
        folder: requireFolder(folder, '--from'),
        isTakeOver,
      }, { isDryRun });
      return;
    default:
      throw new Failure(`There is no command "${name}"; ${usage}`);
  }
}

if (process.argv[1]?.endsWith('main.ts')) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Failure ? error.message : error);
    process.exitCode = 1;
  });
}
