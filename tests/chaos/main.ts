// `npm run soak`: kills and faults for minutes, then hostile input; ends with an error if a promise was broken.
import process from 'node:process';
import { parseArgs } from 'node:util';
import { runChaos } from './run.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
console.log(`Seed ${seed}; repeat with: npm run soak -- --minutes ${minutes} --seed ${seed}`);
let end: number | undefined;
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
const report = await runChaos({
  seed,
  signal: stopping.signal,
  log: (line) => console.log(line),
  planOf: (lap) => {
    end ??= Date.now() + minutes * 60_000;
    const until = Math.min(end, Date.now() + 75_000);
    // Every third lap waits for real leases; all others move them into the past.
    if (until - Date.now() < 15_000) return undefined;
    return { rounds: 1000, pause: 1500, until, movesTime: lap % 3 !== 2 };
  },
});
const total = Object.values(report.kills).reduce((sum, count) => sum + count, 0);
console.log(
  `\n${total} kills: ${Object.entries(report.kills).map(([name, count]) => `${name} ${count}`).join(', ')}`,
);
console.log(`${report.faults.provider} faults of the providers, ${report.faults.fullDisk} times a full disk`);
for (const { promise, holds, figures } of report.findings) {
  console.log(`${holds ? '✓' : '✗'} ${promise}: ${figures}`);
}
if (report.findings.some(({ holds }) => !holds)) {
  console.log(`\nA promise was broken; repeat with --seed ${seed}`);
  process.exitCode = 1;
}
