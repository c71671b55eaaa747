import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Reply, Send, TriangleAlert } from 'lucide-react';
import { type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from 'react';
import { answerDraftQuery, answersQuery } from '../../../data/answers.ts';
import { Failure } from '../../../data/failure.ts';
import type { Message } from '../../../data/messages.ts';
import { ActionFailure } from '../../../shared/ActionFailure.tsx';
import { personName } from '../../../shared/person/labels.tsx';
import { Button } from '../../../ui/button.tsx';
import { cn } from '../../../ui/class-names.ts';
import { fieldLooks } from '../../../ui/input.tsx';
import { KeyCap } from '../KeyHints.tsx';
import { SuggestButton, SuggestionNote } from './Suggestion.tsx';
import { useAnswer } from './use-answer.ts';
import { useSuggestion } from './use-suggestion.ts';

export interface AnswerHandle {
  open: () => void;
}

/** Answers the reply from the mailbox that received it. What is typed is kept as a draft. */
export function AnswerBox({ message, handle }: { message: Message; handle: Ref<AnswerHandle> }) {
  const draft = useQuery(answerDraftQuery(message.message_id));
  const answers = useQuery(answersQuery(message.lead_id, true));
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  // Found at the provider after all: what was its draft is sent.
  const draftId = draft.data?.id;
  const isSent = answers.data?.some((one) => one.answer_id === draftId && one.state === 'sent') ?? false;
  useEffect(() => {
    if (!isSent) return;
    client.setQueryData(answerDraftQuery(message.message_id).queryKey, null);
    setOpen(false);
  }, [isSent, client, message.message_id]);
  const wantsFocus = useRef(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const open = () => {
    wantsFocus.current = true;
    setOpen(true);
    field.current?.focus();
  };
  useImperativeHandle(handle, () => ({ open }));
  useEffect(() => {
    if (isOpen && wantsFocus.current) field.current?.focus();
    wantsFocus.current = false;
  }, [isOpen]);
  const hasDraft = Boolean(draft.data);
  if (!isOpen && !hasDraft) {
    return (
      <div className='border-b border-line px-5 pb-5'>
        <Button aria-keyshortcuts='r' disabled={draft.isPending} onClick={open}>
          <Reply aria-hidden /> Answer <KeyCap className='max-lg:hidden'>R</KeyCap>
        </Button>
      </div>
    );
  }
  return (
    <Editor
      key={message.message_id}
      message={message}
      saved={draft.data?.body_text ?? ''}
      field={field}
      onClose={() => setOpen(false)}
    />
  );
}

function Editor({ message, saved, field, onClose }: {
  message: Message;
  saved: string;
  field: Ref<HTMLTextAreaElement>;
  onClose: () => void;
}) {
  const id = useId();
  const answer = useAnswer(message, saved, onClose);
  const { text, failure, warnings } = answer;
  const suggestion = useSuggestion(message.message_id, answer.current, answer.change);
  const isEmpty = text.trim() === '';
  return (
    <form
      aria-label='Answer'
      className='grid gap-2.5 border-b border-line px-5 pb-5'
      onSubmit={(event) => {
        event.preventDefault();
        answer.send([]);
      }}
    >
      <p className='text-xs text-ink-soft wrap-anywhere'>
        {message.email_account ? `From ${message.email_account} to ` : 'To '}
        {message.written_by ?? message.email}
      </p>
      <textarea
        ref={field}
        id={id}
        rows={7}
        maxLength={20_000}
        aria-label={`Your answer to ${personName(message)}`}
        placeholder='Write your answer …'
        className={cn(fieldLooks, 'h-auto min-h-32 w-full resize-y py-2 leading-relaxed')}
        disabled={answer.isSending}
        value={text}
        onChange={(event) => answer.change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            if (!isEmpty) answer.send([]);
          }
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <SuggestionNote suggestion={suggestion} text={text} />
      {warnings.length > 0
        ? (
          <div
            role='alert'
            className='grid gap-2.5 rounded-lg bg-warm-wash px-3 py-2.5 text-sm text-warm-ink'
          >
            <p className='flex gap-2'>
              <TriangleAlert aria-hidden className='mt-0.5 size-4 shrink-0' />
              <span>{warnings.map((warning) => warning.message).join('. ')}. Answer all the same?</span>
            </p>
            <span className='flex flex-wrap gap-2'>
              <Button
                size='small'
                variant='danger'
                onClick={() => answer.send(warnings.map((one) => one.reason))}
              >
                Send anyway
              </Button>
              <Button size='small' onClick={answer.forgetFailure}>Keep as draft</Button>
            </span>
          </div>
        )
        : failure !== null && <SendFailure error={failure} />}
      <div className='flex flex-wrap items-center gap-x-4 gap-y-2'>
        <Button variant='primary' type='submit' disabled={isEmpty || answer.isSending}>
          <Send aria-hidden /> {answer.isSending ? 'Sending …' : 'Send'}
        </Button>
        <SuggestButton suggestion={suggestion} isDisabled={answer.isSending} />
        <label className='flex items-center gap-2 text-sm'>
          <input
            type='checkbox'
            className='size-4 accent-brand'
            checked={answer.isQuoted}
            onChange={(event) => answer.setQuoted(event.target.checked)}
          />
          Quote their message
        </label>
        <span className='ml-auto flex items-center gap-3 text-xs text-ink-soft'>
          <span role='status'>{answer.draftState}</span>
          <Button variant='ghost' size='small' onClick={answer.discard} disabled={answer.isSending}>
            {isEmpty ? 'Close' : 'Discard'}
          </Button>
        </span>
      </div>
    </form>
  );
}

/** The server's own sentence: it says whether something was sent. */
function SendFailure({ error }: { error: unknown }) {
  if (!(error instanceof Failure) || error.code === 'OFFLINE' || error.code === 'INTERNAL') {
    return <ActionFailure error={error} />;
  }
  return (
    <p role='alert' className='rounded-lg bg-bad-wash px-3 py-2 text-sm text-bad'>
      {error.message}. <span className='text-xs'>({error.code})</span>
    </p>
  );
}
