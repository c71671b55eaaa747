import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useClientId } from '../../app/use-client.ts';
import { type ReportSettings, reportSettingsQuery } from '../../data/cost-entries.ts';
import { DataTable } from '../../shared/DataTable.tsx';
import type { Column } from '../../shared/table-types.ts';
import { formatMoney } from '../../shared/format.ts';
import { StateCard } from '../../shared/StateCard.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { IntegrationDialog } from './IntegrationDialog.tsx';
import { ReportSettingsDialog } from './ReportSettingsDialog.tsx';

/** What each client's reports show, and whether anything is sent and read for it. */
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
        hint='What a positive reply is worth turns replies into an estimated revenue; without it the provider’s opportunity value counts.'
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
          <StateCard kind='empty' title='No clients yet' advice='docs/operations.md tells how to add one.' />
        }
      />
      {inReports && <ReportSettingsDialog settings={inReports} onClose={() => setEdited(undefined)} />}
      {inSwitch && <IntegrationDialog settings={inSwitch} onClose={() => setSwitched(undefined)} />}
    </Card>
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
  {
    id: 'integration_enabled',
    header: 'Integration',
    value: (row) => row.integration_enabled ? 'On' : 'Off',
    cell: (row) => (
      <Badge tone={row.integration_enabled ? 'good' : 'warm'}>{row.integration_enabled ? 'On' : 'Off'}</Badge>
    ),
  },
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
  {
    id: 'actions',
    header: 'Actions',
    onPhone: 'action',
    value: () => null,
    sortable: false,
    inCsv: false,
    align: 'right',
    cell: (row) => (
      <span className='inline-flex flex-wrap justify-end gap-2'>
        <Button size='small' aria-label={`Edit reports of ${row.name}`} onClick={() => edit(row.id)}>
          Edit reports
        </Button>
        <Button
          size='small'
          variant={row.integration_enabled ? 'danger' : 'secondary'}
          aria-label={`Switch ${row.name} ${row.integration_enabled ? 'off' : 'on'}`}
          onClick={() => change(row.id)}
        >
          {row.integration_enabled ? 'Switch off' : 'Switch on'}
        </Button>
      </span>
    ),
  },
];
