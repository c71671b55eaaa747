import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names.ts';

export function Card({ className, ...rest }: ComponentProps<'section'>) {
  return (
    <section
      className={cn('rounded-card border border-line bg-surface shadow-card print:shadow-none', className)}
      {...rest}
    />
  );
}

/** Heading of a card with what belongs to its right. */
export function CardHeader({ title, hint, children, id }: {
  title: ReactNode;
  hint?: ReactNode;
  children?: ReactNode;
  id?: string;
}) {
  return (
    <header className='flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-5 pt-4 pb-3'>
      <div className='min-w-0'>
        <h2 id={id} className='text-base font-semibold tracking-tight wrap-anywhere'>{title}</h2>
        {hint && <p className='mt-0.5 text-sm text-ink-soft'>{hint}</p>}
      </div>
      {children && <div className='ml-auto flex flex-wrap items-center justify-end gap-2'>{children}</div>}
    </header>
  );
}

export function CardBody({ className, ...rest }: ComponentProps<'div'>) {
  return <div className={cn('px-5 pb-5', className)} {...rest} />;
}
