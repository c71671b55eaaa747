/** The largest page that the live service accepts; its documentation says 1,000 for some lists, which it refuses. */
export const pageSize = 100;

/** The cursor of the next page is its offset; undefined after a page that is not full. */
export function nextOffset(cursor: string | undefined, rows: number, size = pageSize): string | undefined {
  return rows < size ? undefined : String(Number(cursor ?? '0') + rows);
}
