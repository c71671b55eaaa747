import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { clientNamesQuery } from '../../data/clients.ts';
import { Select } from '../../ui/select.tsx';
import { useClientId } from '../use-client.ts';

/** Operators choose whose numbers they see; the choice stays in the address from page to page. */
export function ClientSwitcher({ className }: { className?: string }) {
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
