import type { ReactNode } from 'react';
import { cn } from '../ui/class-names.ts';
import { formatCount } from './format.ts';

/** Says that a list ends where we stopped reading, not where it ends. Silent while it is whole. */
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
