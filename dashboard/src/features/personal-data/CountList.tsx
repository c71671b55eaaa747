import { formatCount } from '../../shared/format.ts';

// What the rows of a table are, in words; the others are counted together.
const names: Record<string, string> = {
  synced_leads: 'leads in campaigns',
  businesses: 'businesses',
  messages: 'messages',
  message_contents: 'contents of messages',
  message_search: 'search entries',
  email_events: 'events',
  webhook_events: 'raw deliveries',
  answers: 'answers',
  answer_drafts: 'drafts',
  thread_notes: 'notes',
  import_rows: 'rows of imports',
  export_receipts: 'export receipts',
  outgoing_events: 'outgoing events',
  crm_pushes: 'pushes to the CRM',
  crm_records: 'records of the CRM',
  meetings: 'meetings',
  suppressions: 'suppressions',
  client_reports: 'reports to clients',
  client_report_leads: 'replies in reports to clients',
  untracked_replies: 'replies outside campaigns',
};

/** Counts by what they are of, the largest first, the rest as one. */
function namedCounts(counts: Record<string, number>): [name: string, count: number][] {
  const entries = Object.entries(counts).filter(([, count]) => count > 0);
  const known = entries.filter(([table]) => table in names).sort(([, one], [, other]) => other - one);
  const rest = entries.filter(([table]) => !(table in names)).reduce((sum, [, count]) => sum + count, 0);
  return [
    ...known.map(([table, count]): [string, number] => [names[table] ?? table, count]),
    ...(rest > 0 ? [['other records', rest] as [string, number]] : []),
  ];
}

/** Rows by table, in two columns where there is room. */
export function CountList({ label, counts }: { label: string; counts: Record<string, number> }) {
  return (
    <ul aria-label={label} className='grid gap-x-6 gap-y-1 text-sm sm:grid-cols-2'>
      {namedCounts(counts).map(([name, count]) => (
        <li key={name} className='flex justify-between gap-3 border-t border-line pt-1'>
          <span className='text-ink-soft'>{name}</span>
          <span className='font-medium'>{formatCount(count)}</span>
        </li>
      ))}
    </ul>
  );
}
