import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { clientNamesQuery } from '../../../data/clients.ts';
import { describeFailure } from '../../../data/failure.ts';
import {
  type Endpoint,
  endpointsQuery,
  eventName,
  formatNames,
  rotateSecret,
  switchEndpoint,
} from '../../../data/outgoing.ts';
import { useClientId } from '../../../routing/use-client.ts';
import { Ago } from '../../../shared/Ago.tsx';
import { actionColumn, TwoLines } from '../../../shared/columns.tsx';
import { DataTable } from '../../../shared/DataTable.tsx';
import { StateCard } from '../../../shared/StateCard.tsx';
import type { Column } from '../../../shared/table-types.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { toast } from '../../../ui/toast.tsx';
import { DeliveryLog } from './DeliveryLog.tsx';
import { EndpointDialog } from './EndpointDialog.tsx';
import { type EndpointAction, EndpointMenu } from './EndpointMenu.tsx';
import { RemoveEndpointDialog } from './RemoveEndpointDialog.tsx';
import { ReplayDialog } from './ReplayDialog.tsx';
import { SecretDialog } from './SecretDialog.tsx';
import { TestDialog } from './TestDialog.tsx';

/** Where events go, for the agency and for each client, and what was sent. */
export function NotificationsTab() {
  const clientId = useClientId();
  const queryClient = useQueryClient();
  const endpoints = useQuery(endpointsQuery);
  const clients = useQuery(clientNamesQuery);
  const [isAdding, setAdding] = useState(false);
  const [open, setOpen] = useState<{ action: EndpointAction; id: string }>();
  const [secret, setSecret] = useState<{ name: string; secret: string; isNew: boolean }>();
  const act = useMutation({
    mutationFn: async ({ endpoint, action }: { endpoint: Endpoint; action: EndpointAction }) => {
      if (action === 'switch') {
        await switchEndpoint(endpoint.id, endpoint.switched_off_at !== null);
        toast(
          endpoint.switched_off_at ? `Switched “${endpoint.name}” on` : `Switched “${endpoint.name}” off`,
        );
      } else {
        const next = await rotateSecret(endpoint.id);
        if (next) setSecret({ name: endpoint.name, secret: next, isNew: false });
      }
    },
    onError: (error) => {
      const { title, advice } = describeFailure(error);
      toast(`${title}. ${advice}`, 'bad');
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: endpointsQuery.queryKey }),
  });
  const choose = (endpoint: Endpoint, action: EndpointAction) => {
    if (action === 'switch' || action === 'rotate') act.mutate({ endpoint, action });
    else setOpen({ action, id: endpoint.id });
  };
  const rows = clientId ? endpoints.data?.filter((row) => row.client_id === clientId) : endpoints.data;
  const chosen = endpoints.data?.find((row) => row.id === open?.id);
  const close = () => setOpen(undefined);
  const nameOf = (id: string | null) =>
    id === null ? 'The agency' : clients.data?.find((client) => client.id === id)?.name ?? '';
  return (
    <div className='grid gap-6'>
      <Card>
        <DataTable
          title='Endpoints'
          hint='Events are posted to these addresses as they happen: to your CRM, Zapier, Make or n8n, or to a channel in Slack or Teams.'
          label='Endpoints'
          toolbar={
            <Button variant='primary' onClick={() => setAdding(true)}>
              <Plus aria-hidden className='size-4' /> Add endpoint
            </Button>
          }
          columns={columns(nameOf, choose)}
          rows={rows}
          readCount={endpoints.data?.length}
          rowKey={(row) => row.id}
          error={endpoints.error}
          onRetry={() => void endpoints.refetch()}
          sort={{ id: 'name', desc: false }}
          isWhole
          csvName='endpoints'
          empty={
            <StateCard
              kind='empty'
              title='No endpoints yet'
              advice='Add one, and positive replies, meetings, bounces and more are sent there within seconds.'
            />
          }
        />
      </Card>
      {rows && rows.length > 0 && <DeliveryLog clientId={clientId} endpoints={rows} />}
      {isAdding && (
        <EndpointDialog
          clientId={clientId}
          onAdded={(name, added) => added && setSecret({ name, secret: added, isNew: true })}
          onClose={() => setAdding(false)}
        />
      )}
      {chosen && open?.action === 'change' && (
        <EndpointDialog clientId={clientId} endpoint={chosen} onClose={close} />
      )}
      {chosen && open?.action === 'test' && <TestDialog endpoint={chosen} onClose={close} />}
      {chosen && open?.action === 'replay' && <ReplayDialog endpoint={chosen} onClose={close} />}
      {chosen && open?.action === 'remove' && <RemoveEndpointDialog endpoint={chosen} onClose={close} />}
      {secret && <SecretDialog {...secret} onClose={() => setSecret(undefined)} />}
    </div>
  );
}

const columns = (
  nameOf: (clientId: string | null) => string,
  choose: (endpoint: Endpoint, action: EndpointAction) => void,
): Column<Endpoint>[] => [
  {
    id: 'name',
    header: 'Endpoint',
    value: (row) => row.name,
    onPhone: 'title',
    cell: (row) => <TwoLines className='font-medium' first={row.name} second={hostOf(row.url)} />,
  },
  { id: 'client_id', header: 'Gets events of', value: (row) => nameOf(row.client_id), onPhone: 'wide' },
  {
    id: 'format',
    header: 'Format',
    value: (row) => formatNames[row.format].split(' (')[0] ?? '',
    onPhone: 'hidden',
  },
  {
    id: 'events',
    header: 'Events',
    value: (row) => row.events.map(eventName).join(', '),
    sortable: false,
    onPhone: 'text',
    cell: (row) => <span className='text-ink-soft'>{row.events.map(eventName).join(', ')}</span>,
  },
  {
    id: 'state',
    header: 'State',
    onPhone: 'wide',
    value: (row) => stateOf(row).label,
    cell: (row) => (
      <TwoLines
        className=''
        first={<Badge tone={stateOf(row).tone}>{stateOf(row).label}</Badge>}
        second={<StateDetail endpoint={row} />}
      />
    ),
  },
  actionColumn(
    'Actions',
    (row) => <EndpointMenu endpoint={row} onChoose={(action) => choose(row, action)} />,
  ),
];

/** The rest of a chat's address lets anybody post there; the list is on many screens. */
const hostOf = (url: string): string => URL.canParse(url) ? new URL(url).host : url;

function stateOf(row: Endpoint) {
  if (row.switched_off_at) return { label: 'Switched off', tone: 'neutral' as const };
  if (row.failing_since) return { label: 'Failing', tone: 'bad' as const };
  if (row.last_success_at) return { label: 'Working', tone: 'good' as const };
  return { label: 'Not used yet', tone: 'brand' as const };
}

function StateDetail({ endpoint }: { endpoint: Endpoint }) {
  if (endpoint.switched_off_at) return <>{endpoint.switched_off_reason}</>;
  if (endpoint.failing_since) {
    return (
      <>
        since <Ago at={endpoint.failing_since} />
      </>
    );
  }
  return endpoint.last_success_at
    ? (
      <>
        last delivery <Ago at={endpoint.last_success_at} />
      </>
    )
    : null;
}
