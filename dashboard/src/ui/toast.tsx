// A sentence about what has just happened, read out by screen readers, gone after a while.
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import { Button } from './button.tsx';

interface Toast {
  id: number;
  text: string;
  tone: 'good' | 'bad';
  action?: ToastAction | undefined;
}

export interface ToastAction {
  label: string;
  onPress: () => void;
}

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Shows the sentence; the answer takes it away before its time. */
export function toast(text: string, tone: Toast['tone'] = 'good', action?: ToastAction): () => void {
  lastId += 1;
  const id = lastId;
  change([...toasts.slice(-2), { id, text, tone, action }]);
  return () => dismiss(id);
}

function dismiss(id: number): void {
  change(toasts.filter((entry) => entry.id !== id));
}

export function Toaster() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  return (
    <div
      role='status'
      aria-live='polite'
      className='pointer-events-none fixed inset-x-4 print:hidden bottom-20 z-50 grid justify-items-center gap-2 md:bottom-6'
    >
      {shown.map((entry) => <ToastLine key={entry.id} entry={entry} />)}
    </div>
  );
}

function ToastLine({ entry }: { entry: Toast }) {
  useEffect(() => {
    // Errors stay until they are dismissed.
    if (entry.tone === 'bad') return;
    const timer = setTimeout(() => dismiss(entry.id), 6_000);
    return () => clearTimeout(timer);
  }, [entry]);
  const Icon = entry.tone === 'good' ? CircleCheck : CircleAlert;
  return (
    <div className='pointer-events-auto flex max-w-md items-center gap-3 rounded-xl border border-line bg-surface py-2 pr-2 pl-4 text-sm shadow-card'>
      <Icon aria-hidden className={entry.tone === 'good' ? 'size-4 text-good' : 'size-4 text-bad'} />
      <span className='min-w-0 wrap-anywhere'>{entry.text}</span>
      {entry.action && (
        <Button
          variant='ghost'
          size='small'
          className='text-brand'
          onClick={() => {
            dismiss(entry.id);
            entry.action?.onPress();
          }}
        >
          {entry.action.label}
        </Button>
      )}
      <Button variant='ghost' size='icon' aria-label='Dismiss' onClick={() => dismiss(entry.id)}>
        <X aria-hidden />
      </Button>
    </div>
  );
}
