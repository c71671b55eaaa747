import { useQuery } from '@tanstack/react-query';
import { Plug } from 'lucide-react';
import { useState } from 'react';
import { clientNamesQuery } from '../../../data/clients.ts';
import { crmConnectionsQuery } from '../../../data/crm.ts';
import { useClientId } from '../../../routing/use-client.ts';
import { FailureCard, StateCard } from '../../../shared/StateCard.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { CrmCard } from './CrmCard.tsx';
import { CrmLog } from './CrmLog.tsx';
import { SetupDialog } from './SetupDialog.tsx';

/** HubSpot accounts, of the agency and of clients with their own, and what was pushed to them. */
export function CrmTab() {
  const clientId = useClientId();
  const connections = useQuery(crmConnectionsQuery);
  const clients = useQuery(clientNamesQuery);
  const [isConnecting, setConnecting] = useState(false);
  const all = connections.data ?? [];
  const own = all.filter((row) => row.client_id === clientId);
  // A client without an account of its own is in the agency's.
  const shown = clientId === undefined
    ? all
    : own.length > 0
    ? own
    : all.filter((row) => row.client_id === null);
  const nameOf = (id: string | null) =>
    id === null ? 'The agency' : clients.data?.find((client) => client.id === id)?.name ?? '';
  const taken = all.map((row) => row.client_id);
  const isOneWithout = !taken.includes(null) || clients.data?.some(({ id }) => !taken.includes(id));
  const connect = (
    <Button variant='primary' onClick={() => setConnecting(true)}>
      <Plug aria-hidden /> Connect HubSpot
    </Button>
  );
  return (
    <div className='grid gap-6'>
      {connections.data === undefined
        ? (
          <Card>
            {connections.error
              ? <FailureCard error={connections.error} onRetry={() => void connections.refetch()} />
              : <Skeleton className='m-5 h-56' />}
          </Card>
        )
        : shown.length === 0
        ? (
          <Card>
            <StateCard
              kind='empty'
              title='No CRM is connected'
              advice='Connect HubSpot, and positive replies become a contact and a deal there within seconds. When your team moves the deal, the meeting here follows.'
              action={connect}
            />
          </Card>
        )
        : (
          <>
            {shown.map((row) => (
              <CrmCard
                key={row.id}
                connection={row}
                ownerName={nameOf(row.client_id)}
                isOfOthersToo={clientId !== undefined && row.client_id === null}
                taken={taken}
              />
            ))}
            {isOneWithout && (clientId === undefined || own.length === 0) && (
              <p className='flex flex-wrap items-center gap-x-3 gap-y-2 text-sm text-ink-soft'>
                <Button size='small' onClick={() => setConnecting(true)}>
                  <Plug aria-hidden /> Connect another account
                </Button>
                {clientId === undefined
                  ? 'A client can have its own HubSpot; its leads are then pushed there.'
                  : 'This client is in the agency’s account. It can have its own.'}
              </p>
            )}
          </>
        )}
      {shown.length > 0 && <CrmLog clientId={clientId} connections={shown} nameOf={nameOf} />}
      {isConnecting && <SetupDialog taken={taken} clientId={clientId} onClose={() => setConnecting(false)} />}
    </div>
  );
}
