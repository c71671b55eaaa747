import { FileSpreadsheet, LoaderCircle } from 'lucide-react';
import { type DragEvent, useEffect, useId, useRef, useState } from 'react';
import { maxFileBytes } from '../../../../supabase/functions/_shared/import/limits.ts';
import { Button } from '../../ui/button.tsx';
import { cn } from '../../ui/class-names.ts';
import type { OpenedList } from './list-messages.ts';
import { ListReader } from './list-reader.ts';

export interface ChosenList {
  opened: OpenedList | undefined;
  fileName: string;
  isReading: boolean;
  problem: string | undefined;
  choose: (content: Blob, name: string) => Promise<OpenedList | undefined>;
  reopen: (headings: boolean) => Promise<void>;
  /** Hands the reader over; this hook forgets it. */
  take: () => ListReader | undefined;
  release: () => void;
}

/** The list that a person chose, read in the background. */
export function useList(): ChosenList {
  const reader = useRef<ListReader>(undefined);
  const content = useRef<Blob>(undefined);
  const [opened, setOpened] = useState<OpenedList>();
  const [fileName, setFileName] = useState('');
  const [isReading, setReading] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function read(blob: Blob, headings: boolean | 'guess'): Promise<OpenedList | undefined> {
    setReading(true);
    setProblem(undefined);
    try {
      reader.current ??= new ListReader();
      const list = await reader.current.open(blob, headings);
      const wrong = whatIsWrong(list);
      setProblem(wrong);
      setOpened(wrong === undefined ? list : undefined);
      return wrong === undefined ? list : undefined;
    } catch {
      setOpened(undefined);
      setProblem('This file could not be read. Save it as CSV and choose it again.');
      return undefined;
    } finally {
      setReading(false);
    }
  }

  return {
    opened,
    fileName,
    isReading,
    problem,
    choose: async (blob, name) => {
      setFileName(name);
      content.current = blob;
      if (blob.size <= maxFileBytes) return await read(blob, 'guess');
      setProblem('This file is larger than 50 MB. Split it and import its parts one after the other.');
      return undefined;
    },
    reopen: async (headings) => {
      if (content.current) await read(content.current, headings);
    },
    take: () => {
      const own = reader.current;
      reader.current = undefined;
      return own;
    },
    release: () => {
      reader.current?.close();
      reader.current = undefined;
      content.current = undefined;
      setOpened(undefined);
    },
  };
}

function whatIsWrong(list: OpenedList): string | undefined {
  if (list.count === 0 || list.headers.length === 0) return 'This list has no rows.';
  // A workbook of Excel is a ZIP archive.
  if (list.headers[0]?.startsWith('PK') || list.headers.some((header) => header.includes('\u0000'))) {
    return 'This is not a text file. In Excel choose “Save as” and CSV, then choose that file.';
  }
  if (list.count > 100_000) {
    return 'This list has more than 100,000 rows. Split it and import its parts one after the other.';
  }
  return undefined;
}

/** A file by drop or by choice, or rows pasted from a spreadsheet. */
export function FilePicker({ isReading, problem, onChoose }: {
  isReading: boolean;
  problem: string | undefined;
  onChoose: (content: Blob, name: string) => unknown;
}) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const take = (file: File | undefined) => {
    if (file) onChoose(file, file.name);
  };
  // Anywhere on the page: nothing here can have the focus, so a paste would otherwise need a click at the right place before it.
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const isTyping = event.target instanceof Element &&
        event.target.closest('input, textarea, [contenteditable]');
      if (isTyping || isReading || !event.clipboardData) return;
      const file = event.clipboardData.files[0];
      const text = event.clipboardData.getData('text/plain');
      if (file) onChoose(file, file.name);
      else if (text.trim() !== '') onChoose(new Blob([text]), 'Pasted rows');
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [isReading, onChoose]);
  const over = (state: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(state);
  };
  return (
    <div
      onDragOver={over(true)}
      onDragLeave={over(false)}
      onDrop={(event) => {
        over(false)(event);
        take(event.dataTransfer.files[0]);
      }}
      className={cn(
        'grid justify-items-center gap-3 rounded-card border border-dashed border-line-strong/60 px-6 py-10 text-center',
        isOver && 'border-brand bg-brand-wash',
      )}
    >
      <span className='grid size-11 place-items-center rounded-full bg-raised text-ink-soft'>
        {isReading
          ? <LoaderCircle aria-hidden className='size-5 animate-spin' />
          : <FileSpreadsheet aria-hidden className='size-5' />}
      </span>
      <p role='status' className='text-sm'>
        {isReading ? 'Reading the list …' : 'Drop a file here, or paste rows from a spreadsheet.'}
      </p>
      <input
        ref={input}
        id={id}
        type='file'
        aria-label='List of leads'
        accept='.csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values'
        className='sr-only'
        tabIndex={-1}
        onChange={(event) => {
          take(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <Button disabled={isReading} onClick={() => input.current?.click()}>Choose a file</Button>
      {problem && <p role='alert' className='max-w-md text-sm text-bad'>{problem}</p>}
    </div>
  );
}
