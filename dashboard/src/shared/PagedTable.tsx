import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { listPageSize, type PageRequest, readWhole } from '../data/paging.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { DataTable } from './DataTable.tsx';
import { formatCount } from './format.ts';
import type { Column, Sort } from './table-types.ts';

/** What the address holds of a list: its sort and its page. */
export interface ListState {
  sort?: string | undefined;
  desc?: boolean | undefined;
  page?: number | undefined;
}

export interface PagedTableProps<Row extends object> {
  /** Over the table, where a page has more than one. */
  title?: string;
  hint?: string;
  label: string;
  /** Names what is read and with which filters; rows that were read for it are kept. */
  queryKey: readonly unknown[];
  read: (page: PageRequest) => Promise<Row[]>;
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string;
  defaultSort: Sort;
  toolbar?: ReactNode;
  /** Of which time the list is, for the file's name. @default all time */
  csvPeriod?: string;
  empty: ReactNode;
  /** Over the table, once its rows are known. */
  summary?: (rows: readonly Row[]) => ReactNode;
}

/** A table that the server sorts and pages; a column's id is the name that the server sorts by. */
export function PagedTable<Row extends object>(
  { state, onStateChange: change, ...props }: PagedTableProps<Row> & {
    state: ListState;
    onStateChange: (next: ListState) => void;
  },
) {
  const isSortable = props.columns.some(({ id, sortable }) => id === state.sort && sortable !== false);
  const sort = isSortable ? { id: state.sort!, desc: state.desc ?? true } : props.defaultSort;
  const page = state.page ?? 1;
  const first = (page - 1) * listPageSize;
  const query = useQuery({
    queryKey: ['list', ...props.queryKey, sort, page],
    // One more than is shown, to know whether there is a next page.
    queryFn: () => props.read({ sort, from: first, to: first + listPageSize }),
    placeholderData: keepPreviousData,
  });
  const rows = query.data?.slice(0, listPageSize);
  const hasMore = (query.data?.length ?? 0) > listPageSize;

  return (
    <Card className={props.title ? '' : 'pt-4'}>
      <DataTable
        {...(props.title ? { title: props.title, hint: props.hint } : {})}
        label={props.label}
        columns={props.columns}
        rows={rows}
        rowKey={props.rowKey}
        error={query.error}
        onRetry={() => void query.refetch()}
        sort={sort}
        onSortChange={({ id, desc }) => change({ sort: id, desc })}
        csvName={props.label.toLowerCase()}
        csvPeriod={props.csvPeriod ?? 'all time'}
        readWhole={() => readWhole(props.read, sort)}
        toolbar={
          <>
            {props.toolbar}
            {rows && props.summary?.(rows)}
          </>
        }
        empty={props.empty}
        footer={page > 1 || hasMore
          ? (
            <nav
              aria-label='Pages'
              className='flex print:hidden flex-wrap items-center justify-between gap-3 border-t border-line px-5 py-3 text-sm'
            >
              <span className='text-ink-soft'>
                {rows && rows.length > 0
                  ? `${formatCount(first + 1)}–${formatCount(first + rows.length)}`
                  : 'No more rows'}
              </span>
              <span className='flex gap-2'>
                <Button size='small' disabled={page <= 1} onClick={() => change({ page: page - 1 })}>
                  Previous
                </Button>
                <Button size='small' disabled={!hasMore} onClick={() => change({ page: page + 1 })}>
                  Next
                </Button>
              </span>
            </nav>
          )
          : <span />}
      />
    </Card>
  );
}
