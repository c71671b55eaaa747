// What each kind of data is, in plain sentences, and the periods to choose from.
import type { RetentionSetting } from '../../../data/retention.ts';
import type { Choice } from '../../../ui/select.tsx';

interface KindText {
  title: string;
  /** What is removed, and what of it stays. */
  removes: string;
  stays: string;
  /** "4 deliveries" */
  one: string;
  many: string;
}

const texts: Record<string, KindText> = {
  deliveries: {
    title: 'Raw deliveries',
    removes: 'What the sending tool delivered, as it came.',
    stays:
      'The fact in it stays and is counted, and the same delivery is still recognised when it comes again.',
    one: 'delivery',
    many: 'deliveries',
  },
  messages: {
    title: 'Texts of emails',
    removes: 'The text of emails, sent and received; the search does not find it any more.',
    stays: 'Subject, sender, time, class and verdict stay, so no number changes.',
    one: 'text',
    many: 'texts',
  },
  audit: {
    title: 'Audit log',
    removes: 'Who did what in this workspace.',
    stays: 'Who paused or removed a connection stays for as long as it is paused.',
    one: 'entry',
    many: 'entries',
  },
  provider_calls: {
    title: 'Calls to the sending tools',
    removes: 'The log under Operations, Provider calls: path, answer and duration.',
    stays: '',
    one: 'call',
    many: 'calls',
  },
  outgoing: {
    title: 'Events sent out',
    removes: 'The log of events to endpoints, pushes to a CRM and notification emails.',
    stays: 'What arrived there stays there.',
    one: 'event',
    many: 'events',
  },
  placements: {
    title: 'Placement tests',
    removes: 'Where the test emails of each day landed.',
    stays: 'Younger days stay.',
    one: 'day of a mailbox',
    many: 'days of mailboxes',
  },
  recovered_facts: {
    title: 'Facts found after an outage',
    removes: 'The notes by which a late delivery is recognised as one that a sync had found already.',
    stays: 'The facts stay. A delivery that comes later than this would count a second time.',
    one: 'note',
    many: 'notes',
  },
  run_details: {
    title: 'Runs of scheduled work',
    removes: 'The database’s own log of scheduled work, about 29,000 rows a day.',
    stays: '',
    one: 'run',
    many: 'runs',
  },
  scheduled_calls: {
    title: 'Calls of functions',
    removes: 'Which function the schedule called, to notice one that fails.',
    stays: '',
    one: 'call',
    many: 'calls',
  },
};

/** A kind of a newer server shows its own name. */
export const textOf = (kind: string): KindText =>
  texts[kind] ?? { title: kind.replaceAll('_', ' '), removes: '', stays: '', one: 'row', many: 'rows' };

/** "90 days", "24 months", "for ever" */
export function periodText(days: number | null): string {
  if (days === null) return 'for ever';
  if (days >= 365 && days % 365 === 0) return days === 365 ? '12 months' : `${(days / 365) * 12} months`;
  return days === 1 ? '1 day' : `${days} days`;
}

const forEver = 'for ever';
const usual = [1, 3, 7, 14, 30, 60, 90, 180, 365, 730, 1095, 1825];

/** The usual periods that are long enough, the saved one among them. */
export function choicesOf({ keep_days, minimum_days, default_days }: RetentionSetting): Choice[] {
  const days = [...new Set([...usual, ...(keep_days === null ? [] : [keep_days])])]
    .filter((period) => period >= minimum_days).sort((one, other) => one - other);
  return [
    ...days.map((period) => ({
      value: String(period),
      label: period === default_days ? `${periodText(period)} (usual)` : periodText(period),
    })),
    { value: forEver, label: 'For ever' },
  ];
}

export const toChoice = (days: number | null): string => days === null ? forEver : String(days);
export const fromChoice = (choice: string): number | null => choice === forEver ? null : Number(choice);
