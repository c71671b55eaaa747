// Keys of the inbox. They work outside of text fields, and do not replace the keys of a control.
import { useEffect, useRef } from 'react';

export interface Shortcuts {
  move: (step: 1 | -1) => void;
  open: () => void;
  qualify: () => void;
  reject: () => void;
  undo: () => void;
  search: () => void;
  answer: () => void;
  done: () => void;
}

/** The entry after or before; the ends are ends. Without a current one the first, or from below the last. */
export function stepFrom<Id>(ids: readonly Id[], current: Id | undefined, step: 1 | -1): Id | undefined {
  const at = current === undefined ? -1 : ids.indexOf(current);
  if (at === -1) return step === 1 ? ids[0] : ids.at(-1);
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))];
}

/** Where to go when an entry leaves the list: to the next, at the end to the one before. */
export function neighbourOf<Id>(ids: readonly Id[], current: Id): Id | undefined {
  const at = ids.indexOf(current);
  return at === -1 ? undefined : ids[at + 1] ?? ids[at - 1];
}

const isTyping = (element: Element): boolean =>
  element.closest('input:not([type=checkbox]), textarea, select, [contenteditable=true]') !== null;

/** Which shortcut a key means at this place; arrows and Enter only where nothing else answers to them. */
export function shortcutOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
  target: Element,
): keyof Shortcuts | 'down' | 'up' | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  if (isTyping(target) || target.closest('[role=dialog]')) return undefined;
  const isInList = target.closest('[role=listbox]') !== null;
  const isNowhere = target.tagName === 'BODY' || target.id === 'main';
  switch (event.key) {
    case 'ArrowDown':
      return isInList || isNowhere ? 'down' : undefined;
    case 'ArrowUp':
      return isInList || isNowhere ? 'up' : undefined;
    case 'Enter':
      return isInList ? 'open' : undefined;
    case '/':
      return 'search';
    case 'j':
      return 'down';
    case 'k':
      return 'up';
    case 'q':
      return 'qualify';
    case 'n':
      return 'reject';
    case 'd':
      return 'done';
    case 'r':
      return 'answer';
    case 'u':
      return 'undo';
    default:
      return undefined;
  }
}

function run(shortcuts: Shortcuts, event: KeyboardEvent, target: Element): void {
  const shortcut = shortcutOf(event, target);
  if (!shortcut) return;
  event.preventDefault();
  if (shortcut === 'down') shortcuts.move(1);
  else if (shortcut === 'up') shortcuts.move(-1);
  else if (shortcut === 'move') return;
  else shortcuts[shortcut]();
}

/** Keys of the page, and of the frames that show emails (they forward theirs). */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts);
  useEffect(() => {
    current.current = shortcuts;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const target = event.target instanceof Element ? event.target : document.body;
      run(current.current, event, target);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
