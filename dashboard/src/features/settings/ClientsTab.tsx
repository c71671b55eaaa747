import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type ReportSettings, reportSettingsQuery, setIntegration } from '../../data/report-settings.ts';
import { useClientId } from '../../routing/use-client.ts';
import { ActionDialog } from '../../shared/ActionDialog.tsx';
import { actionColumn, RowButton, stateColumn } from '../../shared/columns.tsx';
import { DataTable } from '../../shared/DataTable.tsx';
import { formatMoney } from '../../shared/format.ts';
import { StateCard } from '../../shared/StateCard.tsx';
import type { Column } from '../../shared/table-types.ts';
import { Card } from '../../ui/card.tsx';
import { toast } from '../../ui/toast.tsx';
import { ReportSettingsDialog } from './ReportSettingsDialog.tsx';

/** What each client's reports show, and whether its integration is on. */
export function ClientsTab() {
  const clientId = useClientId();
  const settings = useQuery(reportSettingsQuery);
  const [edited, setEdited] = useState<string>();
  const [switched, setSwitched] = useState<string>();
  const rows = clientId ? settings.data?.filter((row) => row.id === clientId) : settings.data;
  const find = (id: string | undefined) => settings.data?.find((row) => row.id === id);
  const inReports = find(edited);
  const inSwitch = find(switched);
  return (
    <Card>
      <DataTable
        title='Clients'
        hint='The value of a positive reply turns replies into estimated revenue. Without it, the provider’s opportunity value is used.'
        label='Clients'
        columns={columns(setEdited, setSwitched)}
        rows={rows}
        readCount={settings.data?.length}
        rowKey={(row) => row.id}
        error={settings.error}
        onRetry={() => void settings.refetch()}
        sort={{ id: 'name', desc: false }}
        isWhole
        csvName='client settings'
        empty={
          <StateCard
            kind='empty'
            title='No clients yet'
            advice='See docs/operations.md for how to add one.'
          />
        }
      />
      {inReports && <ReportSettingsDialog settings={inReports} onClose={() => setEdited(undefined)} />}
      {inSwitch && <IntegrationDialog settings={inSwitch} onClose={() => setSwitched(undefined)} />}
    </Card>
  );
}

/** Explains the consequences before a client is turned off or on. */
function IntegrationDialog({ settings, onClose }: { settings: ReportSettings; onClose: () => void }) {
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

const columns = (
  edit: (id: string) => void,
  change: (id: string) => void,
): Column<ReportSettings>[] => [
  {
    id: 'name',
    header: 'Client',
    value: (row) => row.name,
    onPhone: 'title',
    cell: (row) => <span className='font-medium'>{row.name}</span>,
  },
  stateColumn(
    'integration_enabled',
    'Integration',
    (row) => row.integration_enabled ? { label: 'On', tone: 'good' } : { label: 'Off', tone: 'warm' },
  ),
  {
    id: 'may_see_costs',
    header: 'Sees costs',
    value: (row) => row.may_see_costs ? 'Yes' : 'No',
  },
  {
    id: 'may_see_connection',
    header: 'Sees its connection',
    onPhone: 'wide',
    value: (row) => row.may_see_connection ? 'Yes' : 'No',
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
  { id: 'currency', header: 'Currency', value: (row) => row.currency, onPhone: 'hidden' },
  actionColumn('Actions', (row) => (
    <span className='inline-flex flex-wrap justify-end gap-2'>
      <RowButton label={`Edit reports for ${row.name}`} onClick={() => edit(row.id)}>Edit reports</RowButton>
      <RowButton
        variant={row.integration_enabled ? 'danger' : 'secondary'}
        label={`Turn ${row.integration_enabled ? 'off' : 'on'} ${row.name}`}
        onClick={() => change(row.id)}
      >
        {row.integration_enabled ? 'Turn off' : 'Turn on'}
      </RowButton>
    </span>
  )),
];
