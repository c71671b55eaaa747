// What a person decides about a reply: shown at once, reverted if the server refuses, and undone step by step.
import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query';
import { read } from './failure.ts';
import type { Sentiment } from './inbox-choices.ts';
import type { Message } from './messages.ts';
import { putReply, type ReplyFilter, type ReplyPage, type ReplyRow, type Verdict } from './replies.ts';
import { readSession } from './session.ts';
import { supabase } from './supabase.ts';

export interface VerdictChange {
  /** As it was before, for undo. */
  reply: ReplyRow;
  /** Null removes a verdict. */
  verdict: Verdict | null;
  note: string | null;
  pushToProvider: boolean;
}

const sentimentOf: Record<Verdict, Sentiment> = {
  qualified: 'positive',
  not_interested: 'negative',
  neutral: 'neutral',
};

/** The row as it will be, before the server has answered. */
export function withVerdict(
  { reply, verdict, note }: VerdictChange,
  by: string | null,
  at: string,
): ReplyRow {
  return {
    ...reply,
    verdict,
    verdict_note: verdict === null ? null : note,
    verdict_by: verdict === null ? null : by,
    verdict_at: verdict === null ? null : at,
    // Without a verdict the provider's label counts again; only the server knows it.
    interest_status: verdict === null ? reply.interest_status : sentimentOf[verdict],
  };
}

async function sendVerdict({ reply, verdict, note, pushToProvider }: VerdictChange): Promise<void> {
  await read(
    supabase().rpc('qualify_reply', {
      target_message_id: reply.message_id,
      // Null removes the verdict; the generated type does not know that an argument may be null.
      new_verdict: verdict as string,
      ...(note ? { note } : {}),
      push_to_provider: pushToProvider,
    }),
  );
}

type Pages = InfiniteData<ReplyPage>;

export function useSetVerdict() {
  const client = useQueryClient();
  return useMutation({
    mutationKey: ['set-verdict'],
    mutationFn: sendVerdict,
    onMutate: async (change: VerdictChange) => {
      // An answer under way still has the old state.
      await Promise.all([
        client.cancelQueries({ queryKey: ['replies'] }),
        client.cancelQueries({ queryKey: ['message', change.reply.message_id] }),
      ]);
      const lists = client.getQueriesData<Pages>({ queryKey: ['replies'] });
      const messages = client.getQueriesData<Message | null>({
        queryKey: ['message', change.reply.message_id],
      });
      const row = withVerdict(change, readSession()?.userId ?? null, new Date().toISOString());
      for (const [key, data] of lists) {
        const filter = key[1] as ReplyFilter;
        if (data) client.setQueryData<Pages>(key, { ...data, pages: putReply(data.pages, row, filter) });
      }
      for (const [key, message] of messages) {
        if (message) {
          const { verdict, verdict_note, verdict_by, verdict_at, interest_status } = row;
          client.setQueryData<Message>(key, {
            ...message,
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
      return { lists, messages };
    },
    onError: (_error, _change, before) => {
      for (const [key, data] of [...before?.lists ?? [], ...before?.messages ?? []]) {
        client.setQueryData(key, data);
      }
    },
    onSettled: () => {
      // The last of several that were pressed quickly reads again; before, an answer would undo what the others show.
      if (client.isMutating({ mutationKey: ['set-verdict'] }) > 1) return;
      for (const root of ['replies', 'message', 'reply-counts', 'timeline', 'threads']) {
        void client.invalidateQueries({ queryKey: [root] });
      }
    },
  });
}
