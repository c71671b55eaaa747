import type { ReactNode } from 'react';
import { csvMoment, type CsvValue } from './csv.ts';
import { zoneName } from './moments.tsx';

export interface Column<Row> {
  id: string;
  /** A label that people understand; also the CSV heading. */
  header: string;
  /** What is sorted by and written to the CSV. */
  value: (row: Row) => CsvValue;
  /** @default the value as it is */
  cell?: (row: Row) => ReactNode;
  /** Numbers are aligned right. @default 'left' */
  align?: 'left' | 'right';
  /** @default true */
  sortable?: boolean;
  /**
   * On a phone a row is a card. Its heading; half a line or a whole one with the label; a text of its own; a button below
   * everything; or left out. @default 'line'
   */
  onPhone?: 'title' | 'line' | 'wide' | 'text' | 'action' | 'hidden';
  /** Left out where a laptop has no room for it. @default false */
  isExtra?: boolean;
  /** False keeps a column of buttons out of the CSV. @default true */
  inCsv?: boolean;
  /** False keeps a column out of the table: the CSV alone has it. @default true */
  inTable?: boolean;
}

export interface Sort {
  id: string;
  desc: boolean;
}

/** A column of moments, as the server names them. */
export const isMoment = ({ id }: { id: string }): boolean => id.endsWith('_at') || id === 'as_of';

/** The columns of the file, and one of its lines: moments to the second, in the zone of the page, which the heading names. */
export function csvLines<Row>(columns: readonly Column<Row>[], zone: string): {
  headings: string[];
  line: (row: Row) => CsvValue[];
} {
  const written = columns.filter((column) => column.inCsv !== false);
  return {
    headings: written.map((column) =>
      isMoment(column) ? `${column.header} (${zoneName(zone)})` : column.header
    ),
    line: (row) =>
      written.map((column) => {
        const value = column.value(row);
        return isMoment(column) && typeof value === 'string' ? csvMoment(value, zone) : value;
      }),
  };
}
