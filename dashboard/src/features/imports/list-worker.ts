// Reads a list away from the page, so that 50 MB do not stop it for a moment.
import { decodeBytes } from '../../../../supabase/functions/_shared/import/encoding.ts';
import { type Part, readParts } from '../../../../supabase/functions/_shared/import/parts.ts';
import { countRows, readStart } from '../../../../supabase/functions/_shared/import/read-table.ts';
import type { Answer, OpenedList, Question } from './list-messages.ts';

interface WorkerScope {
  onmessage: ((event: MessageEvent<Question>) => void) | null;
  postMessage(answer: Answer, transfer: Transferable[]): void;
}
declare const self: WorkerScope;

const encoder = new TextEncoder();
let text = '';
let importId = '';
let parts: Iterator<Part> | undefined;
let sent = 0;

self.onmessage = ({ data }) => {
  void answer(data).catch((error: unknown): Answer => ({
    kind: 'failed',
    message: error instanceof Error ? error.message : String(error),
  })).then((result) =>
    // Handed over, not copied.
    self.postMessage(result, result.kind === 'part' && result.body !== undefined ? [result.body] : [])
  );
};

async function answer(question: Question): Promise<Answer> {
  switch (question.kind) {
    case 'open':
      return { kind: 'opened', list: await open(question.content, question.headings) };
    case 'start':
      importId = question.importId;
      parts = readParts(text, question.format);
      for (sent = 0; sent < question.from; sent++) parts.next();
      return { kind: 'started' };
    case 'next': {
      const next = parts?.next();
      if (next === undefined || next.done) return { kind: 'part', body: undefined, parts: sent };
      sent++;
      const call = { action: 'add', import_id: importId, ...next.value };
      return { kind: 'part', body: encoder.encode(JSON.stringify(call)).buffer, parts: sent };
    }
  }
}

async function open(content: Blob, headings: boolean | 'guess'): Promise<OpenedList> {
  const bytes = await content.arrayBuffer();
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  const decoded = decodeBytes(new Uint8Array(bytes));
  text = decoded.text;
  const start = readStart(text, headings);
  return {
    ...start,
    encoding: decoded.encoding,
    lost: decoded.lost,
    checksum: [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    count: countRows(text, start),
  };
}
