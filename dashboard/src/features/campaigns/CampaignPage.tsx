import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useContext } from 'react';
import { campaignQuery, campaignState } from '../../data/campaigns.ts';
import { clientNamesQuery } from '../../data/clients.ts';
import { useSession } from '../../data/session.ts';
import { providerNames } from '../../data/supabase.ts';
import { InZoneOf } from '../../routing/use-time-zone.tsx';
import { Age } from '../../shared/Age.tsx';
import { CsvOwnerContext } from '../../shared/csv-name.ts';
import { PageHeader } from '../../shared/PageHeader.tsx';
import { FailureCard, StateCard } from '../../shared/StateCard.tsx';
import { ZoneNote } from '../../shared/time-zone.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { ResultsTab } from './ResultsTab.tsx';

// Loaded with the first look at them, tables and all.
const EventsTab = lazy(() => import('./EventsTab.tsx').then((module) => ({ default: module.EventsTab })));
const ExportsTab = lazy(() => import('./ExportsTab.tsx').then((module) => ({ default: module.ExportsTab })));
const MessagesTab = lazy(() =>
  import('./MessagesTab.tsx').then((module) => ({ default: module.MessagesTab }))
);
const StepsTab = lazy(() => import('./StepsTab.tsx').then((module) => ({ default: module.StepsTab })));
const ExportButton = lazy(() =>
  import('./export/ExportButton.tsx').then((module) => ({ default: module.ExportButton }))
);
const CampaignMenu = lazy(() =>
  import('./CampaignMenu.tsx').then((module) => ({ default: module.CampaignMenu }))
);
const SetupTab = lazy(() => import('./setup/SetupTab.tsx').then((module) => ({ default: module.SetupTab })));
const CheckTab = lazy(() => import('./check/CheckTab.tsx').then((module) => ({ default: module.CheckTab })));
const later = (content: ReactNode) => <Suspense fallback={<Skeleton className='h-72' />}>{content}</Suspense>;

const route = getRouteApi('/shell/campaigns/$campaignId');

export function CampaignPage() {
  const { campaignId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const campaign = useQuery(campaignQuery(campaignId));
  const row = campaign.data;
  const owner = useContext(CsvOwnerContext);
  const names = useQuery(clientNamesQuery);
  const name = row?.name ?? 'campaign';
  const isOperator = useSession()?.role === 'operator';
  const clientName = isOperator ? names.data?.find(({ id }) => id === row?.client_id)?.name : undefined;

  if (campaign.error && !row) {
    return (
      <Card>
        <FailureCard error={campaign.error} onRetry={() => void campaign.refetch()} />
      </Card>
    );
  }
  if (row === null) {
    return (
      <Card>
        <StateCard
          kind='empty'
          title='Campaign not found'
          advice='It does not exist, or you do not have access. Check the address, or choose a campaign from the list.'
          action={
            <Button asChild>
              <Link to='/campaigns'>Show all campaigns</Link>
            </Button>
          }
        />
      </Card>
    );
  }
  return (
    <InZoneOf clientId={row?.client_id}>
      <CsvOwnerContext
        value={{
          ...owner,
          client: names.data?.find(({ id }) => id === row?.client_id)?.name ?? owner.client,
        }}
      >
        <PageHeader
          title={row?.name ?? 'Campaign'}
          above={
            <Link to='/campaigns' className='inline-flex items-center gap-1.5 text-ink-soft hover:text-ink'>
              <ArrowLeft aria-hidden className='size-4' /> All campaigns
            </Link>
          }
          note={row
            ? (
              <>
                <Badge tone={campaignState(row).tone}>{campaignState(row).label}</Badge>
                {clientName && <span className='font-medium text-ink'>{clientName}</span>}
                {isOperator && row.provider && <span>via {providerNames[row.provider]}</span>}
                <Age asOf={row.as_of} />
                <ZoneNote />
              </>
            )
            : <Skeleton className='h-5 w-40' />}
        >
          {row && (
            <Suspense>
              <CampaignMenu campaign={row} />
              <ExportButton campaign={row} />
            </Suspense>
          )}
        </PageHeader>
        <Tabs
          label='Campaign sections'
          value={search.tab ?? 'results'}
          onValueChange={(tab) =>
            void navigate({
              // A cursor among the events means nothing among the messages.
              search: (kept) => ({ ...kept, tab: tab === 'results' ? undefined : tab, below: undefined }),
              replace: true,
            })}
          tabs={[
            {
              value: 'results',
              label: 'Results',
              content: row ? <ResultsTab campaign={row} /> : <Skeleton className='h-72' />,
            },
            {
              value: 'setup',
              label: 'Emails and schedule',
              content: later(<SetupTab campaignId={campaignId} />),
            },
            {
              value: 'check',
              label: 'Check',
              content: later(<CheckTab campaignId={campaignId} />),
            },
            {
              value: 'steps',
              label: 'Steps',
              content: later(<StepsTab campaignId={campaignId} campaignName={name} />),
            },
            {
              value: 'messages',
              label: 'Messages',
              content: row
                ? later(<MessagesTab clientId={row.client_id} campaignId={campaignId} campaignName={name} />)
                : <Skeleton className='h-72' />,
            },
            {
              value: 'events',
              label: 'Events',
              content: row
                ? later(<EventsTab clientId={row.client_id} campaignId={campaignId} campaignName={name} />)
                : <Skeleton className='h-72' />,
            },
            {
              value: 'exports',
              label: 'Exports',
              content: later(<ExportsTab campaignId={campaignId} campaignName={name} />),
            },
          ]}
        />
      </CsvOwnerContext>
    </InZoneOf>
  );
}
