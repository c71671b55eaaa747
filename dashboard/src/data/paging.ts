// Lists that the server sorts and cuts: a page costs the same however long the list is.

/** Rows of a page. */
export const listPageSize = 100;

/** PostgREST returns no more rows than this at once. */
export const maxRows = 1_000;

export interface Order {
  id: string;
  desc: boolean;
}

export interface PageRequest {
  /** First and last row, both included, from 0. */
  from: number;
  to: number;
  sort: Order;
  /** The last row of the page before: the cursor. */
  after?: object | undefined;
}

interface Sortable {
  order(column: string, options?: { ascending?: boolean; nullsFirst?: boolean }): this;
  range(from: number, to: number): this;
  or(filters: string): this;
}

/** Sorts and cuts a request; `ties` decide between equal rows, so that none is seen twice or never. */
export function cut<Request extends Sortable>(
  request: Request,
  page: PageRequest,
  ...ties: string[]
): Request {
  const order = [page.sort, ...ties.filter((tie) => tie !== page.sort.id).map((id) => ({ id, desc: false }))];
  const sorted = order.reduce(
    (some, { id, desc }) => some.order(id, { ascending: !desc, nullsFirst: false }),
    page.after ? request.or(below(page.after, order)) : request,
  );
  return sorted.range(page.from, page.to);
}

/** The rows below one, by the columns that they are ordered by; nulls come last, as the order says. */
export function below(row: object, order: readonly Order[]): string {
  const value = (id: string): unknown => (row as Record<string, unknown>)[id];
  return order.flatMap(({ id, desc }, index) => {
    // Nothing comes after a null in this column.
    if (isNull(value(id))) return [];
    const equal = order.slice(0, index).map((before) =>
      isNull(value(before.id)) ? `${before.id}.is.null` : `${before.id}.eq.${quoted(value(before.id))}`
    );
    const further = [`${id}.${desc ? 'lt' : 'gt'}.${quoted(value(id))}`, `${id}.is.null`];
    return further.map((last) => equal.length === 0 ? last : `and(${[...equal, last].join(',')})`);
  }).join(',');
}

const isNull = (value: unknown): boolean => value === null || value === undefined;

const quoted = (value: unknown): string => `"${String(value).replaceAll(/[\\"]/g, String.raw`\$&`)}"`;

/** Text that somebody looks for, as a `like` pattern that means exactly that text, anywhere. */
export const anywhere = (text: string): string => `%${text.replaceAll(/[\\%_*]/g, String.raw`\$&`)}%`;

interface Filterable {
  eq(column: string, value: string): this;
}

/** Keeps the rows that have these values; an undefined one is no condition. */
export function where<Request extends Filterable>(
  request: Request,
  values: Record<string, string | undefined>,
): Request {
  return Object.entries(values).reduce(
    (some, [column, value]) => value ? some.eq(column, value) : some,
    request,
  );
}

/** A cursor: where a page of a list by time ends. As fast on the last page as on the first. */
export interface Position {
  occurred_at: string;
  id: string | number;
}

export interface Page<Row> {
  rows: Row[];
  hasMore: boolean;
}

/** The page of `size` rows, where one row more was read than is shown: it tells whether there is a next page. */
export const toPage = <Row>(rows: readonly Row[], size: number): Page<Row> => ({
  rows: rows.slice(0, size),
  hasMore: rows.length > size,
});

/** Answer by answer until one is empty, each below the last row of the one before. */
export async function* readBelow<Row>(
  read: (last: Row | undefined) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  let last: Row | undefined;
  for (;;) {
    const rows = await read(last);
    if (rows.length === 0) return;
    yield rows;
    last = rows.at(-1);
  }
}

/**
 * A whole list, answer by answer, each below the last row of the one before: rows that arrive meanwhile move nothing, so
 * none is returned twice and none is left out.
 */
export const readWhole = <Row extends object>(
  readPage: (page: PageRequest) => Promise<Row[]>,
  sort: Order,
): AsyncGenerator<Row[]> => readBelow<Row>((after) => readPage({ from: 0, to: maxRows - 1, sort, after }));

/** A list that a page holds whole, however long it is; it asks again only where an answer was full. */
export async function readList<Row extends object>(
  readPage: (page: PageRequest) => Promise<Row[]>,
  sort: Order,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const some = await readPage({ from: 0, to: maxRows - 1, sort, after: rows.at(-1) });
    rows.push(...some);
    if (some.length < maxRows) return rows;
  }
}

/** All of it at once, for a list that is known to be short. */
export async function collect<Row>(pieces: AsyncIterable<readonly Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const some of pieces) rows.push(...some);
  return rows;
}
