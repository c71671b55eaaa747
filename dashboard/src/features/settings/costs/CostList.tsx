import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import {
  campaignNamesQuery,
  type CostEntry,
  costKinds,
  readCosts,
  removeCost,
} from '../../../data/cost-entries.ts';
import { longestAnswer, readWhole } from '../../../data/paging.ts';
import { DataTable } from '../../../shared/DataTable.tsx';
import type { Column } from '../../../shared/table-types.ts';
import { formatDay, formatMoney, nothing } from '../../../shared/format.ts';
import { StateCard } from '../../../shared/StateCard.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { toast } from '../../../ui/toast.tsx';
import { ActFailure } from '../ActFailure.tsx';

/** Every cost of a client, newest first. */
export function CostList({ clientId, mayRemove }: { clientId: string; mayRemove: boolean }) {
  const costs = useQuery({
    queryKey: ['costs', clientId],
    queryFn: () =>
      readCosts(clientId, { from: 0, to: longestAnswer - 1, sort: { id: 'spent_on', desc: true } }),
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
        cutAdvice='older costs still count in the sums above.'
        rowKey={(row) => row.id}
        error={costs.error}
        onRetry={() => void costs.refetch()}
        sort={{ id: 'spent_on', desc: true }}
        csvName='costs'
        {...(costs.data && costs.data.length >= longestAnswer
          ? {
            readWhole: () => readWhole((wish) => readCosts(clientId, wish), { id: 'spent_on', desc: true }),
          }
          : {})}
        empty={
          <StateCard
            kind='empty'
            title='No costs yet'
            advice={mayRemove
              ? 'Enter the first one above; cost per reply follows from it.'
              : 'Your agency has entered none.'}
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
      await Promise.all(
        [['costs'], ['client-costs'], ['campaign-costs']].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey })
        ),
      );
      toast(`${text} is removed`);
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title='Remove this cost?'
      description={`${text} for ${costKinds[cost.kind].toLowerCase()} on ${
        formatDay(cost.spent_on)
      } no longer counts. The audit log keeps what it was.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant='danger' disabled={remove.isPending} onClick={() => remove.mutate()}>
            {remove.isPending ? 'Removing …' : 'Remove cost'}
          </Button>
        </>
      }
    >
      {remove.error && <ActFailure error={remove.error} />}
    </Dialog>
  );
}

const columnsWith = (
  campaigns: ReadonlyMap<string, string>,
  remove: ((row: CostEntry) => void) | undefined,
): Column<CostEntry>[] => {
  const campaign = (row: CostEntry) =>
    row.campaign_id === null ? 'None in particular' : campaigns.get(row.campaign_id) ?? nothing;
  return [
    {
      id: 'kind',
      header: 'Kind',
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
    // Without it the file would hold amounts of nobody knows which money.
    { id: 'currency', header: 'Currency', value: (row) => row.currency, onPhone: 'hidden' },
    {
      id: 'spent_on',
      header: 'Spent on',
      value: (row) => row.spent_on,
      cell: (row) => <span className='whitespace-nowrap'>{formatDay(row.spent_on)}</span>,
    },
    { id: 'campaign_id', header: 'Campaign', value: campaign, onPhone: 'wide' },
    { id: 'note', header: 'Note', value: (row) => row.note, onPhone: 'wide' },
    ...(remove
      ? [{
        id: 'remove',
        header: 'Action',
        onPhone: 'action' as const,
        value: () => null,
        sortable: false,
        inCsv: false,
        align: 'right' as const,
        cell: (row: CostEntry) => (
          <Button
            size='small'
            variant='ghost'
            aria-label={`Remove ${formatMoney(row.amount, row.currency)} of ${formatDay(row.spent_on)}`}
            onClick={() => remove(row)}
          >
            Remove
          </Button>
        ),
      }]
      : []),
  ];
};
