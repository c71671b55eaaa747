// The running stack's record of itself in `.replyloop/stack.json`: enough to show it, and to end all its processes when its
// supervisor was killed.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { z } from 'zod';
import { stateDirectory } from '../shared/checkout.ts';
import { Failure } from '../shared/failure.ts';
import { endProcesses, identityOf, isAlive } from '../shared/process-identity.ts';

const identity = z.object({ pid: z.number().int().positive(), startedAt: z.string() });
const recordSchema = z.object({
  supervisor: identity,
  processes: z.array(z.object({ name: z.string(), identity })),
  ports: z.object({
    base: z.number(),
    api: z.number(),
    database: z.number(),
    postgrest: z.number(),
    simulator: z.number(),
    dashboard: z.number(),
    smartlead: z.number(),
    hubspot: z.number(),
    firstFunction: z.number(),
  }),
  /** False until everything is up. */
  isUp: z.boolean(),
  /** Keys of the workspaces that an empty stack offers; absent with the demo. */
  empty: z.object({ instantlyKey: z.string(), smartleadKey: z.string(), hubspotToken: z.string() })
    .optional(),
  demo: z.object({ webhookUrl: z.string(), webhookHeader: z.string(), webhookSecret: z.string() }).optional(),
});

export type StackRecord = z.infer<typeof recordSchema>;

const defaultFile = join(stateDirectory, 'stack.json');

export function readRecord(file = defaultFile): StackRecord | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return recordSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new Failure(
      `${file} cannot be read; delete it, and end remaining processes of this checkout by hand`,
    );
  }
}

/** Processes of the record that still run, without the supervisor. */
export function leftovers(record: StackRecord): StackRecord['processes'] {
  return record.processes.filter((entry) => isAlive(entry.identity));
}

/** Throws a Failure while the stack, or a process of a killed one, is running. */
export function requireNothingRuns(what: string, file = defaultFile): void {
  const record = readRecord(file);
  if (!record) return;
  if (isAlive(record.supervisor)) {
    throw new Failure(
      `${what}: the stack of this checkout is running on port ${record.ports.base} (process ${record.supervisor.pid}); "npm run stop" ends it`,
    );
  }
  const left = leftovers(record);
  if (left.length > 0) {
    throw new Failure(
      `${what}: an earlier run of this checkout was killed and left ${left.length} processes behind (${
        left.map((entry) => entry.name).join(', ')
      }); "npm run stop" ends them`,
    );
  }
  rmSync(file, { force: true });
}

/** The record of the stack that this process supervises. */
export class OwnRecord {
  readonly #file: string;
  #record: StackRecord;

  constructor(ports: StackRecord['ports'], file = defaultFile) {
    this.#file = file;
    const supervisor = identityOf(process.pid) ?? { pid: process.pid, startedAt: '' };
    this.#record = { supervisor, processes: [], ports, isUp: false };
    mkdirSync(dirname(file), { recursive: true });
    try {
      // Fails when another start was faster.
      writeFileSync(file, JSON.stringify(this.#record, null, 2), { flag: 'wx', mode: 0o600 });
    } catch (error) {
      throw new Failure(
        'Another start of this checkout is running; wait for it, or end it with "npm run stop"',
        {
          cause: error,
        },
      );
    }
  }

  setProcess(name: string, pid: number | undefined): void {
    const others = this.#record.processes.filter((entry) => entry.name !== name);
    const known = pid === undefined ? undefined : identityOf(pid);
    this.#save({ processes: known ? [...others, { name, identity: known }] : others });
  }

  setUp(facts: Pick<StackRecord, 'demo' | 'empty'>): void {
    this.#save({ isUp: true, ...facts });
  }

  remove(): void {
    rmSync(this.#file, { force: true });
  }

  #save(changes: Partial<StackRecord>): void {
    this.#record = { ...this.#record, ...changes };
    if (!existsSync(this.#file)) return;
    // Renamed into place: a kill in the middle must not leave a partial record.
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#record, null, 2), { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }
}

/** Ends the supervisor first, which stops its children in order, then any that remain. */
export async function endStack(record: StackRecord, file = defaultFile): Promise<void> {
  await endProcesses([{ identity: record.supervisor, signal: 'SIGTERM', wholeGroup: false }], 25_000);
  const left = leftovers(readRecord(file) ?? record);
  // Postgres is last, and alone: its children belong to the postmaster, which takes a signal to the group for a crash.
  const postgres = left.filter((entry) => entry.name === 'Postgres');
  const others = left.filter((entry) => entry.name !== 'Postgres');
  await endProcesses(
    others.map((entry) => ({ identity: entry.identity, signal: 'SIGTERM', wholeGroup: true })),
    3_000,
  );
  await endProcesses(
    postgres.map((entry) => ({ identity: entry.identity, signal: 'SIGINT', wholeGroup: false })),
  );
  rmSync(file, { force: true });
}
