import { BarChart3, Table2 } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Card, CardBody, CardHeader } from '../ui/card.tsx';
import type { CsvRows, CsvValue } from './csv.ts';
import { CsvButton } from './CsvButton.tsx';

export interface ChartTable {
  headings: readonly string[];
  /** The first cell of a row names it. */
  rows: readonly (readonly CsvValue[])[];
}

/**
 * Frame of a chart: a name and a sentence about what it shows, and the same numbers as a table for readers who cannot or
 * would rather not read a drawing. The drawing itself (Recharts) comes as children from a lazily loaded file.
 */
export function Chart({ title, hint, summary, table, csvName, csvPeriod, csvRows, children, action }: {
  title: string;
  hint?: ReactNode;
  /** The drawing in one sentence, for screen readers. */
  summary: string;
  table: ChartTable;
  csvName: string;
  csvPeriod?: string;
  /** The rows of the file where the table has only some, or says in words what a file holds as numbers. */
  csvRows?: () => CsvRows;
  children: ReactNode;
  action?: ReactNode;
}) {
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <Card aria-labelledby={id}>
      <CardHeader id={id} title={title} hint={hint}>
        {action}
        <Button variant='ghost' size='small' aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? <BarChart3 aria-hidden /> : <Table2 aria-hidden />}
          {asTable ? 'Show chart' : 'Show table'}
        </Button>
        <CsvButton
          name={csvName}
          period={csvPeriod}
          headings={table.headings}
          rows={csvRows ?? (() => atOnce(table.rows))}
        />
      </CardHeader>
      <CardBody>
        {asTable
          ? <PlainTable table={table} title={title} />
          : (
            <figure aria-label={`${title}. ${summary}`} className='m-0'>
              {children}
            </figure>
          )}
      </CardBody>
    </Card>
  );
}

async function* atOnce(rows: ChartTable['rows']) {
  yield rows;
}

function PlainTable({ table, title }: { table: ChartTable; title: string }) {
  return (
    // Scrolls by keyboard too.
    <div className='max-h-72 overflow-auto' tabIndex={0} role='region' aria-label={`${title}, as a table`}>
      <table className='w-full text-sm'>
        <thead className='sticky top-0 bg-surface text-left text-xs text-ink-soft'>
          <tr>
            {table.headings.map((heading, index) => (
              <th
                key={heading}
                scope='col'
                className={index === 0 ? 'py-2 font-medium' : 'py-2 text-right font-medium'}
              >
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={String(row[0])} className='border-t border-line'>
              <th scope='row' className='py-1.5 text-left font-normal'>{row[0]}</th>
              {row.slice(1).map((cell, index) => <td key={index} className='py-1.5 text-right'>{cell}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
