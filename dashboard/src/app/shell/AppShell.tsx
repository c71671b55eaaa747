import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef } from 'react';
import { useAgency } from '../../data/agency.ts';
import { clientNamesQuery } from '../../data/clients.ts';
import { useLiveChanges } from '../../data/live.ts';
import { useSession } from '../../data/session.ts';
import { projectConfig } from '../../data/supabase.ts';
import { useClientId } from '../../routing/use-client.ts';
import { InZoneOf } from '../../routing/use-time-zone.tsx';
import { Brand, PoweredBy, PrintedBrand } from '../../shared/Brand.tsx';
import { allClients, type CsvOwner, CsvOwnerContext } from '../../shared/csv-name.ts';
import { StateCard } from '../../shared/StateCard.tsx';
import { Select } from '../../ui/select.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { BottomNavigation } from './BottomNavigation.tsx';
import { NavigationList } from './navigation.tsx';

/** The frame of every page: navigation beside it, on a phone below it. */
export function AppShell() {
  const session = useSession();
  const main = useRef<HTMLElement>(null);
  useFocusOnNewPage(main);
  useLiveChanges(session, projectConfig().realtime);
  const owner = useCsvOwner();
  const agency = useAgency();
  // For the moment between the end of a session and the sign-in page.
  if (!session) return null;
  const isMember = session.role !== null;
  return (
    <div className='min-h-dvh print:block md:grid md:grid-cols-[15rem_minmax(0,1fr)]'>
      <a
        href='#main'
        className='sr-only focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50 focus:rounded-lg focus:bg-surface focus:px-4 focus:py-2'
      >
        Skip to content
      </a>
      <aside className='hidden border-r print:hidden border-line bg-surface/60 md:sticky md:top-0 md:flex md:h-dvh md:flex-col md:gap-5 md:p-4'>
        <Logo />
        {session.role === 'operator' && <ClientSwitcher />}
        {isMember && <NavigationList />}
        <div className='mt-auto grid gap-3'>
          <PoweredBy className='px-1' />
          <AccountMenu />
        </div>
      </aside>
      <header className='flex items-center justify-between print:hidden gap-3 border-b border-line bg-surface/60 px-4 py-2 md:hidden'>
        <Logo />
        {session.role === 'operator' && <ClientSwitcher className='min-w-0 max-w-[60%]' />}
      </header>
      <main
        id='main'
        ref={main}
        tabIndex={-1}
        className='mx-auto w-full max-w-[84rem] px-4 pt-5 pb-24 outline-none md:px-8 md:pt-7 md:pb-12'
      >
        <PrintedBrand client={owner.client === allClients ? undefined : owner.client} />
        {isMember
          ? (
            <InZoneOf>
              <CsvOwnerContext value={owner}>
                <Outlet />
              </CsvOwnerContext>
            </InZoneOf>
          )
          : (
            <StateCard
              kind='forbidden'
              title='Your account is not linked to a client yet'
              advice={`Ask ${agency.name ?? 'your agency'}${
                agency.support_address ? ` (${agency.support_address})` : ''
              } to add ${session.email || 'your address'}, then sign in again.`}
            />
          )}
      </main>
      <BottomNavigation isMember={isMember} />
    </div>
  );
}

/** Whose numbers a file holds: the agency's name, and the client's that is shown. */
function useCsvOwner(): CsvOwner {
  const { name } = useAgency();
  const agency = name ?? projectConfig().agency;
  const clientId = useClientId();
  const { data } = useQuery(clientNamesQuery);
  const client = data?.find(({ id }) => id === clientId)?.name ?? allClients;
  return useMemo(() => ({ agency, client }), [agency, client]);
}

/** Screen readers and the keyboard start at the new page, not where the old one had been left. */
function useFocusOnNewPage(main: React.RefObject<HTMLElement | null>): void {
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname, main]);
}

function Logo() {
  return (
    <Link
      to='/'
      className='inline-flex max-w-full min-w-0 self-start rounded-lg px-1 py-1'
    >
      <Brand />
      <span className='sr-only'>: Home</span>
    </Link>
  );
}

/** Operators choose whose numbers they see; the choice stays in the address from page to page. */
function ClientSwitcher({ className }: { className?: string }) {
  const { data } = useQuery(clientNamesQuery);
  const clientId = useClientId();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const choose = (chosen: string) => {
    const client = chosen === '' ? undefined : chosen;
    void navigate({ to: pageAfterSwitch(pathname, client), search: (kept) => ({ ...kept, client }) });
  };
  return (
    <Select
      aria-label='Client'
      className={className ?? 'w-full'}
      value={clientId ?? ''}
      onValueChange={choose}
      choices={[
        { value: '', label: 'All clients' },
        ...(data ?? []).map((client) => ({ value: client.id, label: client.name })),
      ]}
    />
  );
}

/** The same page of the other client where there is one. */
export function pageAfterSwitch(pathname: string, client: string | undefined) {
  if (pathname.startsWith('/campaigns')) return '/campaigns';
  if (pathname.startsWith('/inbox')) return '/inbox';
  if (pathname.startsWith('/operations') || pathname.startsWith('/settings')) return '.';
  return client ? '/overview' : '/clients';
}
