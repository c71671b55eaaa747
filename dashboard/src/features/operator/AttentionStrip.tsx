import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  BellRing,
  CircleCheck,
  CircleX,
  Inbox,
  type LucideIcon,
  MailWarning,
  PlugZap,
  Unplug,
} from 'lucide-react';
import { type Attention, attentionQuery } from '../../data/machinery.ts';
import { formatCount, plural } from '../../shared/format.ts';
import { FailureCard } from '../../shared/StateCard.tsx';
import { Card } from '../../ui/card.tsx';
import { cn } from '../../ui/class-names.ts';
import { Skeleton } from '../../ui/skeleton.tsx';

interface Matter {
  to:
    | '/operations/alerts'
    | '/operations/connections'
    | '/operations/unmapped'
    | '/operations/dead-letters'
    | '/operations/jobs';
  /** Where only the troubled ones are shown. */
  status?: 'trouble';
  label: string;
  count: number;
  /** What it means, in a few words. */
  text: string;
  Icon: LucideIcon;
}

export function mattersOf(attention: Attention): Matter[] {
  const all: Matter[] = [
    {
      to: '/operations/alerts',
      label: 'Open alerts',
      count: attention.openAlerts,
      text: 'not healed yet',
      Icon: BellRing,
    },
    {
      to: '/operations/connections',
      label: 'Unwell connections',
      count: attention.unwell,
      text: attention.down > 0 ? `${formatCount(attention.down)} down` : 'degraded',
      Icon: PlugZap,
    },
    {
      to: '/operations/connections',
      label: 'Stopped by clients',
      count: attention.stopped.length,
      text: attention.stopped.join(', '),
      Icon: Unplug,
    },
    {
      to: '/operations/unmapped',
      label: 'Unmapped campaigns',
      count: attention.unmapped,
      text: `hold ${plural(attention.heldEvents, 'event')}`,
      Icon: Inbox,
    },
    {
      to: '/operations/dead-letters',
      label: 'Dead letters',
      count: attention.deadLetters,
      text: 'could not be processed',
      Icon: MailWarning,
    },
    {
      to: '/operations/jobs',
      status: 'trouble',
      label: 'Failing jobs',
      count: attention.failingJobs,
      text: 'of seven days',
      Icon: CircleX,
    },
  ];
  return all.filter(({ count }) => count > 0);
}

/** What needs somebody, each a way to where it is solved; a calm line when nothing does. */
export function AttentionStrip() {
  const attention = useQuery(attentionQuery);
  if (attention.error && !attention.data) {
    return (
      <Card className='mb-5'>
        <FailureCard error={attention.error} onRetry={() => void attention.refetch()} className='py-5' />
      </Card>
    );
  }
  if (!attention.data) return <Skeleton className='mb-5 h-20' />;
  const matters = mattersOf(attention.data);
  if (matters.length === 0) {
    return (
      <p className='mb-5 flex items-center gap-2 rounded-card bg-good-wash px-4 py-3 text-sm text-good'>
        <CircleCheck aria-hidden className='size-4' /> Nothing needs your attention.
      </p>
    );
  }
  return (
    <nav aria-label='Needs attention' className='mb-5 grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-5'>
      {matters.map(({ to, status, label, count, text, Icon }) => (
        <Link
          key={label}
          to={to}
          search={({ client }) => ({ client, ...(status ? { status } : {}) })}
          className={cn(
            'flex items-start gap-3 rounded-card border border-line bg-surface px-4 py-3 shadow-card hover:border-brand/40 max-md:last:odd:col-span-2',
          )}
        >
          <span className='grid size-9 shrink-0 place-items-center rounded-full bg-warm-wash text-warm-ink'>
            <Icon aria-hidden className='size-4.5' />
          </span>
          <span className='min-w-0'>
            <span className='block text-xl leading-6 font-semibold tracking-tight'>{formatCount(count)}</span>
            <span className='block text-sm font-medium'>{label}</span>
            <span className='block text-xs text-ink-soft'>{text}</span>
          </span>
        </Link>
      ))}
    </nav>
  );
}
