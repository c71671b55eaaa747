// The list beside the reading pane: replies, or search results. One of them is in the tab order, the arrows move.
import { CornerUpLeft, Send } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { parseHighlight, type SearchHit } from '../../data/message-search.ts';
import type { OutsideRow } from '../../data/outside-mail.ts';
import type { ReplyRow } from '../../data/replies.ts';
import { useNow } from '../../shared/Age.tsx';
import { Badge } from '../../ui/badge.tsx';
import { cn } from '../../ui/class-names.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ClassBadge } from './class/ClassBadge.tsx';
import {
  personName,
  placeOf,
  SentimentBadge,
  shortMoment,
  VerdictMark,
  writerOf,
} from '../../shared/person/labels.tsx';
import { Moment, useZone } from '../../shared/moments.tsx';

export const entryId = (id: string): string => `entry-${id}`;

export function EntryList<Entry>({ label, entries, idOf, current, isBusy, onOpen, onFocus, children }: {
  label: string;
  entries: readonly Entry[];
  idOf: (entry: Entry) => string;
  /** The one that is read, or that the keyboard is at. */
  current: string | undefined;
  isBusy: boolean;
  onOpen: (id: string) => void;
  onFocus: (id: string) => void;
  children: (entry: Entry) => ReactNode;
}) {
  // The way in by Tab is the current one, else the first.
  const entrance = entries.some((entry) => idOf(entry) === current)
    ? current
    : entries[0] && idOf(entries[0]);
  return (
    <ul role='listbox' aria-label={label} aria-busy={isBusy} className={cn(isBusy && 'opacity-60')}>
      {entries.map((entry) => {
        const id = idOf(entry);
        return (
          <li
            key={id}
            id={entryId(id)}
            role='option'
            aria-selected={id === current}
            tabIndex={id === entrance ? 0 : -1}
            onClick={() => onOpen(id)}
            onFocus={() => onFocus(id)}
            className={cn(
              'relative grid cursor-pointer grid-cols-1 gap-1 border-b border-line px-5 py-3 text-sm -outline-offset-2 hover:bg-raised/60',
              id === current &&
                'bg-brand-wash/60 hover:bg-brand-wash/60 lg:before:absolute lg:before:inset-y-0 lg:before:left-0 lg:before:w-[3px] lg:before:bg-brand',
            )}
          >
            {children(entry)}
          </li>
        );
      })}
    </ul>
  );
}

export function Heading({ name, at, className }: { name: string; at: string; className: string }) {
  const now = useNow(60_000);
  return (
    <span className='flex items-baseline gap-2'>
      <span className={cn('truncate', className)} title={name}>{name}</span>
      <Moment
        at={at}
        as={shortMoment(at, new Date(now), useZone())}
        className='ml-auto shrink-0 text-xs text-ink-soft'
      />
    </span>
  );
}

export function ReplyEntry({ row, withClient }: { row: ReplyRow; withClient: boolean }) {
  const about = [placeOf(row), row.campaign_name].filter(Boolean).join(' · ');
  const writer = writerOf(row);
  return (
    <>
      <Heading
        name={personName(row)}
        at={row.occurred_at}
        className={row.verdict === null && !row.is_auto_reply ? 'font-semibold' : ''}
      />
      {writer && <span className='text-xs wrap-anywhere'>{writer}</span>}
      <span className='truncate text-xs text-ink-soft' title={about}>{about}</span>
      <span className='line-clamp-2 wrap-anywhere text-ink-soft'>
        {row.snippet ?? row.subject ?? 'No text'}
      </span>
      <span className='flex flex-wrap items-center gap-x-2.5 gap-y-1 empty:hidden'>
        {row.reply_class ? <ClassBadge row={row} /> : row.is_auto_reply && <Badge>Automatic</Badge>}
        <SentimentBadge sentiment={row.interest_status} />
        {row.verdict && <VerdictMark verdict={row.verdict} />}
        {withClient && row.client_name && (
          <span className='ml-auto truncate text-xs text-ink-soft'>{row.client_name}</span>
        )}
      </span>
    </>
  );
}

/** Mail from outside the campaigns; it needs no action, so nothing is emphasised. */
export function OutsideEntry({ row, withClient }: { row: OutsideRow; withClient: boolean }) {
  const sender = [row.sender_name, row.email].filter(Boolean).join(' · ');
  const whose = row.clients?.name ?? row.provider_connections?.name;
  return (
    <>
      <Heading name={sender} at={row.occurred_at} className='font-medium' />
      {row.email_account && <span className='truncate text-xs text-ink-soft'>To {row.email_account}</span>}
      <span className='truncate'>{row.subject || 'No subject'}</span>
      <span className='line-clamp-2 wrap-anywhere text-ink-soft'>
        {row.snippet ?? (row.body_removed_at ? 'Text removed' : 'No text')}
      </span>
      {withClient && whose && <span className='truncate text-right text-xs text-ink-soft'>{whose}</span>}
    </>
  );
}

export function HitEntry({ hit, clientName }: { hit: SearchHit; clientName: string | undefined }) {
  const isSent = hit.direction === 'sent';
  const Icon = isSent ? Send : CornerUpLeft;
  return (
    <>
      <Heading name={hit.email} at={hit.occurred_at} className='font-medium' />
      <span className='line-clamp-3 wrap-anywhere text-ink-soft'>
        <Highlight text={hit.highlight} />
      </span>
      <span className='flex min-w-0 items-center gap-2.5 text-xs text-ink-soft'>
        <Badge tone={isSent ? 'brand' : 'warm'}>
          <Icon aria-hidden /> {isSent ? 'Sent' : 'Received'}
        </Badge>
        <span className='truncate'>{[clientName, hit.campaign_name].filter(Boolean).join(' · ')}</span>
      </span>
    </>
  );
}

export function LoadingEntries() {
  return Array.from(
    { length: 6 },
    (_, index) => (
      <div key={index} className='grid gap-2 border-b border-line px-5 py-3.5'>
        <Skeleton className='h-4 w-36' />
        <Skeleton className='h-3 w-52' />
        <Skeleton className='h-8 w-full' />
      </div>
    ),
  );
}

/** The text of a hit with the search words marked; all of it is text, none of it HTML of the email. */
function Highlight({ text: highlight }: { text: string }) {
  const pieces = useMemo(() => parseHighlight(highlight), [highlight]);
  return pieces.map(({ text, isHit }, index) =>
    isHit
      ? (
        <mark key={index} className='rounded-xs bg-warm-wash px-0.5 font-medium text-warm-ink'>
          {text}
        </mark>
      )
      : text
  );
}
