import { useMutation } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { Printer } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { titleOf } from '../../../../supabase/functions/_shared/client-reports/words.ts';
import { useAgency } from '../../data/agency.ts';
import { toFailure } from '../../data/failure.ts';
import { type OpenedReport, openSharedReport } from '../../data/shared-report.ts';
import { titleOf as pageTitleOf } from '../../shared/agency-look.ts';
import { PoweredBy } from '../../shared/Brand.tsx';
import { formatDay } from '../../shared/format.ts';
import { Button } from '../../ui/button.tsx';
import { SignInFrame } from '../sign-in/SignInFrame.tsx';
import { ReportSheet } from './ReportSheet.tsx';
import { sentenceOf, SharedReportPassword } from './SharedReportPassword.tsx';

/** The report behind a share link, for everybody who has it. The token is the part of the address that no browser sends. */
export function SharedReportPage(): ReactNode {
  const token: string = useLocation({ select: ({ hash }) => hash });
  return (
    <>
      <meta name='robots' content='noindex, nofollow' />
      <meta name='referrer' content='no-referrer' />
      {/^[\w-]{43}$/.test(token) ? <Opening key={token} token={token} /> : (
        <SignInFrame
          title='This link is not complete'
          description='Open it again from the message that you got, or copy all of it.'
        >
          {null}
        </SignInFrame>
      )}
    </>
  );
}

function Opening({ token }: { token: string }) {
  const { name } = useAgency();
  // Not a query: each answer counts as an opening, so nothing asks again by itself.
  const open = useMutation({
    mutationFn: (password: string | undefined) => openSharedReport(token, password),
    networkMode: 'always',
  });
  const { mutate } = open;
  useEffect(() => mutate(undefined), [mutate]);

  if (open.data) return <Opened {...open.data} />;
  const failure = open.error ? toFailure(open.error) : undefined;
  if (failure?.code === 'NOT_FOUND') {
    return (
      <SignInFrame
        title='This link no longer works'
        description={`It has expired or was revoked. Ask ${name ?? 'who sent it'} for a new one.`}
      >
        {null}
      </SignInFrame>
    );
  }
  // Once somebody typed a password the form stays, whatever came of it.
  if (open.variables !== undefined || failure?.code === 'PASSWORD_REQUIRED') {
    return <SharedReportPassword failure={failure} isPending={open.isPending} onSubmit={mutate} />;
  }
  if (!failure) return <Waiting />;
  return (
    <SignInFrame
      title='The report could not be loaded'
      description={sentenceOf(failure)}
    >
      <Button variant='primary' onClick={() => mutate(undefined)}>Try again</Button>
    </SignInFrame>
  );
}

function Waiting() {
  return (
    <main aria-busy className='grid min-h-dvh place-items-center'>
      <p role='status' className='animate-pulse text-ink-soft'>Loading the report …</p>
    </main>
  );
}

function Opened({ report, expires_at: expiresAt }: OpenedReport) {
  const agency = useAgency();
  const title = titleOf(report);
  useEffect(() => {
    document.title = pageTitleOf(title, agency);
  }, [title, agency]);
  return (
    <main className='mx-auto pb-6' style={{ maxWidth: 624 }}>
      <style>{'@page { size: A4 portrait; margin: 12mm }'}</style>
      <div className='flex items-center justify-between gap-3 px-4 py-3 text-sm text-ink-soft print:hidden'>
        <span>This link works until {formatDay(expiresAt.slice(0, 10))}</span>
        <Button size='small' onClick={() => print()}>
          <Printer aria-hidden /> Print
        </Button>
      </div>
      <ReportSheet report={report} />
      <footer className='grid justify-items-center py-4 print:hidden'>
        <PoweredBy />
      </footer>
    </main>
  );
}
