/** One row of a list as the database judges it: the address, the fields, the variables. A cell is data and never run. */
import { normalizeEmailAddress } from '../events/email-address.ts';
import { cleanText } from '../platform/odd-characters.ts';
import { splitName } from '../platform/person-name.ts';
import { httpLink } from '../providers/smartlead/lead-mapping.ts';
import { maxCellLength } from './limits.ts';
import type { ColumnMapping, Deliverability } from './targets.ts';
import { readVerdict } from './verifier-words.ts';

/** A row as worker.add_import_rows takes it. */
export interface MappedRow {
  n: number;
  email: string;
  fields: Record<string, string | number>;
  variables: Record<string, string>;
  flags: string[];
  problem?: string;
  cells: string[];
}

const maxRowLength = 200_000;

/** Where the verdict on addresses comes from: a column, or a person who declared it for the whole list. */
export type Verification = 'column' | 'declared_verified' | 'declared_unverified';

export function mapRow(
  row: unknown,
  rowNumber: number,
  columns: readonly ColumnMapping[],
  verification: Verification,
): MappedRow {
  const { cells, problem, isReplaced } = readCells(row, columns);
  const mapped: MappedRow = { n: rowNumber, email: '', fields: {}, variables: {}, flags: [], cells };
  if (isReplaced) mapped.flags.push('characters_replaced');
  if (problem !== undefined) return { ...mapped, problem };

  const at = (target: ColumnMapping['target']) =>
    unwrapped(cells[columns.findIndex((column) => column.target === target)] ?? '');
  const address = readAddresses(cells.filter((_, index) => columns[index]?.target === 'email'));
  mapped.email = address.email;
  columns.forEach((column, index) => {
    const cell = unwrapped(cells[index] ?? '');
    if (column.target === 'variable' && column.variable && cell !== '') {
      mapped.variables[column.variable] = cell;
    }
  });
  address.others.forEach((other, index) => {
    mapped.variables[freeName(`email_${index + 2}`, mapped.variables)] = other;
  });
  if (address.others.length > 0) mapped.flags.push('several_addresses');

  for (const name of textFields) {
    const cell = at(name);
    if (cell !== '') mapped.fields[name] = cell;
  }
  for (const name of ['website', 'linkedin_url', 'facebook_url'] as const) {
    const cell = at(name);
    const link = httpLink(cell);
    if (link !== null) mapped.fields[name] = link;
    else if (cell !== '') mapped.flags.push('link_left_out');
  }
  addName(mapped.fields, at('full_name'));
  addRating(mapped, at('rating'));
  const verdict = readDeliverability(verification, at('email_deliverability'), address.isFirst);
  if (verdict !== 'unverified') mapped.fields['email_deliverability'] = verdict;
  mapped.flags = [...new Set(mapped.flags)];
  return mapped;
}

const textFields = [
  ...[
    'first_name',
    'last_name',
    'job_title',
    'name',
    'phone',
    'category',
    'icebreaker',
    'subject_line',
  ] as const,
  ...['address', 'city', 'state', 'zip', 'email_source'] as const,
];

interface Cells {
  cells: string[];
  problem?: string | undefined;
  isReplaced: boolean;
}

/** The cells as text, each in its column; a row that is no list of cells, or has more cells than there are columns, costs itself only. */
function readCells(row: unknown, columns: readonly ColumnMapping[]): Cells {
  const given = Array.isArray(row) ? row as unknown[] : byHeading(row, columns);
  if (given === undefined) return { cells: [], problem: 'not_a_row', isReplaced: false };
  let isReplaced = false;
  let problem: string | undefined;
  let length = 0;
  const cells = given.map((value) => {
    const text = asCell(value);
    if (text === undefined) {
      problem ??= 'not_text';
      return '';
    }
    const stored = cleanText(text);
    // In the file, or at the door: the row says so either way.
    if (stored.includes('\uFFFD')) isReplaced = true;
    if (stored.length > maxCellLength) problem ??= 'cell_too_long';
    length += stored.length;
    return stored.slice(0, maxCellLength).toWellFormed();
  });
  if (length > maxRowLength) {
    return {
      cells: cells.map((cell) => cell.slice(0, 200).toWellFormed()),
      problem: 'row_too_long',
      isReplaced,
    };
  }
  // More cells than headings: a delimiter inside a cell moved the rest to the right.
  if (cells.slice(columns.length).some((cell) => cell.trim() !== '')) problem ??= 'more_cells_than_columns';
  return { cells, isReplaced, problem };
}

function byHeading(row: unknown, columns: readonly ColumnMapping[]): unknown[] | undefined {
  if (typeof row !== 'object' || row === null) return undefined;
  return columns.map(({ header }) =>
    Object.hasOwn(row, header) ? (row as Record<string, unknown>)[header] : ''
  );
}

function asCell(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** Without what spreadsheets need to keep a cell a text: '+31…, ="0031…"; our own CSV files have the first. */
function unwrapped(cell: string): string {
  const text = cell.trim();
  const quoted = /^="([^"]*)"$/.exec(text)?.[1];
  if (quoted !== undefined) return quoted.trim();
  return /^'[=+\-@\uff1d\uff0b\uff0d\uff20|%]/.test(text) ? text.slice(1) : text;
}

interface Addresses {
  email: string;
  others: string[];
  /** Whether it comes from the first column of addresses, which a verifier's column is about. */
  isFirst: boolean;
}

/** The first usable address of all cells, in the form in which addresses are compared; else the first filled cell. */
function readAddresses(cells: readonly string[]): Addresses {
  const found: { email: string; column: number }[] = [];
  cells.forEach((cell, column) => {
    for (const email of addressesOf(unwrapped(cell))) {
      if (!found.some((one) => one.email === email)) found.push({ email, column });
    }
  });
  const [first, ...others] = found;
  if (first === undefined) {
    return { email: cells.map(unwrapped).find((cell) => cell !== '') ?? '', others: [], isFirst: true };
  }
  return { email: first.email, others: others.map(({ email }) => email), isFirst: first.column === 0 };
}

function addressesOf(cell: string): string[] {
  const whole = normalizeEmailAddress(cell);
  if (whole !== null) return [whole];
  if (cell.length > 2_000) return [];
  return cell.split(/[\s,;|/]/).flatMap((part) => {
    const email = normalizeEmailAddress(part);
    return email === null ? [] : [email];
  });
}

function freeName(name: string, taken: Record<string, string>): string {
  return Object.hasOwn(taken, name) ? freeName(`${name}_2`, taken) : name;
}

/** "Blum, Anna" and "Anna Blum"; a list's own first and last names count more. */
function addName(fields: MappedRow['fields'], fullName: string): void {
  const parts = fullName.split(',');
  const [last = '', first = ''] = parts.map((part) => part.trim());
  const name = parts.length === 2 && first !== '' && last !== ''
    ? { first: splitName(first).first, last }
    : splitName(fullName);
  if (name.first !== null) fields['first_name'] ??= name.first;
  if (name.last !== null) fields['last_name'] ??= name.last;
}

function addRating(mapped: MappedRow, cell: string): void {
  if (cell === '') return;
  const rating = Number(cell.replace(',', '.'));
  if (rating >= 0 && rating <= 5) {
    mapped.fields['rating'] = Math.round(rating * 100) / 100;
  } else mapped.flags.push('rating_left_out');
}

function readDeliverability(verification: Verification, cell: string, isFirst: boolean): Deliverability {
  if (verification === 'declared_verified') return 'deliverable';
  if (verification === 'declared_unverified' || !isFirst || cell === '') return 'unverified';
  return readVerdict(cell) ?? 'unknown';
}
