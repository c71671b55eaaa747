import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowLeft, Building2, ExternalLink, Globe, Mail, Send, UserRoundPen } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { businessQuery, type Letter, letterQuery, timelineQuery } from '../../data/messages.ts';
import type { Verdict } from '../../data/replies.ts';
import { providerNames } from '../../data/supabase.ts';
import { formatMoment } from '../../shared/format.ts';
import { FailureCard, StateCard } from '../../shared/StateCard.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { campaignsOf } from './history.ts';
import { personName, placeOf, SentimentBadge, writerOf } from './labels.tsx';
import { MessageBody } from './MessageBody.tsx';
import { Timeline } from './Timeline.tsx';
import { VerdictBar, type VerdictDraft } from './VerdictBar.tsx';

/** One message, who wrote it, what to make of it, and everything that happened before. */
export function ReadingPane({ messageId, isOperator, heading, draftOf, onDraftChange, onJudge, onBack }: {
  messageId: string;
  isOperator: boolean;
  heading: Ref<HTMLHeadingElement>;
  draftOf: (letter: Letter) => VerdictDraft;
  onDraftChange: (letter: Letter, draft: VerdictDraft) => void;
  onJudge: (letter: Letter, verdict: Verdict | null) => void;
  onBack: () => void;
}) {
  const letter = useQuery(letterQuery(messageId, isOperator));
  const back = (
    <Button variant='ghost' size='small' className='m-2 -mb-1 lg:hidden' onClick={onBack}>
      <ArrowLeft aria-hidden /> Back to the list
    </Button>
  );
  if (letter.error && !letter.data) {
    return (
      <>
        {back}
        <FailureCard error={letter.error} onRetry={() => void letter.refetch()} />
      </>
    );
  }
  if (letter.isPending) return <LoadingLetter />;
  if (!letter.data) {
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
  const shown = letter.data;
  const writer = writerOf(shown);
  return (
    <article aria-labelledby='person'>
      {back}
      <Person letter={shown} heading={heading} />
      {shown.direction === 'received' && (
        <VerdictBar
          letter={shown}
          draft={draftOf(shown)}
          onDraftChange={(draft) => onDraftChange(shown, draft)}
          onJudge={(verdict) => onJudge(shown, verdict)}
        />
      )}
      <div className='px-5 pt-4 pb-6'>
        <div className='mb-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1'>
          <h3 className='font-semibold text-balance'>{shown.subject || 'No subject'}</h3>
          <p className='text-xs text-ink-soft'>
            <time dateTime={shown.occurred_at}>{formatMoment(shown.occurred_at)} UTC</time>
            {shown.email_account && `, ${shown.direction === 'sent' ? 'from' : 'to'} ${shown.email_account}`}
          </p>
        </div>
        {writer && (
          <p className='mb-3 flex items-center gap-1.5 text-sm'>
            <UserRoundPen aria-hidden className='size-3.5 shrink-0 text-ink-soft' />
            <span className='min-w-0 wrap-anywhere'>{writer}</span>
          </p>
        )}
        <MessageBody
          key={shown.message_id}
          html={shown.body_html}
          text={shown.body_text ?? shown.snippet}
          label={`Message of ${shown.written_by ?? personName(shown)}`}
        />
      </div>
      <Timeline
        key={`${shown.client_id} ${shown.email}`}
        clientId={shown.client_id}
        email={shown.email}
        shownId={shown.message_id}
      />
    </article>
  );
}

/** Only the web; what the scraping found may be anything. */
export function webAddress(text: string | null | undefined): string | undefined {
  return text && /^https?:\/\/[^\s]+$/i.test(text) ? text : undefined;
}

function Person({ letter, heading }: { letter: Letter; heading: Ref<HTMLHeadingElement> }) {
  const business = useQuery(businessQuery(letter.business_id));
  const timeline = useQuery(timelineQuery(letter.client_id, letter.email));
  const website = webAddress(business.data?.website);
  const inbox = webAddress(letter.inbox_url);
  const known = campaignsOf(timeline.data ?? []);
  const campaigns = known.length > 0 ? known : [{ id: letter.campaign_id, name: letter.campaign_name }];
  const place = placeOf({
    ...letter,
    business_name: letter.business_name ?? business.data?.name ?? null,
    city: letter.city ?? business.data?.city ?? null,
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
            {personName(letter)}
          </h2>
          <p className='mt-0.5 flex flex-wrap items-center gap-2 text-sm text-ink-soft empty:hidden'>
            {letter.job_title}
          </p>
        </div>
        <div className='flex flex-wrap items-center gap-2'>
          {letter.direction === 'sent' && (
            <Badge tone='brand'>
              <Send aria-hidden /> Sent by you
            </Badge>
          )}
          {letter.is_auto_reply && <Badge>Automatic reply</Badge>}
          <SentimentBadge sentiment={letter.interest_status} />
          {inbox && (
            <Button asChild size='small'>
              <a href={inbox} target='_blank' rel='noopener noreferrer'>
                <ExternalLink aria-hidden /> Open in {providerNames[letter.provider]}
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
          <a href={`mailto:${letter.email}`} className='truncate underline-offset-4 hover:underline'>
            {letter.email}
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
                <Link
                  to='/campaigns/$campaignId'
                  params={{ campaignId: id }}
                  className='underline-offset-4 hover:underline'
                >
                  {name}
                </Link>
              </span>
            ))}
          </span>
        </Fact>
        {letter.client_name && <Fact>For {letter.client_name}</Fact>}
      </ul>
    </header>
  );
}

const Fact = ({ children }: { children: ReactNode }) => (
  <li className='inline-flex max-w-full min-w-0 items-center gap-1.5'>{children}</li>
);

export function LoadingLetter() {
  return (
    <div aria-busy className='grid gap-4 p-5'>
      <Skeleton className='h-6 w-48' />
      <Skeleton className='h-4 w-72 max-w-full' />
      <Skeleton className='h-20 w-full' />
      <Skeleton className='h-40 w-full' />
    </div>
  );
}
