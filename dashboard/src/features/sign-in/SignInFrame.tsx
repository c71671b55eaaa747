import { type ReactNode, useEffect } from 'react';
import { useAgency } from '../../data/agency.ts';
import { titleOf } from '../../shared/agency-look.ts';
import { Brand, PoweredBy, SupportLink } from '../../shared/Brand.tsx';
import { Card } from '../../ui/card.tsx';

/** The frame of every page before the sign-in: whose page it is, and one card. */
export function SignInFrame({ title, description, children, below }: {
  title: string;
  description: ReactNode;
  children: ReactNode;
  below?: ReactNode;
}) {
  const agency = useAgency();
  useEffect(() => {
    document.title = titleOf(title, agency);
  }, [title, agency]);
  return (
    <main className='grid min-h-dvh content-center justify-items-center gap-5 px-4 py-10'>
      <Brand isLarge />
      <Card className='grid w-full max-w-sm gap-5 p-6'>
        <div>
          <h1 className='text-lg font-semibold tracking-tight'>{title}</h1>
          <p className='mt-0.5 text-sm text-balance text-ink-soft'>{description}</p>
        </div>
        {children}
      </Card>
      {agency.support_address && (
        <p className='text-center text-sm text-ink-soft'>
          Questions? Write to <SupportLink className='text-ink' />
        </p>
      )}
      <PoweredBy />
      {below}
    </main>
  );
}
