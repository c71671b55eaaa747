import { AlarmClock, Flame, MessagesSquare, StickyNote, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Thread } from '../../../data/threads.ts';
import {
  personName,
  placeOf,
  SentimentBadge,
  VerdictMark,
  writerOf,
} from '../../../shared/person/labels.tsx';
import { Moment } from '../../../shared/moments.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { ClassBadge } from '../class/ClassBadge.tsx';
import { Heading } from '../EntryList.tsx';

/** One conversation in the list: its newest reply, and what work it is. */
export function ThreadEntry({ row, withClient }: { row: Thread; withClient: boolean }) {
  const about = [placeOf(row), row.campaign_name].filter(Boolean).join(' · ');
  const writer = writerOf(row);
  return (
    <>
      <Heading
        name={personName(row)}
        at={row.waiting_since ?? row.last_reply_at}
        className={row.state === 'waiting' ? 'font-semibold' : ''}
      />
      {writer && <span className='text-xs wrap-anywhere'>{writer}</span>}
      <span className='truncate text-xs text-ink-soft' title={about}>{about}</span>
      <span className='line-clamp-2 wrap-anywhere text-ink-soft'>
        {row.snippet ?? row.subject ?? 'No text'}
      </span>
      <span className='flex flex-wrap items-center gap-x-2.5 gap-y-1 empty:hidden'>
        {row.is_hot
          ? (
            <Badge tone='warm'>
              <Flame aria-hidden /> Hot
            </Badge>
          )
          : !row.reply_class && <SentimentBadge sentiment={row.interest_status} />}
        {row.reply_class ? <ClassBadge row={row} /> : row.is_auto_reply && <Badge>Automatic</Badge>}
        {row.verdict && <VerdictMark verdict={row.verdict} />}
        {row.replies > 1 && (
          <Mark title={`${row.replies} replies`}>
            <MessagesSquare aria-hidden /> {row.replies}
          </Mark>
        )}
        {row.notes > 0 && (
          <Mark title={row.notes === 1 ? '1 internal note' : `${row.notes} internal notes`}>
            <StickyNote aria-hidden /> {row.notes}
          </Mark>
        )}
        {row.snoozed_until && (
          <Mark title={row.is_snoozed ? 'Comes back' : 'Was put off until'}>
            <AlarmClock aria-hidden /> <Moment at={row.snoozed_until} />
          </Mark>
        )}
        {row.assigned_to_name && (
          <Mark title={`Assigned to ${row.assigned_to_name}`}>
            <UserRound aria-hidden /> {row.assigned_to_name.split('@')[0]}
          </Mark>
        )}
        {withClient && <span className='ml-auto truncate text-xs text-ink-soft'>{row.client_name}</span>}
      </span>
    </>
  );
}

const Mark = ({ title, children }: { title: string; children: ReactNode }) => (
  <span
    title={title}
    className='inline-flex max-w-40 items-center gap-1 truncate text-xs text-ink-soft [&_svg]:size-3.5 [&_svg]:shrink-0'
  >
    <span className='sr-only'>{title}:</span>
    {children}
  </span>
);
