import { useMemo } from 'react';
import { useClientId } from '../../app/use-client.ts';
import { jobKinds, type JobRow, readJobs } from '../../data/machinery.ts';
import type { Enums } from '../../data/supabase.ts';
import type { Column } from '../../shared/table-types.ts';
import { formatCount, formatDuration, formatMoment, nothing } from '../../shared/format.ts';
import { StateCard } from '../../shared/StateCard.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ChoiceFilter, ConnectionFilter } from './filters.tsx';
import { jobStates, resultLine } from './job-text.ts';
import { JobDialog } from './JobDialog.tsx';
import { PagedTable } from './PagedTable.tsx';
import { useListSearch } from './use-list.ts';

const statuses: Record<string, readonly Enums['job_status'][]> = {
  trouble: ['failed', 'partial'],
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
  const columns = useMemo(() => columnsWith((id) => change({ open: id, page: search.page })), [
    change,
    search.page,
  ]);
  return (
    <>
      <PagedTable
        label='Jobs'
        queryKey={['jobs', filter]}
        csvPeriod='last 30 days'
        read={(wish) => readJobs(filter, wish)}
        columns={columns}
        rowKey={(row) => row.job_id}
        defaultSort={{ id: 'created_at', desc: true }}
        toolbar={
          <>
            <ChoiceFilter
              label='Kind of job'
              part='kind'
              all='All jobs'
              choices={Object.entries(jobKinds).map(([value, label]) => ({ value, label }))}
            />
            <ChoiceFilter
              label='State'
              part='status'
              all='All states'
              choices={[
                { value: 'trouble', label: 'Failed or partly done' },
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
            title='No such jobs in the last 30 days'
            advice='Choose other filters. A sync runs for every active connection each hour.'
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

const columnsWith = (open: (jobId: string) => void): Column<JobRow>[] => [
  {
    id: 'kind',
    header: 'Job',
    value: (row) => jobKinds[row.kind],
    onPhone: 'title',
    cell: (row) => (
      <span className='grid'>
        <span className='font-medium'>
          {jobKinds[row.kind]}
          {row.campaign_name && `: ${row.campaign_name}`}
        </span>
        <span className='text-xs text-ink-soft'>
          {row.connection_name}
          {row.client_name && ` · ${row.client_name}`}
        </span>
      </span>
    ),
  },
  {
    id: 'status',
    header: 'State',
    value: (row) => jobStates[row.status].label,
    cell: (row) => <Badge tone={jobStates[row.status].tone}>{jobStates[row.status].label}</Badge>,
  },
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
  {
    id: 'created_at',
    header: 'Started',
    onPhone: 'wide',
    value: (row) => row.created_at,
    cell: (row) => <time dateTime={row.created_at}>{formatMoment(row.created_at)}</time>,
  },
  {
    id: 'duration_seconds',
    header: 'Took',
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
  },
  {
    id: 'details',
    header: 'Details',
    onPhone: 'action',
    value: () => null,
    sortable: false,
    inCsv: false,
    align: 'right',
    cell: (row) => (
      <Button
        size='small'
        aria-label={`Show ${jobKinds[row.kind].toLowerCase()} of ${formatMoment(row.created_at)}`}
        onClick={() => open(row.job_id)}
      >
        Show
      </Button>
    ),
  },
];
