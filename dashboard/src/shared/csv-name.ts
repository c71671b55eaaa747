// What a downloaded file is called: whose it is, what it holds, and of which time.
import { createContext } from 'react';
import type { Period } from '../data/range.ts';

export interface CsvOwner {
  agency: string;
  /** The client whose numbers the page shows. */
  client: string;
}

export const allClients = 'all clients';

/** Set by the frame, and by a page whose numbers belong to one client. */
export const CsvOwnerContext = createContext<CsvOwner>({ agency: '', client: allClients });

/** "2026-10-01 to 2026-10-31", "all time" without one. */
export const periodName = (period: Period | null | undefined): string =>
  period ? `${period.from} to ${period.to}` : 'all time';

/** `<agency>-<client>-<what>-<period>.csv` */
export function csvFileName(owner: CsvOwner, what: string, period: string): string {
  return `${[owner.agency, owner.client, what, period].map(slug).filter(Boolean).join('-')}.csv`;
}

/** Letters of every script and digits; everything else, which some file systems refuse, becomes a dash. */
const slug = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '').slice(0, 60);
