import type { ReactNode } from 'react';
import { cn } from '../ui/class-names.ts';
import { formatCount } from './format.ts';

/** For a list that was cut: how much of it is shown, and how to see the rest. Hidden while it is whole. */
export function CutNote({ read, limit, children, className }: {
  /** How many rows came. */
  read: number | undefined;
  limit: number;
  /** What to do to see the rest. */
  children: ReactNode;
  className?: string;
}) {
  if (read === undefined || read < limit) return null;
  return (
    <p role='status' className={cn('text-sm text-ink-soft', className)}>
      Showing the first {formatCount(limit)}; {children}
    </p>
  );
}
