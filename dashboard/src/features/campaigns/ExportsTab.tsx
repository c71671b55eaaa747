import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ExportRow, exportsQuery, maxExports, readAllExports } from '../../data/exports.ts';
import { actionColumn, momentColumn, RowButton, stateColumn } from '../../shared/columns.tsx';
import { CutNote } from '../../shared/CutNote.tsx';
import { DataTable } from '../../shared/DataTable.tsx';
import { formatCount, formatDuration } from '../../shared/format.ts';
import { formatMoment, useZone } from '../../shared/moments.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import type { Column } from '../../shared/table-types.ts';
import { Card } from '../../ui/card.tsx';
import { exportState } from './export/export-state.ts';
import { reasonSentences } from './export/reasons.ts';
import { Receipts } from './export/Receipts.tsx';

const route = getRouteApi('/shell/campaigns/$campaignId');

export function ExportsTab({ campaignId, campaignName }: { campaignId: string; campaignName: string }) {
  const exports = useQuery(exportsQuery(campaignId));
  const { receipts } = route.useSearch();
  const navigate = route.useNavigate();
  const open = (exportId: string | undefined) =>
    void navigate({ search: (kept) => ({ ...kept, receipts: exportId, after: undefined }), replace: true });
  const zone = useZone();
  const chosen = receipts ?? exports.data?.[0]?.export_id;

  return (
    <div className='grid gap-4'>
      <Card>
        <DataTable
          title='Exports'
          hint='Each time the leads of this campaign were sent to the provider'
          label='Exports'
          columns={columns(zone, chosen, open)}
          rows={exports.data}
          rowKey={(row) => row.export_id}
          error={exports.error}
          onRetry={() => void exports.refetch()}
          pageSize={10}
          csvName={`exports of ${campaignName}`}
          {...(exports.data && exports.data.length >= maxExports
            ? { readWhole: () => readAllExports(campaignId) }
            : {})}
          empty={
            <StateCard
              kind='empty'
              title='No exports yet'
              advice='Press “Export leads” above. You see a summary before anything is sent.'
            />
          }
        />
        <CutNote
          read={exports.data?.length}
          limit={maxExports}
          className='border-t border-line px-5 py-3'
        >
          older exports are in the CSV.
        </CutNote>
      </Card>
      {chosen && <Receipts key={chosen} exportId={chosen} campaignName={campaignName} />}
    </div>
  );
}

const columns = (
  zone: string,
  chosen: string | undefined,
  open: (exportId: string) => void,
): Column<ExportRow>[] => [
  momentColumn('created_at', 'Started', { onPhone: 'title' }),
  stateColumn('status', 'State', (row) => exportState(row.status)),
  {
    id: 'done',
    header: 'Sent',
    value: (row) => row.sent,
    align: 'right',
    cell: (row) => `${formatCount(row.sent)} of ${row.total === null ? '…' : formatCount(row.total)}`,
  },
  { id: 'duplicate', header: 'Duplicate', value: (row) => row.duplicate, align: 'right', onPhone: 'hidden' },
  { id: 'skipped', header: 'Skipped', value: (row) => row.skipped, align: 'right' },
  { id: 'failed', header: 'Failed', value: (row) => row.failed, align: 'right', onPhone: 'hidden' },
  {
    id: 'reasons',
    header: 'Why not sent',
    value: (row) => reasonSentences(row.reasons).join(' '),
    sortable: false,
    onPhone: 'hidden',
    cell: (row) => (
      <span className='block text-xs text-ink-soft'>{reasonSentences(row.reasons).join(' ')}</span>
    ),
  },
  {
    id: 'requested_by',
    header: 'By',
    value: (row) => row.requested_by_name ?? 'your agency',
    onPhone: 'wide',
  },
  {
    id: 'duration_seconds',
    header: 'Duration',
    value: (row) => row.duration_seconds,
    align: 'right',
    cell: (row) => formatDuration(row.duration_seconds),
  },
  actionColumn('Receipts', (row) => (
    <RowButton
      label={`Show receipts of ${formatMoment(row.created_at, zone)}`}
      aria-pressed={row.export_id === chosen}
      onClick={() => open(row.export_id)}
    >
      {row.export_id === chosen ? 'Shown below' : 'Show'}
    </RowButton>
  ), { align: 'left' }),
];
