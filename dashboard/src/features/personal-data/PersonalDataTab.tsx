import { useQuery } from '@tanstack/react-query';
import { UserX } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { erasedRows, type Erasure, erasuresQuery } from '../../data/personal-data.ts';
import { ClientScopeField } from '../../shared/ClientScopeField.tsx';
import { actionColumn, momentColumn, RowButton, stateColumn } from '../../shared/columns.tsx';
import { DataTable } from '../../shared/DataTable.tsx';
import { formatCount } from '../../shared/format.ts';
import { StateCard } from '../../shared/StateCard.tsx';
import type { Column } from '../../shared/table-types.ts';
import { Button } from '../../ui/button.tsx';
import { Card, CardHeader } from '../../ui/card.tsx';
import { Field, Input } from '../../ui/input.tsx';
import { ErasePersonDialog } from './ErasePersonDialog.tsx';
import { ErasureDialog } from './ErasureDialog.tsx';
import { ExportButton } from './ExportButton.tsx';

/** Answering a person who asks what is held of it, or to be erased; and the erasures so far. */
export function PersonalDataTab() {
  const id = useId();
  const erasures = useQuery(erasuresQuery);
  const [email, setEmail] = useState('');
  const [scope, setScope] = useState('');
  const [isErasing, setErasing] = useState(false);
  const [shown, setShown] = useState<Erasure>();
  const columns = useMemo(() => [...listed, details(setShown)], []);
  const person = { email: email.trim(), clientId: scope || null };
  return (
    <div className='grid gap-6'>
      <Card className='max-w-3xl'>
        <CardHeader
          title='Somebody asks about their data'
          hint='By address, whether it is a lead or only appears in a delivery, a list or a note.'
        />
        <div className='grid gap-4 px-5 pb-5'>
          <div className='grid gap-4 sm:grid-cols-2'>
            <Field label='Email address' htmlFor={id}>
              <Input
                id={id}
                type='email'
                autoComplete='off'
                value={email}
                onChange={(event) => setEmail(event.target.value)}
              />
            </Field>
            <ClientScopeField value={scope} onValueChange={setScope} />
          </div>
          <div className='flex flex-wrap gap-2'>
            <ExportButton person={person} />
            <Button disabled={!person.email.includes('@')} onClick={() => setErasing(true)}>
              <UserX aria-hidden /> Erase this person …
            </Button>
          </div>
        </div>
      </Card>
      <Card>
        <DataTable
          title='Erasures'
          label='Erasures'
          hint='When, by whom and what was done. Whose they were is not kept.'
          columns={columns}
          rows={erasures.data}
          rowKey={(row) => row.erasure_id}
          error={erasures.error}
          onRetry={() => void erasures.refetch()}
          sort={{ id: 'requested_at', desc: true }}
          csvName='erasures'
          empty={
            <StateCard
              kind='empty'
              title='No erasures yet'
              advice='An erasure stays on record here, without the address.'
            />
          }
        />
      </Card>
      {isErasing && (
        <ErasePersonDialog
          person={person}
          onClose={() => setErasing(false)}
          onErased={() => {
            setErasing(false);
            setEmail('');
          }}
        />
      )}
      {shown && <ErasureDialog erasureId={shown.erasure_id} onClose={() => setShown(undefined)} />}
    </div>
  );
}

const states = {
  queued: { label: 'Waiting', tone: 'neutral' },
  running: { label: 'Running', tone: 'brand' },
  paused: { label: 'Waiting', tone: 'neutral' },
  completed: { label: 'Erased', tone: 'good' },
  partial: { label: 'Left at a provider', tone: 'warm' },
  failed: { label: 'Stopped', tone: 'bad' },
} as const;

const clientOf = (row: Erasure) => row.client_id === null ? 'All clients' : row.client_name;

const listed: readonly Column<Erasure>[] = [
  momentColumn('requested_at', 'Asked', { onPhone: 'title' }),
  {
    id: 'requested_by_name',
    header: 'By',
    value: (row) => row.requested_by_name ?? 'A script',
    onPhone: 'wide',
  },
  { id: 'client_name', header: 'For', value: clientOf },
  {
    id: 'rows',
    header: 'Rows',
    value: erasedRows,
    align: 'right',
    cell: (row) => formatCount(erasedRows(row)),
  },
  stateColumn('status', 'State', (row) => states[row.status]),
];

const details = (show: (row: Erasure) => void): Column<Erasure> =>
  actionColumn(
    'Report',
    (row) => (
      <RowButton
        variant='ghost'
        label={`Report of the erasure for ${clientOf(row) ?? ''}`}
        onClick={() => show(row)}
      >
        Report
      </RowButton>
    ),
  );
