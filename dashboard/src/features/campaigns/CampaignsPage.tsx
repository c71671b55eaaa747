import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { FileUp, Plus } from 'lucide-react';
import { lazy, Suspense, useMemo } from 'react';
import { campaignsQuery, readCampaigns } from '../../data/campaigns.ts';
import { clientNamesQuery } from '../../data/clients.ts';
import { maxRows, readWhole } from '../../data/paging.ts';
import { bestOf, performersQuery } from '../../data/ranking.ts';
import { useSession } from '../../data/session.ts';
import { useClientId } from '../../routing/use-client.ts';
import { Age } from '../../shared/Age.tsx';
import { campaignColumns } from '../../shared/campaign-columns.tsx';
import { DataTable } from '../../shared/DataTable.tsx';
import { plural } from '../../shared/format.ts';
import { PageHeader } from '../../shared/PageHeader.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Input } from '../../ui/input.tsx';
import { BestPerformers } from './BestPerformers.tsx';

const NewCampaignDialog = lazy(() =>
  import('./NewCampaignDialog.tsx').then((module) => ({ default: module.NewCampaignDialog }))
);

const route = getRouteApi('/shell/campaigns');

export function CampaignsPage() {
  const clientId = useClientId();
  const isOperator = useSession()?.role === 'operator';
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const campaigns = useQuery(campaignsQuery(clientId));
  const names = useQuery({ ...clientNamesQuery, enabled: !clientId });
  const showNew = (isOpen: true | undefined) =>
    void navigate({ search: (kept) => ({ ...kept, new: isOpen }), replace: true });
  const wanted = search.q?.trim().toLowerCase() ?? '';
  const rows = useMemo(
    () => campaigns.data?.filter((row) => row.name.toLowerCase().includes(wanted)),
    [campaigns.data, wanted],
  );
  const clientNames = useMemo(
    () => clientId ? undefined : new Map(names.data?.map(({ id, name }) => [id, name])),
    [clientId, names.data],
  );
  const performers = useQuery(performersQuery(clientId, names.data?.length)).data;
  const columns = useMemo(() =>
    campaignColumns({
      all: campaigns.data ?? [],
      best: bestOf(performers),
      ...(clientNames ? { clientNames } : {}),
    }), [campaigns.data, performers, clientNames]);
  const newest = campaigns.data?.map((row) => row.as_of).filter((moment) => moment !== null).sort().at(-1);

  return (
    <>
      <PageHeader
        title='Campaigns'
        note={campaigns.data && (
          <>
            <span>{plural(campaigns.data.length, 'campaign')}, all time</span>
            {newest && <Age asOf={newest} />}
          </>
        )}
      >
        <Button asChild>
          <Link to='/imports'>
            <FileUp aria-hidden /> {isOperator ? 'Import leads' : 'Imported lists'}
          </Link>
        </Button>
        {isOperator && (
          <>
            <Button asChild>
              <Link to='/templates'>Email templates</Link>
            </Button>
            <Button variant='primary' onClick={() => showNew(true)}>
              <Plus aria-hidden /> New campaign
            </Button>
          </>
        )}
      </PageHeader>
      {isOperator && search.new && (
        <Suspense>
          <NewCampaignDialog onClose={() => showNew(undefined)} />
        </Suspense>
      )}
      <BestPerformers performers={performers} clientNames={clientNames} />
      <Card className='pt-4'>
        <DataTable
          label='Campaigns'
          columns={columns}
          rows={rows}
          rowKey={(row) => row.campaign_id}
          error={campaigns.error}
          onRetry={() => void campaigns.refetch()}
          sort={{ id: search.sort ?? 'positive_rate', desc: search.desc ?? true }}
          onSortChange={({ id, desc }) =>
            void navigate({ search: (kept) => ({ ...kept, sort: id, desc }), replace: true })}
          page={search.page ?? 1}
          onPageChange={(page) =>
            void navigate({
              search: (kept) => ({ ...kept, page: page === 1 ? undefined : page }),
              replace: true,
            })}
          csvName='campaigns'
          {...(campaigns.data && campaigns.data.length >= maxRows
            ? {
              readWhole: async function* () {
                const named = readWhole((page) => readCampaigns(clientId, page), { id: 'name', desc: false });
                for await (const some of named) {
                  yield some.filter((row) => row.name.toLowerCase().includes(wanted));
                }
              },
            }
            : {})}
          toolbar={
            <Input
              type='search'
              aria-label='Find a campaign'
              placeholder='Find a campaign'
              className='max-w-72'
              value={search.q ?? ''}
              onChange={(event) =>
                void navigate({
                  search: (kept) => ({ ...kept, q: event.target.value || undefined, page: undefined }),
                  replace: true,
                })}
            />
          }
          empty={wanted
            ? (
              <StateCard
                kind='empty'
                title={`No campaign matches “${search.q}”`}
                advice='Try a shorter part of its name.'
              />
            )
            : (
              <StateCard
                kind='empty'
                title='No campaigns yet'
                advice={isOperator
                  ? 'Create one, or sync a connection: its campaigns at the provider appear here.'
                  : 'A campaign appears here once your agency has prepared it.'}
              />
            )}
        />
      </Card>
    </>
  );
}
