import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Archive, ArchiveRestore, Ellipsis, Power, Trash2, UserRoundPlus } from 'lucide-react';
import { useState } from 'react';
import {
  archiveClient,
  type ClientSettings,
  clientSettingsQuery,
  restoreClient,
  setIntegration,
} from '../../data/client-settings.ts';
import { useClientId } from '../../routing/use-client.ts';
import { ActionDialog, CheckField } from '../../shared/ActionDialog.tsx';
import { actionColumn, RowButton, type State, stateColumn } from '../../shared/columns.tsx';
import { DataTable } from '../../shared/DataTable.tsx';
import { nothing } from '../../shared/format.ts';
import { formatMoney } from '../../shared/money.ts';
import { StateCard } from '../../shared/StateCard.tsx';
import type { Column } from '../../shared/table-types.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Dropdown, DropdownItem } from '../../ui/dropdown.tsx';
import { toast } from '../../ui/toast.tsx';
import { ClientDialog } from './ClientDialog.tsx';
import { DeleteClientDialog } from './DeleteClientDialog.tsx';

type Act = 'edit' | 'switch' | 'archive' | 'delete';

/** Every client: what it is, what it sees, and what may be done with it. */
export function ClientsTab() {
  const clientId = useClientId();
  const settings = useQuery(clientSettingsQuery);
  const [isNew, setNew] = useState(false);
  const [withArchived, setWithArchived] = useState(false);
  const [chosen, setChosen] = useState<{ client: ClientSettings; act: Act }>();
  const all = clientId ? settings.data?.filter((row) => row.id === clientId) : settings.data;
  const isListed = (row: ClientSettings) =>
    row.archived_at === null || row.removal_requested_at !== null || withArchived || clientId !== undefined;
  const rows = all?.filter(isListed);
  const archived =
    all?.filter((row) => row.archived_at !== null && row.removal_requested_at === null).length ?? 0;
  const close = () => setChosen(undefined);
  const create = (
    <Button variant='primary' onClick={() => setNew(true)}>
      <UserRoundPlus aria-hidden /> New client
    </Button>
  );
  return (
    <Card>
      <DataTable
        title='Clients'
        hint='The value of a positive reply turns replies into estimated revenue. Without it, the provider’s opportunity value is used.'
        label='Clients'
        columns={columns((client, act) => setChosen({ client, act }))}
        rows={rows}
        readCount={settings.data?.length}
        rowKey={(row) => row.id}
        error={settings.error}
        onRetry={() => void settings.refetch()}
        sort={{ id: 'name', desc: false }}
        isWhole
        csvName='client settings'
        toolbar={
          <>
            {create}
            {archived > 0 && clientId === undefined && (
              <CheckField
                label={`Show ${archived} archived`}
                isChecked={withArchived}
                onChange={setWithArchived}
              />
            )}
          </>
        }
        empty={
          <StateCard
            kind='empty'
            title={archived > 0 ? 'Every client is archived' : 'No clients yet'}
            advice='A client is one customer of your agency, with its own campaigns, numbers and people.'
          />
        }
      />
      {isNew && <ClientDialog onClose={() => setNew(false)} />}
      {chosen?.act === 'edit' && <ClientDialog client={chosen.client} onClose={close} />}
      {chosen?.act === 'switch' && <IntegrationDialog settings={chosen.client} onClose={close} />}
      {chosen?.act === 'archive' && <ArchiveDialog client={chosen.client} onClose={close} />}
      {chosen?.act === 'delete' && <DeleteClientDialog client={chosen.client} onClose={close} />}
    </Card>
  );
}

/** Explains the consequences before a client is turned off or on. */
function IntegrationDialog({ settings, onClose }: { settings: ClientSettings; onClose: () => void }) {
  const queryClient = useQueryClient();
  const isOn = settings.integration_enabled;
  const change = useMutation({
    mutationFn: () => setIntegration(settings.id, !isOn),
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      toast(`${settings.name} is turned ${isOn ? 'off' : 'on'}`);
      onClose();
    },
  });
  return (
    <ActionDialog
      title={`Turn ${isOn ? 'off' : 'on'} ${settings.name}?`}
      description={isOn
        ? 'Exports and syncs stop, running jobs end, and events are held until the client is turned on again. Its campaigns keep sending at the provider: pause them there.'
        : 'Held events are counted within seconds, and the next sync catches up on the rest.'}
      action={isOn ? 'Turn off' : 'Turn on'}
      busy='Saving …'
      isDangerous={isOn}
      mutation={change}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    />
  );
}

