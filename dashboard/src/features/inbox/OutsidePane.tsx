import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, Mail, MailQuestion } from 'lucide-react';
import type { Ref } from 'react';
import { outsideMailQuery } from '../../data/outside-mail.ts';
import { formatMoment } from '../../shared/format.ts';
import { FailureCard, StateCard } from '../../shared/StateCard.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { MessageBody } from './MessageBody.tsx';
import { LoadingLetter } from './ReadingPane.tsx';

/** A mail from outside the campaigns. There is nothing to judge, and nothing happened before that we would know of. */
export function OutsidePane({ id, isOperator, heading, onBack }: {
  id: number;
  isOperator: boolean;
  heading: Ref<HTMLHeadingElement>;
  onBack: () => void;
}) {
  const mail = useQuery(outsideMailQuery(id));
  const back = (
    <Button variant='ghost' size='small' className='m-2 -mb-1 lg:hidden' onClick={onBack}>
      <ArrowLeft aria-hidden /> Back to the list
    </Button>
  );
  if (mail.error && !mail.data) {
    return (
      <>
        {back}
        <FailureCard error={mail.error} onRetry={() => void mail.refetch()} />
      </>
    );
  }
  if (mail.isPending) return <LoadingLetter />;
  if (!mail.data) {
    return (
      <>
        {back}
        <StateCard
          kind='empty'
          title='There is no such message, or it is not yours'
          advice='Choose one from the list.'
        />
      </>
    );
  }
  const shown = mail.data;
  const sender = shown.sender_name || shown.email;
  const workspace = shown.provider_connections?.name;
  return (
    <article aria-labelledby='person'>
      {back}
      <header className='grid grid-cols-1 gap-2.5 border-b border-line px-5 py-4'>
        <div className='flex flex-wrap items-start justify-between gap-x-4 gap-y-2'>
          <h2
            id='person'
            ref={heading}
            tabIndex={-1}
            className='min-w-0 text-lg font-semibold tracking-tight wrap-anywhere outline-none'
          >
            {sender}
          </h2>
          <Badge>
            <MailQuestion aria-hidden /> Outside campaigns
          </Badge>
        </div>
        <p className='flex flex-wrap items-center gap-x-5 gap-y-1.5 text-sm text-ink-soft'>
          <span className='inline-flex max-w-full min-w-0 items-center gap-1.5'>
            <Mail aria-hidden className='size-3.5 shrink-0' />
            <a href={`mailto:${shown.email}`} className='truncate underline-offset-4 hover:underline'>
              {shown.email}
            </a>
          </span>
          {isOperator && shown.clients && <span>For {shown.clients.name}</span>}
          {isOperator && !shown.clients && workspace && (
            <span>In {workspace}, which several clients share: only operators see it</span>
          )}
        </p>
        <p className='text-xs text-ink-soft'>
          No campaign wrote to this address, so there is nothing to judge, and no number counts the mail.
        </p>
      </header>
      <div className='px-5 pt-4 pb-6'>
        <div className='mb-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1'>
          <h3 className='font-semibold text-balance'>{shown.subject || 'No subject'}</h3>
          <p className='text-xs text-ink-soft'>
            <time dateTime={shown.occurred_at}>{formatMoment(shown.occurred_at)} UTC</time>
            {shown.email_account && `, to ${shown.email_account}`}
          </p>
        </div>
        <MessageBody
          key={shown.id}
          html={null}
          text={shown.body_text ?? shown.snippet}
          label={`Message of ${sender}`}
        />
      </div>
    </article>
  );
}
