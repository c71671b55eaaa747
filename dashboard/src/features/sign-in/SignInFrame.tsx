import { type ReactNode, useEffect } from 'react';
import { Card } from '../../ui/card.tsx';

/** The frame of every page before the sign-in: whose page it is, and one card. */
export function SignInFrame({ title, description, children, below }: {
  title: string;
  description: ReactNode;
  children: ReactNode;
  below?: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Replyloop`;
  }, [title]);
  return (
    <main className='grid min-h-dvh content-center justify-items-center gap-5 px-4 py-10'>
      <div className='flex items-center gap-3'>
        <img src={`${import.meta.env.BASE_URL}favicon.svg`} alt='' className='size-10' />
        <span className='text-xl font-semibold tracking-tight'>Replyloop</span>
      </div>
      <Card className='grid w-full max-w-sm gap-5 p-6'>
        <div>
          <h1 className='text-lg font-semibold tracking-tight'>{title}</h1>
          <p className='mt-0.5 text-sm text-balance text-ink-soft'>{description}</p>
        </div>
        {children}
      </Card>
      {below}
    </main>
  );
}
