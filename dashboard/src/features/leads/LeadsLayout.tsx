import { Link, Outlet } from '@tanstack/react-router';
import { PageHeader } from '../../shared/PageHeader.tsx';
import { ZoneNote } from '../../shared/time-zone.tsx';

const sections = [
  { to: '/leads', label: 'Leads' },
  { to: '/leads/meetings', label: 'Meetings' },
  { to: '/leads/suppressions', label: 'Suppressions' },
] as const;

/** Heading and sections of the pages about leads; each section is an address of its own. */
export function LeadsLayout() {
  return (
    <>
      <PageHeader title='Leads' note={<ZoneNote />} />
      <nav aria-label='Leads' className='mb-5 flex border-b border-line print:hidden'>
        {sections.map(({ to, label }) => (
          <Link
            key={to}
            to={to}
            // Filters of one list mean nothing in the other.
            search={({ client, range, from, to: last, compare }) => ({
              client,
              range,
              from,
              to: last,
              compare,
            })}
            activeOptions={{ exact: true, includeSearch: false }}
            activeProps={{ className: 'border-brand text-ink' }}
            inactiveProps={{ className: 'border-transparent text-ink-soft hover:text-ink' }}
            className='-mb-px border-b-2 px-2.5 py-2 text-sm font-medium focus-visible:-outline-offset-2'
          >
            {label}
          </Link>
        ))}
      </nav>
      <Outlet />
    </>
  );
}
