// What every step of a deployment knows: the project, how to reach it, and what this checkout would install.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type CliResult, runCli } from '../cli/supabase-cli.ts';
import { Failure } from '../shared/failure.ts';
import { connectManagementApi, type ManagementApi } from './management-api.ts';
import { readRelease, type Release } from './release.ts';

export interface DeployOptions {
  ref: string;
  /** Address of the dashboard: where links in mails lead. */
  siteUrl?: string | undefined;
  /** First operator's email. */
  operator?: string | undefined;
  connection?: { provider: 'instantly' | 'smartlead'; name: string; apiKey: string } | undefined;
}

export interface Context extends DeployOptions {
  /** Holds `supabase/`. */
  directory: string;
  /** Where copies of what cannot be read back are kept. */
  stateDirectory: string;
  environment: NodeJS.ProcessEnv;
  api: ManagementApi;
  release: Release;
  /** `https://<ref>.supabase.co`, or PROJECT_URL. */
  projectUrl: string;
  /** The real CLI; its failure is this command's. */
  cli(parameters: string[], environment?: Record<string, string>): Promise<CliResult>;
  /** Function secrets, by a file that only the owner can read: a command line is visible to everybody. */
  setSecrets(values: Record<string, string>): Promise<void>;
  /** A secret key of the project, and null before there is one. */
  secretKey(name?: string): Promise<string | null>;
}

const hosted = { api_url: 'https://api.supabase.com', project_host: 'supabase.co' };
const profileShape = z.object({ api_url: z.url(), project_host: z.string() });

export function createContext(
  options: DeployOptions & {
    directory: string;
    stateDirectory: string;
    environment: NodeJS.ProcessEnv;
  },
): Context {
  const { ref, directory, environment } = options;
  if (!/^[a-z]{20}$/.test(ref)) {
    throw new Failure(
      `"${ref}" is no project reference; it is the 20 letters in https://<reference>.supabase.co`,
    );
  }
  const accessToken = environment['SUPABASE_ACCESS_TOKEN'];
  if (!accessToken) {
    throw new Failure(
      'Set SUPABASE_ACCESS_TOKEN to an access token of your account (dashboard, Account, Access Tokens)',
    );
  }
  const profile = readProfile(environment['SUPABASE_PROFILE']);
  const api = connectManagementApi({ url: profile.api_url, accessToken, ref });

  async function cli(parameters: string[], more: Record<string, string> = {}): Promise<CliResult> {
    const result = await runCli(parameters, {
      directory,
      environment: {
        ...pick(environment, ['SUPABASE_PROFILE', 'SUPABASE_DB_PASSWORD']),
        SUPABASE_ACCESS_TOKEN: accessToken ?? '',
        SUPABASE_YES: '1',
        ...more,
      },
    });
    if (result.code === 0) return result;
    const lines = `${result.stderr}\n${result.stdout}`.split('\n').map((line) => line.trim()).filter(Boolean);
    throw new Failure(`supabase ${parameters.slice(0, 2).join(' ')}: ${lines.slice(-8).join('\n  ')}`);
  }

  return {
    ...options,
    api,
    release: readRelease(directory),
    projectUrl: (environment['PROJECT_URL'] || `https://${ref}.${profile.project_host}`).replace(/\/+$/, ''),
    cli,
    setSecrets: async (values) => {
      const folder = mkdtempSync(join(tmpdir(), 'replyloop-secrets-'));
      const file = join(folder, '.env');
      try {
        const lines = Object.entries(values).map(([name, value]) => `${name}='${value}'`);
        writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
        await cli(['secrets', 'set', '--env-file', file, `--remote=${ref}`]);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    secretKey: async (name = 'default') => {
      const keys = await api.apiKeys();
      return keys.find((key) => key.type === 'secret' && key.name === name)?.api_key ?? null;
    },
  };
}

/** A file that only its owner can read, for what cannot be read back from the project. */
export function keepCopy(context: Context, name: string, content: string): string {
  const folder = join(context.stateDirectory, 'deploy', context.ref);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, content, { mode: 0o600 });
  chmodSync(file, 0o600);
  return file;
}

/** The profile file of the CLI names another Management API; of the built-in ones only that of supabase.com is known here. */
function readProfile(file: string | undefined): z.infer<typeof profileShape> {
  if (!file || file === 'supabase') return hosted;
  if (!existsSync(file) || !file.endsWith('.json')) {
    throw new Failure(
      `SUPABASE_PROFILE is "${file}"; give the path of a .json file, or leave it out for supabase.com`,
    );
  }
  return profileShape.parse(JSON.parse(readFileSync(file, 'utf8')));
}

function pick(environment: NodeJS.ProcessEnv, names: string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => {
    const value = environment[name];
    return value ? [[name, value]] : [];
  }));
}