function ArchiveDialog({ client, onClose }: { client: ClientSettings; onClose: () => void }) {
  const queryClient = useQueryClient();
  const isArchived = client.archived_at !== null;
  const change = useMutation({
    mutationFn: () => isArchived ? restoreClient(client.id) : archiveClient(client.id),
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      toast(isArchived ? `${client.name} is back and turned on` : `${client.name} is archived`);
      onClose();
    },
  });
  return (
    <ActionDialog
      title={isArchived ? `Restore ${client.name}?` : `Archive ${client.name}?`}
      description={isArchived
        ? 'It is turned on, its people can sign in again, and what arrived meanwhile is counted within seconds.'
        : 'It is turned off, leaves the lists, and its people can no longer see anything. Numbers, leads and messages are kept. Its campaigns keep sending at the provider: pause them there.'}
      action={isArchived ? 'Restore' : 'Archive'}
      busy='Saving …'
      mutation={change}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    />
  );
}

function stateOf(row: ClientSettings): State {
  if (row.removal_requested_at !== null) return { label: 'Being deleted', tone: 'bad' };
  if (row.archived_at !== null) return { label: 'Archived', tone: 'neutral' };
  return row.integration_enabled ? { label: 'On', tone: 'good' } : { label: 'Off', tone: 'warm' };
}

/** What the client may see beyond its numbers, and whether it is asked before an export. */
const rightsOf = (row: ClientSettings): string[] => [
  ...(row.may_see_costs ? ['Sees costs'] : []),
  ...(row.may_see_connection ? ['Sees its connection'] : []),
  ...(row.approval_required ? ['Approves exports'] : []),
];

const columns = (choose: (client: ClientSettings, act: Act) => void): Column<ClientSettings>[] => [
  {
    id: 'name',
    header: 'Client',
    value: (row) => row.name,
    onPhone: 'title',
    cell: (row) => <span className='font-medium'>{row.name}</span>,
  },
  stateColumn('integration_enabled', 'State', stateOf),
  {
    id: 'time_zone',
    header: 'Time zone',
    value: (row) => row.time_zone.replaceAll('_', ' '),
    onPhone: 'wide',
  },
  // In the table one column says what the file has in three.
  {
    id: 'rights',
    header: 'Rights',
    onPhone: 'wide',
    value: (row) => rightsOf(row).join(', '),
    inCsv: false,
    cell: (row) => rightsOf(row).join(', ') || nothing,
  },
  {
    id: 'may_see_costs',
    header: 'Sees costs',
    value: (row) => row.may_see_costs ? 'Yes' : 'No',
    inTable: false,
  },
  {
    id: 'may_see_connection',
    header: 'Sees its connection',
    value: (row) => row.may_see_connection ? 'Yes' : 'No',
    inTable: false,
  },
  {
    id: 'approval_required',
    header: 'Approves exports',
    value: (row) => row.approval_required ? 'Yes' : 'No',
    inTable: false,
  },
  {
    id: 'positive_reply_value',
    header: 'Value of a positive reply',
    onPhone: 'wide',
    value: (row) => row.positive_reply_value,
    align: 'right',
    cell: (row) =>
      row.positive_reply_value === null ? 'Unknown' : formatMoney(row.positive_reply_value, row.currency),
  },
  { id: 'currency', header: 'Currency', value: (row) => row.currency, inTable: false },
  actionColumn('Actions', (row) => <Actions row={row} choose={(act) => choose(row, act)} />),
];

function Actions({ row, choose }: { row: ClientSettings; choose: (act: Act) => void }) {
  if (row.removal_requested_at !== null) {
    return (
      <RowButton label={`Show the deletion of ${row.name}`} onClick={() => choose('delete')}>
        Progress
      </RowButton>
    );
  }
  const isArchived = row.archived_at !== null;
  return (
    <span className='inline-flex items-center justify-end gap-1'>
      <RowButton label={`Edit ${row.name}`} onClick={() => choose('edit')}>Edit</RowButton>
      <Dropdown
        trigger={
          <Button variant='ghost' size='icon' aria-label={`More about ${row.name}`}>
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        {!isArchived && (
          <DropdownItem onSelect={() => choose('switch')}>
            <Power aria-hidden /> {row.integration_enabled ? 'Turn off' : 'Turn on'}
          </DropdownItem>
        )}
        <DropdownItem onSelect={() => choose('archive')}>
          {isArchived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
          {isArchived ? 'Restore' : 'Archive'}
        </DropdownItem>
        <DropdownItem className='text-bad' onSelect={() => choose('delete')}>
          <Trash2 aria-hidden /> Delete
        </DropdownItem>
      </Dropdown>
    </span>
  );
}
