// `rebuild [--compare] [--archive <place>]`: counts everything again that is added up from events, in steps of seconds, while everything runs. On the
// running stack of this checkout or, with SUPABASE_URL and SUPABASE_SECRET_KEY, on a hosted project.
import process from 'node:process';
import { parseArgs } from 'node:util';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import type { Database, Json } from '../../supabase/functions/_shared/platform/database.types.ts';
import { rebuildFromArchive } from '../archive/rebuild.ts';
import { openStore } from '../archive/store.ts';
import { Failure } from '../shared/failure.ts';
import { findTarget } from './operator.ts';
import { bold, dim, print } from './progress.ts';

const usage = 'npm run rebuild [-- [--compare] [--archive <folder or s3://bucket/prefix>]]';
/** Each is one request at a time; two keep two cores busy. */
const shares = 2;

const step = z.object({
  next: z.record(z.string(), z.string()).nullable(),
  campaigns: z.number(),
  events: z.number(),
  corrected: z.record(z.string(), z.number()),
});

export interface Rebuilt {
  campaigns: number;
  events: number;
  /** Rows that were wrong, by table. */
  corrected: Record<string, number>;
  maxStep: number;
}

interface RebuildOptions {
  url: string;
  key: string;
  /** Only tells what is wrong. */
  isComparison?: boolean;
  eventsPerStep?: number;
  onProgress?: (sofar: Rebuilt, allCampaigns: number) => void;
}

export async function rebuild(parameters: string[]): Promise<void> {
  const { isComparison, archive } = readParameters(parameters);
  const target = await findTarget(process.env);
  const started = performance.now();
  let shownAt = 0;
  const rebuilt = await rebuildRollups({
    ...target,
    isComparison,
    onProgress: (sofar, all) => {
      if (performance.now() - shownAt < 1_000) return;
      shownAt = performance.now();
      print(dim(`  ${sofar.campaigns} of ${all} campaigns, ${sofar.events.toLocaleString('en')} events`));
    },
  });
  if (archive !== undefined) {
    const store = openStore(archive, process.env);
    const closed = await rebuildFromArchive({ target, store }, { isComparison });
    rebuilt.campaigns += closed.campaigns;
    rebuilt.events += closed.events;
    addUp(rebuilt.corrected, closed.corrected);
  }
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  const rows = Object.entries(rebuilt.corrected).filter(([, count]) => count > 0);
  print(
    `${
      bold(rebuilt.events.toLocaleString('en'))
    } events of ${rebuilt.campaigns} campaigns in ${seconds} s, ` +
      `the longest step ${(rebuilt.maxStep / 1_000).toFixed(1)} s`,
  );
  if (rows.length === 0) return print('Everything that was added up is right');
  for (const [table, count] of rows) {
    print(
      `  ${table.padEnd(26)} ${count} ${count === 1 ? 'row' : 'rows'} ${
        isComparison ? 'wrong' : 'corrected'
      }`,
    );
  }
  if (isComparison) process.exitCode = 1;
}

function readParameters(parameters: string[]): { isComparison: boolean; archive: string | undefined } {
  try {
    const { compare, archive } = parseArgs({
      args: parameters,
      options: { compare: { type: 'boolean' }, archive: { type: 'string' } },
    }).values;
    return { isComparison: compare === true, archive };
  } catch (error) {
    throw new Failure(`${error instanceof Error ? error.message : 'Unknown option'}: ${usage}`);
  }
}

function addUp(all: Record<string, number>, some: Record<string, number>): void {
  for (const [table, rows] of Object.entries(some)) all[table] = (all[table] ?? 0) + rows;
}

/** Both shares from their beginning to their end. Safe to end at any moment and to begin again. */
export async function rebuildRollups(options: RebuildOptions): Promise<Rebuilt> {
  const client = createClient<Database>(options.url, options.key, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const { count, error } = await client.from('campaigns').select('id', { count: 'exact', head: true });
  if (error) throw new Failure(`${options.url} does not answer: ${error.message || 'check address and key'}`);
  const sofar: Rebuilt = { campaigns: 0, events: 0, corrected: {}, maxStep: 0 };
  await Promise.all(Array.from({ length: shares }, async (_, share) => {
    for (let at: Json = null;;) {
      const done = await oneStep(client, options, share, at);
      sofar.campaigns += done.campaigns;
      sofar.events += done.events;
      sofar.maxStep = Math.max(sofar.maxStep, done.milliseconds);
      addUp(sofar.corrected, done.corrected);
      options.onProgress?.(sofar, count ?? 0);
      if (done.next === null) return;
      at = done.next;
    }
  }));
  return sofar;
}

/** A step that meets a projector on the same rows may lose; it has done nothing then, and is repeated. */
async function oneStep(
  client: SupabaseClient<Database>,
  options: RebuildOptions,
  share: number,
  at: Json,
): Promise<z.infer<typeof step> & { milliseconds: number }> {
  for (let tries = 1;; tries++) {
    const started = performance.now();
    const { data, error } = await client.schema('worker').rpc('rebuild_rollups', {
      at,
      share,
      shares,
      most_events: options.eventsPerStep ?? 100_000,
      only_compare: options.isComparison ?? false,
    });
    if (!error) return { ...step.parse(data), milliseconds: performance.now() - started };
    const isConflict = error.code === '40P01' || error.code === '55P03';
    if (!isConflict || tries === 5) {
      throw new Failure(
        `A step of the rebuild failed (${error.code}: ${error.message}); what was corrected stays, run it again`,
      );
    }
  }
}
