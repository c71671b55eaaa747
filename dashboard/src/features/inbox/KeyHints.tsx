import { cn } from '../../ui/class-names.ts';

/** A key, as it is printed on the keyboard. */
export function KeyCap({ children, className }: { children: string; className?: string }) {
  return (
    <kbd
      aria-hidden
      className={cn(
        'grid h-[1.15rem] min-w-[1.15rem] place-items-center rounded border border-line-strong/50 bg-surface px-1 font-sans text-2xs leading-none text-ink-soft',
        className,
      )}
    >
      {children}
    </kbd>
  );
}

type Hints = readonly (readonly [string, string])[];
const moving: Hints = [['↑ ↓', 'Move'], ['Enter', 'Open']];
const verdicts: Hints = [['Q', 'Qualified'], ['N', 'Not interested'], ['U', 'Undo']];
const answering: Hints = [['R', 'Answer'], ['D', 'Done']];
const searching: Hints = [['/', 'Search']];

/** What the keyboard can do here; j and k move too. */
export function KeyHints({ hasVerdicts, mayAnswer = false, className }: {
  hasVerdicts: boolean;
  mayAnswer?: boolean;
  className?: string;
}) {
  const hints = [...moving, ...hasVerdicts ? verdicts : [], ...mayAnswer ? answering : [], ...searching];
  return (
    <p className={cn('flex flex-wrap items-center gap-x-3 gap-y-1.5 text-xs text-ink-soft', className)}>
      <span className='sr-only'>
        Keyboard shortcuts: up and down, or j and k, move; Enter opens;{' '}
        {hasVerdicts && 'q marks as qualified; n marks as not interested; u undoes; '}
        {mayAnswer && 'r answers; d marks as done; '}slash searches.
      </span>
      {hints.map(([key, does]) => (
        <span key={key} aria-hidden className='inline-flex items-center gap-1.5'>
          <KeyCap>{key}</KeyCap> {does}
        </span>
      ))}
    </p>
  );
}
