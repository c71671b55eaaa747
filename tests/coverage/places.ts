// Where a run with `npm test -- --coverage` keeps what it counts.
import { join } from 'node:path';
import process from 'node:process';
import { stateDirectory } from '../../local/shared/checkout.ts';

const directory = join(stateDirectory, 'coverage');

/** The instrumented copy of `supabase/functions`. */
export const instrumentedDirectory = join(directory, 'functions');
/** Statements of each file, none of them reached. */
export const baseFile = join(directory, 'base.json');
/** One file per process of a function: the statements that it reached. */
export const hitsDirectory = join(directory, 'hits');
/** One file per database: the SQL functions that were called there. */
export const callsDirectory = join(directory, 'calls');
/** What vitest counted in its own processes. */
export const vitestDirectory = join(directory, 'vitest');

export const isMeasured = process.env['REPLYLOOP_COVERAGE'] === 'yes';
