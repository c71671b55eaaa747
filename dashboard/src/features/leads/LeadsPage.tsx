import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Ban, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { campaignNamesQuery } from '../../data/campaigns.ts';
import {
  type LeadFilter,
  type LeadPosition,
  type LeadRow,
  leadsQuery,
  type LeadState,
  leadStates,
  readAllLeads,
  type Verification,
  verifications,
} from '../../data/leads.ts';
import { useSession } from '../../data/session.ts';
import { useClientId } from '../../routing/use-client.ts';
import { plural } from '../../shared/format.ts';
import { selectColumn } from '../../shared/columns.tsx';
import { CursorTable } from '../../shared/CursorTable.tsx';
import { SearchField } from '../../shared/SearchField.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Select } from '../../ui/select.tsx';
import { useColumnChoice } from './column-choice.ts';
import { ColumnMenu } from './ColumnMenu.tsx';
import { leadColumns } from './lead-columns.tsx';
import { RemoveLeadsDialog } from './RemoveLeadsDialog.tsx';
import { SuppressDialog } from './SuppressDialog.tsx';
import { useLeadsSearch } from './use-leads-search.ts';

export function LeadsPage() {
  const clientId = useClientId();
  if (clientId) return <LeadList key={clientId} clientId={clientId} />;
  return (
    <Card>
      <StateCard
        kind='empty'
        title='Choose a client'
        advice='Leads belong to a client. Choose one at the top of the page to see its leads.'
      />
    </Card>
  );
}

/** A choice of the address, if it is one of those that exist. */
const chosen = <Value extends string>(choices: Record<Value, unknown>, value: string | undefined) =>
  value !== undefined && value in choices ? value as Value : undefined;

/** Every address of a client's campaigns, and what can be done with the selected ones. */
function LeadList({ clientId }: { clientId: string }) {
  const isOperator = useSession()?.role === 'operator';
  const queryClient = useQueryClient();
  const campaigns = useQuery(campaignNamesQuery(clientId));
  const [search, change] = useLeadsSearch();
  const [selected, setSelected] = useState<ReadonlyMap<string, LeadRow>>(new Map());
  const [act, setAct] = useState<'suppress' | 'remove'>();
  const [choice, choose] = useColumnChoice(clientId);
  const filter: LeadFilter = {
    clientId,
    text: search.q,
    campaignId: search.campaign,
    importId: search.import,
    verification: chosen<Verification>(verifications, search.verification),
    state: chosen<LeadState>(leadStates, search.state),
    isSuppressed: search.suppressed && search.suppressed === 'yes',
  };
  const below = position(search.below);
  const leads = useQuery({ ...leadsQuery(filter, below), placeholderData: keepPreviousData });
  const isFiltered = Object.values({ ...filter, clientId: undefined }).some((value) => value !== undefined);
  const changed = () => {
    setSelected(new Map());
    for (const key of [['leads'], ['list', 'suppressions'], ['lead']]) {
      void queryClient.invalidateQueries({ queryKey: key });
    }
  };
  const columns = useMemo(
    () =>
      isOperator
        ? [
          selectColumn<LeadRow>(
            (row) => row.email ?? row.email_as_written ?? 'lead without address',
            (row) => selected.has(row.key),
            (row, isSelected) =>
              setSelected((kept) => {
                const next = new Map(kept);
                if (isSelected) next.set(row.key, row);
                else next.delete(row.key);
                return next;
              }),
          ),
          ...leadColumns(choice),
        ]
        : leadColumns(choice),
    [isOperator, selected, choice],
  );
  return (
    <>
      <Card className='pt-4'>
        <CursorTable
          label='Leads'
          columns={columns}
          query={leads}
          isFirst={!below}
          onMove={(last) => change({ below: last && `${last.created_at}~${last.key}` })}
          rowKey={(row) => row.key}
          csvName='leads'
          readWhole={() => readAllLeads(filter)}
          toolbar={
            <>
              <SearchField label='Find a name or address' value={search.q} onChange={(q) => change({ q })} />
              <Select
                aria-label='Campaign'
                className='max-w-56'
                value={search.campaign ?? ''}
                onValueChange={(next) => change({ campaign: next || undefined })}
                choices={[
                  { value: '', label: 'All campaigns' },
                  ...(campaigns.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
              <Select
                aria-label='State'
                value={filter.state ?? ''}
                onValueChange={(next) => change({ state: next || undefined })}
                choices={[{ value: '', label: 'All states' }, ...choicesOf(leadStates)]}
              />
              <Select
                aria-label='Verification'
                value={filter.verification ?? ''}
                onValueChange={(next) => change({ verification: next || undefined })}
                choices={[{ value: '', label: 'All verifications' }, ...choicesOf(verifications)]}
              />
              <Select
                aria-label='Suppressed'
                value={search.suppressed ?? ''}
                onValueChange={(next) => change({ suppressed: next || undefined })}
                choices={[
                  { value: '', label: 'Suppressed or not' },
                  { value: 'yes', label: 'Suppressed' },
                  { value: 'no', label: 'Not suppressed' },
                ]}
              />
              <ColumnMenu filter={filter} choice={choice} onChange={choose} />
              {search.import && (
                <Button size='small' onClick={() => change({ import: undefined })}>
                  Leads of all imports
                </Button>
              )}
              {isOperator && (
                <div className='flex w-full flex-wrap items-center gap-2 pt-1'>
                  <Button size='small' disabled={selected.size === 0} onClick={() => setAct('suppress')}>
                    <Ban aria-hidden /> Suppress ({selected.size})
                  </Button>
                  <Button size='small' disabled={selected.size === 0} onClick={() => setAct('remove')}>
                    <Trash2 aria-hidden /> Remove ({selected.size})
                  </Button>
                  <span aria-live='polite' className='text-sm text-ink-soft'>
                    {selected.size > 0 && `${plural(selected.size, 'lead')} selected`}
                  </span>
                </div>
              )}
            </>
          }
          empty={
            <StateCard
              kind='empty'
              title={isFiltered ? 'No leads with these filters' : 'No leads yet'}
              advice={isFiltered
                ? 'Try other filters.'
                : isOperator
                ? 'Import a list into a campaign, or wait for the sync of a campaign that runs already.'
                : 'Your agency adds them.'}
            />
          }
        />
      </Card>
      {act === 'suppress' && (
        <SuppressDialog
          clientId={clientId}
          given={[...new Set([...selected.values()].flatMap(({ email }) => email ?? []))]}
          onDone={changed}
          onClose={() => setAct(undefined)}
        />
      )}
      {act === 'remove' && (
        <RemoveLeadsDialog
          leads={[...selected.values()]}
          onDone={changed}
          onClose={() => setAct(undefined)}
        />
      )}
    </>
  );
}

/** The last row above the page, as the address holds it. */
function position(below: string | undefined): LeadPosition | undefined {
  const [created_at = '', key = ''] = below?.split('~') ?? [];
  return Number.isNaN(Date.parse(created_at)) ? undefined : { created_at, key };
}

const choicesOf = (labelled: Record<string, { label: string }>) =>
  Object.entries(labelled).map(([value, { label }]) => ({ value, label }));
