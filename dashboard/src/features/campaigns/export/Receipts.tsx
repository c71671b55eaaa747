import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type Outcome, readAllReceipts, type ReceiptRow, receiptsQuery } from '../../../data/exports.ts';
import { momentColumn, type State, stateColumn } from '../../../shared/columns.tsx';
import { StateCard } from '../../../shared/StateCard.tsx';
import type { Column } from '../../../shared/table-types.ts';
import { Card, CardHeader } from '../../../ui/card.tsx';
import { Select } from '../../../ui/select.tsx';
import { AddressFilter } from '../AddressFilter.tsx';
import { CursorTable } from '../../../shared/CursorTable.tsx';
import { reasonLabel, reasons } from './reasons.ts';

const route = getRouteApi('/shell/campaigns/$campaignId');

const outcomes: Record<Outcome, State> = {
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

/** What happened to each address of one export, a hundred at a time. */
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
  const change = (next: Partial<typeof search>) =>
    void navigate({
      search: (kept) => ({ ...kept, after: undefined, ...next }),
      replace: true,
      resetScroll: false,
    });
  const isFiltered = Boolean(filter.address ?? filter.outcome ?? filter.reason);
  return (
    <Card>
      <CardHeader title='Receipts' hint='One for each address that was checked' />
      <CursorTable
        label='Receipts'
        columns={columns}
        query={receipts}
        isFirst={search.after === undefined}
        labels={['First', 'Next']}
        onMove={(last) => change({ after: last?.id })}
        rowKey={(row) => String(row.id)}
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
            title={isFiltered ? 'No matching receipts' : 'No receipts yet'}
            advice={isFiltered
              ? 'Try other filters, or a shorter part of the address.'
              : 'Receipts appear while the export runs.'}
          />
        }
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
  stateColumn('outcome', 'Outcome', (row) => outcomes[row.outcome], { sortable: false }),
  {
    id: 'reason',
    header: 'Reason',
    value: (row) => reasonLabel(row.reason),
    onPhone: 'wide',
    sortable: false,
  },
  {
    id: 'recipient',
    header: 'Recipient',
    value: (row) => row.recipient === 'business' ? 'Business' : 'LinkedIn contact',
    onPhone: 'hidden',
    sortable: false,
  },
  momentColumn('updated_at', 'Time', { onPhone: 'hidden', sortable: false }),
];
