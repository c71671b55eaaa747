// What the tests reach of the product's own code: the edge functions, in their processes and in vitest's, and the SQL functions.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import {
  type CoverageMapData,
  createCoverageMap,
  createCoverageSummary,
} from '@vitest/istanbul-lib-coverage';
import { createSourceMapStore } from '@vitest/istanbul-lib-source-maps';
import { functionsDirectory } from '../../local/shared/checkout.ts';
import { baseFile, hitsDirectory, vitestDirectory } from './places.ts';
import { readCalls } from './sql-calls.ts';

/** In percent, of statements and of lines in SQL functions. */
export const goal = 85;

type Hits = Record<string, { s: string[]; f: string[] }>;

/** What the processes of the functions reached, in the lines of the sources. */
async function readFunctions(): Promise<CoverageMapData> {
  const base = JSON.parse(readFileSync(baseFile, 'utf8')) as CoverageMapData;
  for (const name of readdirSync(hitsDirectory)) {
    const hits = JSON.parse(readFileSync(join(hitsDirectory, name), 'utf8')) as Hits;
    for (const [path, { s, f }] of Object.entries(hits)) {
      for (const id of s) base[path]!.s[id] = 1;
      for (const id of f) base[path]!.f[id] = 1;
    }
  }
  return (await createSourceMapStore().transformCoverage(createCoverageMap(base))).toJSON();
}

export async function reportCoverage(print: (line: string) => void): Promise<boolean> {
  const map = createCoverageMap(await readFunctions());
  const file = join(vitestDirectory, 'coverage-final.json');
  if (existsSync(file)) {
    const inVitest = createCoverageMap(JSON.parse(readFileSync(file, 'utf8')) as CoverageMapData);
    inVitest.filter((path) => map.files().includes(path));
    map.merge(inVitest);
  }
  const folders = new Map<string, ReturnType<typeof createCoverageSummary>>();
  const total = createCoverageSummary();
  const files = map.files().map((path) => ({ path, summary: map.fileCoverageFor(path).toSummary() }));
  for (const { path, summary } of files) {
    const [first = '', second = ''] = relative(functionsDirectory, path).split('/');
    const folder = first === '_shared' ? second : 'functions';
    const here = folders.get(folder) ?? createCoverageSummary();
    here.merge(summary);
    folders.set(folder, here);
    total.merge(summary);
  }
  print('\nStatements of the edge functions that the tests reach:');
  for (const [folder, summary] of [...folders].sort()) {
    print(
      `  ${folder.padEnd(20)} ${
        percent(summary.lines.covered, summary.lines.total)
      } of ${summary.lines.total}`,
    );
  }
  const least = files.map(({ path, summary }) => ({
    path,
    missing: summary.lines.total - summary.lines.covered,
  }))
    .sort((one, other) => other.missing - one.missing).slice(0, 10);
  print('Most lines not reached:');
  for (const { path, missing } of least) {
    print(`  ${String(missing).padStart(4)}  ${relative(functionsDirectory, path)}`);
  }

  const calls = readCalls();
  const called = calls.filter(({ isCalled }) => isCalled);
  const lines = (functions: typeof calls) => functions.reduce((sum, one) => sum + one.lines, 0);
  print(
    `SQL functions called: ${called.length} of ${calls.length}; Postgres does not count those that it inlines`,
  );
  const others = calls.filter(({ isCalled }) => !isCalled).map(({ name }) => name.replace(/\(.*/, '')).sort();
  // A run of a few files calls too few to be worth a list.
  if (others.length <= 80) print(`  not called: ${others.join(', ')}`);
  const typescript = 100 * total.lines.covered / total.lines.total;
  const sql = 100 * lines(called) / lines(calls);
  print(
    `\nCoverage: edge functions ${typescript.toFixed(1)} % of lines, SQL functions ${
      sql.toFixed(1)
    } % of lines (goal ${goal} %)`,
  );
  return typescript >= goal && sql >= goal;
}

const percent = (part: number, whole: number): string =>
  `${(100 * part / Math.max(1, whole)).toFixed(1).padStart(5)} %`;
