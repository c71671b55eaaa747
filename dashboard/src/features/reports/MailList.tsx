import type { ReportMail, SentReport } from '../../data/client-reports.ts';
import { Badge } from '../../ui/badge.tsx';
import { mailStates } from './report-text.ts';
import { Moment } from '../../shared/moments.tsx';

type Shown =
  & Pick<SentReport['emails'][number], 'email' | 'state'>
  & { error: string | null; sentAt?: string | null; nextAt?: string | null };

/** Each address of a report with what came of it. */
export function MailList({ emails }: { emails: readonly (ReportMail | SentReport['emails'][number])[] }) {
  return (
    <ul className='grid gap-3'>
      {emails.map(read).map(({ email, state, error, sentAt, nextAt }) => (
        <li key={email} className='grid gap-0.5 text-sm'>
          <span className='flex items-start justify-between gap-3'>
            <span className='min-w-0 break-all'>{email}</span>
            <Badge tone={mailStates[state].tone}>{mailStates[state].label}</Badge>
          </span>
          {state === 'failed' && error && <span className='text-bad wrap-anywhere'>{error}</span>}
          {state === 'waiting' && error && (
            <span className='text-ink-soft wrap-anywhere'>
              {error}. The next attempt is {nextAt
                ? (
                  <>
                    at <Moment at={nextAt} />
                  </>
                )
                : 'automatic'}.
            </span>
          )}
          {state === 'delivered' && sentAt && <Moment at={sentAt} className='text-ink-soft' />}
        </li>
      ))}
    </ul>
  );
}

const read = (mail: ReportMail | SentReport['emails'][number]): Shown =>
  'last_error' in mail
    ? {
      email: mail.email,
      state: mail.state,
      error: mail.last_error,
      sentAt: mail.sent_at,
      nextAt: mail.next_attempt_at,
    }
    : mail;
