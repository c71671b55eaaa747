// How a row of a list ended, and why, in words.
import type { ImportOutcome, ImportRow } from '../../data/imports.ts';
import type { State } from '../../shared/columns.tsx';

const importStates: Record<ImportRow['status'], State> = {
  running: { label: 'Not finished', tone: 'brand' },
  completed: { label: 'Completed', tone: 'good' },
  cancelled: { label: 'Cancelled', tone: 'warm' },
  undoing: { label: 'Being undone', tone: 'brand' },
  undone: { label: 'Undone', tone: 'neutral' },
};

export const importState = (row: ImportRow): State =>
  row.is_interrupted ? { label: 'Interrupted', tone: 'warm' } : importStates[row.status];

export const outcomes: Record<ImportOutcome, State> = {
  imported: { label: 'Imported', tone: 'good' },
  updated: { label: 'Updated', tone: 'good' },
  duplicate_in_file: { label: 'Twice in the list', tone: 'neutral' },
  in_campaign: { label: 'Already in this campaign', tone: 'neutral' },
  in_other_campaign: { label: 'In another campaign of the client', tone: 'warm' },
  suppressed: { label: 'Must not be emailed', tone: 'bad' },
  no_address: { label: 'No address', tone: 'warm' },
  not_an_address: { label: 'Not an address', tone: 'warm' },
  unreadable: { label: 'Unreadable', tone: 'bad' },
};

export const flags: Record<string, string> = {
  role_address: 'Role address such as info@',
  not_verified: 'Not verified: kept, but not sent until it is',
  risky: 'Risky: kept, but not sent',
  undeliverable: 'Undeliverable: kept, but not sent',
  several_addresses: 'Several addresses: the first counts, the others are variables',
  in_other_campaign: 'Also in another campaign of the client',
  link_left_out: 'A link was left out, because it is none',
  rating_left_out: 'A rating was left out, because it is no number from 0 to 5',
  characters_replaced: 'Unreadable characters were replaced',
};

const reasons: Record<string, string> = {
  more_cells_than_columns: 'more cells than there are headings',
  cell_too_long: 'a cell has more than 20,000 characters',
  row_too_long: 'the row is too long',
  not_a_row: 'not a row',
  not_text: 'a cell is not text',
  exported: 'already exported',
  unchanged: 'nothing new',
  kept_as_it_is: 'kept as it is',
  unsubscribed: 'unsubscribed',
  bounced: 'bounced',
  spam_report: 'reported as spam',
  erased: 'erased on request',
  do_not_contact: 'asked not to be contacted',
};

/** What a person reads beside the outcome. */
export function reasonText(outcome: ImportOutcome, reason: string | null): string {
  if (reason === null) return '';
  if (outcome === 'duplicate_in_file') return `first in row ${reason}`;
  return outcome === 'in_other_campaign' ? reason : reasons[reason] ?? reason.replaceAll('_', ' ');
}
