// What this checkout would install: its version, migrations, functions, cron jobs and the settings of supabase/config.toml.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';
import { readProjectConfig } from '../shared/project-config.ts';

export interface Migration {
  version: string;
  name: string;
}

export interface Release {
  version: string;
  migrations: Migration[];
  functions: string[];
  /** Names of the cron jobs that the migrations schedule. */
  cronJobs: string[];
  /** Set as the function secret `REPLYLOOP_RELEASE` after a deployment; the platform shows its SHA-256. */
  mark: string;
  markDigest: string;
  schemas: string[];
  searchPath: string[];
  maxRows: number;
  hookUri: string;
  auth: {
    allowSignUp: boolean;
    minimumPassword: number;
    tokenLifetime: number;
    otpLength: number;
    otpExpiry: number;
  };
  /** Subject and text of the mails, by the name that config.toml gives them. */
  mails: Record<string, { subject: string; content: string }>;
}

const configSchema = z.object({
  auth: z.object({
    enable_signup: z.boolean(),
    hook: z.object({ custom_access_token: z.object({ uri: z.string() }) }),
    email: z.object({
      template: z.record(z.string(), z.object({ subject: z.string(), content_path: z.string() })),
    }),
  }),
});

/** `directory` holds `supabase/`, deno.json and package.json. */
export function readRelease(directory: string): Release {
  const read = (...path: string[]) => readFileSync(join(directory, ...path), 'utf8');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(read('package.json')));
  const configFile = join(directory, 'supabase', 'config.toml');
  const raw = configSchema.parse(parse(readFileSync(configFile, 'utf8')));
  const config = readProjectConfig(configFile);
  const mark = `${version} ${functionsDigest(directory)}`;
  return {
    version,
    migrations: readMigrations(directory),
    functions: Object.entries(config.functions).filter(([, { enabled }]) => enabled).map(([slug]) => slug)
      .sort(),
    cronJobs: readCronJobs(directory),
    mark,
    markDigest: createHash('sha256').update(mark).digest('hex'),
    schemas: config.schemas,
    searchPath: config.searchPath,
    maxRows: config.maxRows,
    hookUri: raw.auth.hook.custom_access_token.uri,
    auth: {
      allowSignUp: raw.auth.enable_signup,
      minimumPassword: config.minimumPassword,
      tokenLifetime: config.tokenLifetime,
      otpLength: config.otpLength,
      otpExpiry: config.otpExpiry,
    },
    mails: Object.fromEntries(
      Object.entries(raw.auth.email.template).map(([name, mail]) => [
        name,
        { subject: mail.subject, content: read(mail.content_path) },
      ]),
    ),
  };
}

function readMigrations(directory: string): Migration[] {
  return readdirSync(join(directory, 'supabase', 'migrations')).sort().flatMap((file) => {
    const [, version = '', name = ''] = /^(\d+)_(.+)\.sql$/.exec(file) ?? [];
    return version === '' ? [] : [{ version, name }];
  });
}

/** A later migration may schedule or unschedule a job again, so the files count in their order. */
function readCronJobs(directory: string): string[] {
  const jobs = new Set<string>();
  for (const { version, name } of readMigrations(directory)) {
    const sql = readFileSync(join(directory, 'supabase', 'migrations', `${version}_${name}.sql`), 'utf8');
    for (const [, verb, job = ''] of sql.matchAll(/cron\.(schedule|unschedule)\('([^']+)'/g)) {
      if (verb === 'schedule') jobs.add(job);
      else jobs.delete(job);
    }
  }
  return [...jobs];
}

/** Changes with everything that a function is made of. */
function functionsDigest(directory: string): string {
  const folder = join(directory, 'supabase', 'functions');
  const files = readdirSync(folder, { recursive: true }).map(String).sort();
  const digest = createHash('sha256').update(readFileSync(join(directory, 'deno.json')));
  for (const file of files.filter((name) => statSync(join(folder, name)).isFile())) {
    digest.update('\0').update(file).update('\0').update(readFileSync(join(folder, file)));
  }
  return digest.digest('hex').slice(0, 16);
}

/** The enumerations and row types that the migrations create in schema public. */
export function readPublicTypes(directory: string): string[] {
  return readMigrations(directory).flatMap(({ version, name }) => {
    const sql = readFileSync(join(directory, 'supabase', 'migrations', `${version}_${name}.sql`), 'utf8');
    return [...sql.matchAll(/^create (?:type|domain) public\."?([^\s"]+)/gm)].map(([, type = '']) => type);
  });
}
