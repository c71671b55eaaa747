/** Everything that is held of an address, read step by step: no statement is longer than others may wait. */
import { z } from 'zod';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';

const step = z.object({
  rows: z.record(
    z.string(),
    z.array(z.object({
      key: z.string(),
      row: z.record(z.string(), z.unknown()).optional(),
    })),
  ),
  next: z.record(z.string(), z.unknown()).nullable(),
});

const description = z.object({
  email: z.string(),
  is_own: z.boolean(),
  was_erased: z.boolean(),
  clients: z.array(z.object({ id: z.uuid(), name: z.string() })),
  crm_contacts: z.number(),
});

/** Keys of our own or of the provider: they say nothing of the person. */
const internalColumns = new Set([
  'provider_campaign_id',
  'event_key',
  'lease_token',
  'lease_until',
  'stop_token',
  'cursor',
]);

export interface Person {
  email: string;
  clientId: string | null;
}

export interface ReadOptions {
  database: ServiceClient;
  now: () => Date;
}

/** Milliseconds; the caller waits for the answer, and a gateway for 150 seconds. */
const maxTime = 100_000;

/** Characters of all rows; more than any person's history, and less than an isolate's memory. */
const maxSize = 32_000_000;

export async function describePerson(person: Person, { database }: ReadOptions) {
  return await callFunction(database, 'describe_person', scopeOf(person), description);
}

/** Rows by table, each once. */
export async function exportPerson(person: Person, options: ReadOptions) {
  const tables = new Map<string, Map<string, Record<string, unknown>>>();
  let size = 0;
  await walk(person, true, options, (table, key, row) => {
    const rows = tables.get(table) ?? new Map<string, Record<string, unknown>>();
    tables.set(table, rows);
    if (rows.has(key) || row === undefined) return;
    const held = Object.fromEntries(Object.entries(row).filter(([column]) => !internalColumns.has(column)));
    size += JSON.stringify(held).length;
    if (size > maxSize) {
      throw new AppError(
        'PAYLOAD_TOO_LARGE',
        'More is held of this address than one answer takes; export it for one client after the other',
      );
    }
    rows.set(key, held);
  });
  return Object.fromEntries(
    [...tables].sort(([one], [other]) => one < other ? -1 : 1).map(([table, rows]) => [
      table,
      [...rows.values()],
    ]),
  );
}

/** How many rows of each table are of this person, or name the address. */
export async function countPerson(person: Person, options: ReadOptions): Promise<Record<string, number>> {
  const tables = new Map<string, Set<string>>();
  await walk(person, false, options, (table, key) => {
    const keys = tables.get(table) ?? new Set<string>();
    tables.set(table, keys.add(key));
  });
  return Object.fromEntries([...tables].sort().map(([table, keys]) => [table, keys.size]));
}

async function walk(
  person: Person,
  withRows: boolean,
  { database, now }: ReadOptions,
  take: (table: string, key: string, row: Record<string, unknown> | undefined) => void,
): Promise<void> {
  const endsAt = now().getTime() + maxTime;
  let at: Record<string, unknown> | null = null;
  do {
    const read: z.infer<typeof step> = await callFunction(database, 'read_person', {
      ...scopeOf(person),
      at,
      with_rows: withRows,
    }, step);
    for (const [relation, rows] of Object.entries(read.rows)) {
      for (const { key, row } of rows) take(tableName(relation), key, row);
    }
    at = read.next;
    if (at !== null && now().getTime() > endsAt) {
      throw new AppError(
        'API_UNAVAILABLE',
        'Looking through everything took too long for one answer; try again when the database is less busy',
      );
    }
  } while (at !== null);
}

function scopeOf({ email, clientId }: Person) {
  return { address: email, scope: clientId };
}

/** Monthly partitions are one table; its schema says nothing to the reader. */
function tableName(relation: string): string {
  return relation.slice(relation.indexOf('.') + 1).replace(/^email_events_.*$/, 'email_events');
}
