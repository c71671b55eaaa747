import { useQuery } from '@tanstack/react-query';
import { ChevronDown, CornerUpLeft, Send } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { eventTone, type EventType } from '../../data/events.ts';
import { messageBodyQuery } from '../../data/messages.ts';
import { maxTimelineEntries, timelineQuery } from '../../data/timeline.ts';
import { formatDay } from '../format.ts';
import { Moment, timeOfDay, useZone } from '../moments.tsx';
import { FailureCard, StateCard } from '../StateCard.tsx';
import { cn } from '../../ui/class-names.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { byDay, campaignsOf, entryLabel, type TimelineEntry, withoutRepeats } from './history.ts';
import { writerOf } from './labels.tsx';
import { MessageBody } from './MessageBody.tsx';

/** Everything that happened with a person, newest first. */
export function Timeline({ clientId, email, shownId }: {
  clientId: string;
  email: string;
  /** The message that is open above it. */
  shownId?: string;
}) {
  const timeline = useQuery(timelineQuery(clientId, email));
  const zone = useZone();
  const days = useMemo(() => byDay(withoutRepeats(timeline.data ?? []), zone), [timeline.data, zone]);
  const hasSeveralCampaigns = campaignsOf(timeline.data ?? []).length > 1;
  return (
    <section aria-labelledby='history' className='px-5 pt-4 pb-6'>
      <h3 id='history' className='mb-3 text-base font-semibold tracking-tight'>History</h3>
      {timeline.error && !timeline.data
        ? <FailureCard error={timeline.error} onRetry={() => void timeline.refetch()} className='py-6' />
        : timeline.isPending
        ? (
          <div className='grid gap-3'>
            <Skeleton className='h-4 w-28' />
            <Skeleton className='h-10 w-full' />
            <Skeleton className='h-10 w-full' />
          </div>
        )
        : days.length === 0
        ? (
          <StateCard
            kind='empty'
            title={shownId ? 'No other activity' : 'Nothing sent or received yet'}
            className='py-6'
          />
        )
        : (
          <ol className='grid gap-4'>
            {days.map(({ day, entries }) => (
              <li key={day}>
                <h4 className='mb-1.5 text-xs font-medium text-ink-soft'>{formatDay(day)}</h4>
                <ol className='grid gap-1 border-l border-line pl-4'>
                  {entries.map((entry) => (
                    <li key={entry.position}>
                      {entry.message_id
                        ? (
                          <MailLine
                            entry={entry}
                            messageId={entry.message_id}
                            isShown={entry.message_id === shownId}
                            withCampaign={hasSeveralCampaigns}
                          />
                        )
                        : <EventLine entry={entry} withCampaign={hasSeveralCampaigns} />}
                    </li>
                  ))}
                </ol>
              </li>
            ))}
          </ol>
        )}
      {timeline.data?.length === maxTimelineEntries && (
        <p role='status' className='mt-3 text-sm text-ink-soft'>
          Showing the newest {maxTimelineEntries}. Older ones are in the campaign’s events.
        </p>
      )}
    </section>
  );
}

const dots = {
  neutral: 'bg-line-strong',
  brand: 'bg-brand',
  good: 'bg-good',
  warm: 'bg-warm',
  bad: 'bg-bad',
};

/** Label, step and campaign, as far as they add something. */
function About({ entry, withCampaign }: { entry: TimelineEntry; withCampaign: boolean }) {
  const parts = [
    entry.label,
    entry.step === null ? null : `step ${entry.step}`,
    withCampaign ? entry.campaign_name : null,
  ].filter(Boolean);
  return parts.length > 0 && <span className='min-w-0 truncate text-ink-soft'>{parts.join(' · ')}</span>;
}

function Dot({ className }: { className: string }) {
  return (
    <span
      aria-hidden
      className={cn('absolute top-1/2 -left-[20.5px] size-2 -translate-y-1/2 rounded-full', className)}
    />
  );
}

function EventLine({ entry, withCampaign }: { entry: TimelineEntry; withCampaign: boolean }) {
  return (
    <div className='relative flex items-baseline gap-2 py-1 text-sm'>
      <Dot className={dots[eventTone(entry.type as EventType)]} />
      <span className='shrink-0'>{entryLabel(entry)}</span>
      <About entry={entry} withCampaign={withCampaign} />
      <Moment at={entry.occurred_at} as={timeOfDay} className='ml-auto shrink-0 text-xs text-ink-soft' />
    </div>
  );
}

function MailLine({ entry, messageId, isShown, withCampaign }: {
  entry: TimelineEntry;
  messageId: string;
  isShown: boolean;
  withCampaign: boolean;
}) {
  const [isOpen, setOpen] = useState(false);
  const bodyId = useId();
  const isSent = entry.type === 'message_sent';
  const Icon = isSent ? Send : CornerUpLeft;
  const writer = writerOf(entry);
  return (
    <div className='relative my-1 rounded-lg border border-line'>
      <button
        type='button'
        aria-expanded={isOpen}
        aria-controls={bodyId}
        onClick={() => setOpen(!isOpen)}
        className='relative grid w-full gap-0.5 rounded-lg px-3 py-2 text-left text-sm hover:bg-raised/60'
      >
        <Dot className={cn('-left-[21.5px]', isSent ? 'bg-brand' : 'bg-warm')} />
        <span className='flex min-w-0 items-center gap-2'>
          <Icon aria-hidden className={cn('size-3.5 shrink-0', isSent ? 'text-brand' : 'text-warm-ink')} />
          <span className='shrink-0 font-medium'>{entryLabel(entry)}</span>
          {isShown && <span className='shrink-0 text-xs text-ink-soft'>(shown above)</span>}
          <About entry={entry} withCampaign={withCampaign} />
          <Moment at={entry.occurred_at} as={timeOfDay} className='ml-auto shrink-0 text-xs text-ink-soft' />
          <ChevronDown
            aria-hidden
            className={cn('size-4 shrink-0 text-ink-soft transition-transform', isOpen && 'rotate-180')}
          />
        </span>
        {writer && <span className='wrap-anywhere'>{writer}</span>}
        {!isOpen && (
          <span className='truncate text-ink-soft'>
            {[entry.subject, entry.snippet].filter(Boolean).join(': ') || 'No text'}
          </span>
        )}
      </button>
      <div id={bodyId}>
        {isOpen && <OpenMail messageId={messageId} subject={entry.subject} label={entryLabel(entry)} />}
      </div>
    </div>
  );
}

function OpenMail(
  { messageId, subject, label }: { messageId: string; subject: string | null; label: string },
) {
  const body = useQuery(messageBodyQuery(messageId));
  return (
    <div className='grid gap-2 px-3 pt-1 pb-3'>
      {subject && <p className='text-sm font-medium'>{subject}</p>}
      {body.error && !body.data
        ? <FailureCard error={body.error} onRetry={() => void body.refetch()} className='py-4' />
        : body.isPending
        ? <Skeleton className='h-16 w-full' />
        : (
          <MessageBody
            html={body.data?.body_html ?? null}
            text={body.data?.body_text ?? body.data?.snippet ?? null}
            {...(body.data && { removed: { sent: body.data.occurred_at, at: body.data.body_removed_at } })}
            label={label}
          />
        )}
    </div>
  );
}
