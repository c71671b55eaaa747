import type { Listing, recordKinds, Verdict } from '../../data/sending-domains.ts';
import type { State } from '../../shared/columns.tsx';

export const kindNames: Record<typeof recordKinds[number], string> = {
  spf: 'SPF',
  dkim: 'DKIM',
  dmarc: 'DMARC',
  mx: 'MX',
};

/** What each record is for, for people who have not met it. */
export const kindPurposes: Record<typeof recordKinds[number], string> = {
  spf: 'Who may send for the domain',
  dkim: 'The key of the signature in each email',
  dmarc: 'What receivers do with forged emails',
  mx: 'Where replies arrive',
};

export const verdicts: Record<Verdict | 'unchecked', State> = {
  good: { label: 'Good', tone: 'good' },
  warning: { label: 'Improve', tone: 'warm' },
  bad: { label: 'Repair', tone: 'bad' },
  unknown: { label: 'Not found', tone: 'neutral' },
  unchecked: { label: 'Not checked', tone: 'neutral' },
};

/** "Spamhaus DBL, SURBL", each once however many addresses it has. */
export const blacklistsText = (listings: readonly Listing[]): string =>
  [...new Set(listings.map(({ blacklist }) => blacklist))].join(', ');
