import { useMemo } from 'react';
import { parseHighlight } from '../../data/messages.ts';

/** The words of a hit, those that were searched for marked; everything is text, nothing HTML of the mail. */
export function Marked({ highlight }: { highlight: string }) {
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
