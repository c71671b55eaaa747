import type { ReactNode } from 'react';
import { cn } from '../../ui/class-names.ts';

/** The numbers of the last choice, paler while those of the new one load. */
export function DimWhileLoading({ isLoading, children }: { isLoading: boolean; children: ReactNode }) {
  return (
    <div
      aria-busy={isLoading}
      className={cn(
        'grid grid-cols-[minmax(0,1fr)] gap-4 transition-opacity',
        isLoading && 'opacity-50 delay-150',
      )}
    >
      {children}
    </div>
  );
}
