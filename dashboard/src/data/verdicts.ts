// What a person decides about a reply: shown at once, taken back if the server refuses, and undone step by step.
import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query';
import { read } from './failure.ts';
import type { Letter } from './messages.ts';
import {
  putReply,
  type ReplyFilter,
  type ReplyPage,
  type ReplyRow,
  type Sentiment,
  type Verdict,
} from './replies.ts';
import { readSession } from './session.ts';
import { supabase } from './supabase.ts';

export interface Judgement {
  /** As it was before, for taking it back. */
  reply: ReplyRow;
  /** Null takes a verdict back. */
  verdict: Verdict | null;
  note: string | null;
  tellProvider: boolean;
}

const sentimentOf: Record<Verdict, Sentiment> = {
  qualified: 'positive',
  not_interested: 'negative',
  neutral: 'neutral',
};

/** The row as it will be, before the server has said so. */
export function judged({ reply, verdict, note }: Judgement, by: string | null, at: string): ReplyRow {
  return {
    ...reply,
    verdict,
    verdict_note: verdict === null ? null : note,
    verdict_by: verdict === null ? null : by,
    verdict_at: verdict === null ? null : at,
    // Taken back, the provider's label counts again; only the server knows it.
    interest_status: verdict === null ? reply.interest_status : sentimentOf[verdict],
  };
}

async function sendVerdict({ reply, verdict, note, tellProvider }: Judgement): Promise<void> {
  await read(
    supabase().rpc('qualify_reply', {
      target_message_id: reply.message_id,
      // Null takes the verdict back; the generated type does not know that an argument may be null.
      new_verdict: verdict as string,
      ...(note ? { note } : {}),
      push_to_provider: tellProvider,
    }),
  );
}

type Pages = InfiniteData<ReplyPage>;

export function useJudge() {
  const client = useQueryClient();
  return useMutation({
    mutationKey: ['judge'],
    mutationFn: sendVerdict,
    onMutate: async (judgement: Judgement) => {
      // An answer that is under way still tells of before.
      await Promise.all([
        client.cancelQueries({ queryKey: ['replies'] }),
        client.cancelQueries({ queryKey: ['letter', judgement.reply.message_id] }),
      ]);
      const lists = client.getQueriesData<Pages>({ queryKey: ['replies'] });
      const letters = client.getQueriesData<Letter | null>({
        queryKey: ['letter', judgement.reply.message_id],
      });
      const row = judged(judgement, readSession()?.userId ?? null, new Date().toISOString());
      for (const [key, data] of lists) {
        const filter = key[1] as ReplyFilter;
        if (data) client.setQueryData<Pages>(key, { ...data, pages: putReply(data.pages, row, filter) });
      }
      for (const [key, letter] of letters) {
        if (letter) {
          const { verdict, verdict_note, verdict_by, verdict_at, interest_status } = row;
          client.setQueryData<Letter>(key, {
            ...letter,
            verdict,
            verdict_note,
            verdict_by,
            verdict_at,
            interest_status,
            pushed_at: null,
            push_error: null,
          });
        }
      }
      return { lists, letters };
    },
    onError: (_error, _judgement, before) => {
      for (const [key, data] of [...before?.lists ?? [], ...before?.letters ?? []]) {
        client.setQueryData(key, data);
      }
    },
    onSettled: () => {
      // The last of several that were pressed quickly reads again; before, an answer would undo what the others show.
      if (client.isMutating({ mutationKey: ['judge'] }) > 1) return;
      for (const root of ['replies', 'letter', 'reply-counts', 'timeline']) {
        void client.invalidateQueries({ queryKey: [root] });
      }
    },
  });
}
