import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { AlarmClock, Check, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { membersQuery } from '../../../data/members.ts';
import { useSession } from '../../../data/session.ts';
import { changeThread, type Thread, type ThreadChanges, threadQuery } from '../../../data/threads.ts';
import { ActionFailure } from '../../../shared/ActionFailure.tsx';
import { formatMoment, inZone, Moment, useZone } from '../../../shared/moments.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dropdown, DropdownHeading, DropdownItem, DropdownSeparator } from '../../../ui/dropdown.tsx';
import { Input } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { toast } from '../../../ui/toast.tsx';
import { morningOf, snoozeTimes } from './snooze-times.ts';

/** Who has the conversation, when it comes back, and whether it is done; for operators. */
export function ThreadBar({ leadId }: { leadId: string }) {
  const thread = useQuery(threadQuery(leadId));
  return thread.data ? <Bar thread={thread.data} /> : null;
}

export function useThreadChange(leadId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (changes: ThreadChanges) => changeThread(leadId, changes),
    onSettled: () => client.invalidateQueries({ queryKey: ['threads'] }),
  });
}

function Bar({ thread }: { thread: Thread }) {
  const session = useSession();
  const members = useQuery(membersQuery);
  const zone = useZone();
  const change = useThreadChange(thread.lead_id);
  const operators = (members.data ?? []).filter(({ role }) => role === 'operator');
  const nameOf = (member: (typeof operators)[number]) =>
    `${member.name ?? member.email ?? 'Somebody'}${member.user_id === session?.userId ? ' (you)' : ''}`;
  const known = new Set(operators.map(({ user_id }) => user_id));
  const isDone = thread.state === 'done';
  return (
    <section
      aria-label='Work'
      className='flex flex-wrap items-center gap-2 border-b border-line px-5 py-2.5'
    >
      <Select
        aria-label='Assigned to'
        className='max-w-56 [&_select]:h-8'
        disabled={change.isPending}
        choices={[
          { value: '', label: 'Not assigned' },
          ...operators.map((member) => ({ value: member.user_id, label: nameOf(member) })),
          ...(thread.assigned_to && !known.has(thread.assigned_to)
            ? [{ value: thread.assigned_to, label: thread.assigned_to_name ?? 'A former member' }]
            : []),
        ]}
        value={thread.assigned_to ?? ''}
        onValueChange={(id) => change.mutate({ assigned_to: id || null })}
      />
      {thread.is_snoozed
        ? (
          <Button
            size='small'
            disabled={change.isPending}
            onClick={() => change.mutate({ snoozed_until: null })}
          >
            <AlarmClock aria-hidden /> Back on <Moment at={thread.snoozed_until} />: wake now
          </Button>
        )
        : (
          <SnoozeMenu
            isBusy={change.isPending}
            onSnooze={(until) =>
              change.mutate({ snoozed_until: until.toISOString() }, {
                onSuccess: () => toast(`Back on ${formatMoment(until.toISOString(), zone)}`),
              })}
          />
        )}
      <Button
        size='small'
        aria-pressed={isDone}
        aria-keyshortcuts='d'
        disabled={change.isPending || (!isDone && thread.waiting_since === null)}
        onClick={() => change.mutate({ done: !isDone })}
      >
        {isDone ? <RotateCcw aria-hidden /> : <Check aria-hidden />}
        {isDone ? 'Reopen' : 'Done'}
      </Button>
      <span className='ml-auto text-xs text-ink-soft'>{stateOf(thread)}</span>
      {change.error && (
        <div className='w-full'>
          <ActionFailure error={change.error} />
        </div>
      )}
    </section>
  );
}

function stateOf(thread: Thread): ReactNode {
  switch (thread.state) {
    case 'waiting':
      return (
        <>
          Waiting since <Moment at={thread.waiting_since} />
        </>
      );
    case 'answered':
      return (
        <>
          Answered <Moment at={thread.answered_at} />
        </>
      );
    case 'done':
      return (
        <>
          Done <Moment at={thread.done_at} />
        </>
      );
    default:
      return 'Automatic replies only';
  }
}

function SnoozeMenu({ isBusy, onSnooze }: { isBusy: boolean; onSnooze: (until: Date) => void }) {
  const now = new Date();
  const zone = useZone();
  return (
    <Dropdown
      align='start'
      trigger={
        <Button size='small' disabled={isBusy}>
          <AlarmClock aria-hidden /> Snooze
        </Button>
      }
    >
      <DropdownHeading>Comes back on top</DropdownHeading>
      {snoozeTimes(now, zone).map(({ label, until }) => (
        <DropdownItem
          key={label}
          onSelect={() => onSnooze(until)}
        >
          <span className='flex-1'>{label}</span>
          <span className='text-xs text-ink-soft'>
            {inZone(until, zone, { weekday: 'short', day: 'numeric', month: 'short' })}
          </span>
        </DropdownItem>
      ))}
      <DropdownSeparator />
      <label className='grid gap-1 px-2.5 py-1.5 text-xs text-ink-soft'>
        Another day
        <Input
          type='date'
          className='h-8'
          onKeyDown={(event) => event.stopPropagation()}
          onChange={(event) => {
            const until = morningOf(event.target.value, new Date(), zone);
            if (until) onSnooze(until);
          }}
        />
      </label>
    </Dropdown>
  );
}
