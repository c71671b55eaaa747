// `archive`: old deliveries, mails and events go from the database into Parquet files of a folder or a bucket. On the running stack of
// this checkout or, with SUPABASE_URL and SUPABASE_SECRET_KEY, on a hosted project.
import process from 'node:process';
import { parseArgs } from 'node:util';
import { archive, eraseInArchive, planArchive } from '../archive/archive.ts';
import { reopen } from '../archive/rebuild.ts';
import { openStore } from '../archive/store.ts';
import { Failure } from '../shared/failure.ts';
import { findTarget } from './operator.ts';
import { bold, dim, print } from './progress.ts';

const usage =
  'npm run archive -- --to <folder or s3://bucket/prefix> (--before <YYYY-MM> | --keep <months>) [--dry-run], or --erase, or --reopen <campaign>';

export async function archiveCommand(parameters: string[]): Promise<void> {
  const options = readOptions(parameters);
  const target = await findTarget(process.env);
  if (options.isDryRun) return await showPlan(target, options.before ?? '');
  const store = openStore(options.to, process.env);
  if (options.reopen !== undefined) {
    const { events, released } = await reopen({ target, store }, options.reopen);
    return print(`${events} events are back; ${released} held deliveries are projected now`);
  }
  let shownAt = 0;
  const onStep = (step: string, about: string) => {
    if (step !== 'closed' && step !== 'recorded' && performance.now() - shownAt < 2_000) return;
    shownAt = performance.now();
    print(dim(`  ${step.padEnd(9)} ${about}`));
  };
  const done = options.before === undefined
    ? await eraseInArchive({ target, store, onStep })
    : await archive({ target, store, before: options.before, onStep });
  const { deliveries, messages, events } = done.rows;
  print(
    `${
      bold(String(done.files))
    } files in ${store.name}: ${deliveries} deliveries, ${messages} mails, ${events} events of ${done.closed} newly closed campaigns; ` +
      `${done.removed} rows removed from the database, ${done.erased} rows of erased people emptied`,
  );
}

interface Options {
  to: string;
  before: string | undefined;
  isDryRun: boolean;
  reopen: string | undefined;
}

export function readOptions(parameters: string[], now = new Date()): Options {
  let values: Record<string, string | boolean | undefined>;
  try {
    values = parseArgs({
      args: parameters,
      options: {
        to: { type: 'string' },
        before: { type: 'string' },
        keep: { type: 'string' },
        erase: { type: 'boolean' },
        reopen: { type: 'string' },
        'dry-run': { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new Failure(`${error instanceof Error ? error.message : 'Unknown option'}: ${usage}`);
  }
  const { to, before, keep, erase, reopen } = values;
  const works = [before, keep, erase, reopen].filter((value) => value !== undefined);
  if (works.length !== 1) throw new Failure(`Give one of --before, --keep, --erase and --reopen: ${usage}`);
  const isDryRun = values['dry-run'] === true;
  if (typeof to !== 'string' && !isDryRun) throw new Failure(`Say where the archive is: ${usage}`);
  const month = typeof before === 'string'
    ? before
    : typeof keep === 'string'
    ? monthsBefore(now, keep)
    : undefined;
  if (month !== undefined && !/^20\d\d-(0[1-9]|1[0-2])$/.test(month)) {
    throw new Failure(`"${month}" is not a month like 2026-03: ${usage}`);
  }
  if (isDryRun && month === undefined) throw new Failure(`--dry-run needs --before or --keep: ${usage}`);
  if (month !== undefined && month > monthsBefore(now, '3')) {
    throw new Failure(
      `Data of the last three months stays, because reports and repairs read it; "${month}" is later than ${
        monthsBefore(now, '3')
      }`,
    );
  }
  return {
    to: typeof to === 'string' ? to : '',
    before: month && `${month}-01`,
    isDryRun,
    reopen: typeof reopen === 'string' ? reopen : undefined,
  };
}

function monthsBefore(now: Date, months: string): string {
  if (!/^\d{1,3}$/.test(months)) throw new Failure(`"${months}" is not a number of months: ${usage}`);
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - Number(months), 1)).toISOString().slice(
    0,
    7,
  );
}

async function showPlan(target: { url: string; key: string }, before: string): Promise<void> {
  const { closing, months } = await planArchive(target, before);
  for (const { kind, month, rows } of months) {
    print(`  ${kind.padEnd(11)} ${month.slice(0, 7)}  ${rows.toLocaleString('en').padStart(12)} rows`);
  }
  print(
    months.length === 0
      ? 'Nothing is to be archived but what closing campaigns would add'
      : dim('Nothing was written or removed'),
  );
  if (closing > 0) {
    print(
      `  ${closing} campaigns would be closed, and the events of their leads that never answered archived too`,
    );
  }
}
