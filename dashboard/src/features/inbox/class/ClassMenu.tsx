import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Check, ChevronDown, RotateCcw } from 'lucide-react';
import { describeFailure } from '../../../data/failure.ts';
import type { Message } from '../../../data/messages.ts';
import { classifyReply, type ReplyClass, replyClasses } from '../../../data/reply-classes.ts';
import { badgeVariants } from '../../../ui/badge.tsx';
import { cn } from '../../../ui/class-names.ts';
import { Dropdown, DropdownHeading, DropdownItem, DropdownSeparator } from '../../../ui/dropdown.tsx';
import { toast } from '../../../ui/toast.tsx';
import { Tooltip } from '../../../ui/tooltip.tsx';
import { classLabels, classText, classTones, whoSays } from './class-labels.ts';

/** What the reply is, who says so, and the way to correct it. */
export function ClassMenu({ message }: { message: Message }) {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (replyClass: ReplyClass | null) => classifyReply(message.message_id, replyClass),
    onError: (error) => {
      const { title, advice } = describeFailure(error);
      toast(`Not changed. ${title}. ${advice}`, 'bad');
    },
    onSettled: () => {
      for (const root of ['message', 'replies', 'threads', 'timeline', 'reply-counts']) {
        void client.invalidateQueries({ queryKey: [root] });
      }
    },
  });
  return (
    <Dropdown
      trigger={
        <button
          type='button'
          aria-label={`Kind of reply: ${classText(message)}. ${whoSays(message)}`}
          disabled={change.isPending}
          className={cn(
            badgeVariants({ tone: message.reply_class ? classTones[message.reply_class] : 'neutral' }),
            'cursor-pointer py-1 disabled:opacity-60',
          )}
        >
          <Tooltip content={whoSays(message)}>
            <span>{classText(message)}</span>
          </Tooltip>
          <ChevronDown aria-hidden />
        </button>
      }
    >
      <DropdownHeading>{whoSays(message)}. What is it?</DropdownHeading>
      {replyClasses.map((replyClass) => (
        <DropdownItem
          key={replyClass}
          onSelect={() => change.mutate(replyClass)}
        >
          <span aria-hidden className='grid size-4 place-items-center'>
            {replyClass === message.reply_class && <Check className='text-brand' />}
          </span>
          {classLabels[replyClass]}
        </DropdownItem>
      ))}
      {message.reply_class_source === 'person' && (
        <>
          <DropdownSeparator />
          <DropdownItem onSelect={() => change.mutate(null)}>
            <RotateCcw aria-hidden /> Remove what a person set
          </DropdownItem>
        </>
      )}
    </Dropdown>
  );
}
