// `npm run soak`: kills and faults for minutes, then hostile input; ends with status 1 if a promise was broken.
import process from 'node:process';
import { parseArgs } from 'node:util';
import { runHostile } from '../hostile/run.ts';
import { startProject } from '../support/project.ts';
import { runChaos } from './run.ts';
import { startOwnPostgres } from './server.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    cases: { type: 'string', default: '10000' },
  },
});
const minutes = Number(values.minutes);
const cases = Number(values.cases);
const seed = Number(values.seed);
console.log(
  `Seed ${seed}; repeat with: npm run soak -- --minutes ${minutes} --cases ${cases} --seed ${seed}`,
);
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

let holds = true;
if (minutes > 0) await soak();
if (cases > 0 && !stopping.signal.aborted) await sendHostileInput();
if (!holds) {
  console.log(`\nA promise was broken; repeat with --seed ${seed}`);
  process.exitCode = 1;
}

async function soak(): Promise<void> {
  let end: number | undefined;
  const report = await runChaos({
    seed,
    signal: stopping.signal,
    log: (line) => console.log(line),
    planOf: (lap) => {
      end ??= Date.now() + minutes * 60_000;
      const until = Math.min(end, Date.now() + 75_000);
      if (until - Date.now() < 15_000) return undefined;
      // Every third lap waits for real leases; all others move them into the past.
      return { rounds: 1000, pause: 1500, until, movesTime: lap % 3 !== 2 };
    },
  });
  const total = Object.values(report.kills).reduce((sum, count) => sum + count, 0);
  console.log(
    `\n${total} kills: ${Object.entries(report.kills).map(([name, count]) => `${name} ${count}`).join(', ')}`,
  );
  console.log(
    `${report.faults.provider} faults of the providers, ${report.faults.fullDisk} times a full disk`,
  );
  for (const finding of report.findings) {
    console.log(`${finding.holds ? '✓' : '✗'} ${finding.promise}: ${finding.figures}`);
    holds &&= finding.holds;
  }
}

async function sendHostileInput(): Promise<void> {
  const started = Date.now();
  const own = await startOwnPostgres();
  try {
    const project = await startProject({ postgres: own.server, smartlead: {} });
    try {
      const report = await runHostile(project, { cases, seed });
      console.log(
        `${report.failures.length === 0 ? '✓' : '✗'} ${report.cases} cases of hostile input in ${
          Math.round((Date.now() - started) / 1000)
        } s: no 5xx, everything valid stored, no date outside of the span`,
      );
      for (const failure of report.failures) console.log(`  ${failure}`);
      holds &&= report.failures.length === 0;
    } finally {
      await project.stop();
    }
  } finally {
    await own.stop();
  }
}
