// @vitest-environment happy-dom
// A list that was cut says so, a whole one says nothing; and what the state of a webhook means, in words.
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { type PageRequest, readList } from '../src/data/paging.ts';
import { explainWebhook, type WebhookRow, webhookStates } from '../src/data/webhooks.ts';
import { CutNote } from '../src/shared/CutNote.tsx';
import { DataTable } from '../src/shared/DataTable.tsx';

afterEach(cleanup);

const columns = [{ id: 'n', header: 'Number', value: (row: { n: number }) => row.n }];
const table = (rows: { n: number }[], readCount?: number) => (
  <DataTable
    label='Costs'
    columns={columns}
    rows={rows}
    rowKey={(row) => String(row.n)}
    empty={null}
    readCount={readCount}
    cutAdvice='older costs still count.'
  />
);
const numbers = (count: number) => Array.from({ length: count }, (_, n) => ({ n }));

describe('a list that was cut', () => {
  it('says where it ends and what to do', () => {
    render(<CutNote read={100} limit={100}>narrow the search.</CutNote>);
    expect(screen.getByRole('status').textContent).toBe('Showing the first 100; narrow the search.');
  });

  it('is silent while it is whole, and while it is read', () => {
    const { container } = render(
      <>
        <CutNote read={99} limit={100}>narrow the search.</CutNote>
        <CutNote read={undefined} limit={100}>narrow the search.</CutNote>
      </>,
    );
    expect(container.textContent).toBe('');
  });

  it('says so below a table of a thousand rows, and below few rows of a thousand that were read', () => {
    render(table(numbers(1_000)));
    expect(screen.getByText('Showing the first 1,000; older costs still count.')).toBeTruthy();
    cleanup();
    render(table(numbers(3), 1_000));
    expect(screen.getByText(/^Showing the first 1,000/)).toBeTruthy();
    cleanup();
    render(table(numbers(999)));
    expect(screen.queryByText(/^Showing the first/)).toBeNull();
  });

  it('is read on until an answer is not full, each part below the last row of the one before', async () => {
    const all = numbers(2_300);
    const asked: unknown[] = [];
    const readPage = (page: PageRequest) => {
      asked.push(page.after);
      const start = page.after === undefined ? 0 : (page.after as { n: number }).n + 1;
      return Promise.resolve(all.slice(start, start + page.to + 1));
    };
    expect(await readList(readPage, { id: 'n', desc: false })).toEqual(all);
    expect(asked).toEqual([undefined, { n: 999 }, { n: 1_999 }]);
  });
});

describe('explainWebhook', () => {
  const row = (part: Partial<WebhookRow>): WebhookRow => ({
    connection_id: 'c',
    client_id: null,
    provider: 'instantly',
    state: 'on',
    checked_at: null,
    off_since: null,
    missed_since: null,
    campaigns: null,
    campaigns_covered: null,
    last_event_at: null,
    last_event_age_seconds: null,
    ...part,
  });

  it('has a sentence of its own for each state', () => {
    const sentences = webhookStates.map((state) => explainWebhook(row({ state }), 'Instantly'));
    expect(new Set(sentences).size).toBe(webhookStates.length);
    for (const sentence of sentences) expect(sentence).toMatch(/\.$/);
  });

  it('counts campaigns where each has its own', () => {
    const of = (state: WebhookRow['state'], covered: number) =>
      explainWebhook(row({ state, campaigns: 5, campaigns_covered: covered }), 'Smartlead');
    expect(of('on', 5)).toBe('Events are arriving. Active for 5 of 5 campaigns.');
    expect(of('missing', 3)).toContain('Active for only 3 of 5 campaigns');
    expect(of('not_registered', 0)).toContain('Each campaign gets its webhook');
  });
});
