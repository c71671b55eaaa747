// An answer that the language model suggests. It fills an empty field; what a person typed is replaced only when they say so.
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { draftAnswer, replyModelQuery } from '../../../data/reply-model.ts';

/** Set up seldom, asked about whenever somebody begins an answer. */
const fresh = 5 * 60_000;

export function useSuggestion(messageId: string, current: () => string, change: (text: string) => void) {
  const model = useQuery({ ...replyModelQuery, staleTime: fresh, refetchInterval: false, retry: false });
  /** What waits for a decision, because there is text already. */
  const [waiting, setWaiting] = useState<string | null>(null);
  const [applied, setApplied] = useState<string | null>(null);
  const apply = (text: string) => {
    setApplied(text);
    setWaiting(null);
    change(text);
  };
  const asking = useMutation({
    mutationFn: () => draftAnswer(messageId),
    onSuccess: (draft) => {
      const now = current().trim();
      // A suggestion that was not edited is no work of the person, and may be replaced.
      if (now === '' || now === applied?.trim()) apply(draft);
      else setWaiting(draft);
    },
  });
  return {
    isOffered: model.data?.is_on === true,
    isAsking: asking.isPending,
    failure: asking.error,
    waiting,
    applied,
    ask: () => {
      setWaiting(null);
      if (!asking.isPending) asking.mutate();
    },
    replace: () => waiting !== null && apply(waiting),
    addBelow: () => waiting !== null && apply(`${current().trimEnd()}\n\n${waiting}`),
    dismiss: () => setWaiting(null),
  };
}
