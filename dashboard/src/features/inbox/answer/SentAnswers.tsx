import { useQuery } from '@tanstack/react-query';
import { CircleAlert, LoaderCircle, Send } from 'lucide-react';
import { type Answer, answersQuery } from '../../../data/answers.ts';
import { formatMoment } from '../../../shared/format.ts';

/** What was answered to this reply from here: who, when, and whether it left. */
export function SentAnswers({ leadId, replyId }: { leadId: string; replyId: string }) {
  const answers = useQuery(answersQuery(leadId, true));
  const own = answers.data?.filter((answer) => answer.reply_id === replyId) ?? [];
  if (own.length === 0) return null;
  return (
    <ul aria-label='Answers' className='grid gap-2 px-5 pb-4'>
      {own.map((answer) => (
        <li key={answer.answer_id} className='rounded-lg border border-line bg-raised/40 px-3 py-2.5 text-sm'>
          <State answer={answer} />
          <p className='mt-1.5 line-clamp-6 whitespace-pre-line wrap-anywhere'>{answer.body_text}</p>
        </li>
      ))}
    </ul>
  );
}

function State({ answer }: { answer: Answer }) {
  const by = answer.asked_by_name ?? 'a script';
  const looks = 'flex items-center gap-1.5 text-xs font-medium [&_svg]:size-3.5 [&_svg]:shrink-0';
  switch (answer.state) {
    case 'sent':
      return (
        <p className={`${looks} text-brand`}>
          <Send aria-hidden /> Sent by {by}, {formatMoment(answer.sent_at)} UTC
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
