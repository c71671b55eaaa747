import type { z } from 'zod';
import type { Page } from '../provider.ts';
import { sentRows } from '../rows.ts';
import type { InstantlyHttp } from './http.ts';
import { pageOf } from './schemas.ts';

/** The largest page. Without a limit Instantly returns 10 rows; above 100 it answers 400 or an empty list. */
export const pageSize = 100;

export interface ListPage<Row> {
  items: Row[];
  next_starting_after?: string | null | undefined;
}

/** Reads one page of a list. */
export async function readPage<T>(
  http: InstantlyHttp,
  path: string,
  item: z.ZodType<T>,
  cursor: string | undefined,
  query: Record<string, string | number | boolean | undefined> = {},
): Promise<ListPage<T>> {
  return await http.request({
    method: 'GET',
    path,
    query: { ...query, limit: pageSize, starting_after: cursor },
    answer: pageOf(item, path),
    repeatable: true,
  });
}

/** A full last page may still carry a cursor, so a list also ends at an empty page or an unchanged cursor. */
export function mapPage<Row, Item>(
  page: ListPage<Row>,
  cursor: string | undefined,
  read: (row: Row) => Item | undefined,
): Page<Item> {
  const next = page.next_starting_after ?? undefined;
  const items = page.items.map(read).filter((item): item is Item => item !== undefined);
  return { items, next: sentRows(page.items) === 0 || next === cursor ? undefined : next };
}

/** The day after, because a bare end date may mean its midnight; the caller drops the surplus. */
export function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
