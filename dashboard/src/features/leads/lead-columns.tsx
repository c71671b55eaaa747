import { Link } from '@tanstack/react-router';
import { type LeadRow, leadStates, verifications } from '../../data/leads.ts';
import { suppressionReasons } from '../../data/suppressions.ts';
import { CampaignLink, momentColumn, stateColumn } from '../../shared/columns.tsx';
import { nothing } from '../../shared/format.ts';
import type { Column } from '../../shared/table-types.ts';
import { Badge } from '../../ui/badge.tsx';

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

export const leadColumns: Column<LeadRow>[] = [
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
  { id: 'job_title', header: 'Job title', value: (row) => row.job_title, inTable: false },
  { id: 'phone', header: 'Phone', value: (row) => row.phone, inTable: false },
  { id: 'website', header: 'Website', value: (row) => row.website, inTable: false },
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
    id: 'suppressed_at',
    header: 'Suppressed',
    value: (row) => row.suppressed_reason && suppressionReasons[row.suppressed_reason],
    sortable: false,
    cell: (row) =>
      row.suppressed_reason
        ? <Badge tone='warm'>{suppressionReasons[row.suppressed_reason]}</Badge>
        : nothing,
  },
  {
    id: 'reply_count',
    header: 'Replies',
    value: (row) => row.reply_count,
    align: 'right',
    onPhone: 'hidden',
  },
  momentColumn('created_at', 'Added', { onPhone: 'hidden' }),
];
