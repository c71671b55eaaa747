// Tables as files for a spreadsheet, harmless there: a cell that would start a formula is made text.
import { withOffset } from './wall-clock.ts';

export type CsvValue = string | number | boolean | null | undefined;

/** What spreadsheets take for the start of a formula, after blanks as well, and in their full-width forms. */
const formulaStart = /^[\s\u00a0\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]|^[\t\r\n]/;

export function csvCell(value: CsvValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = formulaStart.test(value) ? `'${value}` : value;
  return /[",\r\n;]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const line = (cells: readonly CsvValue[]): string => `${cells.map(csvCell).join(',')}\r\n`;

export function toCsv(headings: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return [headings, ...rows].map(line).join('');
}

/** A moment to the second, by the clock of the zone and with its offset. */
export function csvMoment(moment: string | null | undefined, zone: string): string | null {
  return moment && !Number.isNaN(Date.parse(moment)) ? withOffset(moment, zone) : null;
}

/** Rows that come in pieces, as the server gives them; each piece is written and let go. */
export type CsvRows = AsyncIterable<readonly (readonly CsvValue[])[]>;

export async function writeCsv(
  headings: readonly string[],
  pieces: CsvRows,
  onProgress: (rows: number) => void = () => undefined,
): Promise<Blob> {
  // The mark tells Excel that this is UTF-8.
  const parts: Blob[] = [new Blob(['\ufeff', line(headings)])];
  let written = 0;
  for await (const rows of pieces) {
    parts.push(new Blob([rows.map(line).join('')]));
    written += rows.length;
    onProgress(written);
  }
  return new Blob(parts, { type: 'text/csv;charset=utf-8' });
}

export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
