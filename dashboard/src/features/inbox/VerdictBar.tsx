import { RotateCcw } from 'lucide-react';
import type { Letter } from '../../data/messages.ts';
import type { Verdict } from '../../data/replies.ts';
import { useSession } from '../../data/session.ts';
import { formatMoment } from '../../shared/format.ts';
import { Button } from '../../ui/button.tsx';
import { cn } from '../../ui/class-names.ts';
import { Input } from '../../ui/input.tsx';
import { Key } from './Key.tsx';
import { verdictIcons, verdictLabels } from './labels.tsx';
import { useProviderName } from './use-provider-name.ts';

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
  tellProvider: boolean;
}

/** What a person decides about the reply, why, and whether the provider is to know. */
export function VerdictBar({ letter, draft, onDraftChange, onJudge }: {
  letter: Letter;
  draft: VerdictDraft;
  onDraftChange: (draft: VerdictDraft) => void;
  onJudge: (verdict: Verdict | null) => void;
}) {
  const providerName = useProviderName(letter.provider);
  const isNoteNew = letter.verdict !== null && draft.note.trim() !== (letter.verdict_note ?? '');
  return (
    <section aria-label='Your verdict' className='grid gap-2.5 border-b border-line bg-raised/40 px-5 py-3'>
      <div className='flex flex-wrap items-center gap-2'>
        {verdicts.map(({ verdict, shortcut, looks }) => {
          const Icon = verdictIcons[verdict];
          return (
            <Button
              key={verdict}
              size='small'
              aria-pressed={letter.verdict === verdict}
              aria-keyshortcuts={shortcut?.toLowerCase()}
              className={cn('max-sm:flex-1 max-sm:px-2', looks)}
              onClick={() => (letter.verdict !== verdict || isNoteNew) && onJudge(verdict)}
            >
              <Icon aria-hidden />
              {verdictLabels[verdict]}
              {shortcut && <Key className='max-lg:hidden'>{shortcut}</Key>}
            </Button>
          );
        })}
        {letter.verdict && (
          <Button
            variant='ghost'
            size='small'
            onClick={() => onJudge(null)}
          >
            <RotateCcw aria-hidden /> Take back
          </Button>
        )}
      </div>
      <form
        className='flex flex-wrap items-center gap-x-4 gap-y-2'
        onSubmit={(event) => {
          event.preventDefault();
          if (letter.verdict && isNoteNew) {
            onJudge(letter.verdict);
          }
        }}
      >
        <Input
          aria-label='Note to the verdict'
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
            checked={draft.tellProvider}
            onChange={(event) =>
              onDraftChange({ ...draft, tellProvider: event.target.checked })}
          />
          {`Tell ${providerName} too`}
        </label>
      </form>
      <Standing letter={letter} />
    </section>
  );
}

function Standing({ letter }: { letter: Letter }) {
  const session = useSession();
  const providerName = useProviderName(letter.provider);
  if (!letter.verdict) return null;
  const who = letter.verdict_by === session?.userId
    ? 'you'
    : session?.role === 'operator'
    ? 'a colleague or the client'
    : 'a colleague or your agency';
  return (
    <p className='text-xs text-ink-soft'>
      {verdictLabels[letter.verdict]} by {who}, {formatMoment(letter.verdict_at)} UTC.
      {letter.pushed_at &&
        ` ${capital(providerName)} was told, ${formatMoment(letter.pushed_at)} UTC.`}
      {letter.push_error && (
        <span className='text-bad'>
          {` ${capital(providerName)} could not be told: ${letter.push_error}`}
        </span>
      )}
    </p>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
