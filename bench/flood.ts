// The functions under overload: strangers' megabytes, large bodies of verified senders, a burst that waits for the projector.
// Each scenario prints its goal beside the measurement.
//
// Method: Postgres 17 with fsync on, PostgREST, `deno serve` and the load generator share the machine; requests go to the
// function's own port. Processor time of the function is the kernel's count for its process.
import process from 'node:process';
import { type BenchProject, startBenchProject } from './project.ts';
import { floodBacklog } from './flood-backlog.ts';
import { floodLargeBodies } from './flood-large-bodies.ts';
import { floodReads } from './flood-reads.ts';
import { floodStrangers } from './flood-strangers.ts';
import { floodTenants, floodTenantsRapidly } from './flood-tenants.ts';

/** Each in its own project: empty tables and freshly started functions. */
const scenarios: Readonly<Record<string, (project: BenchProject) => Promise<void>>> = {
  strangers: floodStrangers,
  'large-bodies': floodLargeBodies,
  backlog: floodBacklog,
  reads: floodReads,
  tenants: floodTenants,
  'tenants-rapid': floodTenantsRapidly,
};

/** All scenarios, or the named ones: `npm run bench -- flood backlog`. */
export async function benchFlood(names = process.argv.slice(3)): Promise<void> {
  const unknown = names.find((name) => !Object.hasOwn(scenarios, name));
  if (unknown !== undefined) {
    throw new Error(`There is no flood "${unknown}"; choose one of: ${Object.keys(scenarios).join(', ')}`);
  }
  for (const [name, scenario] of Object.entries(scenarios)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const project = await startBenchProject(['instantly-webhook']);
    try {
      await scenario(project);
    } finally {
      await project.stop();
    }
  }
}
