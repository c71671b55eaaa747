import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { clientNamesQuery } from '../../../data/clients.ts';
import { connectionsQuery } from '../../../data/connections.ts';
import { healthQuery } from '../../../data/health.ts';
import { useSession } from '../../../data/session.ts';
import { webhooksQuery } from '../../../data/webhooks.ts';
import { useClientId } from '../../../routing/use-client.ts';
import { FailureCard, StateCard } from '../../../shared/StateCard.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { ConnectionCard } from './ConnectionCard.tsx';
import { NewConnectionDialog } from './NewConnectionDialog.tsx';

/** The workspaces that the reader may manage. */
export function ConnectionsTab() {
  const isOperator = useSession()?.role === 'operator';
  const clientId = useClientId();
  const connections = useQuery(connectionsQuery);
  const names = useQuery({ ...clientNamesQuery, enabled: isOperator });
  const health = useQuery({ ...healthQuery, enabled: isOperator });
  const webhooks = useQuery(webhooksQuery);
  const [isAdding, setAdding] = useState(false);
  // Of a chosen client: its own, and those that it shares.
  const shown = connections.data
    ?.filter((row) => !isOperator || !clientId || row.client_id === clientId || row.client_id === null)
    .sort((first, second) => Number(first.removed_at !== null) - Number(second.removed_at !== null));
  const add = (
    <Button variant='primary' onClick={() => setAdding(true)}>
      <Plus aria-hidden /> Add a connection
    </Button>
  );

  if (connections.error && !connections.data) {
    return (
      <Card>
        <FailureCard error={connections.error} onRetry={() => void connections.refetch()} />
      </Card>
    );
  }
  return (
    <div className='grid gap-4'>
      {shown && shown.length > 0 && (
        <div className='flex flex-wrap items-center justify-between gap-3'>
          <p className='max-w-prose text-sm text-ink-soft'>
            {isOperator
              ? 'All campaigns of a client’s own workspace are imported for that client. In a shared workspace you assign each campaign to a client.'
              : 'Your workspace at the provider. Campaigns and results sync every hour; replies arrive within seconds.'}
          </p>
          {isOperator && add}
        </div>
      )}
      {!shown && (
        <div aria-busy className='grid gap-4'>
          <Skeleton className='h-64' />
          <Skeleton className='h-64' />
        </div>
      )}
      {shown?.length === 0 && (
        <Card>
          <StateCard
            kind='empty'
            title={isOperator ? 'No workspace connected yet' : 'You have not connected a workspace'}
            advice={isOperator
              ? 'Add the first one with an Instantly or Smartlead API key.'
              : 'If your agency sends from its own workspace, you have nothing to do. Otherwise connect yours with an API key.'}
            action={add}
          />
        </Card>
      )}
      {shown?.map((connection) => (
        <ConnectionCard
          key={connection.id}
          connection={connection}
          clientName={isOperator
            ? names.data?.find(({ id }) => id === connection.client_id)?.name ?? null
            : undefined}
          webhook={webhooks.data?.find((row) => row.connection_id === connection.id)}
          health={health.data?.find((row) => row.connection_id === connection.id)}
          maySync={isOperator}
        />
      ))}
      {isAdding && <NewConnectionDialog onClose={() => setAdding(false)} />}
    </div>
  );
}
