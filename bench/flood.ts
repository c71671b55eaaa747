// What the doors do when too much comes at once: strangers' megabytes, large bodies of known senders, a burst that waits
// for the projector. Each scenario prints its goal beside what was measured.
//
// Method: Postgres 17 with fsync on, PostgREST, `deno serve` and the load generator share the machine; requests go to the
// function's own port. Processor time of the function is what the kernel booked for its process.
import { type BenchProject, startBenchProject } from './project.ts';
import { floodBacklog } from './flood-backlog.ts';
import { floodLargeBodies } from './flood-large-bodies.ts';
import { floodStrangers } from './flood-strangers.ts';

/** Each in a project of its own: empty tables, and functions that have just started. */
const scenarios: readonly ((project: BenchProject) => Promise<void>)[] = [
  floodStrangers,
  floodLargeBodies,
  floodBacklog,
];

export async function benchFlood(): Promise<void> {
  for (const scenario of scenarios) {
    const project = await startBenchProject(['instantly-webhook']);
    try {
      await scenario(project);
    } finally {
      await project.stop();
    }
  }
}
