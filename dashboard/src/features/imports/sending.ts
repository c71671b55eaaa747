// The list that is being sent: it continues while the person looks at other pages, until the tab is closed.
import { useSyncExternalStore } from 'react';
import { addPart, finishImport, readImportState } from '../../data/imports.ts';
import { toFailure } from '../../data/failure.ts';
import type { TableFormat } from '../../../../supabase/functions/_shared/import/read-table.ts';
import type { ListReader } from './list-reader.ts';

export interface Sending {
  importId: string;
  doneRows: number;
  error?: unknown;
  isOver: boolean;
}

let current: Sending | undefined;
let stop: AbortController | undefined;
const listeners = new Set<() => void>();

function show(next: Sending | undefined): void {
  current = next;
  for (const listener of listeners) listener();
}

export function useSending(): Sending | undefined {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => current);
}

/** Tries again after a lost connection; what was stored meanwhile is skipped. */
const retryDelays = [1_000, 3_000, 10_000];

/** Sends what is missing of a list, part by part, and finishes the import. */
export async function sendList(importId: string, reader: ListReader, format: TableFormat): Promise<void> {
  stop?.abort();
  const own = stop = new AbortController();
  show({ importId, doneRows: 0, isOver: false });
  addEventListener('beforeunload', warn);
  try {
    const { next_chunk, done_rows } = await readImportState(importId);
    show({ importId, doneRows: done_rows, isOver: false });
    const parts = reader.parts(importId, format, next_chunk);
    for (let step = await parts.next();; step = await parts.next()) {
      if (own.signal.aborted) return;
      if (step.done) {
        await finishImport(importId, step.value);
        break;
      }
      const { done_rows: rows } = await withRetries(() => addPart(step.value, own.signal), own.signal);
      if (own.signal.aborted) return;
      show({ importId, doneRows: rows, isOver: false });
    }
    show({ importId, doneRows: current?.doneRows ?? 0, isOver: true });
  } catch (error) {
    if (!own.signal.aborted) show({ importId, doneRows: current?.doneRows ?? 0, error, isOver: true });
  } finally {
    removeEventListener('beforeunload', warn);
    reader.close();
  }
}

export function stopSending(): void {
  stop?.abort();
  show(undefined);
}

async function withRetries<Result>(call: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  for (const delay of retryDelays) {
    try {
      return await call();
    } catch (error) {
      const { code } = toFailure(error);
      if (signal.aborted || !['OFFLINE', 'INTERNAL', 'RATE_LIMIT_EXCEEDED'].includes(code)) throw error;
      await new Promise((wake) => setTimeout(wake, delay));
    }
  }
  return await call();
}

function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
