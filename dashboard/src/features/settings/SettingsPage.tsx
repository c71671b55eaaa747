import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { clientSettingsQuery } from '../../data/client-settings.ts';
import { useSession } from '../../data/session.ts';
import { useClientId } from '../../routing/use-client.ts';
import { PageHeader } from '../../shared/PageHeader.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { type Tab, Tabs } from '../../ui/tabs.tsx';
import { AgencyTab } from './AgencyTab.tsx';
import { ClientsTab } from './ClientsTab.tsx';
import { ConnectionsTab } from './connections/ConnectionsTab.tsx';
import { CostsTab } from './costs/CostsTab.tsx';
import { EmailTab } from './outgoing/EmailTab.tsx';
import { MailCard } from './outgoing/MailCard.tsx';
import { NotificationsTab } from './outgoing/NotificationsTab.tsx';
import { PeopleTab } from './people/PeopleTab.tsx';

const route = getRouteApi('/shell/settings');

type SettingsTab = NonNullable<ReturnType<typeof route.useSearch>['tab']>;

const ReplyModelCard = lazy(() =>
  import('./ReplyModelCard.tsx').then((module) => ({ default: module.ReplyModelCard }))
);

const CrmTab = lazy(() => import('./crm/CrmTab.tsx').then((module) => ({ default: module.CrmTab })));

const PersonalDataTab = lazy(() =>
  import('../personal-data/PersonalDataTab.tsx').then((module) => ({ default: module.PersonalDataTab }))
);

const RetentionTab = lazy(() =>
  import('./retention/RetentionTab.tsx').then((module) => ({ default: module.RetentionTab }))
);

const AssistantsTab = lazy(() =>
  import('./assistants/AssistantsTab.tsx').then((module) => ({ default: module.AssistantsTab }))
);

function AgencySettings() {
  return (
    <div className='grid gap-6'>
      <AgencyTab />
      <MailCard />
      <Suspense fallback={<Skeleton className='h-64 max-w-3xl' />}>
        <ReplyModelCard />
      </Suspense>
    </div>
  );
}

/** Operators see every setting; a client sees those of its own that the agency shows. */
export function SettingsPage() {
  const session = useSession();
  const clientId = useClientId();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const settings = useQuery(clientSettingsQuery);
  const isOperator = session?.role === 'operator';
  const own = settings.data?.find((row) => row.id === clientId);
  const maySeeConnection = isOperator || own?.may_see_connection === true;
  const maySeeCosts = isOperator || own?.may_see_costs === true;

  const tabs: Tab<SettingsTab>[] = [
    ...(maySeeConnection
      ? [{ value: 'connections' as const, label: 'Connections', content: <ConnectionsTab /> }]
      : []),
    ...(isOperator ? [{ value: 'clients' as const, label: 'Clients', content: <ClientsTab /> }] : []),
    ...(maySeeCosts ? [{ value: 'costs' as const, label: 'Costs', content: <CostsTab /> }] : []),
    ...(isOperator ? [{ value: 'people' as const, label: 'People', content: <PeopleTab /> }] : []),
    ...(isOperator
      ? [{ value: 'notifications' as const, label: 'Notifications', content: <NotificationsTab /> }]
      : []),
    ...(isOperator
      ? [{
        value: 'crm' as const,
        label: 'CRM',
        content: (
          <Suspense fallback={<Skeleton className='h-64' />}>
            <CrmTab />
          </Suspense>
        ),
      }]
      : []),
    ...(isOperator ? [{ value: 'agency' as const, label: 'Agency', content: <AgencySettings /> }] : []),
    ...(isOperator
      ? [{
        value: 'personal-data' as const,
        label: 'Personal data',
        content: (
          <Suspense fallback={<Skeleton className='h-64 max-w-3xl' />}>
            <PersonalDataTab />
          </Suspense>
        ),
      }]
      : []),
    ...(isOperator
      ? [{
        value: 'retention' as const,
        label: 'Retention',
        content: (
          <Suspense fallback={<Skeleton className='h-96 max-w-4xl' />}>
            <RetentionTab />
          </Suspense>
        ),
      }]
      : []),
    { value: 'email', label: 'Email', content: <EmailTab /> },
    {
      value: 'assistants',
      label: 'Assistants',
      content: (
        <Suspense fallback={<Skeleton className='h-64 max-w-3xl' />}>
          <AssistantsTab maySeeCosts={maySeeCosts} />
        </Suspense>
      ),
    },
  ];
  const shown = tabs.find(({ value }) => value === search.tab) ?? tabs[0]!;
  return (
    <>
      <PageHeader title='Settings' />
      <Tabs
        label='Settings'
        tabs={tabs}
        value={shown.value}
        onValueChange={(tab) =>
          void navigate({
            search: (kept) => ({ ...kept, tab: tab === tabs[0]!.value ? undefined : tab }),
            replace: true,
          })}
      />
    </>
  );
}
