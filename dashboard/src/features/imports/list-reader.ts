// One list, read by a worker of its own.
import type { TableFormat } from '../../../../supabase/functions/_shared/import/read-table.ts';
import type { Answer, OpenedList, Question } from './list-messages.ts';

export class ListReader {
  readonly #worker = new Worker(new URL('./list-worker.ts', import.meta.url), { type: 'module' });

  /** What the list is; throws where it cannot be read at all. */
  async open(content: Blob, headings: boolean | 'guess' = 'guess'): Promise<OpenedList> {
    const answer = await this.#ask({ kind: 'open', content, headings });
    if (answer.kind !== 'opened') throw new Error('The list could not be read');
    return answer.list;
  }

  /**
   * The calls that add the parts of the list, from one on; it returns how many there are. They come as bytes: copied as rows
   * and made into text here, each of them would hold up the page.
   */
  async *parts(importId: string, format: TableFormat, from: number): AsyncGenerator<ArrayBuffer, number> {
    await this.#ask({ kind: 'start', importId, format, from });
    for (;;) {
      const answer = await this.#ask({ kind: 'next' });
      if (answer.kind !== 'part') throw new Error('The list could not be read');
      if (answer.body === undefined) return answer.parts;
      yield answer.body;
    }
  }

  close(): void {
    this.#worker.terminate();
  }

  /** One question at a time. */
  #ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#worker.onmessage = ({ data }: MessageEvent<Answer>) =>
        data.kind === 'failed' ? reject(new Error(data.message)) : resolve(data);
      this.#worker.onerror = (event) => reject(new Error(event.message || 'The list could not be read'));
      this.#worker.postMessage(question);
    });
  }
}
