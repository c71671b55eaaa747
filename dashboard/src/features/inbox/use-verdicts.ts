// Judging from the page: drafts of notes, the toast, and the way back.
import { useCallback, useRef, useState } from 'react';
import { describeFailure } from '../../data/failure.ts';
import type { Letter } from '../../data/messages.ts';
import type { ReplyRow, Verdict } from '../../data/replies.ts';
import { useJudge } from '../../data/verdicts.ts';
import { toast } from '../../ui/toast.tsx';
import { personName, verdictLabels } from './labels.tsx';
import type { VerdictDraft } from './VerdictBar.tsx';

const key = 'replyloop.tell-provider';

function readTelling(): boolean {
  try {
    return localStorage.getItem(key) === 'true';
  } catch {
    return false;
  }
}

function keepTelling(isTold: boolean): void {
  try {
    if (isTold) localStorage.setItem(key, 'true');
    else localStorage.removeItem(key);
  } catch {
    // Storage may be forbidden; the choice then holds until the page is left.
  }
}

interface Done {
  before: ReplyRow;
  tellProvider: boolean;
}

export function useVerdicts(onReturn: (messageId: string) => void) {
  const { mutate } = useJudge();
  const [tellProvider, setTellProvider] = useState(readTelling);
  const [draft, setDraft] = useState<{ id: string; note: string }>();
  const done = useRef<Done[]>([]);
  /** How to take away the toast of the newest act on a reply. */
  const toasts = useRef(new Map<string, () => void>());

  const noteOf = (reply: ReplyRow | Letter): string =>
    draft?.id === reply.message_id ? draft.note : reply.verdict_note ?? '';

  const undo = (what?: Done) => {
    const last = what ?? done.current.at(-1);
    if (!last || !done.current.includes(last)) return;
    // What was decided about the same reply since then stands: only the newest act on it can be undone.
    const newest = done.current.findLast((entry) => entry.before.message_id === last.before.message_id);
    if (newest !== last) return;
    done.current = done.current.filter((entry) => entry !== last);
    const { before } = last;
    toasts.current.get(before.message_id)?.();
    setDraft(undefined);
    mutate(
      { reply: before, verdict: before.verdict, note: before.verdict_note, tellProvider: last.tellProvider },
      {
        onSuccess: () =>
          toast(
            before.verdict === null
              ? `${personName(before)} is to review again`
              : `${personName(before)} is “${verdictLabels[before.verdict]}” again`,
          ),
        onError: failed,
      },
    );
    onReturn(before.message_id);
  };
  const latestUndo = useRef(undo);
  latestUndo.current = undo;

  const judge = (reply: ReplyRow, verdict: Verdict | null) => {
    const note = verdict === null ? null : noteOf(reply).trim() || null;
    const entry: Done = { before: reply, tellProvider };
    done.current = [...done.current.slice(-49), entry];
    // The way back that an older toast offers would lead past this act.
    toasts.current.get(reply.message_id)?.();
    setDraft(undefined);
    mutate({ reply, verdict, note, tellProvider }, {
      onError: (error) => {
        done.current = done.current.filter((other) => other !== entry);
        failed(error);
      },
    });
    const dismiss = toast(
      verdict === null
        ? `Verdict on ${personName(reply)} taken back`
        : `${personName(reply)}: ${verdictLabels[verdict].toLowerCase()}`,
      'good',
      { label: 'Undo', onPress: () => latestUndo.current(entry) },
    );
    toasts.current.set(reply.message_id, dismiss);
  };

  return {
    judge,
    undo: useCallback(() => latestUndo.current(), []),
    draftOf: (letter: Letter): VerdictDraft => ({ note: noteOf(letter), tellProvider }),
    changeDraft: (letter: Letter, next: VerdictDraft) => {
      setDraft({ id: letter.message_id, note: next.note });
      if (next.tellProvider !== tellProvider) {
        setTellProvider(next.tellProvider);
        keepTelling(next.tellProvider);
      }
    },
  };
}

function failed(error: unknown): void {
  const { title, advice } = describeFailure(error);
  toast(`Not saved. ${title}. ${advice}`, 'bad');
}
