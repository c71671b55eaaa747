// Steps of a deployment inside the database: migrations and the two Vault secrets that the cron jobs need.
import { z } from 'zod';
import { Failure } from '../shared/failure.ts';
import type { Context } from './context.ts';
import type { ManagementApi } from './management-api.ts';
import type { Migration } from './release.ts';
import type { Step } from './steps.ts';

export async function hasTable(api: ManagementApi, name: string): Promise<boolean> {
  const [row] = await api.query(
    z.object({ found: z.boolean() }),
    `select to_regclass('${name}') is not null as found`,
  );
  return row?.found === true;
}

export async function appliedMigrations(api: ManagementApi): Promise<string[]> {
  if (!await hasTable(api, 'supabase_migrations.schema_migrations')) return [];
  const applied = await api.query(
    z.object({ version: z.string() }),
    'select version from supabase_migrations.schema_migrations order by version',
  );
  return applied.map(({ version }) => version);
}

/** What `db push` would apply; refuses a database that this checkout does not know or cannot follow in order. */
export async function missingMigrations({ api, release }: Context): Promise<Migration[]> {
  const applied = await appliedMigrations(api);
  const known = new Set(release.migrations.map(({ version }) => version));
  const unknown = applied.filter((version) => !known.has(version));
  if (unknown.length > 0) {
    throw new Failure(
      `The database has migrations that this checkout does not have (${
        unknown.slice(0, 5).join(', ')
      }): it is newer, or another application's; use the release that installed them`,
    );
  }
  const missing = release.migrations.filter(({ version }) => !applied.includes(version));
  const newest = applied.at(-1);
  const skipped = missing.filter(({ version }) => newest !== undefined && version < newest);
  if (skipped.length > 0) {
    throw new Failure(
      `The database has "${newest}" but not the older "${
        skipped.map(({ version, name }) => `${version}_${name}`).join(', ')
      }"; look how that came about before you apply it`,
    );
  }
  return missing;
}

export const migrationsStep: Step<Context> = {
  name: 'migrations',
  async plan(context) {
    const missing = await missingMigrations(context);
    const [first, last] = [missing[0], missing.at(-1)];
    if (!first || !last) return [];
    return [missing.length === 1 ? first.name : `${missing.length}: ${first.name} to ${last.name}`];
  },
  async run(context) {
    const remote = context.environment['SUPABASE_DB_URL'] || context.ref;
    // Vault is the next step's: `db push` writes it only when there is something to apply, and with every variable or none.
    await context.cli(['db', 'push', `--remote=${remote}`, '--skip-vault', '--yes']);
  },
};

/** How the cron jobs reach the functions. */
async function vaultValues(context: Context): Promise<Map<string, string>> {
  const cronKey = await context.secretKey('cron');
  return new Map([
    ['project_url', context.projectUrl],
    ...(cronKey === null ? [] : [['cron_secret_key', cronKey] as const]),
  ]);
}

export const vaultStep: Step<Context> = {
  name: 'Vault',
  plan: async (context) => (await wrongVaultSecrets(context)).map((name) => `secret ${name}`),
  async run(context) {
    const values = await vaultValues(context);
    for (const name of await wrongVaultSecrets(context)) {
      const value = values.get(name) ?? '';
      // One statement, because parameters allow only one: update what is there, else create it.
      await context.api.query(
        z.unknown(),
        `select coalesce(
           (select vault.update_secret(s.id, $2)::text from vault.secrets as s where s.name = $1),
           case when not exists (select from vault.secrets as s where s.name = $1)
             then vault.create_secret($2, $1)::text end)`,
        [name, value],
      );
    }
  },
};

async function wrongVaultSecrets(context: Context): Promise<string[]> {
  const values = await vaultValues(context);
  if (!await hasTable(context.api, 'vault.secrets')) return [...values.keys()];
  const present = await context.api.query(
    z.object({ name: z.string(), decrypted_secret: z.string().nullable() }),
    `select name, decrypted_secret from vault.decrypted_secrets where name in ('project_url', 'cron_secret_key')`,
  );
  const stored = new Map(present.map((secret) => [secret.name, secret.decrypted_secret]));
  // Before the key exists, as in a dry run of a first deployment, it is missing too.
  return ['project_url', 'cron_secret_key'].filter((name) =>
    stored.get(name) !== (values.get(name) ?? undefined) || !values.has(name)
  );
}
