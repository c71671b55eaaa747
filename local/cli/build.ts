// `npm run build`: the dashboard as a static site in dashboard/dist, with what its host needs.
import { relative } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { buildDashboard, distDirectory } from '../dashboard/build.ts';
import { type Host, hosts, writeHostFiles } from '../dashboard/hosting.ts';
import type { DashboardConfig } from '../dashboard/serve.ts';
import { Failure } from '../shared/failure.ts';
import { print, step } from './progress.ts';

const usage =
  'npm run build -- --api-url https://<reference>.supabase.co --publishable-key sb_publishable_… --host <host>';

export interface BuildOptions {
  host: Host | undefined;
  /** Undefined when nothing about the project was given. */
  config: DashboardConfig | undefined;
}

export async function build(parameters: string[]): Promise<void> {
  const { host, config } = readBuildOptions(parameters);
  await step('dashboard', () => buildDashboard());
  const site = relative(process.cwd(), distDirectory) || distDirectory;
  if (config === undefined) {
    print(`${site} holds the site; put config.json beside its index.html, or let "${usage}" write it`);
    return;
  }
  const files = writeHostFiles(distDirectory, host, config);
  print(`${site} holds the site, with ${files.join(', ')} for ${config.api_url}`);
}

export function readBuildOptions(parameters: string[]): BuildOptions {
  const { values } = parse(parameters);
  const host = hosts.find((name) => name === values.host);
  if (values.host !== undefined && host === undefined) {
    throw new Failure(`--host is "${values.host}"; the dashboard knows ${hosts.join(', ')}`);
  }
  const apiUrl = values['api-url'];
  const key = values['publishable-key'];
  if (apiUrl === undefined && key === undefined && host === undefined) return { host, config: undefined };
  if (apiUrl === undefined || !/^https?:\/\/[^/]+/.test(apiUrl)) {
    throw new Failure(`--api-url is the project's address and begins with https://: ${usage}`);
  }
  if (!key?.startsWith('sb_publishable_')) {
    throw new Failure(
      `--publishable-key begins with sb_publishable_; the site never gets a secret key: ${usage}`,
    );
  }
  const signIn = values['sign-in'].split(',').map((name) => {
    if (name === 'password' || name === 'magic_link') return name;
    throw new Failure(`--sign-in is "${values['sign-in']}"; write password, magic_link or both with a comma`);
  });
  return {
    host,
    config: {
      api_url: new URL(apiUrl).origin,
      publishable_key: key,
      sign_in: signIn,
      ...(values.realtime ? { realtime: true } : {}),
      ...(values.agency === undefined ? {} : { agency: values.agency }),
    },
  };
}

function parse(parameters: string[]) {
  try {
    return parseArgs({
      args: parameters,
      options: {
        host: { type: 'string' },
        'api-url': { type: 'string' },
        'publishable-key': { type: 'string' },
        'sign-in': { type: 'string', default: 'password' },
        agency: { type: 'string' },
        realtime: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new Failure(`${error instanceof Error ? error.message.split('.')[0] : String(error)}: ${usage}`);
  }
}
