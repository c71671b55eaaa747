// `npm run mutation`: changes the code of each group and counts what its unit tests do not notice. With names of groups only those;
// with paths only these files of their groups. Results are kept between runs; `--force` tests every change again.
import { mkdirSync, rmSync } from 'node:fs';
import { matchesGlob } from 'node:path';
import process from 'node:process';
import { Stryker } from '@stryker-mutator/core';
import { type Group, groups } from './groups.ts';

const configFile = 'tests/mutation/stryker.config.json';
const resultFolder = '.replyloop/mutation';
/** Percent of the changes that have to be noticed, in each group. */
const required = 80;

type Results = Awaited<ReturnType<Stryker['runMutationTest']>>;

interface Score {
  name: string;
  mutants: number;
  detected: number;
  timeouts: number;
  minutes: number;
}

process.exitCode = await main(process.argv.slice(2));

async function main(words: string[]): Promise<number> {
  const chosen = choose(words.filter((word) => word !== '--force'));
  if (typeof chosen === 'string') {
    console.error(chosen);
    return 1;
  }
  mkdirSync(resultFolder, { recursive: true });
  const scores: Score[] = [];
  for (const { name, mutate } of chosen) {
    const started = Date.now();
    const results = await run(name, mutate, words.includes('--force'));
    scores.push({ ...count(name, results), minutes: (Date.now() - started) / 60_000 });
  }
  return report(scores);
}

/** The groups to run, each with its files; a sentence where a word means neither. */
function choose(words: string[]): { name: string; mutate: string[] }[] | string {
  if (words.length === 0) return Object.entries(groups).map(([name, { mutate }]) => ({ name, mutate }));
  const chosen = new Map<string, string[]>();
  for (const word of words) {
    const whole = groups[word];
    const [name, mutate] = whole === undefined ? [groupOf(word), [word]] : [word, whole.mutate];
    if (name === undefined) {
      return `"${word}" is neither a group nor a file of one; the groups are: ${
        Object.keys(groups).join(', ')
      }`;
    }
    chosen.set(name, [...chosen.get(name) ?? [], ...mutate]);
  }
  return [...chosen].map(([name, mutate]) => ({ name, mutate }));
}

/** A path may end with lines, as in `run-job.ts:100-140`. */
function groupOf(path: string): string | undefined {
  const file = path.replace(/:[\d:-]+$/, '');
  const holds = ({ mutate }: Group) => mutate.some((pattern) => matchesGlob(file, pattern));
  return Object.entries(groups).find(([, group]) => holds(group))?.[0];
}

async function run(name: string, mutate: string[], force: boolean): Promise<Results> {
  const incrementalFile = `${resultFolder}/${name}.json`;
  if (force) rmSync(incrementalFile, { force: true });
  // Read by vitest.config.ts, in this process's children.
  process.env['MUTATION_GROUP'] = name;
  console.log(`\n${name}`);
  return await new Stryker({ configFile, mutate, incrementalFile }).runMutationTest();
}

function count(name: string, results: Results): Omit<Score, 'minutes'> {
  const having = (...statuses: string[]) => results.filter(({ status }) => statuses.includes(status)).length;
  return {
    name,
    mutants: having('Killed', 'Timeout', 'Survived', 'NoCoverage'),
    detected: having('Killed', 'Timeout'),
    timeouts: having('Timeout'),
  };
}

function report(scores: Score[]): number {
  const sum = (value: (score: Score) => number) => scores.reduce((all, score) => all + value(score), 0);
  const total = {
    name: 'all',
    mutants: sum(({ mutants }) => mutants),
    detected: sum(({ detected }) => detected),
    timeouts: sum(({ timeouts }) => timeouts),
    minutes: sum(({ minutes }) => minutes),
  };
  const percent = ({ detected, mutants }: Score) => mutants === 0 ? 100 : 100 * detected / mutants;
  console.table(
    [...scores, total].map((score) => ({
      group: score.name,
      changes: score.mutants,
      noticed: score.detected,
      'of these endless': score.timeouts,
      score: `${percent(score).toFixed(1)} %`,
      minutes: score.minutes.toFixed(1),
    })),
  );
  const below = scores.filter((score) => percent(score) < required).map(({ name }) => name);
  if (below.length > 0) console.error(`Below ${required} %: ${below.join(', ')}`);
  return below.length === 0 ? 0 : 1;
}
