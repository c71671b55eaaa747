import { useQuery } from '@tanstack/react-query';
import { clientCostsQuery } from '../../../data/costs.ts';
import { clientSettingsQuery } from '../../../data/client-settings.ts';
import { useSession } from '../../../data/session.ts';
import { useClientId } from '../../../routing/use-client.ts';
import { nothing } from '../../../shared/format.ts';
import { formatMoney, formatReturn } from '../../../shared/money.ts';
import { FailureCard, StateCard } from '../../../shared/StateCard.tsx';
import { Tile } from '../../../shared/Tile.tsx';
import { Card } from '../../../ui/card.tsx';
import { CostForm } from './CostForm.tsx';
import { CostList } from './CostList.tsx';

/** What was spent for a client and what it returned; operators enter it, a client sees it where it may. */
export function CostsTab() {
  const isOperator = useSession()?.role === 'operator';
  const clientId = useClientId();
  const settings = useQuery(clientSettingsQuery);
  const client = settings.data?.find((row) => row.id === clientId);
  if (clientId === undefined) {
    return (
      <Card>
        <StateCard
          kind='empty'
          title='Choose a client'
          advice='Costs belong to one client. Choose it from the list of clients in the navigation.'
        />
      </Card>
    );
  }
  return (
    <div className='grid gap-4'>
      <CostTiles clientId={clientId} />
      {isOperator && client && <CostForm client={client} />}
      <CostList clientId={clientId} mayRemove={isOperator} />
      {isOperator && client && (
        <p className='text-sm text-ink-soft'>
          {client.may_see_costs
            ? `${client.name} can see these costs.`
            : `${client.name} cannot see these costs.`}
        </p>
      )}
    </div>
  );
}

function CostTiles({ clientId }: { clientId: string }) {
  const costs = useQuery(clientCostsQuery(clientId));
  if (costs.error && !costs.data) {
    return (
      <Card>
        <FailureCard error={costs.error} onRetry={() => void costs.refetch()} />
      </Card>
    );
  }
  const rows = costs.data ?? [undefined];
  return rows.map((row) => {
    const value = (amount: number | null | undefined) => row ? formatMoney(amount, row.currency) : null;
    return (
      <section
        key={row?.currency ?? 'loading'}
        aria-label={row ? `Costs in ${row.currency}` : 'Costs'}
        className='grid grid-cols-2 gap-3 lg:grid-cols-5'
      >
        <Tile
          label={row && rows.length > 1 ? `Spent in ${row.currency}` : 'Spent'}
          value={row && row.cost === 0 ? nothing : value(row?.cost)}
        />
        <Tile label='Cost per reply' value={value(row?.cost_per_reply)} />
        <Tile label='Cost per positive reply' value={value(row?.cost_per_positive_reply)} />
        <Tile
          label='Estimated revenue'
          value={value(row?.estimated_revenue)}
          hint='Positive replies times their value, or the provider’s opportunity value where none is set.'
        />
        <Tile
          label='Return on cost'
          className='max-lg:col-span-2'
          value={row ? formatReturn(row.roi) : null}
          hint='(Estimated revenue − cost) / cost'
        />
      </section>
    );
  });
}
