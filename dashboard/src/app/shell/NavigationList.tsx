import { Link } from '@tanstack/react-router';
import { useSession } from '../../data/session.ts';
import { type Destination, destinations } from '../navigation.ts';
import { useClientId } from '../use-client.ts';

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
