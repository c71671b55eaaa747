import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { BookOpen } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { type Attention, attentionQuery } from '../../data/attention.ts';
import { formatCompact } from '../../shared/format.ts';
import { PageHeader } from '../../shared/PageHeader.tsx';
import { ZoneNote } from '../../shared/time-zone.tsx';
import { Button } from '../../ui/button.tsx';
import { showCurrent } from '../../ui/tabs.tsx';

interface Section {
  to:
    | '/operations/connections'
    | '/operations/unmapped'
    | '/operations/dead-letters'
    | '/operations/jobs'
    | '/operations/alerts'
    | '/operations/email-accounts'
    | '/operations/ledger'
    | '/operations/drift'
    | '/operations/audit'
    | '/operations/calls';
  label: string;
  /** How many things need attention there. */
  count?: (attention: Attention) => number;
}

interface Group {
  label: string;
  sections: readonly [Section, ...Section[]];
}

const groups: readonly Group[] = [
  {
    label: 'To do',
    sections: [
      { to: '/operations/alerts', label: 'Alerts', count: ({ openAlerts }) => openAlerts },
      { to: '/operations/unmapped', label: 'Unmapped campaigns', count: ({ unmapped }) => unmapped },
      { to: '/operations/dead-letters', label: 'Dead letters', count: ({ deadLetters }) => deadLetters },
      { to: '/operations/jobs', label: 'Jobs', count: ({ failingJobs }) => failingJobs },
    ],
  },
  {
    label: 'Workspaces',
    sections: [
      { to: '/operations/connections', label: 'Connections', count: ({ unhealthy }) => unhealthy },
      { to: '/operations/email-accounts', label: 'Email accounts' },
    ],
  },
  {
    label: 'Checks',
    sections: [
      { to: '/operations/ledger', label: 'Ledger' },
      { to: '/operations/drift', label: 'Drift' },
    ],
  },
  {
    label: 'History',
    sections: [
      { to: '/operations/audit', label: 'Audit log' },
      { to: '/operations/calls', label: 'Provider calls' },
    ],
  },
];

/** Heading and sections of the operators' pages; each section is an address of its own. */
export function OperationsLayout() {
  const { data } = useQuery(attentionQuery);
  const { pathname } = useLocation();
  const row = useRef<HTMLElement>(null);
  // The counts move the sections when they come.
  useEffect(() => showCurrent(row.current, '[aria-current=page]'), [pathname, data]);
  return (
    <>
      <PageHeader title='Operations' note={<ZoneNote />}>
        <Button asChild>
          <Link to='/docs/$page' params={{ page: 'runbook' }}>
            <BookOpen aria-hidden /> Runbook
          </Link>
        </Button>
      </PageHeader>
      <nav
        ref={row}
        aria-label='Operations'
        className='relative -mx-4 mb-5 flex print:hidden gap-x-7 overflow-x-auto [scrollbar-width:none] border-b border-line px-4 md:mx-0 md:flex-wrap md:gap-y-1 md:px-0'
      >
        {groups.map((group) => (
          <div key={group.label} role='group' aria-label={group.label} className='shrink-0'>
            <p aria-hidden className='px-2.5 text-xs text-ink-soft'>{group.label}</p>
            <div className='flex'>
              {group.sections.map((section) => (
                <SectionLink key={section.to} section={section} attention={data} />
              ))}
            </div>
          </div>
        ))}
      </nav>
      <Outlet />
    </>
  );
}

function SectionLink({ section: { to, label, count }, attention }: {
  section: Section;
  attention: Attention | undefined;
}) {
  const waiting = attention && count ? count(attention) : 0;
  return (
    <Link
      to={to}
      // Filters of one list mean nothing in another.
      search={({ client, range, from, to: last, compare }) => ({ client, range, from, to: last, compare })}
      activeOptions={{ includeSearch: false }}
      activeProps={{ className: 'border-brand text-ink' }}
      inactiveProps={{ className: 'border-transparent text-ink-soft hover:text-ink' }}
      className='-mb-px flex items-center gap-1.5 border-b-2 px-2.5 py-2 text-sm font-medium whitespace-nowrap focus-visible:-outline-offset-2'
    >
      {label}
      {waiting > 0 && (
        <span className='rounded-full bg-warm-wash px-1.5 text-xs text-warm-ink'>
          {formatCompact(waiting)}
        </span>
      )}
    </Link>
  );
}
