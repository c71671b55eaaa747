/** Lists are read row by row: a row that is not as we know it is left out and told, and its neighbours count all the same. */
import { z } from 'zod';

export interface OddRow {
  /** What the list is of, in our words. */
  list: string;
  /** Which row it is, and what is odd about it. */
  problem: string;
}

/** One page of a list; `next` undefined = that was the last one. */
export interface Page<T> {
  items: T[];
  next: string | undefined;
}

/** A time that may be missing; what is no time is as good as missing. */
export const timeOrNone = z.string().nullable().transform((value) =>
  value !== null && Number.isNaN(Date.parse(value)) ? null : value
).optional();

/** A time without which a row is of no use. */
export const time = z.string().refine((value) => !Number.isNaN(Date.parse(value)), 'is no time');

/** Rows left out of a list that was read, so that paging by offset goes on behind them. */
const leftOut = new WeakMap<object, number>();

/** Where rows that are left out are noted; set while an answer is read, which happens in one go. */
let noted: OddRow[] | undefined;

/** A list whose odd rows are left out. */
export function rowsOf<T>(list: string, row: z.ZodType<T>): z.ZodType<T[]> {
  return z.array(z.unknown()).transform((values) => {
    const rows: T[] = [];
    values.forEach((value, index) => {
      const parsed = row.safeParse(value);
      if (parsed.success) rows.push(parsed.data);
      else noted?.push({ list, problem: describe(value, index, parsed.error) });
    });
    if (rows.length < values.length) leftOut.set(rows, values.length - rows.length);
    return rows;
  });
}

/** How many rows the provider sent, with those that were left out. */
export function sentRows(rows: readonly unknown[]): number {
  return rows.length + (leftOut.get(rows) ?? 0);
}

/** Reads an answer and tells which rows were left out. */
export function recordOddRows<T>(read: () => T): { read: T; odd: OddRow[] } {
  const odd: OddRow[] = [];
  noted = odd;
  try {
    return { read: read(), odd };
  } finally {
    noted = undefined;
  }
}

/** What a person calls a row by; ids of the provider are none of these. */
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
