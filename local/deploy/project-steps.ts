// Steps of a deployment that concern the project around the database: access, API keys, function secrets, functions.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure } from '../shared/failure.ts';
import { type Context, keepCopy } from './context.ts';
import { hasTable } from './database-steps.ts';
import type { Step } from './steps.ts';

export const releaseSecret = 'REPLYLOOP_RELEASE';
const masterKeySecret = 'PROVIDER_KEYS_MASTER';

/** Settings that the functions read; those that are set where the command runs are passed on. */
const optionalSecrets = [
  'INSTANTLY_API_URL',
  'SMARTLEAD_API_URL',
  'HUBSPOT_API_URL',
  'PROVIDER_HOSTS',
  'CLIENT_ADDRESS_HEADER',
  'DNS_RESOLVERS',
  'FUNCTIONS_PUBLIC_URL',
];

export const allSecrets = [masterKeySecret, releaseSecret, ...optionalSecrets];

export const linkStep: Step<Context> = {
  name: 'link',
  async plan(context) {
    const project = await context.api.project();
    if (project.status !== 'ACTIVE_HEALTHY') {
      throw new Failure(
        `The project "${project.name}" is ${project.status}; wait until it is ACTIVE_HEALTHY`,
      );
    }
    const major = Number.parseInt(project.database.version, 10);
    if (major < 17) {
      throw new Failure(`The project "${project.name}" has Postgres ${major}; upgrade it to 17 first`);
    }
    const file = join(context.directory, 'supabase', '.temp', 'project-ref');
    const linked = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
    return linked === context.ref ? [] : [`this checkout to "${project.name}" (${project.region})`];
  },
  async run(context) {
    await context.cli(['link', context.ref]);
  },
};

const neededKeys = [
  { type: 'publishable', name: 'default' },
  { type: 'secret', name: 'default' },
  { type: 'secret', name: 'cron' },
] as const;

export const apiKeysStep: Step<Context> = {
  name: 'API keys',
  plan: async (context) => (await missingKeys(context)).map(({ type, name }) => `${type} key "${name}"`),
  async run(context) {
    for (const { type, name } of await missingKeys(context)) await context.api.createApiKey(type, name);
  },
};

async function missingKeys({ api }: Context) {
  const present = await api.apiKeys();
  return neededKeys.filter((key) =>
    !present.some(({ type, name }) => type === key.type && name === key.name)
  );
}

export const secretsStep: Step<Context> = {
  name: 'secrets',
  async plan(context) {
    const missing = await missingSecrets(context);
    if (
      missing.includes(masterKeySecret) && !context.environment[masterKeySecret] &&
      await hasSealedKeys(context)
    ) {
      throw new Failure(
        `The database holds provider keys that are encrypted under a master key, and the functions have none; set ${masterKeySecret} to the one from your backup`,
      );
    }
    return missing.map((name) => `function secret ${name}`);
  },
  async run(context) {
    const names = await missingSecrets(context);
    const values = Object.fromEntries(names.map((name) => [name, context.environment[name] ?? '']));
    if (values[masterKeySecret] !== '') {
      await context.setSecrets(values);
      return [];
    }
    const key = randomBytes(32).toString('base64');
    const master = JSON.stringify({ current: 'k1', keys: { k1: key } });
    // Kept before it is used: a key that only the functions have is lost when they are.
    const file = keepCopy(context, 'provider-keys-master.json', `${master}\n`);
    await context.setSecrets({ ...values, [masterKeySecret]: master });
    return [
      `  Move ${file} to your password manager: without it the provider keys of a backup are worth nothing`,
    ];
  },
};

async function missingSecrets({ api, environment }: Context): Promise<string[]> {
  const present = new Map((await api.secrets()).map(({ name, value }) => [name, value]));
  return [
    ...(present.has(masterKeySecret) ? [] : [masterKeySecret]),
    ...optionalSecrets.filter((name) => {
      const value = environment[name];
      return value && present.get(name) !== sha256(value);
    }),
  ];
}

/** The platform shows secrets as their SHA-256 only. */
function sha256(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}

async function hasSealedKeys({ api }: Context): Promise<boolean> {
  if (!await hasTable(api, 'private.provider_keys')) return false;
  const [row] = await api.query(
    z.object({ found: z.boolean() }),
    'select exists (select from private.provider_keys) as found',
  );
  return row?.found === true;
}

export const functionsStep: Step<Context> = {
  name: 'functions',
  async plan({ api, release }) {
    const present = new Set((await api.functions()).map(({ slug }) => slug));
    const missing = release.functions.filter((slug) => !present.has(slug));
    const mark = (await api.secrets()).find(({ name }) => name === releaseSecret);
    if (missing.length === 0 && mark?.value === release.markDigest) return [];
    return [
      missing.length === 0
        ? `${release.functions.length} functions of ${release.version}`
        : `${release.functions.length} functions of ${release.version}, new: ${missing.join(', ')}`,
    ];
  },
  async run(context) {
    await context.cli(['functions', 'deploy', '--use-api', `--remote=${context.ref}`]);
    // Last, so that a deployment that stopped halfway is repeated.
    await context.setSecrets({ [releaseSecret]: context.release.mark });
  },
};
