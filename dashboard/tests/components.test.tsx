import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CampaignRow } from '../src/data/campaigns.ts';
import { Failure } from '../src/data/failure.ts';
import { everyDay } from '../src/data/range.ts';
import type { DayNumbers, Stats } from '../src/data/stats.ts';
import { Funnel } from '../src/features/overview/FunnelCard.tsx';
import { KeyNumbers } from '../src/features/overview/KeyNumbers.tsx';
import { Age } from '../src/shared/Age.tsx';
import { campaignColumns } from '../src/shared/campaign-columns.tsx';
import { writeCsv } from '../src/shared/csv.ts';
import { DataTable } from '../src/shared/DataTable.tsx';
import { RateCell } from '../src/shared/RateCell.tsx';
import { rateText } from '../src/shared/signal.ts';
import { StateCard } from '../src/shared/StateCard.tsx';
import { type Column, csvLines } from '../src/shared/table-types.ts';
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
  it('shows a count with a caution, and no change, where a rate would say nothing yet', () => {
    render(
      <Tile
        label='Reply rate'
        value='4 of 58'
        caution='Not enough data'
        change={{ text: '+9 pts', direction: 'up' }}
      />,
    );
    expect(screen.getByText('4 of 58')).toBeTruthy();
    expect(screen.getByText('Not enough data')).toBeTruthy();
    expect(screen.queryByText('+9 pts')).toBeNull();
  });

  it('says when there is nothing to compare with', () => {
    render(<Tile label='Sent' value='5' change={null} />);
    expect(screen.getByText('no earlier data')).toBeTruthy();
  });
});

describe('Age', () => {
  it('is calm when the numbers are fresh and loud when they are not', () => {
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    render(<Age asOf={ago(3)} />);
    expect(screen.getByText('Updated 3 min ago')).toBeTruthy();
    render(<Age asOf={ago(121)} />);
    expect(screen.getByText('Outdated: 2 h 1 min old')).toBeTruthy();
    render(<Age asOf={null} />);
    expect(screen.getByText('No data yet')).toBeTruthy();
  });
});

describe('Funnel', () => {
  const stages = [
    { label: 'Contacted', value: 200 },
    { label: 'Opened*', value: 50 },
    { label: 'Replied', value: 0 },
  ];
  const shownStages = () => screen.getAllByRole('listitem').map((item) => item.textContent);

  it('tells each stage as a share of the one before, by its name', () => {
    render(<Funnel label='Funnel' stages={stages} enoughSignal />);
    expect(shownStages()).toEqual([
      'Contacted200all',
      'Opened*5025.0% of contacted',
      'Replied00.0% of opened',
    ]);
  });

  it('counts instead where a share would say nothing yet', () => {
    render(<Funnel label='Funnel' stages={stages} enoughSignal={false} />);
    expect(shownStages()).toEqual(['Contacted200all', 'Opened*50of 200 contacted', 'Replied0of 50 opened']);
  });
});

const noStats: Stats = {
  sent: 0,
  contacted: 0,
  opened: 0,
  clicked: 0,
  replied: 0,
  bounced: 0,
  unsubscribed: 0,
  auto_replies: 0,
  positive: 0,
  meetings: 0,
  open_rate: null,
  reply_rate: null,
  click_rate: null,
  bounce_rate: null,
  positive_rate: null,
  enough_signal: true,
};
const days = (count: number, numbers: Partial<DayNumbers>): DayNumbers[] =>
  everyDay({ from: '2026-01-01', to: '2026-12-31' }).slice(0, count).map((day) => ({
    ...noStats,
    ...numbers,
    day,
  }));

describe('a rate over too few', () => {
  const data = { rate: 4 / 58, enoughSignal: false, part: 4, whole: 58 };

  it('is a count with the same caution in a cell, a sentence and a tile', () => {
    const { container } = render(<RateCell {...data} />);
    expect(container.textContent).toBe('4 of 58Not enough data');
    expect(rateText(data.rate, false, 4, 58)).toBe('4 of 58 (not enough data)');
    const series = days(40, { contacted: 1, replied: 1 });
    render(
      <KeyNumbers
        isCompared={false}
        stats={{
          client_name: 'Small',
          as_of: null,
          age_seconds: null,
          previous: null,
          days: series,
          current: { ...noStats, contacted: 58, replied: 4, reply_rate: 4 / 58, enough_signal: false },
        }}
      />,
    );
    const tile = screen.getByLabelText('Reply rate');
    expect(tile.textContent).toContain('4 of 58');
    expect(tile.textContent).toContain('Not enough data');
    expect(tile.querySelector('svg path[vector-effect]')).toBeNull();
    expect(screen.getByLabelText('Contacted').querySelector('svg path[vector-effect]')).not.toBeNull();
  });

  it('is sorted below every other and leaves its cell of a file empty', async () => {
    const rows = [
      { campaign_id: 'a', contacted: 58, replied: 40, reply_rate: 0.69, enough_signal: false },
      { campaign_id: 'b', contacted: 500, replied: 10, reply_rate: 0.02, enough_signal: true },
      { campaign_id: 'c', contacted: 500, replied: 20, reply_rate: 0.04, enough_signal: true },
    ] as unknown as CampaignRow[];
    const column = campaignColumns({ all: rows, best: new Set() }).find(({ id }) => id === 'reply_rate')!;
    const { container } = render(
      <DataTable
        label='Campaigns'
        columns={[column]}
        rows={rows}
        rowKey={(row) => row.campaign_id}
        empty={null}
        sort={{ id: 'reply_rate', desc: true }}
      />,
    );
    expect([...container.querySelectorAll('tbody tr')].map((row) => row.textContent)).toEqual([
      'Reply rate4.0%',
      'Reply rate2.0%',
      'Reply rate40 of 58Not enough data',
    ]);
    const { headings, line } = csvLines([column], 'UTC');
    async function* pieces() {
      yield rows.map(line);
    }
    expect(await (await writeCsv(headings, pieces())).text()).toBe(
      '\ufeffReply rate\r\n\r\n0.02\r\n0.04\r\n',
    );
  });
});
