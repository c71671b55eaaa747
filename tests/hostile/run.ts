// All properties against one project, several at a time; each failure is shown as small as fast-check can make it.
import fc from 'fast-check';
import type { Project } from '../support/project.ts';
import { instantly, smartlead } from '../support/providers.ts';
import { findLongCharts, findOddDates } from './dates.ts';
import { functionsProperty } from './functions.ts';
import { importProperty } from './imports.ts';
import type { Property } from './property.ts';
import { searchProperty } from './search.ts';
import { webhookProperty } from './webhooks.ts';

export interface HostileReport {
  cases: number;
  failures: string[];
}

export async function runHostile(
  project: Project,
  options: { cases: number; seed: number; path?: string },
): Promise<HostileReport> {
  const properties = [
    await webhookProperty(project, instantly),
    await webhookProperty(project, smartlead),
    await importProperty(project),
    await searchProperty(project),
    await functionsProperty(project),
  ] as Property[];
  const results = await Promise.all(properties.map(async ({ name, share, check }) => {
    const result = await fc.check(check, {
      numRuns: Math.ceil(options.cases * share),
      seed: options.seed,
      // The smallest failing case is worth some requests, not an hour.
      interruptAfterTimeLimit: 1_800_000,
    });
    return { name, result };
  }));
  const failures = results.filter(({ result }) => result.failed).map(({ name, result }) =>
    `${name} (seed ${result.seed}, path ${result.counterexamplePath}): ${
      String((result.errorInstance as Error | null)?.message)
    }\n  ${fc.stringify(result.counterexample).slice(0, 1500)}`
  );
  for (const { after } of properties) failures.push(...await after?.() ?? []);
  failures.push(...await findOddDates(project), ...await findLongCharts(project));
  return { cases: results.reduce((sum, { result }) => sum + result.numRuns, 0), failures };
}
