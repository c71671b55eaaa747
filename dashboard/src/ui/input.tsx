import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

export const fieldLooks =
  'h-9 print:hidden rounded-lg border border-line-strong/60 bg-surface px-3 text-sm text-ink placeholder:text-ink-soft aria-invalid:border-bad disabled:opacity-60';

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={cn(fieldLooks, 'w-full', className)} {...rest} />;
}

/** Label, field, and the sentence about what is wrong with it. */
export function Field({ label, htmlFor, error, children, hint }: {
  label: string;
  htmlFor: string;
  error?: string | undefined;
  hint?: string;
  children: React.ReactNode;
}) {
  return (
    <div className='grid gap-1.5'>
      <label htmlFor={htmlFor} className='text-sm font-medium'>{label}</label>
      {children}
      {hint && <p className='text-xs text-ink-soft'>{hint}</p>}
      {error && <p id={`${htmlFor}-error`} className='text-sm text-bad'>{error}</p>}
    </div>
  );
}
