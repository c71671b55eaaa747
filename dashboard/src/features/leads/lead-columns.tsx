import { Link } from '@tanstack/react-router';
import { type LeadRow, leadStates, variableValue, verifications } from '../../data/leads.ts';
import { suppressionReasons } from '../../data/suppressions.ts';
import { CampaignLink, momentColumn, stateColumn } from '../../shared/columns.tsx';
import { nothing } from '../../shared/format.ts';
import { SentimentBadge, sentimentLabels } from '../../shared/person/labels.tsx';
import type { Column } from '../../shared/table-types.ts';
import { Badge } from '../../ui/badge.tsx';
import { variableOf } from './column-choice.ts';

const nameOf = (row: LeadRow): string => [row.first_name, row.last_name].filter(Boolean).join(' ');

/** The person, with a link to the page that has everything about it; without a usable address there is none. */
function Person({ row }: { row: LeadRow }) {
  const name = nameOf(row);
  const address = row.email ?? row.email_as_written ?? 'No address';
  const second = [name ? address : null, row.company_name].filter(Boolean).join(' · ');
  return (
    <span className='grid'>
      {row.email
        ? (
          <Link
            to='/leads/$clientId/$email'
            params={{ clientId: row.client_id, email: row.email }}
            className='font-medium break-all underline-offset-4 hover:underline'
          >
            {name || address}
          </Link>
        )
        : <span className='font-medium break-all'>{name || address}</span>}
      {second && <span className='text-xs break-all text-ink-soft'>{second}</span>}
    </span>
  );
}

/** The person is always there: in the list one cell, in the file its parts. */
const personColumns: Column<LeadRow>[] = [
  {
    id: 'email',
    header: 'Address',
    sortable: false,
    value: (row) => row.email ?? row.email_as_written,
    onPhone: 'title',
    cell: (row) => <Person row={row} />,
  },
  { id: 'first_name', header: 'First name', value: (row) => row.first_name, inTable: false },
  { id: 'last_name', header: 'Last name', value: (row) => row.last_name, inTable: false },
  { id: 'company_name', header: 'Company', value: (row) => row.company_name, inTable: false },
];

/** Text that somebody wrote, with the line to itself that it may need. */
const textColumn = (
  id: keyof LeadRow & string,
  header: string,
  value: (row: LeadRow) => string | null,
): Column<LeadRow> => ({
  id,
  header,
  value,
  sortable: false,
  onPhone: 'wide',
  cell: (row) => <Written text={value(row)} />,
});

const Written = ({ text }: { text: string | null }) =>
  text ? <span dir='auto' className='wrap-anywhere'>{text}</span> : nothing;

const countColumn = (
  id: 'sent_count' | 'open_count' | 'click_count' | 'reply_count',
  header: string,
): Column<LeadRow> => ({
  id,
  header,
  value: (row) => row[id],
  align: 'right',
});

/** The fields that can be chosen, in the order of the menu. */
export const choosableColumns: Column<LeadRow>[] = [
  {
    id: 'campaign_name',
    header: 'Campaign',
    sortable: false,
    value: (row) => row.campaign_name,
    onPhone: 'wide',
    cell: (row) => <CampaignLink id={row.campaign_id} className=''>{row.campaign_name}</CampaignLink>,
  },
  stateColumn('state', 'State', (row) => leadStates[row.state as keyof typeof leadStates], {
    sortable: false,
  }),
  {
    id: 'verification',
    header: 'Verification',
    sortable: false,
    value: (row) => row.verification && verifications[row.verification].label,
    onPhone: 'wide',
    cell: (row) =>
      row.verification
        ? (
          <span className='flex flex-wrap gap-1'>
            <Badge tone={verifications[row.verification].tone}>{verifications[row.verification].label}</Badge>
            {row.is_role_address && <Badge tone='neutral'>Role address</Badge>}
          </span>
        )
        : nothing,
  },
  {
    id: 'suppressed_reason',
    header: 'Suppressed',
    value: (row) => row.suppressed_reason && suppressionReasons[row.suppressed_reason],
    sortable: false,
    cell: (row) =>
      row.suppressed_reason
        ? <Badge tone='warm'>{suppressionReasons[row.suppressed_reason]}</Badge>
        : nothing,
  },
  countColumn('reply_count', 'Replies'),
  momentColumn('created_at', 'Added'),
  textColumn('job_title', 'Job title', (row) => row.job_title),
  textColumn('phone', 'Phone', (row) => row.phone),
  textColumn('website', 'Website', (row) => row.website),
  textColumn('city', 'City', (row) => row.city),
  countColumn('sent_count', 'Sent'),
  countColumn('open_count', 'Opens'),
  countColumn('click_count', 'Clicks'),
  {
    id: 'interest_status',
    header: 'Interest',
    sortable: false,
    value: (row) => row.interest_status && sentimentLabels[row.interest_status],
    cell: (row) => row.interest_status ? <SentimentBadge sentiment={row.interest_status} /> : nothing,
  },
  momentColumn('last_event_at', 'Last activity'),
];

/** Those that the list begins with; on a phone the last two are on the lead's own page. */
export const firstColumns: readonly string[] = [
  'campaign_name',
  'state',
  'verification',
  'suppressed_reason',
  'reply_count',
  'created_at',
];
const notOnPhone = ['reply_count', 'created_at'];

/** The person and the chosen columns: fields in the order of the menu, then the variables. */
export function leadColumns(choice: readonly string[] | undefined): Column<LeadRow>[] {
  if (choice === undefined) {
    return [
      ...personColumns,
      ...choosableColumns.filter(({ id }) => firstColumns.includes(id)).map((column) =>
        notOnPhone.includes(column.id) ? { ...column, onPhone: 'hidden' as const } : column
      ),
    ];
  }
  return [
    ...personColumns,
    ...choosableColumns.filter(({ id }) => choice.includes(id)),
    ...choice.flatMap((id) => {
      const name = variableOf(id);
      return name === undefined ? [] : [variable(id, name)];
    }),
  ];
}

const variable = (id: string, name: string): Column<LeadRow> => ({
  id,
  header: name,
  value: (row) => variableValue(row, name),
  sortable: false,
  onPhone: 'wide',
  cell: (row) => <Written text={variableValue(row, name)} />,
});
