import { useMemo } from 'react';
import { jobKinds, type JobRow, readJobs } from '../../data/jobs.ts';
import type { Enums } from '../../data/supabase.ts';
import { useClientId } from '../../routing/use-client.ts';
import { actionColumn, momentColumn, RowButton, stateColumn, TwoLines } from '../../shared/columns.tsx';
import { formatCount, formatDuration, nothing } from '../../shared/format.ts';
import { formatMoment, useZone } from '../../shared/moments.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import type { Column } from '../../shared/table-types.ts';
import { ChoiceFilter, ConnectionFilter } from './filters.tsx';
import { jobStates, resultLine } from './job-text.ts';
import { JobDialog } from './JobDialog.tsx';
import { PagedTable } from './PagedTable.tsx';
import { useListSearch } from './use-list.ts';

const statuses: Record<string, readonly Enums['job_status'][]> = {
  failed: ['failed', 'partial'],
  open: ['queued', 'running', 'paused'],
  completed: ['completed'],
};

/** Syncs, exports and replays of the last 30 days. */
export function JobsPage() {
  const clientId = useClientId();
  const [search, change] = useListSearch();
  const filter = {
    clientId,
    connectionId: search.connection,
    kind: search.kind && search.kind in jobKinds ? search.kind as Enums['job_kind'] : undefined,
    statuses: statuses[search.status ?? ''] ?? [],
  };
  const zone = useZone();
  const columns = useMemo(() => columnsWith(zone, (id) => change({ open: id, page: search.page })), [
    zone,
    change,
    search.page,
  ]);
  return (
    <>
      <PagedTable
        label='Jobs'
        queryKey={['jobs', filter]}
        csvPeriod='last 30 days'
        read={(page) => readJobs(filter, page)}
        columns={columns}
        rowKey={(row) => row.job_id}
        defaultSort={{ id: 'created_at', desc: true }}
        toolbar={
          <>
            <ChoiceFilter
              label='Job type'
              part='kind'
              all='All jobs'
              choices={Object.entries(jobKinds).map(([value, label]) => ({ value, label }))}
            />
            <ChoiceFilter
              label='State'
              part='status'
              all='All states'
              choices={[
                { value: 'failed', label: 'Failed or partly done' },
                { value: 'open', label: 'Waiting or running' },
                { value: 'completed', label: 'Completed' },
              ]}
            />
            <ConnectionFilter />
          </>
        }
        empty={
          <StateCard
            kind='empty'
            title='No matching jobs in the last 30 days'
            advice='Try other filters. Every active connection syncs once an hour.'
          />
        }
      />
      {search.open && (
        <JobDialog
          jobId={search.open}
          onClose={() => change({ open: undefined, page: search.page })}
        />
      )}
    </>
  );
}

const columnsWith = (zone: string, open: (jobId: string) => void): Column<JobRow>[] => [
  {
    id: 'kind',
    header: 'Job',
    value: (row) => jobKinds[row.kind],
    onPhone: 'title',
    cell: (row) => (
      <TwoLines
        first={[jobKinds[row.kind], row.campaign_name].filter(Boolean).join(': ')}
        second={[row.connection_name, row.client_name].filter(Boolean).join(' · ')}
      />
    ),
  },
  stateColumn('status', 'State', (row) => jobStates[row.status]),
  {
    id: 'done',
    header: 'Done',
    value: (row) => row.done,
    align: 'right',
    cell: (row) => row.total === null ? nothing : `${formatCount(row.done)} of ${formatCount(row.total)}`,
  },
  {
    id: 'result',
    header: 'Result',
    value: (row) => row.error_message ?? resultLine(row.result),
    sortable: false,
    onPhone: 'text',
    cell: (row) =>
      row.error_message
        ? <span className='line-clamp-2 text-bad'>{row.error_message}</span>
        : <span className='line-clamp-2 text-ink-soft'>{resultLine(row.result) || nothing}</span>,
  },
  momentColumn('created_at', 'Started'),
  {
    id: 'duration_seconds',
    header: 'Duration',
    onPhone: 'wide',
    value: (row) => row.duration_seconds,
    align: 'right',
    cell: (row) => <span className='whitespace-nowrap'>{formatDuration(row.duration_seconds)}</span>,
  },
  {
    id: 'requested_by_name',
    header: 'Started by',
    value: (row) => row.requested_by_name ?? 'Schedule or script',
    sortable: false,
    onPhone: 'hidden',
    isExtra: true,
  },
  actionColumn('Details', (row) => (
    <RowButton
      label={`Show ${jobKinds[row.kind].toLowerCase()} of ${formatMoment(row.created_at, zone)}`}
      onClick={() => open(row.job_id)}
    >
      Show
    </RowButton>
  )),
];
