// What the parts of a run over the archive share, and the one way by which a file gets there.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../shared/failure.ts';
import type { ArchiveDatabase, Kind } from './database.ts';
import type { Digest, Duck } from './duck.ts';
import type { ArchiveStore } from './store.ts';

/** Where a run is; a test ends it there. */
export type ArchiveStep =
  | 'closed'
  | 'read'
  | 'put'
  | 'verified'
  | 'recorded'
  | 'removing'
  | 'removed'
  | 'erased';

export interface Archived {
  closed: number;
  files: number;
  rows: Record<Kind, number>;
  removed: number;
  erased: number;
}

export interface Run {
  database: ArchiveDatabase;
  store: ArchiveStore;
  duck: Duck;
  /** Local files of this run; gone with it. */
  folder: string;
  step: (step: ArchiveStep, about: string) => Promise<void>;
  archived: Archived;
}

/** Puts a file and reads it back from the store: counted and compared is what is there, not what was meant to be. */
export async function putAndVerify(
  run: Run,
  kind: Kind,
  file: string,
  from: string,
  expected: Digest,
): Promise<{ bytes: number; readBack: string }> {
  await run.store.put(file, from);
  await run.step('put', file);
  const readBack = join(run.folder, 'read-back.parquet');
  await run.store.get(file, readBack);
  const found = await run.duck.fileDigest(kind, readBack);
  if (found.rows !== expected.rows || found.digest !== expected.digest) {
    throw new Failure(
      `${run.store.name}/${file} holds ${found.rows} rows with the digest ${found.digest} instead of ${expected.rows} with ${expected.digest}; nothing of it was removed from the database`,
    );
  }
  return { bytes: (await stat(readBack)).size, readBack };
}
