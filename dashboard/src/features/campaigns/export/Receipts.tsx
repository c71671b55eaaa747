import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import {
  type Outcome,
  readAllReceipts,
  reasonLabel,
  reasons,
  type ReceiptRow,
  receiptsQuery,
} from '../../../data/exports.ts';
import { DataTable } from '../../../shared/DataTable.tsx';
import { formatMoment } from '../../../shared/format.ts';
import type { Column } from '../../../shared/table-types.ts';
import { StateCard } from '../../../shared/StateCard.tsx';
import { Badge, type BadgeTone } from '../../../ui/badge.tsx';
import { Card, CardHeader } from '../../../ui/card.tsx';
import { Select } from '../../../ui/select.tsx';
import { AddressFilter } from '../AddressFilter.tsx';
import { NewerOlder } from '../NewerOlder.tsx';

const route = getRouteApi('/shell/campaigns/$campaignId');

const outcomes: Record<Outcome, { label: string; tone: BadgeTone }> = {
  planned: { label: 'Planned', tone: 'neutral' },
  sending: { label: 'Being sent', tone: 'brand' },
  created: { label: 'Created', tone: 'good' },
  duplicate: { label: 'Duplicate', tone: 'neutral' },
  blocked: { label: 'Blocked', tone: 'bad' },
  invalid: { label: 'Invalid', tone: 'bad' },
  skipped: { label: 'Skipped', tone: 'warm' },
  failed: { label: 'Failed', tone: 'bad' },
};

const isOutcome = (text: string | undefined): text is Outcome =>
  text !== undefined && Object.hasOwn(outcomes, text);

/** What became of each address of one export, a hundred at a time. */
export function Receipts({ exportId, campaignName }: { exportId: string; campaignName: string }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const filter = {
    exportId,
    address: search.address?.trim() || undefined,
    outcome: isOutcome(search.outcome) ? search.outcome : undefined,
    reason: search.reason,
  };
  const receipts = useQuery(receiptsQuery(filter, search.after));
  const page = receipts.data;
  const last = page?.rows.at(-1);
  const change = (next: Partial<typeof search>) =>
    void navigate({
      search: (kept) => ({ ...kept, after: undefined, ...next }),
      replace: true,
      resetScroll: false,
    });
  const isFiltered = Boolean(filter.address ?? filter.outcome ?? filter.reason);
  return (
    <Card>
      <CardHeader title='Receipts' hint='One for each address that was looked at' />
      <DataTable
        label='Receipts'
        columns={columns}
        rows={page?.rows}
        rowKey={(row) => String(row.id)}
        error={receipts.error}
        onRetry={() => void receipts.refetch()}
        csvName={`receipts of ${campaignName}`}
        readWhole={() => readAllReceipts(filter)}
        toolbar={
          <>
            <AddressFilter
              key={search.address ?? ''}
              label='Find an address'
              placeholder='Find an address'
              value={search.address ?? ''}
              onChange={(address) => change({ address: address || undefined })}
            />
            <Select
              aria-label='Outcome'
              value={filter.outcome ?? ''}
              onValueChange={(outcome) => change({ outcome: outcome || undefined })}
              choices={[
                { value: '', label: 'All outcomes' },
                ...Object.entries(outcomes).map(([value, { label }]) => ({ value, label })),
              ]}
            />
            <Select
              aria-label='Reason'
              value={filter.reason ?? ''}
              onValueChange={(reason) => change({ reason: reason || undefined })}
              choices={[
                { value: '', label: 'All reasons' },
                ...reasons.map((value) => ({ value, label: reasonLabel(value) })),
              ]}
            />
          </>
        }
        empty={
          <StateCard
            kind='empty'
            title={isFiltered ? 'No receipt matches' : 'No receipts yet'}
            advice={isFiltered
              ? 'Choose other filters, or a shorter part of the address.'
              : 'They are written while the export runs.'}
          />
        }
        footer={(search.after !== undefined || page?.hasMore) && (
          <NewerOlder
            labels={['First', 'Next']}
            isFirst={search.after === undefined}
            hasMore={page?.hasMore === true && last !== undefined}
            onNewest={() => change({ after: undefined })}
            onOlder={() => last && change({ after: last.id })}
          />
        )}
      />
    </Card>
  );
}

const columns: Column<ReceiptRow>[] = [
  {
    id: 'email',
    header: 'Address',
    value: (row) => row.email ?? 'No address',
    onPhone: 'title',
    sortable: false,
  },
  {
    id: 'outcome',
    header: 'Outcome',
    value: (row) => outcomes[row.outcome].label,
    sortable: false,
    cell: (row) => <Badge tone={outcomes[row.outcome].tone}>{outcomes[row.outcome].label}</Badge>,
  },
  {
    id: 'reason',
    header: 'Reason',
    value: (row) => reasonLabel(row.reason),
    onPhone: 'wide',
    sortable: false,
  },
  {
    id: 'recipient',
    header: 'Person',
    value: (row) => row.recipient === 'business' ? 'Business' : 'LinkedIn contact',
    onPhone: 'hidden',
    sortable: false,
  },
  {
    id: 'updated_at',
    header: 'Time (UTC)',
    value: (row) => row.updated_at,
    cell: (row) => (
      <time dateTime={row.updated_at} className='whitespace-nowrap'>{formatMoment(row.updated_at)}</time>
    ),
    onPhone: 'hidden',
    sortable: false,
  },
];
