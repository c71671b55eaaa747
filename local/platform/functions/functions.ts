// Each edge function in its own deno process, at the version of the hosted platform.
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseEnv } from 'node:util';
import { denoBinary } from '../../shared/binaries.ts';
import { checkoutRoot, functionsDirectory, stateDirectory } from '../../shared/checkout.ts';
import { Child, type ProcessEnd } from '../../shared/child.ts';
import { Failure } from '../../shared/failure.ts';
import { answerStatus, freePort } from '../../shared/ports.ts';

export interface FunctionsOptions {
  /** Folder with one folder per function. @default supabase/functions of the checkout */
  directory?: string;
  /** Which of them to start. @default 'all' */
  slugs?: string[] | 'all';
  /** The platform's variables and any others for the functions. */
  environment: Record<string, string>;
  /** First of consecutive ports, in the order of the names. @default free ports */
  firstPort?: number | undefined;
  logDirectory: string;
  /** Aborts a running start, and stops the functions. */
  signal?: AbortSignal | undefined;
  onLine?: ((slug: string, line: string) => void) | undefined;
  onProcess?: ((slug: string, pid: number | undefined, end?: ProcessEnd) => void) | undefined;
}

export interface Functions {
  slugs: string[];
  /** The process itself, without the gateway in front. */
  url(slug: string): string;
  isUp(slug: string): boolean;
  /** Resolves when the function is up, now or after a running restart. */
  ready(slug: string): Promise<void>;
  /** SIGKILL; the function restarts automatically. */
  kill(slug: string): Promise<void>;
  pid(slug: string): number | undefined;
  stopAll(): Promise<void>;
}

/** Names that the platform accepts; excludes folders such as `_shared`. */
const slugPattern = /^[A-Za-z][A-Za-z0-9_-]*$/;

export function listFunctions(directory = functionsDirectory): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => slugPattern.test(name) && existsSync(join(directory, name, 'index.ts')))
    .sort();
}

export async function startFunctions(options: FunctionsOptions): Promise<Functions> {
  const directory = options.directory ?? functionsDirectory;
  const found = listFunctions(directory);
  const slugs = options.slugs === undefined || options.slugs === 'all' ? found : options.slugs;
  const unknown = slugs.find((slug) => !found.includes(slug));
  if (unknown) {
    throw new Failure(
      `There is no function "${unknown}": ${join(directory, unknown, 'index.ts')} does not exist`,
    );
  }

  const children = new Map<string, { child: Child; port: number }>();
  for (const slug of slugs) {
    const port = options.firstPort === undefined ? await freePort() : options.firstPort + found.indexOf(slug);
    children.set(slug, { port, child: createChild(slug, port, directory, options) });
  }
  const functions: Functions = {
    slugs,
    url: (slug) => `http://127.0.0.1:${entry(slug).port}`,
    isUp: (slug) => children.get(slug)?.child.isUp ?? false,
    ready: (slug) => entry(slug).child.ready(),
    kill: (slug) => entry(slug).child.kill(),
    pid: (slug) => entry(slug).child.pid,
    stopAll: async () => {
      await Promise.all([...children.values()].map(({ child }) => child.stop()));
    },
  };
  try {
    await Promise.all([...children.values()].map(({ child }) => child.start()));
  } catch (error) {
    await functions.stopAll();
    throw error;
  }
  return functions;

  function entry(slug: string): { child: Child; port: number } {
    const known = children.get(slug);
    if (!known) throw new Failure(`The function "${slug}" is not part of this stack`);
    return known;
  }
}

function createChild(slug: string, port: number, directory: string, options: FunctionsOptions): Child {
  const cache = join(stateDirectory, 'deno');
  mkdirSync(cache, { recursive: true });
  const { onLine, onProcess } = options;
  return new Child({
    name: `Function ${slug}`,
    command: denoBinary(),
    parameters: [
      'serve',
      '--allow-all',
      '--no-prompt',
      '--quiet',
      '--host=127.0.0.1',
      `--port=${port}`,
      `--config=${join(checkoutRoot, 'deno.json')}`,
      join(directory, slug, 'index.ts'),
    ],
    // Only what the platform would provide, so that no function silently relies on a variable of this shell.
    environment: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      NO_COLOR: '1',
      DENO_DIR: cache,
      DENO_NO_UPDATE_CHECK: '1',
      ...envFile(join(directory, '.env')),
      ...envFile(join(directory, slug, '.env')),
      ...options.environment,
      SUPABASE_FUNCTION_SLUG: slug,
    },
    directory: checkoutRoot,
    logFile: join(options.logDirectory, `function-${slug}.log`),
    isReady: async () => await answerStatus(`http://127.0.0.1:${port}/${slug}`) !== undefined,
    signal: options.signal,
    onLine: onLine && ((line) => onLine(slug, line)),
    onProcess: onProcess && ((pid, end) => onProcess(slug, pid, end)),
  });
}

function envFile(path: string): Record<string, string> {
  if (!existsSync(path)) return {};
  const values = parseEnv(readFileSync(path, 'utf8'));
  return Object.fromEntries(
    Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
