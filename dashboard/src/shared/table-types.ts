import type { ReactNode } from 'react';
import type { CsvValue } from './csv.ts';

export interface Column<Row> {
  id: string;
  /** A label that people understand; also the CSV heading. */
  header: string;
  /** What is sorted by and written to the CSV. */
  value: (row: Row) => CsvValue;
  /** @default the value as it is */
  cell?: (row: Row) => ReactNode;
  /** Numbers stand to the right. @default 'left' */
  align?: 'left' | 'right';
  /** @default true */
  sortable?: boolean;
  /**
   * On a phone a row is a card. Its heading; half a line or a whole one with the label; a text of its own; a button below
   * everything; or left out. @default 'line'
   */
  onPhone?: 'title' | 'line' | 'wide' | 'text' | 'action' | 'hidden';
  /** False keeps a column of buttons out of the CSV. @default true */
  inCsv?: boolean;
}

export interface Sort {
  id: string;
  desc: boolean;
}
