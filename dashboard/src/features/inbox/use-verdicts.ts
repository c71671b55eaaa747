// Verdicts from the page: drafts of notes, the toast, and undo.
import { useCallback, useRef, useState } from 'react';
import { describeFailure } from '../../data/failure.ts';
import type { Message } from '../../data/messages.ts';
import type { ReplyRow, Verdict } from '../../data/replies.ts';
import { useSetVerdict } from '../../data/verdicts.ts';
import { toast } from '../../ui/toast.tsx';
import { personName, verdictLabels } from '../../shared/person/labels.tsx';
import type { VerdictDraft } from './VerdictBar.tsx';

const key = 'replyloop.push-verdicts';

function readPushChoice(): boolean {
  try {
    return localStorage.getItem(key) === 'true';
  } catch {
    return false;
  }
}

function savePushChoice(isPushed: boolean): void {
  try {
    if (isPushed) localStorage.setItem(key, 'true');
    else localStorage.removeItem(key);
  } catch {
    // Storage may be forbidden; the choice then holds until the page is left.
  }
}

interface Past {
  before: ReplyRow;
  pushToProvider: boolean;
}

export function useVerdicts(onReturn: (messageId: string) => void) {
  const { mutate } = useSetVerdict();
  const [pushToProvider, setPushToProvider] = useState(readPushChoice);
  const [draft, setDraft] = useState<{ id: string; note: string }>();
  const past = useRef<Past[]>([]);
  /** Dismisses the toast of the newest verdict on a reply. */
  const toasts = useRef(new Map<string, () => void>());

  const noteOf = (reply: ReplyRow | Message): string =>
    draft?.id === reply.message_id ? draft.note : reply.verdict_note ?? '';

  const undo = (what?: Past) => {
    const last = what ?? past.current.at(-1);
    if (!last || !past.current.includes(last)) return;
    // Only the newest verdict on a reply can be undone; later ones are kept.
    const newest = past.current.findLast((entry) => entry.before.message_id === last.before.message_id);
    if (newest !== last) return;
    past.current = past.current.filter((entry) => entry !== last);
    const { before } = last;
    toasts.current.get(before.message_id)?.();
    setDraft(undefined);
    mutate(
      {
        reply: before,
        verdict: before.verdict,
        note: before.verdict_note,
        pushToProvider: last.pushToProvider,
      },
      {
        onSuccess: () =>
          toast(
            before.verdict === null
              ? `${personName(before)} is back in the replies to review`
              : `${personName(before)} is back to “${verdictLabels[before.verdict]}”`,
          ),
        onError: failed,
      },
    );
    onReturn(before.message_id);
  };
  const latestUndo = useRef(undo);
  latestUndo.current = undo;

  const set = (reply: ReplyRow, verdict: Verdict | null) => {
    const note = verdict === null ? null : noteOf(reply).trim() || null;
    const entry: Past = { before: reply, pushToProvider };
    past.current = [...past.current.slice(-49), entry];
    // The undo of an older toast would skip this verdict.
    toasts.current.get(reply.message_id)?.();
    setDraft(undefined);
    mutate({ reply, verdict, note, pushToProvider }, {
      onError: (error) => {
        past.current = past.current.filter((other) => other !== entry);
        failed(error);
      },
    });
    const dismiss = toast(
      verdict === null
        ? `Removed the verdict on ${personName(reply)}`
        : `${personName(reply)}: ${verdictLabels[verdict].toLowerCase()}`,
      'good',
      { label: 'Undo', onPress: () => latestUndo.current(entry) },
    );
    toasts.current.set(reply.message_id, dismiss);
  };

  return {
    set,
    undo: useCallback(() => latestUndo.current(), []),
    draftOf: (message: Message): VerdictDraft => ({ note: noteOf(message), pushToProvider }),
    changeDraft: (message: Message, next: VerdictDraft) => {
      setDraft({ id: message.message_id, note: next.note });
      if (next.pushToProvider !== pushToProvider) {
        setPushToProvider(next.pushToProvider);
        savePushChoice(next.pushToProvider);
      }
    },
  };
}

function failed(error: unknown): void {
  const { title, advice } = describeFailure(error);
  toast(`Not saved. ${title}. ${advice}`, 'bad');
}
