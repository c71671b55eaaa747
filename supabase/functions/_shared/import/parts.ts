/** A list in parts that one call takes, always the same ones for the same text: a sender may continue at any of them. */
// @ts-types="npm:@types/papaparse@5.5.2"
import Papa from 'papaparse';
import { maxCellLength, maxChunkRows } from './limits.ts';
import { evenLines, type TableFormat } from './read-table.ts';

export interface Part {
  chunk: number;
  /** The number of its first row in the file, from 1 on. */
  first_row: number;
  rows: string[][];
}

/** Letters of a part, so that its bytes stay below what a call takes in any script. */
const maxPartLetters = 1_000_000;

export function* readParts(text: string, format: TableFormat): Generator<Part> {
  const lines = evenLines(text);
  let at = 0;
  let row = 0;
  let chunk = 0;
  const firstRow = format.header_row === null ? 0 : format.header_row + 1;
  while (at < lines.length) {
    // The rows that a part has at most; the fast mode would split all of the rest each time.
    const { data, meta } = Papa.parse<string[]>(lines.slice(at), {
      delimiter: format.delimiter,
      newline: '\n',
      preview: maxChunkRows,
      fastMode: false,
    });
    if (data.length === 0) return;
    at += meta.cursor;
    const skipped = Math.min(data.length, Math.max(0, firstRow - row));
    for (const part of bySize(data.slice(skipped))) {
      yield { chunk: chunk++, first_row: row + skipped + part.from + 1, rows: part.rows };
    }
    row += data.length;
  }
}

function* bySize(rows: string[][]): Generator<{ from: number; rows: string[][] }> {
  let from = 0;
  let letters = 0;
  for (let index = 0; index < rows.length; index++) {
    const size = fitted(rows, index);
    if (letters > 0 && letters + size > maxPartLetters) {
      yield { from, rows: rows.slice(from, index) };
      from = index;
      letters = 0;
    }
    letters += size;
  }
  if (from < rows.length) yield { from, rows: rows.slice(from) };
}

/** Cuts what is refused anyway for its length, so that the row still arrives; returns the letters of the row. */
function fitted(rows: string[][], index: number): number {
  const row = rows[index] ?? [];
  let letters = 0;
  row.forEach((cell, place) => {
    if (cell.length > maxCellLength) row[place] = cell.slice(0, maxCellLength + 1).toWellFormed();
    letters += (row[place] ?? '').length + 3;
  });
  if (letters > maxPartLetters) rows[index] = row.slice(0, 20);
  return Math.min(letters, maxPartLetters);
}
