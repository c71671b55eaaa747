/** Lists are parsed row by row: a row of unknown shape is skipped and reported, its neighbours are kept. */
import { z } from 'zod';

export interface OddRow {
  /** What the list contains, e.g. "leads". */
  list: string;
  /** Which row, and what is odd about it. */
  problem: string;
}

/** One page of a list; `next` undefined = the last one. */
export interface Page<T> {
  items: T[];
  next: string | undefined;
}

/** An optional time; an invalid one counts as missing. */
export const timeOrNone = z.string().nullable().transform((value) =>
  value !== null && Number.isNaN(Date.parse(value)) ? null : value
).optional();

/** A required time. */
export const time = z.string().refine((value) => !Number.isNaN(Date.parse(value)), 'is not a time');

/** How many rows were skipped per list, so that paging by offset still counts them. */
const skippedRows = new WeakMap<object, number>();

/** Collects skipped rows; set only while an answer is parsed, which is synchronous. */
let collected: OddRow[] | undefined;

/** A list schema that skips odd rows. */
export function rowsOf<T>(list: string, row: z.ZodType<T>): z.ZodType<T[]> {
  return z.array(z.unknown()).transform((values) => {
    const rows: T[] = [];
    values.forEach((value, index) => {
      const parsed = row.safeParse(value);
      if (parsed.success) rows.push(parsed.data);
      else collected?.push({ list, problem: describe(value, index, parsed.error) });
    });
    if (rows.length < values.length) skippedRows.set(rows, values.length - rows.length);
    return rows;
  });
}

/** How many rows the provider sent, skipped ones included. */
export function sentRows(rows: readonly unknown[]): number {
  return rows.length + (skippedRows.get(rows) ?? 0);
}

/** Parses an answer and returns the skipped rows with it. */
export function collectOddRows<T>(read: () => T): { read: T; odd: OddRow[] } {
  const odd: OddRow[] = [];
  collected = odd;
  try {
    return { read: read(), odd };
  } finally {
    collected = undefined;
  }
}

/** Fields that identify a row to a person; no ids of the provider. */
const names = ['email', 'lead_email', 'from_email', 'email_account', 'name', 'label', 'date'];

function describe(value: unknown, index: number, error: z.ZodError): string {
  const row = value !== null && typeof value === 'object' ? value as Record<string, unknown> : {};
  const inner = row['lead'] !== null && typeof row['lead'] === 'object' ? row['lead'] : {};
  const name = names.map((key) => row[key] ?? (inner as Record<string, unknown>)[key])
    .find((one) => typeof one === 'string' && one !== '');
  const which = typeof name === 'string' ? `"${name.slice(0, 100)}"` : `row ${index + 1}`;
  const issues = error.issues.slice(0, 3).map((issue) =>
    issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`
  );
  return `${which} (${issues.join('; ')})`;
}
