/** The largest page that the live service takes; its own pages say 1,000 for some lists, and it refuses that. */
export const pageSize = 100;

/** The cursor of the next page is its offset; a page that is not full was the last one. */
export function nextOffset(cursor: string | undefined, rows: number, size = pageSize): string | undefined {
  return rows < size ? undefined : String(Number(cursor ?? '0') + rows);
}
