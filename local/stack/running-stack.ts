// What the running stack has written down about itself in `.replyloop/stack.json`: enough to show it, and to end every
// process of it when its supervisor was killed.
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
    firstFunction: z.number(),
  }),
  /** False until everything is up. */
  isUp: z.boolean(),
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
      `${file} cannot be read; delete it, and end by hand what may still run from this checkout`,
    );
  }
}

/** Processes of the record that still run; the supervisor is not among them. */
export function leftovers(record: StackRecord): StackRecord['processes'] {
  return record.processes.filter((entry) => isAlive(entry.identity));
}

/** Refuses with one sentence while the stack runs, or while something of a killed one does. */
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
      // Fails when another start was quicker.
      writeFileSync(file, JSON.stringify(this.#record, null, 2), { flag: 'wx', mode: 0o600 });
    } catch (error) {
      throw new Failure(
        'Another start of this checkout is under way; wait for it, or end it with "npm run stop"',
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

  setUp(demo: StackRecord['demo']): void {
    this.#save({ isUp: true, ...(demo ? { demo } : {}) });
  }

  remove(): void {
    rmSync(this.#file, { force: true });
  }

  #save(changes: Partial<StackRecord>): void {
    this.#record = { ...this.#record, ...changes };
    if (!existsSync(this.#file)) return;
    // Renamed into place: a kill in the middle must not leave half a record.
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#record, null, 2), { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }
}

/** Ends the supervisor first, which stops its own children in order, then whatever is left of them. */
export async function endStack(record: StackRecord, file = defaultFile): Promise<void> {
  await endProcesses([{ identity: record.supervisor, signal: 'SIGTERM', wholeGroup: false }], 25_000);
  const left = leftovers(readRecord(file) ?? record);
  // Postgres comes last, and alone: its children belong to its postmaster, to which a signalled group is a crash.
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
