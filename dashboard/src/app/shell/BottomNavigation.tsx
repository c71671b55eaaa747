import { Link } from '@tanstack/react-router';
import { Menu } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useDestinations } from './navigation.tsx';

const PhoneMenu = lazy(() => import('./PhoneMenu.tsx').then((module) => ({ default: module.PhoneMenu })));

const looks = 'flex flex-1 flex-col items-center gap-0.5 py-2 text-2xs font-medium';

/** On a phone: the first four pages under the thumb, everything else in the menu. */
export function BottomNavigation({ isMember }: { isMember: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const destinations = useDestinations();
  return (
    <div className='fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-surface print:hidden pb-[env(safe-area-inset-bottom)] md:hidden'>
      {isMember && (
        <nav aria-label='Pages' className='flex flex-4'>
          {destinations.slice(0, 4).map(({ to, label, Icon }) => (
            <Link
              key={to}
              to={to}
              activeProps={{ className: 'text-brand' }}
              inactiveProps={{ className: 'text-ink-soft' }}
              activeOptions={{ includeSearch: false }}
              className={looks}
            >
              <Icon aria-hidden className='size-5' />
              {label}
            </Link>
          ))}
        </nav>
      )}
      <button type='button' className={`${looks} text-ink-soft`} onClick={() => setOpen(true)}>
        <Menu aria-hidden className='size-5' />
        Menu
      </button>
      {isOpen && (
        <Suspense>
          <PhoneMenu
            isMember={isMember}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
