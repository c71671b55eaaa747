// `npm run deploy` and `npm run deploy:upgrade`: the steps from an empty project, or an older release, to this one.
import { print } from '../cli/progress.ts';
import { Failure } from '../shared/failure.ts';
import { connectionStep, operatorStep } from './agency-steps.ts';
import type { Context } from './context.ts';
import { appliedMigrations, migrationsStep, missingMigrations, vaultStep } from './database-steps.ts';
import { apiKeysStep, functionsStep, linkStep, secretsStep } from './project-steps.ts';
import { authStep, dataApiStep } from './setting-steps.ts';
import { type SmokeOptions, smokeTest } from './smoke.ts';
import { runSteps } from './steps.ts';
import { findOpenWork } from './status.ts';

export interface RunOptions extends SmokeOptions {
  isDryRun: boolean;
}

/** In this order: the functions of the release before run on the new schema, never the other way round. */
const steps = [
  linkStep,
  apiKeysStep,
  secretsStep,
  migrationsStep,
  vaultStep,
  functionsStep,
  authStep,
  dataApiStep,
];

/** Returns the steps that had something to do. */
export async function deploy(context: Context, options: RunOptions): Promise<string[]> {
  const { isDryRun, write = print } = options;
  const all = [...steps, operatorStep, connectionStep];
  const command = `npm run deploy -- ${context.ref}`;
  const changed = await runSteps(all, context, { isDryRun, command, write });
  if (isDryRun) {
    write(changed.length === 0 ? 'Nothing to do.' : 'Nothing was changed: this was a dry run.');
    return changed;
  }
  await smokeTest(context, options);
  write(`Replyloop ${context.release.version} runs at ${context.projectUrl}`);
  write(`The dashboard's files for your host: ${await buildCommand(context)}`);
  return changed;
}

/** The publishable key may be shown: it is in every page. */
async function buildCommand({ api, projectUrl }: Context): Promise<string> {
  const keys = await api.apiKeys();
  const key = keys.find(({ type, name }) => type === 'publishable' && name === 'default')?.api_key;
  return `npm run build -- --host <host> --api-url ${projectUrl} --publishable-key ${
    key ?? 'sb_publishable_…'
  }`;
}

export interface UpgradeOptions extends RunOptions {
  /** Also when something fails already. */
  isAnyway?: boolean;
}

/** As a deployment, after a look at what is there: only an installation of an older release, or of this one, is upgraded. */
export async function upgrade(context: Context, options: UpgradeOptions): Promise<string[]> {
  const { isDryRun, write = print } = options;
  if ((await appliedMigrations(context.api)).length === 0) {
    throw new Failure(`Nothing is installed there; "npm run deploy -- ${context.ref}" installs it`);
  }
  const missing = await missingMigrations(context);
  const work = await findOpenWork(context.api);
  write(`${missing.length} new migrations; ${work.jobs} jobs run and are resumed afterwards`);
  if (work.failing.length > 0 && options.isAnyway !== true) {
    throw new Failure(
      `Something fails before the upgrade already: ${
        work.failing.join('; ')
      }. Repair that first, or add --anyway if this release repairs it`,
    );
  }
  const command = `npm run deploy:upgrade -- ${context.ref}`;
  const changed = await runSteps(steps, context, { isDryRun, command, write });
  if (isDryRun) {
    write(changed.length === 0 ? 'Nothing to do.' : 'Nothing was changed: this was a dry run.');
    return changed;
  }
  await smokeTest(context, options);
  return changed;
}
