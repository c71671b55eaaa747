// `npm run deploy:uninstall`: takes Replyloop out of a project, first what works outside of it, the data last.
import { z } from 'zod';
import { aggregates, functions } from '../../supabase/access/functions.ts';
import { tables, views } from '../../supabase/access/relations.ts';
import { print } from '../cli/progress.ts';
import { Failure } from '../shared/failure.ts';
import { callFunction } from './agency-steps.ts';
import { markName } from './backup/restore.ts';
import type { Context } from './context.ts';
import { appliedMigrations, hasTable } from './database-steps.ts';
import { allSecrets } from './project-steps.ts';
import { dropSql } from './uninstall-sql.ts';
import { runSteps, type Step } from './steps.ts';

interface Connection {
  id: string;
  name: string;
}

const removed = z.object({ webhook_removed: z.boolean() });
const jobPattern = 'replyloop: %';
const vaultNames = [
  'project_url',
  'cron_secret_key',
  'allow_private_endpoints',
  'alert_webhook_url',
  'erasure_salt',
  markName,
];

async function openConnections({ api }: Context): Promise<Connection[]> {
  if (!await hasTable(api, 'public.provider_connections')) return [];
  return await api.query(
    z.object({ id: z.string(), name: z.string() }),
    'select id, name from public.provider_connections where removed_at is null order by name',
  );
}

const connectionsStep: Step<UninstallContext> = {
  name: 'webhooks',
  plan: async (context) =>
    (await openConnections(context)).map(({ name }) => `key and webhooks of "${name}" at the provider`),
  async run(context) {
    const left: string[] = [];
    for (const { id, name } of await openConnections(context)) {
      const answer = removed.parse(
        await callFunction(context, 'provider-connection', { action: 'remove', connection_id: id }),
      );
      if (!answer.webhook_removed) left.push(name);
    }
    return left.map((name) =>
      `  The provider did not let the webhook of "${name}" be removed: delete it there by hand`
    );
  },
};

const cronStep: Step<UninstallContext> = {
  name: 'cron jobs',
  async plan(context) {
    const names = await cronJobs(context);
    return names.length === 0 ? [] : [`${names.length} jobs`];
  },
  async run({ api }) {
    await api.query(z.unknown(), 'select cron.unschedule(jobid) from cron.job where jobname like $1', [
      jobPattern,
    ]);
  },
};

async function cronJobs({ api }: Context): Promise<string[]> {
  if (!await hasTable(api, 'cron.job')) return [];
  const jobs = await api.query(
    z.object({ jobname: z.string() }),
    'select jobname from cron.job where jobname like $1',
    [jobPattern],
  );
  return jobs.map(({ jobname }) => jobname);
}

/** Before the function goes that the hook calls: with a hook that leads nowhere every sign-in fails. */
const hookStep: Step<UninstallContext> = {
  name: 'Auth',
  async plan({ api, release }) {
    const { hook_custom_access_token_uri: uri } = await api.authConfig();
    return uri === release.hookUri ? ['access token hook off'] : [];
  },
  async run({ api }) {
    await api.changeAuthConfig({ hook_custom_access_token_enabled: false, hook_custom_access_token_uri: '' });
  },
};

const dataApiStep: Step<UninstallContext> = {
  name: 'Data API',
  async plan({ api }) {
    const { db_schema: schemas } = await api.dataApiConfig();
    return schemas.split(',').map((name) => name.trim()).includes('worker')
      ? ['schema worker no longer exposed']
      : [];
  },
  async run({ api }) {
    const { db_schema: schemas } = await api.dataApiConfig();
    const rest = schemas.split(',').map((name) => name.trim()).filter((name) => name !== 'worker');
    await api.changeDataApiConfig({ db_schema: rest.join(',') });
  },
};

const functionsStep: Step<UninstallContext> = {
  name: 'functions',
  async plan(context) {
    const present = await ownFunctions(context);
    return present.length === 0 ? [] : [present.join(', ')];
  },
  async run(context) {
    for (const slug of await ownFunctions(context)) await context.api.deleteFunction(slug);
  },
};

async function ownFunctions({ api, release }: Context): Promise<string[]> {
  const present = await api.functions();
  return present.map(({ slug }) => slug).filter((slug) => release.functions.includes(slug));
}

const secretsStep: Step<UninstallContext> = {
  name: 'secrets',
  async plan(context) {
    const present = await ownSecrets(context);
    return present.length === 0 ? [] : [present.join(', ')];
  },
  async run(context) {
    await context.cli(['secrets', 'unset', ...await ownSecrets(context), `--remote=${context.ref}`]);
  },
};

async function ownSecrets({ api }: Context): Promise<string[]> {
  const present = await api.secrets();
  return present.map(({ name }) => name).filter((name) => allSecrets.includes(name));
}

const databaseStep: Step<UninstallContext> = {
  name: 'database',
  async plan({ api, release }) {
    const applied = await appliedMigrations(api);
    const own = applied.filter((version) =>
      release.migrations.some((migration) => migration.version === version)
    );
    if (own.length === 0) return [];
    const clients = await hasTable(api, 'public.clients')
      ? await api.query(z.object({ name: z.string() }), 'select name from public.clients order by name')
      : [];
    return [
      `schemas private and worker, ${
        Object.keys(tables).length
      } tables of public with the data of ${clients.length} clients`,
    ];
  },
  async run({ api, release, types }) {
    await api.query(
      z.unknown(),
      dropSql({
        relations: { tables: Object.keys(tables), views: Object.keys(views) },
        functions: Object.keys(functions),
        aggregates,
        types,
        migrations: release.migrations.map(({ version }) => version),
        vaultNames,
      }),
    );
  },
};

export interface UninstallContext extends Context {
  /** Enumerations and row types of schema public. */
  types: string[];
}

export interface UninstallOptions {
  isDryRun: boolean;
  write?: (line: string) => void;
}

const steps = [connectionsStep, cronStep, hookStep, dataApiStep, functionsStep, secretsStep, databaseStep];

export async function uninstall(context: UninstallContext, options: UninstallOptions): Promise<string[]> {
  const { isDryRun, write = print } = options;
  const work = await hasTable(context.api, 'private.jobs')
    ? await context.api.query(
      z.object({ kind: z.string() }),
      `select kind::text from private.jobs where status = 'running' and lease_until > now()`,
    )
    : [];
  if (work.length > 0 && !isDryRun) {
    throw new Failure(
      `A job runs (${
        work.map(({ kind }) => kind).join(', ')
      }); pause the connections, wait a minute and run the command again`,
    );
  }
  const command = `npm run deploy:uninstall -- ${context.ref} --yes`;
  const changed = await runSteps(steps, context, { isDryRun, command, write });
  const accounts = await context.api.query(
    z.object({ accounts: z.number() }),
    'select count(*)::int as accounts from auth.users',
  );
  write(isDryRun ? 'Nothing was changed: add --yes to do it. This would stay:' : 'This stays:');
  for (
    const line of [
      `${
        accounts[0]?.accounts ?? 0
      } accounts in Auth: delete those that nothing else needs (dashboard, Authentication)`,
      'campaigns, leads and mailboxes at the providers: they continue to send until you pause them there',
      'the secret key "cron", the extensions pg_cron and pg_net, and that new objects of public are not exposed by themselves',
      'backups of the platform, for as long as your plan keeps them; their provider keys need your copy of PROVIDER_KEYS_MASTER',
      'the dashboard at its host, and contacts and deals in a CRM',
    ]
  ) write(`  - ${line}`);
  return changed;
}
