import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

/** The shape of what is on its way. */
export function Skeleton({ className, ...rest }: ComponentProps<'div'>) {
  return <div aria-hidden className={cn('animate-pulse rounded-md bg-raised', className)} {...rest} />;
}
