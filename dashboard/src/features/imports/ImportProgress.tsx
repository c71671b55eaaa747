import { useState } from 'react';
import { formatOf, type ImportRow } from '../../data/imports.ts';
import { ActionFailure } from '../../shared/ActionFailure.tsx';
import { formatCount } from '../../shared/format.ts';
import { FilePicker, useList } from './FilePicker.tsx';
import { sendList, useSending } from './sending.ts';

/** How far a list is; for the person who sends it also how to continue. */
export function ImportProgress({ row, isSender }: { row: ImportRow; isSender: boolean }) {
  const sending = useSending();
  if (!isSender) {
    return (
      <div className='grid gap-4'>
        <Bar row={row} />
        {row.is_interrupted && (
          <p className='text-sm'>This import has stopped. Your agency can continue it.</p>
        )}
      </div>
    );
  }
  const isOwn = sending?.importId === row.import_id;
  if (isOwn && !sending.isOver) return <Bar row={row} doneRows={sending.doneRows} />;
  if (isOwn && sending.error) {
    return (
      <div className='grid gap-4'>
        <Bar row={row} />
        <ActionFailure error={sending.error} />
        <ResumeImport row={row} />
      </div>
    );
  }
  if (isOwn) return <Bar row={row} doneRows={sending.doneRows} />;
  return (
    <div className='grid gap-4'>
      <Bar row={row} />
      <ResumeImport row={row} />
    </div>
  );
}

function Bar({ row, doneRows = 0 }: { row: ImportRow; doneRows?: number }) {
  const done = Math.max(doneRows, row.done_rows);
  const total = Math.max(row.total_rows ?? 0, done);
  return (
    <div className='grid gap-2'>
      <div
        role='progressbar'
        aria-label='Rows imported'
        aria-valuenow={Math.round(100 * done / (total || 1))}
        aria-valuemin={0}
        aria-valuemax={100}
        className='h-2.5 overflow-hidden rounded-full bg-raised'
      >
        <div
          className='h-full rounded-full bg-brand transition-[width] duration-500'
          style={{ width: `${100 * done / (total || 1)}%` }}
        />
      </div>
      <p role='status' className='text-sm text-ink-soft'>
        {formatCount(done)} of {formatCount(total)} rows
      </p>
    </div>
  );
}

/** After a closed tab or a reload: the same file again, and the import continues behind the last row that arrived. */
function ResumeImport({ row }: { row: ImportRow }) {
  const list = useList();
  const [isOther, setOther] = useState(false);
  const choose = async (content: Blob, name: string) => {
    setOther(false);
    const opened = await list.choose(content, name);
    if (!opened) return;
    if (row.file_checksum !== null && opened.checksum !== row.file_checksum) {
      setOther(true);
      list.release();
      return;
    }
    const reader = list.take();
    if (reader) void sendList(row.import_id, reader, formatOf(row));
  };
  return (
    <div className='grid gap-3'>
      <p className='text-sm'>
        This import has stopped. Choose <span className='font-medium break-all'>{row.file_name}</span>{' '}
        again to continue; rows that arrived are not repeated. You can also cancel it.
      </p>
      <FilePicker
        isReading={list.isReading}
        problem={isOther ? 'This is another file. Choose the one that the import began with.' : list.problem}
        onChoose={choose}
      />
    </div>
  );
}
