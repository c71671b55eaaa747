import { CalendarClock, UserRoundPlus } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { Message } from '../../../data/messages.ts';
import { threadQuery } from '../../../data/threads.ts';
import { formatDay } from '../../../shared/format.ts';
import { useZone } from '../../../shared/moments.tsx';
import { Button } from '../../../ui/button.tsx';
import { toast } from '../../../ui/toast.tsx';
import { morningOf } from '../thread/snooze-times.ts';
import { useThreadChange } from '../thread/ThreadBar.tsx';
import { AddLeadDialog } from './AddLeadDialog.tsx';
import { findReferred } from './referred.ts';

/** What a reply suggests by itself: to come back on the day it names, or to write to the person it names. */
export function NextStep({ message }: { message: Message }) {
  switch (message.reply_class) {
    case 'not_now':
    case 'out_of_office':
      return message.reply_date && (
        <Reminder key={message.message_id} message={message} day={message.reply_date} />
      );
    case 'referral':
    case 'wrong_person':
      return <AddReferred key={message.message_id} message={message} />;
    default:
      return null;
  }
}

const box =
  'mx-5 mb-4 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line bg-raised/40 px-3 py-2 text-sm';

function Reminder({ message, day }: { message: Message; day: string }) {
  const thread = useQuery(threadQuery(message.lead_id));
  const change = useThreadChange(message.lead_id);
  const until = morningOf(day, new Date(), useZone());
  if (!until || !thread.data || thread.data.is_snoozed) return null;
  return (
    <p className={box}>
      <CalendarClock aria-hidden className='size-4 shrink-0 text-ink-soft' />
      <span className='min-w-0 flex-1'>
        {message.reply_class === 'not_now' ? 'Asks to be contacted again on' : 'Back on'} {formatDay(day)}.
      </span>
      <Button
        size='small'
        disabled={change.isPending}
        onClick={() =>
          change.mutate({ snoozed_until: until.toISOString() }, {
            onSuccess: () => toast(`Snoozed until ${formatDay(day)}`),
            onError: () => toast('Not snoozed; try again', 'bad'),
          })}
      >
        Remind me then
      </Button>
    </p>
  );
}

function AddReferred({ message }: { message: Message }) {
  const [isOpen, setOpen] = useState(false);
  const referred = findReferred(message.body_text, [
    message.email,
    message.written_by,
    message.email_account,
  ]);
  return (
    <div className={box}>
      <UserRoundPlus aria-hidden className='size-4 shrink-0 text-ink-soft' />
      <span className='min-w-0 flex-1 wrap-anywhere'>
        {referred ? `Names ${referred.email}.` : 'Says that somebody else is the right person.'}
      </span>
      <Button size='small' onClick={() => setOpen(true)}>Add as lead</Button>
      {isOpen && <AddLeadDialog message={message} referred={referred} onClose={() => setOpen(false)} />}
    </div>
  );
}
