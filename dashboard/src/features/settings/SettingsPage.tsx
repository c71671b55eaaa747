import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useClientId } from '../../app/use-client.ts';
import { reportSettingsQuery } from '../../data/cost-entries.ts';
import { useSession } from '../../data/session.ts';
import { PageHeader } from '../../shared/PageHeader.tsx';
import { type Tab, Tabs } from '../../ui/tabs.tsx';
import { ClientsTab } from './ClientsTab.tsx';
import { ConnectionsTab } from './connections/ConnectionsTab.tsx';
import { CostsTab } from './costs/CostsTab.tsx';
import { PeopleTab } from './PeopleTab.tsx';
import type { SettingsTab } from './tabs.ts';

const route = getRouteApi('/shell/settings');

/** A client sets up its own workspace; an operator everything. */
export function SettingsPage() {
  const session = useSession();
  const clientId = useClientId();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const settings = useQuery(reportSettingsQuery);
  const isOperator = session?.role === 'operator';
  const maySeeCosts = isOperator ||
    settings.data?.some((row) => row.id === clientId && row.may_see_costs) === true;

  const tabs: Tab<SettingsTab>[] = [
    { value: 'connections', label: 'Connections', content: <ConnectionsTab /> },
    ...(isOperator
      ? [{ value: 'clients' as const, label: 'Clients and reports', content: <ClientsTab /> }]
      : []),
    ...(maySeeCosts ? [{ value: 'costs' as const, label: 'Costs', content: <CostsTab /> }] : []),
    ...(isOperator ? [{ value: 'people' as const, label: 'People', content: <PeopleTab /> }] : []),
  ];
  const shown = tabs.find(({ value }) => value === search.tab) ?? tabs[0]!;
  return (
    <>
      <PageHeader title='Settings' />
      {tabs.length === 1 ? shown.content : (
        <Tabs
          label='Settings'
          tabs={tabs}
          value={shown.value}
          onValueChange={(tab) =>
            void navigate({
              search: (kept) => ({ ...kept, tab: tab === 'connections' ? undefined : tab }),
              replace: true,
            })}
        />
      )}
    </>
  );
}
