import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import {
  type ExportRow,
  exportsQuery,
  mostExports,
  readAllExports,
  reasonSentences,
} from '../../data/exports.ts';
import { DataTable } from '../../shared/DataTable.tsx';
import type { Column } from '../../shared/table-types.ts';
import { formatCount, formatDuration, formatMoment } from '../../shared/format.ts';
import { CutNote } from '../../shared/CutNote.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { exportState } from './export/export-state.ts';
import { Receipts } from './export/Receipts.tsx';

const route = getRouteApi('/shell/campaigns/$campaignId');

export function ExportsTab({ campaignId, campaignName }: { campaignId: string; campaignName: string }) {
  const exports = useQuery(exportsQuery(campaignId));
  const { receipts } = route.useSearch();
  const navigate = route.useNavigate();
  const open = (exportId: string | undefined) =>
    void navigate({ search: (kept) => ({ ...kept, receipts: exportId, after: undefined }), replace: true });
  const chosen = receipts ?? exports.data?.[0]?.export_id;

  return (
    <div className='grid gap-4'>
      <Card>
        <DataTable
          title='Exports'
          hint='Each time the leads of this campaign went to the provider'
          label='Exports'
          columns={columns(chosen, open)}
          rows={exports.data}
          rowKey={(row) => row.export_id}
          error={exports.error}
          onRetry={() => void exports.refetch()}
          pageSize={10}
          csvName={`exports of ${campaignName}`}
          {...(exports.data && exports.data.length >= mostExports
            ? { readWhole: () => readAllExports(campaignId) }
            : {})}
          empty={
            <StateCard
              kind='empty'
              title='Nothing was exported yet'
              advice='Press “Export leads” above; a summary comes before anything is sent.'
            />
          }
        />
        <CutNote
          read={exports.data?.length}
          limit={mostExports}
          className='border-t border-line px-5 py-3'
        >
          these are the newest, the view client_exports has all.
        </CutNote>
      </Card>
      {chosen && <Receipts key={chosen} exportId={chosen} campaignName={campaignName} />}
    </div>
  );
}

const columns = (chosen: string | undefined, open: (exportId: string) => void): Column<ExportRow>[] => [
  {
    id: 'created_at',
    header: 'Started (UTC)',
    value: (row) => row.created_at,
    cell: (row) => formatMoment(row.created_at),
    onPhone: 'title',
  },
  {
    id: 'status',
    header: 'State',
    value: (row) => exportState(row.status).label,
    cell: (row) => <Badge tone={exportState(row.status).tone}>{exportState(row.status).label}</Badge>,
  },
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
    header: 'Took',
    value: (row) => row.duration_seconds,
    align: 'right',
    cell: (row) => formatDuration(row.duration_seconds),
  },
  {
    id: 'receipts',
    header: 'Receipts',
    onPhone: 'action',
    value: () => null,
    inCsv: false,
    sortable: false,
    cell: (row) => (
      <Button
        size='small'
        aria-pressed={row.export_id === chosen}
        aria-label={`Show receipts of ${formatMoment(row.created_at)}`}
        onClick={() => open(row.export_id)}
      >
        {row.export_id === chosen ? 'Shown below' : 'Show'}
      </Button>
    ),
  },
];
