import { Age, isOld } from './Age.tsx';
import type { Column } from './table-types.ts';

/**
 * How old the numbers of a row are. The page says it once for all; the column is for the exceptions and appears with the
 * first of them. A file has it always.
 */
export function ageColumn<Row>(
  all: readonly { as_of: string | null }[],
  asOf: (row: Row) => string | null,
): Column<Row> {
  return {
    id: 'as_of',
    header: 'As of',
    value: asOf,
    onPhone: 'hidden',
    inTable: all.some((row) => isOld(row.as_of)),
    cell: (row) => isOld(asOf(row)) ? <Age asOf={asOf(row)} className='text-xs whitespace-nowrap' /> : null,
  };
}
