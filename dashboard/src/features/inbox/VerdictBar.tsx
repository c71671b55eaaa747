import { useQuery } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import type { Message } from '../../data/messages.ts';
import type { Verdict } from '../../data/replies.ts';
import { clientSettingsQuery } from '../../data/client-settings.ts';
import { useSession } from '../../data/session.ts';
import { type Enums, providerNames } from '../../data/supabase.ts';
import { Button } from '../../ui/button.tsx';
import { cn } from '../../ui/class-names.ts';
import { Input } from '../../ui/input.tsx';
import { KeyCap } from './KeyHints.tsx';
import { verdictIcons, verdictLabels } from '../../shared/person/labels.tsx';
import { Moment } from '../../shared/moments.tsx';

const verdicts = [
  {
    verdict: 'qualified',
    shortcut: 'Q',
    looks: 'aria-pressed:border-good aria-pressed:bg-good-wash aria-pressed:text-good',
  },
  {
    verdict: 'not_interested',
    shortcut: 'N',
    looks: 'aria-pressed:border-bad aria-pressed:bg-bad-wash aria-pressed:text-bad',
  },
  {
    verdict: 'neutral',
    shortcut: undefined,
    looks: 'aria-pressed:border-line-strong aria-pressed:bg-raised',
  },
] as const;

export interface VerdictDraft {
  note: string;
  pushToProvider: boolean;
}

/** The verdict on a reply, a note, and whether to send it to the provider. */
export function VerdictBar({ message, draft, onDraftChange, onVerdict }: {
  message: Message;
  draft: VerdictDraft;
  onDraftChange: (draft: VerdictDraft) => void;
  onVerdict: (verdict: Verdict | null) => void;
}) {
  const providerName = useProviderName(message.provider);
  const isNoteNew = message.verdict !== null && draft.note.trim() !== (message.verdict_note ?? '');
  return (
    <section aria-label='Your verdict' className='grid gap-2.5 border-b border-line bg-raised/40 px-5 py-3'>
      <div className='flex flex-wrap items-center gap-2'>
        {verdicts.map(({ verdict, shortcut, looks }) => {
          const Icon = verdictIcons[verdict];
          return (
            <Button
              key={verdict}
              size='small'
              aria-pressed={message.verdict === verdict}
              aria-keyshortcuts={shortcut?.toLowerCase()}
              className={cn('max-sm:flex-1 max-sm:px-2', looks)}
              onClick={() => (message.verdict !== verdict || isNoteNew) && onVerdict(verdict)}
            >
              <Icon aria-hidden />
              {verdictLabels[verdict]}
              {shortcut && <KeyCap className='max-lg:hidden'>{shortcut}</KeyCap>}
            </Button>
          );
        })}
        {message.verdict && (
          <Button
            variant='ghost'
            size='small'
            onClick={() => onVerdict(null)}
          >
            <RotateCcw aria-hidden /> Remove verdict
          </Button>
        )}
      </div>
      <form
        className='flex flex-wrap items-center gap-x-4 gap-y-2'
        onSubmit={(event) => {
          event.preventDefault();
          if (message.verdict && isNoteNew) {
            onVerdict(message.verdict);
          }
        }}
      >
        <Input
          aria-label='Note on the verdict'
          placeholder='Add a note (optional)'
          maxLength={2_000}
          className='h-8 min-w-48 flex-1'
          value={draft.note}
          onChange={(event) =>
            onDraftChange({ ...draft, note: event.target.value })}
        />
        {isNoteNew && <Button size='small' type='submit'>Save note</Button>}
        <label className='flex items-center gap-2 text-sm'>
          <input
            type='checkbox'
            className='size-4 accent-brand'
            checked={draft.pushToProvider}
            onChange={(event) =>
              onDraftChange({ ...draft, pushToProvider: event.target.checked })}
          />
          {`Also send to ${providerName}`}
        </label>
      </form>
      <VerdictStatus message={message} />
    </section>
  );
}

function VerdictStatus({ message }: { message: Message }) {
  const session = useSession();
  const providerName = useProviderName(message.provider);
  if (!message.verdict) return null;
  const who = message.verdict_by === session?.userId
    ? 'you'
    : session?.role === 'operator'
    ? 'a colleague or the client'
    : 'a colleague or your agency';
  return (
    <p className='text-xs text-ink-soft'>
      {verdictLabels[message.verdict]} by {who}, <Moment at={message.verdict_at} />.
      {message.pushed_at && (
        <>
          {` Sent to ${providerName}, `}
          <Moment at={message.pushed_at} />.
        </>
      )}
      {message.push_error && (
        <span className='text-bad'>
          {` Could not be sent to ${providerName}: ${message.push_error}`}
        </span>
      )}
    </p>
  );
}

/** The provider in a sentence: by its name where the agency shows the connection. */
function useProviderName(provider: Enums['provider']): string {
  const isOperator = useSession()?.role === 'operator';
  // A client finds itself alone.
  const own = useQuery({ ...clientSettingsQuery, enabled: !isOperator });
  return isOperator || own.data?.some((row) => row.may_see_connection)
    ? providerNames[provider]
    : 'the provider';
}
