import { getRouteApi, Link, useLocation } from '@tanstack/react-router';
import { PageHeader } from '../../shared/PageHeader.tsx';
import { Blocks } from './Blocks.tsx';
import { type Block, type DocumentName, plainText } from './document.ts';

const route = getRouteApi('/shell/operators/docs/$page');

const pages: readonly { name: DocumentName; label: string }[] = [
  { name: 'runbook', label: 'Runbook' },
  { name: 'faq', label: 'Questions' },
  { name: 'operations', label: 'Operations' },
  { name: 'metrics', label: 'Metrics' },
  { name: 'api', label: 'API' },
  { name: 'api-operators', label: 'API for operators' },
  { name: 'api-outgoing', label: 'Outgoing events' },
];

/** A page of the documentation of this version. An entry of the runbook is where an alert leads. */
export function DocumentPage() {
  const { page } = route.useParams();
  const { title, blocks } = route.useLoaderData();
  const { hash } = useLocation();
  return (
    <>
      <PageHeader
        title={title}
        above={
          <Link to='/operations/alerts' className='text-brand underline-offset-4 hover:underline'>
            Alerts
          </Link>
        }
      />
      <nav
        aria-label='Documentation'
        className='-mx-4 mb-6 flex overflow-x-auto [scrollbar-width:none] border-b border-line px-4 md:mx-0 md:flex-wrap md:px-0 print:hidden'
      >
        {pages.map(({ name, label }) => (
          <Link
            key={name}
            to='/docs/$page'
            params={{ page: name }}
            activeOptions={{ includeSearch: false, includeHash: false }}
            activeProps={{ className: 'border-brand text-ink' }}
            inactiveProps={{ className: 'border-transparent text-ink-soft hover:text-ink' }}
            className='-mb-px border-b-2 px-2.5 py-2 text-sm font-medium whitespace-nowrap focus-visible:-outline-offset-2'
          >
            {label}
          </Link>
        ))}
      </nav>
      <div className='lg:grid lg:grid-cols-[15rem_minmax(0,46rem)] lg:gap-10'>
        <Contents page={page} blocks={blocks} />
        <article className='min-w-0'>
          <Blocks blocks={blocks} hash={hash} />
        </article>
      </div>
    </>
  );
}

/** Beside the text at a desk; above it, folded, on a phone. */
function Contents({ page, blocks }: { page: string; blocks: Block[] }) {
  const headings = blocks.filter((block) => block.kind === 'heading');
  const list = (
    <ul className='grid gap-0.5 text-sm'>
      {headings.map(({ id, level, text }) => (
        <li key={id} className={level === 2 ? 'mt-2 font-medium' : 'ml-3'}>
          <Link
            to='/docs/$page'
            params={{ page }}
            hash={id}
            activeOptions={{ includeHash: true, includeSearch: false }}
            className='block py-0.5 text-ink-soft underline-offset-4 hover:text-ink hover:underline aria-[current]:text-brand'
          >
            {plainText(text)}
          </Link>
        </li>
      ))}
    </ul>
  );
  return (
    <>
      <nav
        aria-label='On this page'
        className='hidden lg:sticky lg:top-20 lg:block lg:max-h-[calc(100dvh-6rem)] lg:self-start lg:overflow-y-auto print:hidden'
      >
        {list}
      </nav>
      <details className='mb-5 rounded-card border border-line bg-surface px-4 py-2 lg:hidden print:hidden'>
        <summary className='cursor-pointer py-1 text-sm font-medium'>On this page</summary>
        {list}
      </details>
    </>
  );
}
