// Builds the dashboard once per state of its sources: a digest of the sources is stored beside the result.
import { spawn } from 'node:child_process';
import type { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import { documentNames } from '../../dashboard/src/features/docs/document.ts';
import { checkoutRoot, stateDirectory } from '../shared/checkout.ts';
import { Failure } from '../shared/failure.ts';
import { acquireLock } from '../shared/lock.mjs';

export const dashboardDirectory = join(checkoutRoot, 'dashboard');
export const distDirectory = join(dashboardDirectory, 'dist');
const digestFile = join(distDirectory, '.sources');

/**
 * What the result depends on; of the functions what the page shares: how a list is read, how a report is shown, facts about CRMs and
 * the providers. Of docs/ the pages that operators read in it.
 */
const sources = [
  'dashboard/src',
  'dashboard/public',
  'dashboard/index.html',
  'dashboard/vite.config.ts',
  'dashboard/documents.ts',
  'supabase/functions/_shared/client-reports',
  'supabase/functions/_shared/crm',
  'supabase/functions/_shared/import',
  'supabase/functions/_shared/mail',
  'supabase/functions/_shared/outgoing',
  'supabase/functions/_shared/providers',
  'package-lock.json',
  ...documentNames.map((name) => `docs/${name}.md`),
];

export function sourcesDigest(): string {
  const digest = createHash('sha256');
  for (const path of sources.flatMap((source) => filesBelow(join(checkoutRoot, source)))) {
    digest.update(relative(checkoutRoot, path)).update('\0').update(readFileSync(path)).update('\0');
  }
  return digest.digest('hex');
}

export function isBuilt(digest = sourcesDigest()): boolean {
  return existsSync(digestFile) && readFileSync(digestFile, 'utf8') === digest;
}

/**
 * Resolves when `dashboard/dist` matches the sources; at once if it already does. The site is replaced as a whole: another command
 * may serve it, or build it too.
 */
export async function buildDashboard(signal?: AbortSignal): Promise<'built' | 'fresh'> {
  if (isBuilt()) return 'fresh';
  const lock = await acquireLock(join(stateDirectory, 'dashboard-building'), (holder) => {
    console.error(`Another command (process ${holder}) builds the dashboard; waiting for it …`);
  });
  try {
    const digest = sourcesDigest();
    if (isBuilt(digest)) return 'fresh';
    const next = join(stateDirectory, 'dashboard-next');
    const { code, output } = await runVite(next, signal);
    if (code !== 0) throw new Failure(`The dashboard could not be built: ${output.trim().slice(-2_000)}`);
    writeFileSync(join(next, '.sources'), digest);
    const before = join(stateDirectory, 'dashboard-before');
    rmSync(before, { recursive: true, force: true });
    if (existsSync(distDirectory)) renameSync(distDirectory, before);
    renameSync(next, distDirectory);
    rmSync(before, { recursive: true, force: true });
    return 'built';
  } finally {
    lock.release();
  }
}

/** In a separate process, so that the stack can start meanwhile. */
function runVite(
  outputDirectory: string,
  signal: AbortSignal | undefined,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        join(checkoutRoot, 'node_modules/vite/bin/vite.js'),
        'build',
        '--config',
        join(dashboardDirectory, 'vite.config.ts'),
        '--outDir',
        outputDirectory,
        '--emptyOutDir',
      ],
      {
        cwd: checkoutRoot,
        stdio: ['ignore', 'pipe', 'pipe'],
        // Always the production site, even when the caller is a test.
        env: { ...process.env, NODE_ENV: 'production' },
        ...(signal ? { signal } : {}),
      },
    );
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true }).map((name) => join(path, String(name)))
    .filter((file) => statSync(file).isFile()).sort();
}
