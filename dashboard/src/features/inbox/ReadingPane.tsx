import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { ArrowLeft, Building2, ExternalLink, Globe, Mail, Send, UserRoundPen } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { businessQuery, type Message, messageQuery } from '../../data/messages.ts';
import type { Verdict } from '../../data/replies.ts';
import { providerNames } from '../../data/supabase.ts';
import { timelineQuery } from '../../data/timeline.ts';
import { CampaignLink } from '../../shared/columns.tsx';
import { Moment } from '../../shared/moments.tsx';
import { FailureCard, StateCard } from '../../shared/StateCard.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { campaignsOf } from '../../shared/person/history.ts';
import { personName, placeOf, SentimentBadge, writerOf } from '../../shared/person/labels.tsx';
import { MessageBody } from '../../shared/person/MessageBody.tsx';
import { Timeline } from '../../shared/person/Timeline.tsx';
import { MeetingAct } from '../meetings/MeetingAct.tsx';
import { AnswerBox, type AnswerHandle } from './answer/AnswerBox.tsx';
import { SentAnswers } from './answer/SentAnswers.tsx';
import { ClassMenu } from './class/ClassMenu.tsx';
import { NextStep } from './class/NextStep.tsx';
import { Notes } from './thread/Notes.tsx';
import { ThreadBar } from './thread/ThreadBar.tsx';
import { VerdictBar, type VerdictDraft } from './VerdictBar.tsx';

/** One message, its author, its verdict, and everything that happened before. */
export function ReadingPane(
  { messageId, isOperator, heading, answer, draftOf, onDraftChange, onVerdict, onBack }: {
    messageId: string;
    isOperator: boolean;
    heading: Ref<HTMLHeadingElement>;
    /** Opens the answer; for operators. */
    answer: Ref<AnswerHandle>;
    draftOf: (message: Message) => VerdictDraft;
    onDraftChange: (message: Message, draft: VerdictDraft) => void;
    onVerdict: (message: Message, verdict: Verdict | null) => void;
    onBack: () => void;
  },
) {
  const message = useQuery(messageQuery(messageId, isOperator));
  return (
    <Pane query={message} onBack={onBack}>
      {(shown) => (
        <>
          <Person message={shown} heading={heading} />
          {isOperator && <ThreadBar leadId={shown.lead_id} />}
          <div className='flex border-b border-line px-5 py-2.5'>
            <MeetingAct
              isSmall
              leads={[{ leadId: shown.lead_id, campaignName: shown.campaign_name }]}
            />
          </div>
          {shown.direction === 'received' && (
            <VerdictBar
              message={shown}
              draft={draftOf(shown)}
              onDraftChange={(draft) => onDraftChange(shown, draft)}
              onVerdict={(verdict) => onVerdict(shown, verdict)}
            />
          )}
          <Body
            subject={shown.subject}
            at={shown.occurred_at}
            account={shown.email_account &&
              `${shown.direction === 'sent' ? 'from' : 'to'} ${shown.email_account}`}
          >
            {writerOf(shown) && (
              <p className='mb-3 flex items-center gap-1.5 text-sm'>
                <UserRoundPen aria-hidden className='size-3.5 shrink-0 text-ink-soft' />
                <span className='min-w-0 wrap-anywhere'>{writerOf(shown)}</span>
              </p>
            )}
            <MessageBody
              key={shown.message_id}
              html={shown.body_html}
              text={shown.body_text ?? shown.snippet}
              removed={{ sent: shown.occurred_at, at: shown.body_removed_at }}
              label={`Message from ${shown.written_by ?? personName(shown)}`}
            />
          </Body>
          {isOperator && shown.direction === 'received' && (
            <>
              <NextStep message={shown} />
              <Notes leadId={shown.lead_id} />
              <SentAnswers reply={shown} />
              <AnswerBox key={shown.message_id} message={shown} handle={answer} />
            </>
          )}
          <Timeline
            key={`${shown.client_id} ${shown.email}`}
            clientId={shown.client_id}
            email={shown.email}
            shownId={shown.message_id}
          />
        </>
      )}
    </Pane>
  );
}

