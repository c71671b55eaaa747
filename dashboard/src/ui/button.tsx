import { cva, type VariantProps } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

export const buttonVariants = cva(
  'inline-flex shrink-0 print:hidden items-center justify-center gap-2 rounded-lg text-sm font-medium whitespace-nowrap transition-colors disabled:opacity-60 disabled:cursor-not-allowed aria-disabled:opacity-60 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-brand text-brand-ink hover:not-disabled:bg-brand/90',
        secondary: 'border border-line bg-surface text-ink hover:not-disabled:bg-raised',
        ghost: 'text-ink-soft hover:not-disabled:bg-raised hover:not-disabled:text-ink',
        danger: 'border border-bad/40 bg-surface text-bad hover:not-disabled:bg-bad-wash',
        link: 'h-auto! px-0! text-brand underline-offset-4 hover:not-disabled:underline',
      },
      size: {
        small: 'h-8 px-3',
        medium: 'h-9 px-3.5',
        large: 'h-11 px-5 text-base',
        icon: 'size-9',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'medium' },
  },
);

export type ButtonProps = ComponentProps<'button'> & VariantProps<typeof buttonVariants> & {
  /** Renders the child (a link, say) with the looks of a button. */
  asChild?: boolean;
};

export function Button({ className, variant, size, asChild = false, type = 'button', ...rest }: ButtonProps) {
  const classes = cn(buttonVariants({ variant, size }), className);
  return asChild
    ? <Slot.Root className={classes} {...rest} />
    : <button type={type} className={classes} {...rest} />;
}
