// The short form of the hostile input in `npm run soak`: 500 cases over both receivers, imports, search and every function.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runHostile } from '../hostile/run.ts';
import { type Project, startProject } from '../support/project.ts';

let project: Project;
beforeAll(async () => {
  project = await startProject({ smartlead: {} });
});
afterAll(() => project.stop());

it('is answered without a 5xx, stored where it is valid, and stretches no chart', async () => {
  const report = await runHostile(project, { cases: 500, seed: 20261129 });
  expect(report.failures).toEqual([]);
  expect(report.cases).toBeGreaterThanOrEqual(500);
}, 120_000);