/** What opens beside the list, with the states before it is there; on a phone it has a way back. */
export function Pane<Data>({ query, onBack, children }: {
  query: UseQueryResult<Data | null>;
  onBack: () => void;
  children: (data: Data) => ReactNode;
}) {
  if (query.isPending) {
    return (
      <div aria-busy className='grid gap-4 p-5'>
        <Skeleton className='h-6 w-48' />
        <Skeleton className='h-4 w-72 max-w-full' />
        <Skeleton className='h-20 w-full' />
        <Skeleton className='h-40 w-full' />
      </div>
    );
  }
  return (
    <article aria-labelledby='person'>
      <Button variant='ghost' size='small' className='m-2 -mb-1 lg:hidden' onClick={onBack}>
        <ArrowLeft aria-hidden /> Back to the list
      </Button>
      {query.data
        ? children(query.data)
        : query.error
        ? <FailureCard error={query.error} onRetry={() => void query.refetch()} />
        : (
          <StateCard
            kind='empty'
            title='Message not found'
            advice='It does not exist, or you do not have access. Choose one from the list.'
          />
        )}
    </article>
  );
}

export function Body({ subject, at, account, children }: {
  subject: string | null;
  at: string;
  /** "to sales@…" */
  account: string | null;
  children: ReactNode;
}) {
  return (
    <div className='px-5 pt-4 pb-6'>
      <div className='mb-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1'>
        <h3 className='font-semibold text-balance'>{subject || 'No subject'}</h3>
        <p className='text-xs text-ink-soft'>
          <Moment at={at} />
          {account && `, ${account}`}
        </p>
      </div>
      {children}
    </div>
  );
}

/** Web addresses only; what the scraping found may be anything. */
export function webAddress(text: string | null | undefined): string | undefined {
  return text && /^https?:\/\/[^\s]+$/i.test(text) ? text : undefined;
}

function Person({ message, heading }: { message: Message; heading: Ref<HTMLHeadingElement> }) {
  const business = useQuery(businessQuery(message.business_id));
  const timeline = useQuery(timelineQuery(message.client_id, message.email));
  const website = webAddress(business.data?.website);
  const inbox = webAddress(message.inbox_url);
  const known = campaignsOf(timeline.data ?? []);
  const campaigns = known.length > 0 ? known : [{ id: message.campaign_id, name: message.campaign_name }];
  const place = placeOf({
    ...message,
    business_name: message.business_name ?? business.data?.name ?? null,
    city: message.city ?? business.data?.city ?? null,
  });
  return (
    <header className='grid grid-cols-1 gap-2.5 border-b border-line px-5 py-4'>
      <div className='flex flex-wrap items-start justify-between gap-x-4 gap-y-2'>
        <div className='min-w-0'>
          <h2
            id='person'
            ref={heading}
            tabIndex={-1}
            className='text-lg font-semibold tracking-tight outline-none'
          >
            {personName(message)}
          </h2>
          <p className='mt-0.5 flex flex-wrap items-center gap-2 text-sm text-ink-soft empty:hidden'>
            {message.job_title}
          </p>
        </div>
        <div className='flex flex-wrap items-center gap-2'>
          {message.direction === 'sent' && (
            <Badge tone='brand'>
              <Send aria-hidden /> Sent by you
            </Badge>
          )}
          {message.direction === 'received' && <ClassMenu message={message} />}
          {message.is_auto_reply && !message.reply_class && <Badge>Automatic reply</Badge>}
          <SentimentBadge sentiment={message.interest_status} />
          {inbox && (
            <Button asChild size='small'>
              <a href={inbox} target='_blank' rel='noopener noreferrer'>
                <ExternalLink aria-hidden /> Open in {providerNames[message.provider]}
              </a>
            </Button>
          )}
        </div>
      </div>
      <ul className='flex flex-wrap gap-x-5 gap-y-1.5 text-sm text-ink-soft [&_svg]:size-3.5 [&_svg]:shrink-0'>
        {place && (
          <Fact>
            <Building2 aria-hidden /> {place}
          </Fact>
        )}
        <Fact>
          <Mail aria-hidden />
          <a href={`mailto:${message.email}`} className='truncate underline-offset-4 hover:underline'>
            {message.email}
          </a>
        </Fact>
        {website && (
          <Fact>
            <Globe aria-hidden />
            <a
              href={website}
              target='_blank'
              rel='noopener noreferrer'
              className='truncate underline-offset-4 hover:underline'
            >
              {website.replace(/^https?:\/\//i, '').replace(/\/$/, '')}
            </a>
          </Fact>
        )}
        <Fact>
          <Send aria-hidden />
          <span>
            {campaigns.map(({ id, name }, index) => (
              <span key={id}>
                {index > 0 && ', '}
                <CampaignLink id={id} className=''>{name}</CampaignLink>
              </span>
            ))}
          </span>
        </Fact>
        {message.client_name && <Fact>For {message.client_name}</Fact>}
      </ul>
    </header>
  );
}

const Fact = ({ children }: { children: ReactNode }) => (
  <li className='inline-flex max-w-full min-w-0 items-center gap-1.5'>{children}</li>
);
