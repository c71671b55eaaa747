import { Link } from '@tanstack/react-router';
import {
  ChartNoAxesCombined,
  FileText,
  House,
  Inbox,
  type LucideIcon,
  Send,
  Settings,
  Users,
  Wrench,
} from 'lucide-react';
import { useSession } from '../../data/session.ts';
import { useClientId } from '../../routing/use-client.ts';

interface Destination {
  to:
    | '/clients'
    | '/overview'
    | '/inbox'
    | '/campaigns'
    | '/leads'
    | '/reports'
    | '/operations'
    | '/settings';
  label: string;
  Icon: LucideIcon;
  /** Operators see the overview of a chosen client only. */
  for: 'operators' | 'everyone' | 'one client';
}

/** In this order; on a phone the first four are at the bottom, all of them in the menu. */
const destinations: readonly Destination[] = [
  { to: '/clients', label: 'Home', Icon: House, for: 'operators' },
  { to: '/overview', label: 'Overview', Icon: ChartNoAxesCombined, for: 'one client' },
  { to: '/inbox', label: 'Inbox', Icon: Inbox, for: 'everyone' },
  { to: '/campaigns', label: 'Campaigns', Icon: Send, for: 'everyone' },
  { to: '/leads', label: 'Leads', Icon: Users, for: 'everyone' },
  { to: '/reports', label: 'Reports', Icon: FileText, for: 'one client' },
  { to: '/operations', label: 'Operations', Icon: Wrench, for: 'operators' },
  { to: '/settings', label: 'Settings', Icon: Settings, for: 'everyone' },
];

/** What this person can go to now. */
export function useDestinations(): readonly Destination[] {
  const isOperator = useSession()?.role === 'operator';
  const clientId = useClientId();
  return destinations.filter((entry) =>
    entry.for === 'everyone' || (entry.for === 'operators' ? isOperator : clientId !== undefined)
  );
}

export function NavigationList({ onChoose }: { onChoose?: () => void }) {
  return (
    <nav aria-label='Main' className='grid gap-1'>
      {useDestinations().map(({ to, label, Icon }) => (
        <Link
          key={to}
          to={to}
          onClick={onChoose}
          activeProps={{ className: 'bg-brand-wash text-brand' }}
          inactiveProps={{ className: 'text-ink-soft hover:bg-raised hover:text-ink' }}
          activeOptions={{ includeSearch: false }}
          className='flex items-center gap-3 rounded-lg px-3 py-2 text-sm font-medium'
        >
          <Icon aria-hidden className='size-4' />
          {label}
        </Link>
      ))}
    </nav>
  );
}
