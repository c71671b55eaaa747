import { firstAfter } from '../shared/state.ts';
import type { RouteContext } from './api.ts';

export interface PageRequest<Row> {
  /** @default `id` */
  keyOf?: (row: Row) => string;
  /** Key of a cursor and cursor of a row, where they are not the same. */
  cursor?: { read: (cursor: string) => string | undefined; of: (row: Row) => string };
  /** @default 'newest-first' */
  order?: 'oldest-first' | 'newest-first';
  accepts?: (row: Row) => boolean;
  show?: (row: Row) => unknown;
}

/** One page of rows that are kept sorted by a growing key: a binary search, then only as many rows as needed. */
export function pageOf<Row extends object>(
  { query, body }: RouteContext,
  rows: readonly Row[],
  { keyOf = (row) => String((row as { id?: string }).id), cursor, order, accepts, show }: PageRequest<Row>,
): { items: unknown[]; next_starting_after?: string } {
  const source = { ...body, ...query };
  const limit = typeof source.limit === 'number' ? source.limit : 10;
  const given = typeof source.starting_after === 'string' ? source.starting_after : undefined;
  const after = given !== undefined && cursor !== undefined ? cursor.read(given) : given;
  const forward = order === 'oldest-first';
  let index = forward ? 0 : rows.length - 1;
  if (after !== undefined) {
    const next = firstAfter(rows, after, keyOf);
    const known = rows[next - 1];
    const seen = known !== undefined && keyOf(known) === after;
    index = forward ? next : next - (seen ? 2 : 1);
  }
  const found: Row[] = [];
  for (; index >= 0 && index < rows.length; index += forward ? 1 : -1) {
    const row = rows[index];
    if (row === undefined || accepts?.(row) === false) continue;
    found.push(row);
    if (found.length === limit) break;
  }
  const last = found.at(-1);
  return {
    items: show === undefined ? found : found.map(show),
    // A full last page carries a cursor, too.
    ...(found.length === limit && last !== undefined && { next_starting_after: (cursor?.of ?? keyOf)(last) }),
  };
}
