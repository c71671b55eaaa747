import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

export const badgeVariants = cva(
  'inline-flex items-center gap-1 rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap [&_svg]:size-3',
  {
    variants: {
      tone: {
        neutral: 'bg-raised text-ink-soft',
        brand: 'bg-brand-wash text-brand',
        good: 'bg-good-wash text-good',
        warm: 'bg-warm-wash text-warm-ink',
        bad: 'bg-bad-wash text-bad',
      },
    },
    defaultVariants: { tone: 'neutral' },
  },
);

export type BadgeTone = NonNullable<VariantProps<typeof badgeVariants>['tone']>;

export function Badge(
  { className, tone, ...rest }: ComponentProps<'span'> & VariantProps<typeof badgeVariants>,
) {
  return <span className={cn(badgeVariants({ tone }), className)} {...rest} />;
}
