// What the page and the worker that reads a list say to each other.
import type { Encoding } from '../../../../supabase/functions/_shared/import/encoding.ts';
import type { TableFormat, TableStart } from '../../../../supabase/functions/_shared/import/read-table.ts';

/** What a list is, from its beginning. */
export interface OpenedList extends TableStart {
  encoding: Encoding;
  /** Letters that could not be read. */
  lost: number;
  /** SHA-256 of the bytes, by which the list is recognised. */
  checksum: string;
  /** Rows below the headings that are not blank. */
  count: number;
}

export type Question =
  | { kind: 'open'; content: Blob; headings: boolean | 'guess' }
  /** The parts from one on are asked for one by one. */
  | { kind: 'start'; importId: string; format: TableFormat; from: number }
  | { kind: 'next' };

export type Answer =
  | { kind: 'opened'; list: OpenedList }
  | { kind: 'started' }
  /** The call that adds the part, as it is sent; undefined at the end. `parts` is how many there were. */
  | { kind: 'part'; body: ArrayBuffer | undefined; parts: number }
  | { kind: 'failed'; message: string };
