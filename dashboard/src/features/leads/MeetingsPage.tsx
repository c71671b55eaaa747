import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import {
  type MeetingRow,
  meetingSources,
  type MeetingStatus,
  meetingStatuses,
  pipelineQuery,
  readMeetings,
} from '../../data/meetings.ts';
import { useClientId } from '../../routing/use-client.ts';
import { actionColumn, momentColumn, RowButton, stateColumn, TwoLines } from '../../shared/columns.tsx';
import { nothing, plural } from '../../shared/format.ts';
import { formatMoney } from '../../shared/money.ts';
import { PagedTable } from '../../shared/PagedTable.tsx';
import { personName } from '../../shared/person/labels.tsx';
import { SearchField } from '../../shared/SearchField.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import type { Column } from '../../shared/table-types.ts';
import { Select } from '../../ui/select.tsx';
import { useLeadsSearch } from './use-leads-search.ts';
import { MeetingDialog } from '../meetings/MeetingDialog.tsx';

/** Every meeting that counts, of one client or of all. */
export function MeetingsPage() {
  const clientId = useClientId();
  const [search, change] = useLeadsSearch();
  const [changed, setChanged] = useState<MeetingRow>();
  const status = search.state && search.state in meetingStatuses ? search.state as MeetingStatus : undefined;
  const filter = { clientId, text: search.q, status };
  const columns = useMemo(() => [...listed, act(setChanged)], []);
  const isFiltered = Boolean(search.q ?? status);
  return (
    <>
      {clientId && <Sum clientId={clientId} />}
      <PagedTable
        label='Meetings'
        state={search}
        onStateChange={change}
        queryKey={['meetings', filter]}
        read={(page) => readMeetings(filter, page)}
        columns={columns}
        rowKey={(row) => row.meeting_id}
        defaultSort={{ id: 'booked_at', desc: true }}
        toolbar={
          <>
            <SearchField label='Find an address' value={search.q} onChange={(q) => change({ q })} />
            <Select
              aria-label='Status'
              value={status ?? ''}
              onValueChange={(next) => change({ state: next || undefined })}
              choices={[
                { value: '', label: 'All statuses' },
                ...Object.entries(meetingStatuses).map(([value, { label }]) => ({ value, label })),
              ]}
            />
          </>
        }
        empty={
          <StateCard
            kind='empty'
            title={isFiltered ? 'Nothing found' : 'No meetings yet'}
            advice={isFiltered
              ? 'Try other filters.'
              : 'A lead labelled “meeting booked” is listed here by itself. You can also record a meeting on the page of a lead or in the inbox.'}
          />
        }
      />
      {changed && (
        <MeetingDialog
          leads={[{ leadId: changed.lead_id, campaignName: changed.campaign_name }]}
          meetingId={changed.meeting_id}
          onClose={() => setChanged(undefined)}
        />
      )}
    </>
  );
}

function Sum({ clientId }: { clientId: string }) {
  const whole = useQuery(pipelineQuery(clientId)).data?.[0];
  if (!whole || whole.booked === 0) return null;
  return (
    <p className='mb-4 text-sm text-ink-soft'>
      {plural(whole.booked, 'meeting')}, {whole.held} held, {whole.won} won:{' '}
      <strong className='font-semibold text-ink'>{formatMoney(whole.won_value, whole.currency)}</strong> won,
      {' '}
      {formatMoney(whole.open_value, whole.currency)} open
      {whole.in_other_currencies > 0 && `; ${whole.in_other_currencies} in other currencies not included`}
    </p>
  );
}

const listed: Column<MeetingRow>[] = [
  {
    id: 'email',
    header: 'Lead',
    value: (row) => row.email,
    onPhone: 'title',
    cell: (row) => (
      <Link
        to='/leads/$clientId/$email'
        params={{ clientId: row.client_id, email: row.email }}
        className='hover:underline'
      >
        <TwoLines
          className='font-medium break-all'
          first={personName(row)}
          second={row.company_name ?? row.email}
        />
      </Link>
    ),
  },
  stateColumn('status', 'Status', (row) => meetingStatuses[row.status]),
  momentColumn('occurs_at', 'Takes place'),
  {
    id: 'value',
    header: 'Value',
    align: 'right',
    value: (row) => row.value,
    cell: (row) => row.value === null ? nothing : formatMoney(row.value, row.currency),
  },
  { id: 'campaign_name', header: 'Campaign', value: (row) => row.campaign_name, onPhone: 'wide' },
  {
    id: 'step',
    header: 'Step',
    align: 'right',
    value: (row) => row.step,
    cell: (row) => row.step ?? nothing,
    onPhone: 'wide',
  },
  { id: 'source', header: 'Source', value: (row) => meetingSources[row.source], onPhone: 'wide' },
  momentColumn('booked_at', 'Booked'),
  { id: 'note', header: 'Note', value: (row) => row.note ?? nothing, onPhone: 'wide', sortable: false },
];

const act = (onChange: (row: MeetingRow) => void) =>
  actionColumn<MeetingRow>(
    'Action',
    (row) => (
      <RowButton label={`Change the meeting of ${row.email}`} onClick={() => onChange(row)}>Change</RowButton>
    ),
  );
