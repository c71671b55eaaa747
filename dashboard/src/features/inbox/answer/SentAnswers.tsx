import { useQuery } from '@tanstack/react-query';
import { CircleAlert, LoaderCircle, Send } from 'lucide-react';
import type { ReactNode } from 'react';
import { type Answer, answersQuery } from '../../../data/answers.ts';
import type { Message } from '../../../data/messages.ts';
import { providerNames } from '../../../data/supabase.ts';
import { timelineQuery } from '../../../data/timeline.ts';
import { Moment } from '../../../shared/moments.tsx';

const looks = 'flex items-center gap-1.5 text-xs font-medium [&_svg]:size-3.5 [&_svg]:shrink-0';

/** What was answered to this reply: from here (who, when, and whether it left), and in the provider's own inbox since. */
export function SentAnswers({ reply }: { reply: Message }) {
  const answers = useQuery(answersQuery(reply.lead_id, true));
  const timeline = useQuery(timelineQuery(reply.client_id, reply.email));
  const own = answers.data?.filter((answer) => answer.reply_id === reply.message_id) ?? [];
  const there =
    timeline.data?.filter((row) =>
      row.answered_in === 'provider' && row.lead_id === reply.lead_id &&
      Date.parse(row.occurred_at) >= Date.parse(reply.occurred_at)
    ) ?? [];
  if (own.length === 0 && there.length === 0) return null;
  return (
    <ul aria-label='Answers' className='grid gap-2 px-5 pb-4'>
      {own.map((answer) => (
        <Entry key={answer.answer_id} text={answer.body_text}>
          <State answer={answer} />
        </Entry>
      ))}
      {there.map((row) => (
        <Entry key={row.position} text={row.snippet}>
          <p className={`${looks} text-brand`}>
            <Send aria-hidden /> Answered in{' '}
            {row.provider ? providerNames[row.provider] : 'the sending tool'}, <Moment at={row.occurred_at} />
          </p>
        </Entry>
      ))}
    </ul>
  );
}

function Entry({ text, children }: { text: string | null; children: ReactNode }) {
  return (
    <li className='rounded-lg border border-line bg-raised/40 px-3 py-2.5 text-sm'>
      {children}
      <p className='mt-1.5 line-clamp-6 whitespace-pre-line wrap-anywhere empty:hidden'>{text}</p>
    </li>
  );
}

function State({ answer }: { answer: Answer }) {
  const by = answer.asked_by_name ?? 'a script';
  switch (answer.state) {
    case 'sent':
      return (
        <p className={`${looks} text-brand`}>
          <Send aria-hidden /> Sent by {by}, <Moment at={answer.sent_at} />
        </p>
      );
    case 'sending':
      return (
        <p className={`${looks} text-ink-soft`}>
          <LoaderCircle aria-hidden className='animate-spin' /> {by} is sending this
        </p>
      );
    case 'unknown':
      return (
        <p className={`${looks} text-warm-ink`}>
          <CircleAlert aria-hidden /> Written by {by}. It is being looked up whether it was sent
        </p>
      );
    case 'failed':
      return (
        <p className={`${looks} text-bad`}>
          <CircleAlert aria-hidden /> Not sent. Written by {by}. {answer.error}
        </p>
      );
  }
}
