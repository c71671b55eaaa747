// The archive: old deliveries, mails and events of closed campaigns go into Parquet files, one per kind, client and month, are read back
// and compared, and only then removed from the database. What is done is in private.archive_parts, so a run that dies is continued by
// the next one: a file that was not recorded is written over, a recorded one has its rows removed.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { Failure } from '../shared/failure.ts';
import { type Kind, openDatabase, type Part } from './database.ts';
import { openDuck } from './duck.ts';
import { eraseInParts } from './erase.ts';
import { type Archived, type ArchiveStep, putAndVerify, type Run } from './run.ts';
import type { ArchiveStore } from './store.ts';

const rowsPerPage = 1_000;
const rowsPerRemoval = 250;

export interface ArchiveOptions {
  target: { url: string; key: string };
  store: ArchiveStore;
  /** The first day of a month: what is from before it goes. */
  before: string;
  onStep?: (step: ArchiveStep, about: string) => void;
}

/** What would be archived: rows per kind and month, and how many campaigns would be closed first. */
export async function planArchive(target: ArchiveOptions['target'], before: string) {
  const database = openDatabase(target);
  return { closing: await database.close(before, true), months: await database.plan(before) };
}

export async function archive(options: ArchiveOptions): Promise<Archived> {
  return await withRun(options, async (run) => {
    const started = new Date().toISOString();
    for (const part of await run.database.allParts('unfinished')) await removePart(run, part);
    run.archived.closed = await run.database.close(options.before, false);
    await run.step('closed', `${run.archived.closed} campaigns`);
    for (const { kind, month } of await run.database.plan(options.before)) {
      await archiveMonth(run, kind, month);
    }
    await run.database.settleClosed(started);
    await clean(run);
  });
}

/** Only applies erasures, and deletes what belongs to deleted clients. */
export async function eraseInArchive(options: Omit<ArchiveOptions, 'before'>): Promise<Archived> {
  return await withRun(options, clean);
}

async function clean(run: Run): Promise<void> {
  for (const part of await run.database.allParts('orphaned')) {
    for (const file of [part.file, part.old_file]) if (file !== null) await run.store.remove(file);
    await run.database.forgetFile(part.id, true);
  }
  run.archived.erased = await eraseInParts(run);
  for (const part of await run.database.allParts('replaced')) {
    if (part.old_file !== null) await run.store.remove(part.old_file);
    await run.database.forgetFile(part.id, false);
  }
  await run.database.reportErasures();
}

async function withRun(
  options: Omit<ArchiveOptions, 'before'>,
  work: (run: Run) => Promise<void>,
): Promise<Archived> {
  const database = openDatabase(options.target);
  const holder = randomUUID();
  const hold = async () => {
    const until = await database.hold(holder);
    if (until !== null) {
      throw new Failure(
        `Another run works on the archive (until ${until} at the latest); run this again then`,
      );
    }
  };
  await hold();
  const folder = await mkdtemp(join(tmpdir(), 'replyloop-archive-'));
  const archived: Archived = {
    closed: 0,
    files: 0,
    rows: { deliveries: 0, messages: 0, events: 0 },
    removed: 0,
    erased: 0,
  };
  try {
    const duck = await openDuck(folder);
    try {
      let heldAt = Date.now();
      const step: Run['step'] = async (name, about) => {
        options.onStep?.(name, about);
        if (Date.now() - heldAt < 30_000) return;
        heldAt = Date.now();
        await hold();
      };
      await work({ database, store: options.store, duck, folder, step, archived });
    } finally {
      await duck.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
    await database.letGo(holder);
  }
  return archived;
}

async function archiveMonth(run: Run, kind: Kind, month: string): Promise<void> {
  const { database, duck, folder, step } = run;
  await duck.beginStaging(kind);
  for (let after: Record<string, unknown> | null = null;;) {
    const page = await database.page(kind, month, after, rowsPerPage);
    await duck.stage(page.rows);
    await step('read', `${kind} ${month}`);
    if (page.next === null) break;
    after = page.next;
  }
  const numbers = await database.nextNumbers(kind, month);
  for (const client of await duck.stagedClients()) {
    const number = numbers[client] ?? 1;
    const file = `${kind}/client=${client}/month=${month.slice(0, 7)}/part-${
      String(number).padStart(4, '0')
    }.parquet`;
    const written = join(folder, 'written.parquet');
    await duck.writeStaged(kind, client, written);
    const expected = await duck.stagedDigest(client);
    const { bytes, readBack } = await putAndVerify(run, kind, file, written, expected);
    await step('verified', file);
    const part = {
      kind,
      client_id: client === 'none' ? null : client,
      month,
      number,
      file,
      bytes,
      ...expected,
    };
    const id = await database.record(part);
    await step('recorded', file);
    run.archived.files += 1;
    run.archived.rows[kind] += expected.rows;
    await removePart(run, { ...part, id, old_file: null, removed: null }, readBack);
  }
}

/** Only what the file holds, row by row: one that has changed since stays. */
async function removePart(run: Run, part: Part, local?: string): Promise<void> {
  const file = local ?? join(run.folder, 'read-back.parquet');
  if (local === undefined) {
    await run.store.get(part.file, file);
    const found = await run.duck.fileDigest(part.kind, file);
    if (found.rows !== part.rows || found.digest !== part.digest) {
      throw new Failure(
        `${run.store.name}/${part.file} is not what was written; restore the file, nothing more of it is removed from the database`,
      );
    }
  }
  let removed = 0;
  for await (const rows of run.duck.rowsOf(part.kind, file, rowsPerRemoval)) {
    removed += await run.database.remove(part.kind, rows);
    await run.step('removing', part.file);
  }
  await run.database.finish(part.id, removed);
  await run.step('removed', part.file);
  run.archived.removed += removed;
}
