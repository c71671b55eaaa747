import { useQuery } from '@tanstack/react-query';
import { Mail, MailQuestion } from 'lucide-react';
import type { Ref } from 'react';
import { outsideMailQuery } from '../../data/outside-mail.ts';
import { Badge } from '../../ui/badge.tsx';
import { MessageBody } from '../../shared/person/MessageBody.tsx';
import { Body, Pane } from './ReadingPane.tsx';

/** An email from outside the campaigns: it has no verdict and no history. */
export function OutsidePane({ id, isOperator, heading, onBack }: {
  id: number;
  isOperator: boolean;
  heading: Ref<HTMLHeadingElement>;
  onBack: () => void;
}) {
  const mail = useQuery(outsideMailQuery(id));
  return (
    <Pane query={mail} onBack={onBack}>
      {(shown) => {
        const sender = shown.sender_name || shown.email;
        const workspace = shown.provider_connections?.name;
        return (
          <>
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
                  <span>In {workspace}, a shared workspace: visible to operators only</span>
                )}
              </p>
              <p className='text-xs text-ink-soft'>
                No campaign contacted this address, so there is no verdict to set and the email is not counted
                in any number.
              </p>
            </header>
            <Body
              subject={shown.subject}
              at={shown.occurred_at}
              account={shown.email_account && `to ${shown.email_account}`}
            >
              <MessageBody
                key={shown.id}
                html={null}
                text={shown.body_text ?? shown.snippet}
                removed={{ sent: shown.occurred_at, at: shown.body_removed_at }}
                label={`Message from ${sender}`}
              />
            </Body>
          </>
        );
      }}
    </Pane>
  );
}
