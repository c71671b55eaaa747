import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Failure } from '../src/data/failure.ts';
import { Age } from '../src/shared/Age.tsx';
import { DataTable } from '../src/shared/DataTable.tsx';
import type { Column } from '../src/shared/table-types.ts';
import { Funnel } from '../src/shared/Funnel.tsx';
import { StateCard } from '../src/shared/StateCard.tsx';
import { Tile } from '../src/shared/Tile.tsx';

afterEach(cleanup);

interface Row {
  id: string;
  name: string;
  rate: number | null;
}

const columns: Column<Row>[] = [
  { id: 'name', header: 'Name', value: (row) => row.name },
  { id: 'rate', header: 'Rate', value: (row) => row.rate, align: 'right' },
];
const rows: Row[] = [
  { id: '1', name: 'Beta 10', rate: 0.2 },
  { id: '2', name: 'beta 9', rate: null },
  { id: '3', name: 'Alpha', rate: 0.3 },
];
const table = (props: Partial<React.ComponentProps<typeof DataTable<Row>>> = {}) =>
  render(
    <DataTable
      label='Things'
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      empty={<StateCard kind='empty' title='Nothing here' />}
      {...props}
    />,
  );
const names = () =>
  within(screen.getByRole('table')).getAllByRole('row').slice(1)
    .map((row) => within(row).getAllByRole('cell')[0]?.textContent?.replace('Name', ''));

describe('DataTable', () => {
  it('sorts numbers from the top, text naturally, and a missing value is last either way', () => {
    table();
    fireEvent.click(screen.getByRole('button', { name: 'Rate' }));
    expect(names()).toEqual(['Alpha', 'Beta 10', 'beta 9']);
    expect(screen.getByRole('columnheader', { name: 'Rate' }).getAttribute('aria-sort')).toBe('descending');
    fireEvent.click(screen.getByRole('button', { name: 'Rate' }));
    expect(names()).toEqual(['Beta 10', 'Alpha', 'beta 9']);
    fireEvent.click(screen.getByRole('button', { name: 'Name' }));
    expect(names()).toEqual(['Alpha', 'beta 9', 'Beta 10']);
  });

  it('pages, and starts over when the sort changes', () => {
    table({ pageSize: 2 });
    expect(names()).toHaveLength(2);
    expect(screen.getByText('1–2 of 3')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Next' }));
    expect(names()).toHaveLength(1);
    fireEvent.click(screen.getByRole('button', { name: 'Name' }));
    expect(names()).toEqual(['Alpha', 'beta 9']);
  });

  it('leaves sort and page to the address where the page wants it', () => {
    const onSortChange = vi.fn();
    table({ sort: { id: 'name', desc: true }, onSortChange });
    expect(names()).toEqual(['Beta 10', 'beta 9', 'Alpha']);
    fireEvent.click(screen.getByRole('button', { name: 'Name' }));
    expect(onSortChange).toHaveBeenCalledWith({ id: 'name', desc: false });
    expect(names()).toEqual(['Beta 10', 'beta 9', 'Alpha']);
  });

  it('has a state for loading, for nothing and for an error with a way to try again', () => {
    const loading = table({ rows: undefined });
    expect(screen.getByRole('table').getAttribute('aria-busy')).toBe('true');
    loading.unmount();
    const empty = table({ rows: [] });
    expect(screen.getByText('Nothing here')).toBeTruthy();
    empty.unmount();
    const onRetry = vi.fn();
    table({ rows: undefined, error: new Failure('OFFLINE', 'x'), onRetry });
    expect(screen.getByRole('alert').textContent).toContain('The server cannot be reached');
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(onRetry).toHaveBeenCalledOnce();
  });

  it('keeps what it shows when a later reading fails', () => {
    table({ error: new Failure('OFFLINE', 'x') });
    expect(names()).toHaveLength(3);
  });
});

describe('Tile', () => {
  it('says instead of showing a rate over too few leads', () => {
    render(
      <Tile
        label='Reply rate'
        value='50.0%'
        enoughSignal={false}
        change={{ text: '+9 pts', direction: 'up' }}
      />,
    );
    expect(screen.getByText('Not enough signal yet')).toBeTruthy();
    expect(screen.queryByText('50.0%')).toBeNull();
    expect(screen.queryByText('+9 pts')).toBeNull();
  });

  it('says when there is nothing to compare with', () => {
    render(<Tile label='Sent' value='5' change={null} />);
    expect(screen.getByText('nothing before')).toBeTruthy();
  });
});

describe('Age', () => {
  it('is calm when the numbers are fresh and loud when they are not', () => {
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    render(<Age asOf={ago(3)} />);
    expect(screen.getByText('As of 3 min ago')).toBeTruthy();
    render(<Age asOf={ago(121)} />);
    expect(screen.getByText('Stale: as of 2 h 1 min ago')).toBeTruthy();
    render(<Age asOf={null} />);
    expect(screen.getByText('No data yet')).toBeTruthy();
  });
});

describe('Funnel', () => {
  it('tells each stage as a share of the one before', () => {
    render(
      <Funnel
        label='Funnel'
        stages={[{ label: 'A', value: 200 }, { label: 'B', value: 50 }, { label: 'C', value: 0 }]}
      />,
    );
    const items = screen.getAllByRole('listitem').map((item) => item.textContent);
    expect(items).toEqual(['A200all', 'B5025.0% of before', 'C00.0% of before']);
  });
});
