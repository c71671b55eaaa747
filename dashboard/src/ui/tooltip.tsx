import { type ReactElement, useId, useRef, useState } from 'react';
import { createPortal } from 'react-dom';

const width = 256;
const gap = 6;

/**
 * A sentence on hover and on focus, gone with Escape; the child must be something that takes focus. Own code: the
 * library's weighed 18 kB of the first load.
 */
export function Tooltip({ content, children }: { content: string; children: ReactElement }) {
  const id = useId();
  const anchor = useRef<HTMLSpanElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number }>();
  const show = () => {
    const box = anchor.current?.getBoundingClientRect();
    if (!box) return;
    const left = Math.min(Math.max(8, box.left + box.width / 2 - width / 2), innerWidth - width - 8);
    setPlace({ left, top: box.bottom + gap });
  };
  const hide = () => setPlace(undefined);
  return (
    <span
      ref={anchor}
      className='inline-flex'
      aria-describedby={place ? id : undefined}
      onMouseEnter={show}
      onMouseLeave={hide}
      onFocus={show}
      onBlur={hide}
      onKeyDown={(event) => event.key === 'Escape' && hide()}
    >
      {children}
      {place && createPortal(
        <span
          id={id}
          role='tooltip'
          style={{ ...place, width }}
          className='pointer-events-none fixed z-50 rounded-lg bg-ink px-3 py-2 text-xs text-paper shadow-card'
        >
          {content}
        </span>,
        document.body,
      )}
    </span>
  );
}
