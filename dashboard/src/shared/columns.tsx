// Columns and cells that several lists have.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Badge, type BadgeTone } from '../ui/badge.tsx';
import { Button, type ButtonProps } from '../ui/button.tsx';
import { Moment } from './moments.tsx';
import { RateCell } from './RateCell.tsx';
import { rateIfEnough } from './signal.ts';
import type { Column } from './table-types.ts';

type Rest<Row> = Partial<Column<Row>>;

/** A moment to the minute, in the zone of the page. */
export function momentColumn<Row>(id: keyof Row & string, header: string, rest: Rest<Row> = {}): Column<Row> {
  const at = (row: Row) => row[id] as string | null;
  return {
    id,
    header,
    onPhone: 'wide',
    value: at,
    cell: (row) => <Moment at={at(row)} />,
    ...rest,
  };
}

/** A name that a person chose, in a narrow column: a long word breaks, and its title has all of it. */
export function LongName({ children }: { children: string }) {
  return <span title={children} className='line-clamp-3 wrap-anywhere md:min-w-24'>{children}</span>;
}

export interface State {
  label: string;
  tone: BadgeTone;
}

/** One of a few states, as a badge. */
export function stateColumn<Row>(
  id: string,
  header: string,
  stateOf: (row: Row) => State,
  rest: Rest<Row> = {},
): Column<Row> {
  return {
    id,
    header,
    value: (row) => stateOf(row).label,
    cell: (row) => <Badge tone={stateOf(row).tone}>{stateOf(row).label}</Badge>,
    ...rest,
  };
}

interface Rates {
  contacted: number;
  replied: number;
  positive: number;
  reply_rate: number | null;
  positive_rate: number | null;
  enough_signal: boolean;
}

/** The share of the contacted leads that replied, or that replied positively. */
export function rateColumn<Row extends Rates>(kind: 'reply' | 'positive', rest: Rest<Row> = {}): Column<Row> {
  const isPositive = kind === 'positive';
  const rate = (row: Row) => isPositive ? row.positive_rate : row.reply_rate;
  return {
    id: `${kind}_rate`,
    header: isPositive ? 'Positive rate' : 'Reply rate',
    value: (row) => rateIfEnough(rate(row), row.enough_signal),
    align: 'right',
    cell: (row) => (
      <RateCell
        rate={rate(row)}
        enoughSignal={row.enough_signal}
        part={isPositive ? row.positive : row.replied}
        whole={row.contacted}
        isStrong={isPositive}
      />
    ),
    ...rest,
  };
}

/** A checkbox per row, for acts on several of them. */
export function selectColumn<Row>(
  /** What the row is, for screen readers: "dead letter 12". */
  nameOf: (row: Row) => string,
  isSelected: (row: Row) => boolean,
  onSelect: (row: Row, isSelected: boolean) => void,
): Column<Row> {
  return {
    id: 'select',
    header: 'Select',
    value: () => null,
    sortable: false,
    inCsv: false,
    cell: (row) => (
      <input
        type='checkbox'
        aria-label={`Select ${nameOf(row)}`}
        className='size-4 accent-brand'
        checked={isSelected(row)}
        onChange={(event) => onSelect(row, event.target.checked)}
      />
    ),
  };
}

/** Buttons at the end of a row, which a file has no use for. */
export function actionColumn<Row>(
  header: string,
  cell: (row: Row) => ReactNode,
  rest: Rest<Row> = {},
): Column<Row> {
  return {
    id: 'action',
    header,
    onPhone: 'action',
    value: () => null,
    sortable: false,
    inCsv: false,
    align: 'right',
    cell,
    ...rest,
  };
}

export function RowButton({ label, ...rest }: ButtonProps & {
  /** What it does to which row, for screen readers. */
  label: string;
}) {
  return <Button size='small' aria-label={label} {...rest} />;
}

/** What a row is about, and what that belongs to. */
export function TwoLines({ first, second, className = 'font-medium' }: {
  first: ReactNode;
  second: ReactNode;
  className?: string;
}) {
  return (
    <span className='grid md:min-w-28 wrap-anywhere'>
      <span className={className}>{first}</span>
      {second && <span className='text-xs text-ink-soft'>{second}</span>}
    </span>
  );
}

export function CampaignLink({ id, children, className = 'font-medium' }: {
  id: string;
  children: ReactNode;
  className?: string;
}) {
  return (
    <Link
      to='/campaigns/$campaignId'
      params={{ campaignId: id }}
      className={`wrap-anywhere underline-offset-4 hover:underline ${className}`}
    >
      {children}
    </Link>
  );
}
