import type { UseQueryResult } from '@tanstack/react-query';
import type { Page } from '../data/paging.ts';
import { DataTable, type DataTableProps } from './DataTable.tsx';
import { Button } from '../ui/button.tsx';

/** A table that the server pages by cursor: there are no page numbers, only the next page and the way back to the first. */
export function CursorTable<Row extends object>(
  { query, isFirst, labels = ['Newest', 'Older'], onMove, ...table }:
    & Omit<DataTableProps<Row>, 'rows' | 'error' | 'onRetry' | 'footer'>
    & {
      query: UseQueryResult<Page<Row>>;
      isFirst: boolean;
      labels?: readonly [back: string, on: string];
      /** To the page below a row; without one to the first page. */
      onMove: (last: Row | undefined) => void;
    },
) {
  const page = query.data;
  const last = page?.rows.at(-1);
  return (
    <DataTable
      {...table}
      rows={page?.rows}
      error={query.error}
      onRetry={() => void query.refetch()}
      footer={(!isFirst || page?.hasMore) && (
        <nav
          aria-label='Pages'
          className='flex print:hidden justify-between gap-2 border-t border-line px-5 py-3'
        >
          <Button size='small' disabled={isFirst} onClick={() => onMove(undefined)}>{labels[0]}</Button>
          <Button size='small' disabled={!page?.hasMore || !last} onClick={() => onMove(last)}>
            {labels[1]}
          </Button>
        </nav>
      )}
    />
  );
}
