// The short form of `npm run soak`: what is promised in docs/reliability.md, while every process of the stack is killed.
import { expect, it } from 'vitest';
import { runChaos, shortRun } from '../chaos/run.ts';

const seed = 7;

it('keeps every promise while each of its processes is killed again and again', async () => {
  const report = await runChaos({ seed, planOf: (lap) => (lap === 0 ? shortRun : undefined) });
  expect(report.findings.filter(({ holds }) => !holds)).toEqual([]);
  expect(report.findings.length).toBeGreaterThan(9);
  for (const [target, kills] of Object.entries(report.kills)) {
    expect([target, kills]).toEqual([target, shortRun.rounds]);
  }
  expect(report.faults.provider).toBeGreaterThan(0);
}, 240_000);
