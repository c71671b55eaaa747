import type { ReactNode } from 'react';
import { cn } from '../../ui/class-names.ts';

/** Numbers of the last choice, paler while those of the new one are on their way. */
export function Fading({ isOld, children }: { isOld: boolean; children: ReactNode }) {
  return (
    <div
      aria-busy={isOld}
      className={cn(
        'grid grid-cols-[minmax(0,1fr)] gap-4 transition-opacity',
        isOld && 'opacity-50 delay-150',
      )}
    >
      {children}
    </div>
  );
}
