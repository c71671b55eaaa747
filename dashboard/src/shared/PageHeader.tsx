import { type ReactNode, useEffect } from 'react';
import { useAgency } from '../data/agency.ts';
import { titleOf } from './agency-look.ts';

/** The one line above every page: what it is, how old, and what to change about it. */
export function PageHeader({ title, above, note, children }: {
  title: string;
  /** A way back. */
  above?: ReactNode;
  /** Time zone, age, badges. */
  note?: ReactNode;
  children?: ReactNode;
}) {
  const agency = useAgency();
  useEffect(() => {
    document.title = titleOf(title, agency);
  }, [title, agency]);
  return (
    <header className='mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3'>
      <div className='min-w-0'>
        {above && <div className='mb-1 text-sm'>{above}</div>}
        <h1 className='text-2xl font-semibold tracking-tight text-balance wrap-anywhere'>{title}</h1>
        {note && (
          <div className='mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm wrap-anywhere text-ink-soft'>
            {note}
          </div>
        )}
      </div>
      {children && <div className='flex flex-wrap items-center gap-2'>{children}</div>}
    </header>
  );
}
