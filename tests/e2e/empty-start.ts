// The real commands in a copy of this checkout: `npm start -- --empty` and `npm run operator`, as somebody runs them who has
// just cloned the project. A copy, so that data of this checkout stays, and a stack that runs here too.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify, stripVTControlCharacters } from 'node:util';
import { checkoutRoot } from '../../local/shared/checkout.ts';
import { portIsTaken } from '../../local/shared/ports.ts';

export interface EmptyStart {
  /** What the terminal shows. */
  summary: string;
  dashboardUrl: string;
  apiUrl: string;
  instantlyUrl: string;
  instantlyKey: string;
  run(...parameters: string[]): Promise<string>;
  stop(): Promise<void>;
}

const parts = ['local', 'supabase', 'simulators', 'dashboard', 'deno.json', 'package.json', 'tsconfig.json'];
const program = ['--import', 'tsx', 'local/cli/main.ts'];

export async function startEmpty(): Promise<EmptyStart> {
  const clone = mkdtempSync(join(tmpdir(), 'replyloop-first-hour-'));
  for (const part of parts) cpSync(join(checkoutRoot, part), join(clone, part), { recursive: true });
  symlinkSync(join(checkoutRoot, 'node_modules'), join(clone, 'node_modules'));
  const base = await firstOfFreePorts();
  const surroundings = { cwd: clone, env: { ...process.env, REPLYLOOP_PORT: String(base) } };
  const run = async (...parameters: string[]) => {
    const { stdout } = await promisify(execFile)(process.execPath, [...program, ...parameters], surroundings);
    return stripVTControlCharacters(stdout);
  };
  const child = spawn(process.execPath, [...program, 'start', '--empty'], surroundings);
  const stop = async () => {
    await ended(child);
    await run('reset', '--empty').finally(() => rmSync(clone, { recursive: true, force: true }));
  };
  try {
    const summary = await untilUp(child);
    const after = (label: string) => new RegExp(`${label} +(\\S+)`).exec(summary)?.[1] ?? '';
    return {
      summary,
      dashboardUrl: after('Dashboard'),
      apiUrl: after('API'),
      instantlyUrl: after('Instantly'),
      instantlyKey: after('key for a first connection:'),
      run,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Below the ports that a system gives away by itself, which others may take while this starts. */
async function firstOfFreePorts(): Promise<number> {
  for (let base = 20_000;; base += 50) {
    const taken = await Promise.all(Array.from({ length: 30 }, (_, n) => portIsTaken(base + n)));
    if (!taken.includes(true)) return base;
  }
}

/** What was printed until the closing line; an error when the program ends before it. */
function untilUp(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const read = (chunk: { toString(): string }) => {
      printed += stripVTControlCharacters(chunk.toString());
      if (printed.includes('npm run operator -- ')) resolve(printed);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', () => reject(new Error(`The stack did not start:\n${printed}`)));
  });
}

/** As Ctrl-C ends it. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGINT');
  });
}
