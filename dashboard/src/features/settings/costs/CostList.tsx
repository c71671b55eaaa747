import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { campaignNamesQuery } from '../../../data/campaigns.ts';
import { type CostEntry, costKinds, readCosts, removeCost } from '../../../data/costs.ts';
import { maxRows, readWhole } from '../../../data/paging.ts';
import { ActionDialog } from '../../../shared/ActionDialog.tsx';
import { actionColumn, RowButton } from '../../../shared/columns.tsx';
import { DataTable } from '../../../shared/DataTable.tsx';
import { formatDay, nothing } from '../../../shared/format.ts';
import { formatMoney } from '../../../shared/money.ts';
import { StateCard } from '../../../shared/StateCard.tsx';
import type { Column } from '../../../shared/table-types.ts';
import { Card } from '../../../ui/card.tsx';
import { toast } from '../../../ui/toast.tsx';

/** Every cost of a client, newest first. */
export function CostList({ clientId, mayRemove }: { clientId: string; mayRemove: boolean }) {
  const costs = useQuery({
    queryKey: ['costs', clientId],
    queryFn: () => readCosts(clientId, { from: 0, to: maxRows - 1, sort: { id: 'spent_on', desc: true } }),
  });
  const campaigns = useQuery(campaignNamesQuery(clientId));
  const [removed, setRemoved] = useState<CostEntry>();
  const columns = useMemo(
    () =>
      columnsWith(
        new Map((campaigns.data ?? []).map(({ id, name }) => [id, name])),
        mayRemove ? setRemoved : undefined,
      ),
    [campaigns.data, mayRemove],
  );
  return (
    <Card>
      <DataTable
        title='Costs'
        label='Costs'
        columns={columns}
        rows={costs.data}
        cutAdvice='older costs still count in the totals above.'
        rowKey={(row) => row.id}
        error={costs.error}
        onRetry={() => void costs.refetch()}
        sort={{ id: 'spent_on', desc: true }}
        csvName='costs'
        {...(costs.data && costs.data.length >= maxRows
          ? {
            readWhole: () => readWhole((page) => readCosts(clientId, page), { id: 'spent_on', desc: true }),
          }
          : {})}
        empty={
          <StateCard
            kind='empty'
            title='No costs yet'
            advice={mayRemove
              ? 'Enter the first one above to see the cost per reply.'
              : 'Your agency has not entered any costs.'}
          />
        }
      />
      {removed && <RemoveCostDialog cost={removed} onClose={() => setRemoved(undefined)} />}
    </Card>
  );
}

function RemoveCostDialog({ cost, onClose }: { cost: CostEntry; onClose: () => void }) {
  const queryClient = useQueryClient();
  const text = formatMoney(cost.amount, cost.currency);
  const remove = useMutation({
    mutationFn: () => removeCost(cost.id),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['costs'] });
      toast(`${text} removed`);
      onClose();
    },
  });
  return (
    <ActionDialog
      title='Remove this cost?'
      description={`${text} for ${costKinds[cost.kind].toLowerCase()} on ${
        formatDay(cost.spent_on)
      } will no longer count. The audit log keeps a record.`}
      action='Remove cost'
      busy='Removing …'
      isDangerous
      mutation={remove}
      onSubmit={() => remove.mutate()}
      onClose={onClose}
    />
  );
}

const columnsWith = (
  campaigns: ReadonlyMap<string, string>,
  remove: ((row: CostEntry) => void) | undefined,
): Column<CostEntry>[] => {
  const campaign = (row: CostEntry) =>
    row.campaign_id === null ? 'No campaign' : campaigns.get(row.campaign_id) ?? nothing;
  return [
    {
      id: 'kind',
      header: 'Category',
      value: (row) => costKinds[row.kind],
      onPhone: 'title',
      cell: (row) => <span className='font-medium'>{costKinds[row.kind]}</span>,
    },
    {
      id: 'amount',
      header: 'Amount',
      value: (row) => row.amount,
      align: 'right',
      cell: (row) => <span className='whitespace-nowrap'>{formatMoney(row.amount, row.currency)}</span>,
    },
    // So that amounts in the file have a currency.
    { id: 'currency', header: 'Currency', value: (row) => row.currency, onPhone: 'hidden' },
    {
      id: 'spent_on',
      header: 'Date',
      value: (row) => row.spent_on,
      cell: (row) => <span className='whitespace-nowrap'>{formatDay(row.spent_on)}</span>,
    },
    { id: 'campaign_id', header: 'Campaign', value: campaign, onPhone: 'wide' },
    { id: 'note', header: 'Note', value: (row) => row.note, onPhone: 'wide' },
    ...(remove
      ? [actionColumn<CostEntry>('Action', (row) => (
        <RowButton
          variant='ghost'
          label={`Remove ${formatMoney(row.amount, row.currency)} from ${formatDay(row.spent_on)}`}
          onClick={() => remove(row)}
        >
          Remove
        </RowButton>
      ))]
      : []),
  ];
};
