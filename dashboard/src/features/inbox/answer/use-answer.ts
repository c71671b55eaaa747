// One answer being written: kept as a draft while it is typed, sent under the draft's id so that pressing twice sends once.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import {
  answerDraftQuery,
  saveDraft,
  sendAnswer,
  type WarningReason,
  warningsOf,
} from '../../../data/answers.ts';
import { Failure } from '../../../data/failure.ts';
import type { Message } from '../../../data/messages.ts';
import { personName } from '../../../shared/person/labels.tsx';
import { toast } from '../../../ui/toast.tsx';

/** Long enough that a sentence is saved in one go. */
const debounceMs = 800;

const changed = ['answers', 'timeline', 'replies', 'message', 'reply-counts', 'threads'];

export function useAnswer(message: Message, saved: string, onSent: () => void) {
  const client = useQueryClient();
  const messageId = message.message_id;
  const [text, setText] = useState(saved);
  const [isQuoted, setQuoted] = useState(true);
  const [draftState, setDraftState] = useState(saved === '' ? '' : 'Draft saved');
  const latest = useRef(saved);
  const stored = useRef(saved);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** One save after the other, so that an older text never overwrites a newer. */
  const saving = useRef<Promise<unknown>>(Promise.resolve());

  const save = useCallback((): Promise<string | null> => {
    clearTimeout(timer.current);
    const work = saving.current.catch(() => undefined).then(async () => {
      const now = latest.current;
      const id = await saveDraft(messageId, now);
      stored.current = now;
      client.setQueryData(answerDraftQuery(messageId).queryKey, id === null ? null : { id, body_text: now });
      return id;
    });
    saving.current = work;
    return work;
  }, [client, messageId]);

  // An operator who opens the next reply finds the draft again later.
  useEffect(() => () => {
    if (latest.current !== stored.current) void save().catch(() => undefined);
  }, [save]);

  const sending = useMutation({
    mutationFn: async (confirmed: WarningReason[]) => {
      const answerId = await save();
      if (answerId === null) throw new Failure('VALIDATION_FAILED', 'There is nothing to send');
      return await sendAnswer({ answerId, messageId, text: latest.current, isQuoted, confirmed });
    },
    onSuccess: (state) => {
      if (state === 'sent') {
        toast(`Answer sent to ${personName(message)}`, 'good');
        stored.current = latest.current = '';
        setText('');
        client.setQueryData(answerDraftQuery(messageId).queryKey, null);
        onSent();
      } else toast('This answer is being sent by another window');
    },
    onSettled: () => {
      for (const root of changed) void client.invalidateQueries({ queryKey: [root] });
    },
  });

  return {
    text,
    /** As typed by now; `text` may be of an older render. */
    current: () => latest.current,
    isQuoted,
    setQuoted,
    draftState,
    isSending: sending.isPending,
    failure: sending.error,
    warnings: warningsOf(sending.error),
    forgetFailure: () => sending.reset(),
    change: (next: string) => {
      setText(next);
      latest.current = next;
      setDraftState('');
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        save().then(
          () => latest.current === next && setDraftState(next.trim() === '' ? '' : 'Draft saved'),
          () => setDraftState('Draft not saved'),
        );
      }, debounceMs);
    },
    send: (confirmed: WarningReason[]) => {
      if (!sending.isPending) sending.mutate(confirmed);
    },
    discard: () => {
      latest.current = '';
      setText('');
      sending.reset();
      void save().catch(() => undefined);
      onSent();
    },
  };
}
