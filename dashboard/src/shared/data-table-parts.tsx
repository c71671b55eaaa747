import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { cn } from '../ui/class-names.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { formatCount, nothing } from './format.ts';
import { useZone, zoneName } from './moments.tsx';
import { type Column, isMoment, type Sort } from './table-types.ts';

/** Hidden between a phone, where each row is a card, and a desk. */
const narrowLaptop = 'md:max-[1400px]:hidden';

export function HeaderCell<Row>({ column, sort, onSort }: {
  column: Column<Row>;
  sort: Sort | undefined;
  onSort: (id: string) => void;
}) {
  const zone = useZone();
  const isSorted = sort?.id === column.id;
  const isRight = column.align === 'right';
  const state = isSorted ? (sort.desc ? 'descending' : 'ascending') : 'none';
  const Icon = isSorted ? (sort.desc ? ArrowDown : ArrowUp) : ArrowUpDown;
  return (
    <th
      role='columnheader'
      scope='col'
      {...(isMoment(column) ? { title: `In ${zoneName(zone)}` } : {})}
      {...(column.sortable === false ? {} : { 'aria-sort': state })}
      className={cn(
        'h-9 px-2 text-xs font-medium whitespace-nowrap text-ink-soft first:pl-5 last:pr-5',
        isRight ? 'text-right' : 'text-left',
        column.isExtra && narrowLaptop,
      )}
    >
      {column.sortable === false ? <span className='px-1'>{column.header}</span> : (
        <button
          type='button'
          onClick={() => onSort(column.id)}
          className={cn(
            'group inline-flex h-8 items-center gap-1 rounded px-1 hover:text-ink',
            isSorted && 'text-ink',
          )}
        >
          {column.header}
          <Icon
            aria-hidden
            className={cn(
              'size-3.5 print:hidden',
              !isSorted && 'opacity-0 group-hover:opacity-60 group-focus-visible:opacity-60',
            )}
          />
        </button>
      )}
    </th>
  );
}

/** A row; on a phone a card: the title column on top, the others as label and value. */
export function DataRow<Row>({ row, columns }: { row: Row; columns: readonly Column<Row>[] }) {
  return (
    <tr
      role='row'
      className='border-b border-line hover:bg-raised/40 max-md:grid max-md:grid-cols-2 max-md:gap-x-6 max-md:gap-y-1.5 max-md:px-5 max-md:py-3.5'
    >
      {columns.map((column) => {
        const place = column.onPhone ?? 'line';
        const isLabelled = place === 'line' || place === 'wide';
        const isLong = place === 'wide' || place === 'text' || place === 'title';
        const content = column.cell ? column.cell(row) : plain(column.value(row));
        return (
          <td
            key={column.id}
            role='cell'
            className={cn(
              'px-3 py-2.5 align-middle md:first:pl-6 md:last:pr-6 max-md:p-0',
              column.align === 'right' ? 'md:text-right' : 'md:max-w-80',
              place === 'hidden' && 'max-md:hidden',
              column.isExtra && narrowLaptop,
              // A name of one long word breaks; a cell never grows beyond its share for it.
              'wrap-break-word',
              place === 'text' && 'md:min-w-60',
              place === 'title' &&
                'font-medium md:min-w-40 md:wrap-anywhere max-md:order-first max-md:col-span-2 max-md:pb-1',
              isLabelled &&
                'max-md:flex max-md:min-w-0 max-md:items-baseline max-md:justify-between max-md:gap-3',
              (place === 'wide' || place === 'text') && 'max-md:col-span-2',
              // A text of its own has no label that would tell what is missing.
              place === 'text' && !column.value(row) && 'max-md:hidden',
              place === 'action' && 'max-md:order-last max-md:col-span-2 max-md:pt-1.5',
            )}
          >
            {isLabelled && (
              <span aria-hidden className='shrink-0 text-xs text-ink-soft md:hidden'>{column.header}</span>
            )}
            <span
              className={cn('min-w-0', isLabelled && 'max-md:text-right', isLong && 'max-md:wrap-anywhere')}
            >
              {content}
            </span>
          </td>
        );
      })}
    </tr>
  );
}

const plain = (value: ReturnType<Column<unknown>['value']>) =>
  value === null || value === undefined || value === ''
    ? nothing
    : typeof value === 'number'
    ? formatCount(value)
    : String(value);

export function LoadingRows({ columns }: { columns: number }) {
  return Array.from(
    { length: 6 },
    (_, row) => (
      <tr key={row} role='row' className='border-b border-line max-md:block max-md:px-5 max-md:py-4'>
        {Array.from(
          { length: columns },
          (_, column) => (
            <td
              key={column}
              role='cell'
              className={cn(
                'px-3 py-3.5 md:first:pl-6',
                column > 1 && 'max-md:hidden',
                'max-md:block max-md:px-0 max-md:py-1',
              )}
            >
              <Skeleton className={column === 0 ? 'h-4 w-40' : 'h-4 w-14 md:ml-auto'} />
            </td>
          ),
        )}
      </tr>
    ),
  );
}

export function Pager({ page, pages, total, pageSize, onPageChange }: {
  page: number;
  pages: number;
  total: number;
  pageSize: number;
  onPageChange: (page: number) => void;
}) {
  const first = (page - 1) * pageSize + 1;
  return (
    <nav
      aria-label='Pages'
      className='flex flex-wrap items-center justify-between gap-3 border-t border-line px-5 py-3 text-sm print:hidden'
    >
      <span className='text-ink-soft'>
        {formatCount(first)}–{formatCount(Math.min(total, first + pageSize - 1))} of {formatCount(total)}
      </span>
      <span className='flex gap-2'>
        <Button size='small' disabled={page <= 1} onClick={() => onPageChange(page - 1)}>Previous</Button>
        <Button size='small' disabled={page >= pages} onClick={() => onPageChange(page + 1)}>Next</Button>
      </span>
    </nav>
  );
}
