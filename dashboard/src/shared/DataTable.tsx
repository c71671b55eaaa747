// One table for every page: sorting, pages, a layout for phones, a harmless CSV, and the states in between.
import { useZone } from './moments.tsx';
import {
  createPaginatedRowModel,
  createSortedRowModel,
  type PaginationState,
  type RowData,
  rowPaginationFeature,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { type ReactNode, useMemo, useState } from 'react';
import { maxRows } from '../data/paging.ts';
import { CardHeader } from '../ui/card.tsx';
import { cn } from '../ui/class-names.ts';
import type { CsvValue } from './csv.ts';
import { CsvButton } from './CsvButton.tsx';
import { CutNote } from './CutNote.tsx';
import { DataRow, HeaderCell, LoadingRows, Pager } from './data-table-parts.tsx';
import { FailureCard } from './StateCard.tsx';
import { type Column, csvLines, type Sort } from './table-types.ts';

export interface DataTableProps<Row> {
  /** Says what the rows are; read out, and part of the CSV's name. */
  label: string;
  columns: readonly Column<Row>[];
  /** Undefined while they load. */
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  error?: unknown;
  onRetry?: () => void;
  /** A `StateCard` for no rows. */
  empty: ReactNode;
  /** Sort at the beginning; with `onSortChange` the sort of the address. */
  sort?: Sort;
  onSortChange?: (sort: Sort) => void;
  /** @default 25 */
  pageSize?: number;
  /** 1 is the first; with `onPageChange` the page of the address. */
  page?: number;
  onPageChange?: (page: number) => void;
  csvName?: string;
  /** Of which time the rows are, for the file's name. @default all time */
  csvPeriod?: string;
  /** The whole list where the table holds only a part of it. @default the rows, as they are sorted */
  readWhole?: (sort: Sort | undefined) => AsyncIterable<readonly Row[]>;
  /** Heading of the card, with the CSV button to its right. */
  title?: string;
  /** The heading's id, by which the card is called. */
  titleId?: string;
  hint?: ReactNode;
  /** Left of the CSV button: filters, counts. */
  toolbar?: ReactNode;
  /** How many rows were read, where the page shows only some of them. @default those that are shown */
  readCount?: number | undefined;
  /** At how many rows the list is cut. @default what a page reads at most */
  limit?: number;
  /** The rows are all there are, however many. */
  isWhole?: boolean;
  /** What to do when the list was cut. @default to choose a client */
  cutAdvice?: string;
  /** In place of our pages, where the server pages. */
  footer?: ReactNode;
}

const features = tableFeatures({
  rowSortingFeature,
  rowPaginationFeature,
  sortedRowModel: createSortedRowModel(),
  paginatedRowModel: createPaginatedRowModel(),
});

/** Missing values sort last in both directions: a missing rate is never the best. */
export function compareValues(first: CsvValue, second: CsvValue): number {
  if (typeof first === 'number' && typeof second === 'number') return first - second;
  return String(first).localeCompare(String(second), 'en', { numeric: true, sensitivity: 'base' });
}

const noRows: never[] = [];

export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { rows, rowKey, label, footer } = props;
  const columns = useMemo(() => props.columns.filter(({ inTable }) => inTable !== false), [props.columns]);
  const [ownSort, setOwnSort] = useState<Sort | undefined>(props.sort);
  const [ownPage, setOwnPage] = useState(1);
  const sort = props.onSortChange ? props.sort : ownSort;
  const pageSize = footer ? Math.max(1, rows?.length ?? 1) : props.pageSize ?? 25;
  const pages = Math.max(1, Math.ceil((rows?.length ?? 0) / pageSize));
  const page = Math.min(pages, Math.max(1, props.onPageChange ? props.page ?? 1 : ownPage));

  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        accessorFn: (row: Row) => column.value(row) ?? undefined,
        sortUndefined: 'last' as const,
        enableSorting: column.sortable !== false,
        sortFn: (first: { original: Row }, second: { original: Row }) =>
          compareValues(column.value(first.original), column.value(second.original)),
      })),
    [columns],
  );
  const sorting: SortingState = useMemo(() => sort ? [sort] : [], [sort]);
  const pagination: PaginationState = useMemo(() => ({ pageIndex: page - 1, pageSize }), [page, pageSize]);
  const table = useTable({
    features,
    columns: definitions,
    data: (rows ?? noRows) as Row[],
    getRowId: rowKey,
    state: { sorting, pagination },
    enableSortingRemoval: false,
    autoResetPageIndex: false,
  });

  const changeSort = (id: string) => {
    // Numbers are mostly wanted from the top.
    const startsDown = columns.find((column) => column.id === id)?.align === 'right';
    const next = { id, desc: sort?.id === id ? !sort.desc : startsDown };
    if (props.onSortChange) props.onSortChange(next);
    else setOwnSort(next);
    changePage(1);
  };
  const changePage = (next: number) => props.onPageChange ? props.onPageChange(next) : setOwnPage(next);

  const file = csvLines(props.columns, useZone());
  const csvRows = async function* () {
    if (!props.readWhole) yield table.getPrePaginatedRowModel().rows.map((row) => file.line(row.original));
    else for await (const some of props.readWhole(sort)) yield some.map(file.line);
  };

  const body = table.getRowModel().rows;
  const csv = props.csvName && rows && rows.length > 0 && (
    <CsvButton
      name={props.csvName}
      period={props.csvPeriod}
      headings={file.headings}
      rows={csvRows}
    />
  );
  return (
    <div>
      {props.title && (
        <CardHeader title={props.title} hint={props.hint} {...(props.titleId ? { id: props.titleId } : {})}>
          {!props.toolbar && csv}
        </CardHeader>
      )}
      {(props.toolbar || (!props.title && props.csvName)) && (
        <div className='flex flex-wrap items-center gap-2 px-5 pb-3'>
          <div className='flex min-w-0 flex-1 flex-wrap items-center gap-2 max-sm:*:grow'>
            {props.toolbar}
          </div>
          {csv}
        </div>
      )}
      {props.error && !rows
        ? <FailureCard error={props.error} {...(props.onRetry ? { onRetry: props.onRetry } : {})} />
        : rows && rows.length === 0
        ? props.empty
        : (
          <div className='overflow-x-auto'>
            <table role='table' aria-label={label} aria-busy={!rows} className='w-full text-sm max-md:block'>
              <thead role='rowgroup' className='max-md:sr-only'>
                <tr role='row' className='border-y border-line bg-raised/50'>
                  {columns.map((column) => (
                    <HeaderCell key={column.id} column={column} sort={sort} onSort={changeSort} />
                  ))}
                </tr>
              </thead>
              <tbody role='rowgroup' className={cn('max-md:block', 'md:[&>tr:last-child]:border-b-0')}>
                {rows
                  ? body.map((row) => <DataRow key={row.id} row={row.original} columns={columns} />)
                  : <LoadingRows columns={columns.length} />}
              </tbody>
            </table>
          </div>
        )}
      {footer ??
        (rows && rows.length > pageSize && (
          <Pager
            page={page}
            pages={pages}
            total={rows.length}
            pageSize={pageSize}
            onPageChange={changePage}
          />
        ))}
      {!footer && !props.isWhole && (
        <CutNote
          read={props.readCount ?? rows?.length}
          limit={props.limit ?? maxRows}
          className='border-t border-line px-5 py-3'
        >
          {props.cutAdvice ?? 'choose a client to narrow the list.'}
        </CutNote>
      )}
    </div>
  );
}
