// Lists that the server sorts and cuts: a page costs the same however long the list is.

/** Rows of a page. */
export const listPageSize = 100;

/** PostgREST gives at most so many rows at once. */
export const longestAnswer = 1_000;

export interface Order {
  id: string;
  desc: boolean;
}

export interface PageWish {
  /** First and last row, both included, from 0. */
  from: number;
  to: number;
  sort: Order;
  /** The last row of the answer before: what is wanted stands below it. */
  after?: object | undefined;
}

interface Sortable {
  order(column: string, options?: { ascending?: boolean; nullsFirst?: boolean }): this;
  range(from: number, to: number): this;
  or(filters: string): this;
}

/** Sorts and cuts a request; `ties` decide between equal rows, so that none is seen twice or never. */
export function cut<Request extends Sortable>(request: Request, wish: PageWish, ...ties: string[]): Request {
  const order = [wish.sort, ...ties.filter((tie) => tie !== wish.sort.id).map((id) => ({ id, desc: false }))];
  const sorted = order.reduce(
    (some, { id, desc }) => some.order(id, { ascending: !desc, nullsFirst: false }),
    wish.after ? request.or(below(wish.after, order)) : request,
  );
  return sorted.range(wish.from, wish.to);
}

/** The rows below one, by the columns that they are ordered by; nothing stands last, as the order says. */
export function below(row: object, order: readonly Order[]): string {
  const value = (id: string): unknown => (row as Record<string, unknown>)[id];
  return order.flatMap(({ id, desc }, index) => {
    // Below nothing there is nothing more in this column.
    if (isNothing(value(id))) return [];
    const equal = order.slice(0, index).map((before) =>
      isNothing(value(before.id)) ? `${before.id}.is.null` : `${before.id}.eq.${quoted(value(before.id))}`
    );
    const further = [`${id}.${desc ? 'lt' : 'gt'}.${quoted(value(id))}`, `${id}.is.null`];
    return further.map((last) => equal.length === 0 ? last : `and(${[...equal, last].join(',')})`);
  }).join(',');
}

const isNothing = (value: unknown): boolean => value === null || value === undefined;

const quoted = (value: unknown): string => `"${String(value).replaceAll(/[\\"]/g, String.raw`\$&`)}"`;

/** Text that somebody looks for, as a pattern that means exactly that text, anywhere. */
export const anywhere = (text: string): string => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

/**
 * A whole list, answer by answer, each below the last row of the one before: rows that come meanwhile move nothing, so
 * none is given twice and none is left out.
 */
export async function* readWhole<Row extends object>(
  readPage: (wish: PageWish) => Promise<Row[]>,
  sort: Order,
): AsyncGenerator<Row[]> {
  let after: Row | undefined;
  for (;;) {
    const rows: Row[] = await readPage({ from: 0, to: longestAnswer - 1, sort, after });
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1);
  }
}

/** A list that a page holds whole, however long it is; another question is asked only where an answer was full. */
export async function readList<Row extends object>(
  readPage: (wish: PageWish) => Promise<Row[]>,
  sort: Order,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const some = await readPage({ from: 0, to: longestAnswer - 1, sort, after: rows.at(-1) });
    rows.push(...some);
    if (some.length < longestAnswer) return rows;
  }
}

/** All of it at once, for a list that is known to be short. */
export async function collect<Row>(pieces: AsyncIterable<readonly Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const some of pieces) rows.push(...some);
  return rows;
}
