import { firstAfter } from './lead-book.ts';
import type { RouteContext } from './router.ts';

export interface Page {
  items: unknown[];
  next_starting_after?: string;
}

export interface PageRequest<Row> {
  limit: number;
  /** Key of the last row already seen; undefined for the first page. */
  after: string | undefined;
  keyOf: (row: Row) => string;
  /** Cursor handed out; the key itself when missing. */
  cursorOf?: (row: Row) => string;
  order: 'oldest-first' | 'newest-first';
  accepts?: (row: Row) => boolean;
  show: (row: Row) => unknown;
}

/** One page of rows that are kept sorted by a growing key: a binary search, then only as many rows as needed. */
export function pageOf<Row>(context: RouteContext, rows: readonly Row[], request: PageRequest<Row>): Page {
  const { limit, after, keyOf, order, accepts } = request;
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
    if (found.length > limit || (found.length === limit && context.behaviour.cursorOnFullLastPage)) break;
  }
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const more = found.length > limit || (context.behaviour.cursorOnFullLastPage && shown.length === limit);
  return {
    items: shown.map(request.show),
    ...(more && last !== undefined && { next_starting_after: (request.cursorOf ?? keyOf)(last) }),
  };
}

export const limitOf = (source: unknown): number => {
  const limit = typeof source === 'object' && source !== null && 'limit' in source ? source.limit : undefined;
  return typeof limit === 'number' ? limit : 10;
};

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
