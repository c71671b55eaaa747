import { useQuery } from '@tanstack/react-query';
import { reasonLabel, receiptPageSize, type ReceiptRow, receiptsQuery } from '../../../data/exports.ts';
import { DataTable } from '../../../shared/DataTable.tsx';
import type { Column } from '../../../shared/table-types.ts';
import { formatCount } from '../../../shared/format.ts';
import { StateCard } from '../../../shared/StateCard.tsx';
import { Badge, type BadgeTone } from '../../../ui/badge.tsx';
import { Card, CardHeader } from '../../../ui/card.tsx';

const outcomes: Record<ReceiptRow['outcome'], { label: string; tone: BadgeTone }> = {
  planned: { label: 'Planned', tone: 'neutral' },
  sending: { label: 'Being sent', tone: 'brand' },
  created: { label: 'Created', tone: 'good' },
  duplicate: { label: 'Duplicate', tone: 'neutral' },
  blocked: { label: 'Blocked', tone: 'bad' },
  invalid: { label: 'Invalid', tone: 'bad' },
  skipped: { label: 'Skipped', tone: 'warm' },
  failed: { label: 'Failed', tone: 'bad' },
};

/** What became of each address of one export. */
export function Receipts({ exportId }: { exportId: string }) {
  const receipts = useQuery(receiptsQuery(exportId));
  const isCut = receipts.data?.length === receiptPageSize;
  return (
    <Card>
      <CardHeader
        title='Receipts'
        hint={isCut
          ? `The first ${formatCount(receiptPageSize)} addresses`
          : 'One for each address that was looked at'}
      />
      <DataTable
        label='Receipts'
        columns={columns}
        rows={receipts.data}
        rowKey={(row) => String(row.id)}
        error={receipts.error}
        onRetry={() => void receipts.refetch()}
        csvName='receipts'
        empty={
          <StateCard kind='empty' title='No receipts yet' advice='They are written while the export runs.' />
        }
      />
    </Card>
  );
}

const columns: Column<ReceiptRow>[] = [
  { id: 'email', header: 'Address', value: (row) => row.email ?? 'No address', onPhone: 'title' },
  {
    id: 'outcome',
    header: 'Outcome',
    value: (row) => outcomes[row.outcome].label,
    cell: (row) => <Badge tone={outcomes[row.outcome].tone}>{outcomes[row.outcome].label}</Badge>,
  },
  { id: 'reason', header: 'Reason', value: (row) => reasonLabel(row.reason), onPhone: 'wide' },
  {
    id: 'recipient',
    header: 'Person',
    value: (row) => row.recipient === 'business' ? 'Business' : 'LinkedIn contact',
    onPhone: 'hidden',
  },
];
