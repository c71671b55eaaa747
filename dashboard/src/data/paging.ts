// Lists that the server sorts and cuts: a page costs the same however long the list is.

/** Rows of a page. */
export const listPageSize = 100;

/** At most so many rows go into one file. */
export const longestCsv = 10_000;

/** PostgREST gives at most so many rows at once. */
export const longestAnswer = 1_000;

export interface PageWish {
  /** First and last row, both included, from 0. */
  from: number;
  to: number;
  sort: { id: string; desc: boolean };
}

interface Sortable {
  order(column: string, options?: { ascending?: boolean; nullsFirst?: boolean }): this;
  range(from: number, to: number): this;
}

/** Sorts and cuts a request; `tie` decides between equal rows, so that none is seen twice or never. */
export function cut<Request extends Sortable>(request: Request, wish: PageWish, tie: string): Request {
  return request
    .order(wish.sort.id, { ascending: !wish.sort.desc, nullsFirst: false })
    .order(tie)
    .range(wish.from, wish.to);
}

/** Text that somebody looks for, as a pattern that means exactly that text, anywhere. */
export const anywhere = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

/** The rows of a whole list, answer by answer, as many as a file takes. */
export async function readAll<Row>(
  readPage: (from: number, to: number) => Promise<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  while (rows.length < longestCsv) {
    const answer = await readPage(rows.length, rows.length + longestAnswer - 1);
    rows.push(...answer);
    if (answer.length < longestAnswer) break;
  }
  return rows;
}
