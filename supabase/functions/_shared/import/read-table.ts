/** A list as rows of cells: how it is separated and where its headings are. Papa Parse does the reading. */
// @ts-types="npm:@types/papaparse@5.5.2"
import Papa from 'papaparse';
import { normalizeEmailAddress } from '../events/email-address.ts';
import { isEmailHeading } from './headings.ts';

export type Delimiter = ',' | ';' | '\t' | '|';
const delimiters: readonly Delimiter[] = [',', ';', '\t', '|'];

export interface TableFormat {
  delimiter: Delimiter;
  /** The row with the headings, from 0; null = the list has none. */
  header_row: number | null;
}

export interface TableStart extends TableFormat {
  /** The headings; "" for a column without one. */
  headers: string[];
  /** The first rows below the headings. */
  rows: string[][];
  problems: string[];
}

/** Enough to see how a list is separated, and to guess what its columns hold. */
const sampleRows = 200;
const sampleLetters = 1_000_000;

/** Every row of the text, blank ones too, so that their numbers are those of a spreadsheet. */
export function readRows(text: string, delimiter: Delimiter, preview = 0): string[][] {
  return Papa.parse<string[]>(evenLines(text), { delimiter, newline: '\n', preview }).data;
}

/** How many rows below the headings are not blank, as only those get an outcome; counted without keeping them. */
export function countRows(text: string, { delimiter, header_row }: TableFormat): number {
  const above = header_row ?? -1;
  let place = -1;
  let rows = 0;
  Papa.parse<string[]>(evenLines(text), {
    delimiter,
    newline: '\n',
    step: ({ data }) => {
      place++;
      if (place > above && !isBlank(data)) rows++;
    },
  });
  return rows;
}

/** With one kind of line ends: a file that was put together from several has more, and rows would be joined. */
export function evenLines(text: string): string {
  const lines = withoutHint(text);
  return lines.includes('\r') ? lines.replace(/\r\n?/g, '\n') : lines;
}

/** Excel's first line "sep=;" says the delimiter and is no row. */
function withoutHint(text: string): string {
  const start = text.startsWith('\ufeff') ? text.slice(1) : text;
  return start.replace(/^"?sep=[,;|\t]"?\r?\n/i, '');
}

export function isBlank(row: readonly unknown[]): boolean {
  return row.every((cell) =>
    typeof cell === 'string' ? cell.trim() === '' : cell === null || cell === undefined
  );
}

/** Reads the beginning of a list; `text` may be all of it. */
export function readStart(text: string, headings: boolean | 'guess' = 'guess'): TableStart {
  const delimiter = findDelimiter(text);
  const parsed = Papa.parse<string[]>(evenLines(text.slice(0, sampleLetters)), {
    delimiter,
    newline: '\n',
    preview: sampleRows,
  });
  const rows = parsed.data;
  const headerRow = headings === 'guess' ? findHeaderRow(rows) : headings ? firstFilled(rows) : null;
  const below = rows.slice(headerRow === null ? 0 : headerRow + 1).filter((row) => !isBlank(row));
  const width = (some: string[][]) => Math.max(0, ...some.map((row) => row.length));
  const named = headerRow === null ? [] : rows[headerRow] ?? [];
  // A list without headings is as wide as its rows; with headings, cells beyond them are an error of the row.
  const columns = headerRow === null ? width(below) : trimmedWidth(named, below);
  const problems = parsed.errors.some((error) => error.code === 'MissingQuotes')
    ? ['A quotation mark is opened and never closed, so rows after it may be read as one cell']
    : [];
  return {
    delimiter,
    header_row: headerRow,
    headers: Array.from({ length: columns }, (_, index) => (named[index] ?? '').replace(/\s+/g, ' ').trim()),
    rows: below,
    problems,
  };
}

/** Headings that end in blanks and have nothing below are no columns. */
function trimmedWidth(headers: readonly string[], rows: readonly string[][]): number {
  let width = headers.length;
  while (width > 0 && headers[width - 1]?.trim() === '' && rows.every((row) => !row[width - 1]?.trim())) {
    width--;
  }
  return width;
}

/** The delimiter that makes the most columns of which most rows have the same number. */
function findDelimiter(text: string): Delimiter {
  const start = text.startsWith('\ufeff') ? text.slice(1) : text;
  const hint = /^"?sep=([,;|\t])"?\r?\n/i.exec(start)?.[1];
  if (hint !== undefined) return hint as Delimiter;
  const sample = text.slice(0, sampleLetters / 4);
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const rows = readRows(sample, delimiter, 60).filter((row) => !isBlank(row));
    const counts = new Map<number, number>();
    for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
    const [usual, times] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0];
    const score = usual <= 1 ? 0 : (usual - 1) * (times / rows.length) ** 2;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function firstFilled(rows: readonly string[][]): number | null {
  const found = rows.findIndex((row) => !isBlank(row));
  return found < 0 ? null : found;
}

/** There may be titles and notes above the headings; a row with an address is no heading. */
function findHeaderRow(rows: readonly string[][]): number | null {
  const holdsAddress = (row: readonly string[]) =>
    row.some((cell) => cell.includes('@') && normalizeEmailAddress(cell) !== null);
  const first = firstFilled(rows);
  if (first === null) return null;
  for (let index = first; index < Math.min(rows.length, first + 15); index++) {
    const row = rows[index] ?? [];
    // Prose above the headings may name an address; a row of data has more than one cell.
    if (holdsAddress(row) && row.filter((cell) => cell.trim() !== '').length > 1) break;
    if (row.some(isEmailHeading)) return index;
  }
  const row = rows[first] ?? [];
  if (holdsAddress(row)) return null;
  // A title alone in its row is above the headings.
  const usual = Math.max(
    ...rows.slice(first, first + 20).map((one) => one.filter((cell) => cell.trim()).length),
  );
  const wide = rows.findIndex((one, index) =>
    index >= first && one.filter((cell) => cell.trim()).length >= Math.max(1, Math.ceil(usual / 2))
  );
  return wide < 0 || holdsAddress(rows[wide] ?? []) ? null : wide;
}
