import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  BellRing,
  CircleCheck,
  CircleX,
  ClipboardCheck,
  Inbox,
  type LucideIcon,
  MailWarning,
  PlugZap,
  Unplug,
} from 'lucide-react';
import type { AnsweredApproval } from '../../data/approvals.ts';
import { type Attention, attentionQuery } from '../../data/attention.ts';
import { formatCount, plural } from '../../shared/format.ts';
import { FailureCard } from '../../shared/StateCard.tsx';
import { Card } from '../../ui/card.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

interface AttentionItem {
  to:
    | '/operations/alerts'
    | '/operations/connections'
    | '/operations/unmapped'
    | '/operations/dead-letters'
    | '/operations/jobs'
    | '/campaigns/$campaignId';
  /** Filters the list there. */
  status?: 'failed';
  /** Whose check it is. */
  campaignId?: string;
  label: string;
  count: number;
  /** What it means, in a few words. */
  text: string;
  Icon: LucideIcon;
}

export function attentionItems(attention: Attention): AttentionItem[] {
  const changes = attention.answered.filter(({ isApproved }) => !isApproved);
  const approved = attention.answered.filter(({ isApproved }) => isApproved);
  const all: AttentionItem[] = [
    ...answers('Changes requested', changes),
    ...answers('Approved, not exported', approved),
    {
      to: '/operations/alerts',
      label: 'Open alerts',
      count: attention.openAlerts,
      text: 'not resolved yet',
      Icon: BellRing,
    },
    {
      to: '/operations/connections',
      label: 'Unhealthy connections',
      count: attention.unhealthy,
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
      text: `${plural(attention.heldEvents, 'event')} held`,
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
      status: 'failed',
      label: 'Failing jobs',
      count: attention.failingJobs,
      text: 'in the last 7 days',
      Icon: CircleX,
    },
  ];
  return all.filter(({ count }) => count > 0);
}

/** Answers of clients, leading to the campaign of the newest. */
function answers(label: string, answered: AnsweredApproval[]): AttentionItem[] {
  const [first] = answered;
  if (!first) return [];
  const rest = answered.length - 1;
  return [{
    to: '/campaigns/$campaignId',
    campaignId: first.campaignId,
    label,
    count: answered.length,
    text: `${first.client}: ${first.campaign}${rest > 0 ? ` and ${formatCount(rest)} more` : ''}`,
    Icon: ClipboardCheck,
  }];
}

/** What needs attention, each linked to where it is solved; a calm line when nothing does. */
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
  const items = attentionItems(attention.data);
  if (items.length === 0) {
    return (
      <p className='mb-5 flex items-center gap-2 rounded-card bg-good-wash px-4 py-3 text-sm text-good'>
        <CircleCheck aria-hidden className='size-4' /> Nothing needs your attention.
      </p>
    );
  }
  return (
    <nav aria-label='Needs attention' className='mb-5 grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-5'>
      {items.map(({ to, status, campaignId, label, count, text, Icon }) => (
        <Link
          key={label}
          to={to}
          params={campaignId ? { campaignId } : {}}
          search={({ client }) => ({
            client,
            ...(status ? { status } : {}),
            ...(campaignId ? { tab: 'check' as const } : {}),
          })}
          className='flex items-start gap-3 rounded-card border border-line bg-surface px-4 py-3 shadow-card hover:border-brand/40 max-md:last:odd:col-span-2'
        >
          <span className='grid size-9 shrink-0 place-items-center rounded-full bg-warm-wash text-warm-ink'>
            <Icon aria-hidden className='size-4.5' />
          </span>
          <span className='min-w-0'>
            <span className='block text-xl leading-6 font-semibold tracking-tight'>{formatCount(count)}</span>
            <span className='block text-sm font-medium'>{label}</span>
            <span className='line-clamp-2 text-xs wrap-anywhere text-ink-soft'>{text}</span>
          </span>
        </Link>
      ))}
    </nav>
  );
}
