import { LoaderCircle, Sparkles } from 'lucide-react';
import { Failure } from '../../../data/failure.ts';
import { ActionFailure } from '../../../shared/ActionFailure.tsx';
import { Button } from '../../../ui/button.tsx';
import type { useSuggestion } from './use-suggestion.ts';

type Suggesting = ReturnType<typeof useSuggestion>;

export function SuggestButton({ suggestion, isDisabled }: { suggestion: Suggesting; isDisabled: boolean }) {
  if (!suggestion.isOffered) return null;
  return (
    <Button disabled={isDisabled || suggestion.isAsking} onClick={suggestion.ask}>
      {suggestion.isAsking ? <LoaderCircle aria-hidden className='animate-spin' /> : <Sparkles aria-hidden />}
      {suggestion.isAsking ? 'Writing a suggestion …' : 'Suggest an answer'}
    </Button>
  );
}

/** What there is to say about a suggestion: it waits for a decision, it failed, or it leaves something to fill in. */
export function SuggestionNote({ suggestion, text }: { suggestion: Suggesting; text: string }) {
  const { applied, failure, waiting } = suggestion;
  if (waiting !== null) {
    return (
      <section
        aria-label='Suggested answer'
        className='grid gap-2.5 rounded-lg border border-line bg-raised/40 px-3 py-2.5 text-sm'
      >
        <p className='flex items-center gap-1.5 text-xs font-medium text-ink-soft'>
          <Sparkles aria-hidden className='size-3.5 shrink-0' />{' '}
          Suggested answer. Your own text stays unless you replace it
        </p>
        <p className='max-h-48 overflow-y-auto whitespace-pre-line wrap-anywhere'>{waiting}</p>
        <span className='flex flex-wrap gap-2'>
          <Button size='small' onClick={suggestion.replace}>Replace my text</Button>
          <Button size='small' onClick={suggestion.addBelow}>Add below</Button>
          <Button size='small' variant='ghost' onClick={suggestion.dismiss}>Keep mine</Button>
        </span>
      </section>
    );
  }
  if (suggestion.isAsking) return null;
  if (failure instanceof Failure && failure.code !== 'OFFLINE' && failure.code !== 'INTERNAL') {
    return (
      <p role='alert' className='rounded-lg bg-warm-wash px-3 py-2 text-sm text-warm-ink'>
        No suggestion: {failure.message}. <span className='text-xs'>({failure.code})</span>
      </p>
    );
  }
  if (failure) return <ActionFailure error={failure} />;
  if (applied === null || text.trim() === '') return null;
  const isOpen = /\[[^\]\n]+\]/.test(text);
  return (
    <p role='status' className='flex items-center gap-1.5 text-xs text-ink-soft'>
      <Sparkles aria-hidden className='size-3.5 shrink-0' />
      <span>
        Suggested by the language model; read it before you send it.
        {isOpen && <strong className='font-medium text-warm-ink'>{' '}Fill in what is in [brackets].</strong>}
      </span>
    </p>
  );
}
