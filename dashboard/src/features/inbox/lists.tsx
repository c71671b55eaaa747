// The three lists that the left side can show, each with its states.
import type { InfiniteData, UseInfiniteQueryResult, UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { clientNamesQuery } from '../../data/clients.ts';
import { maxSearchHits, type SearchHit, searchPageSize } from '../../data/message-search.ts';
import { outsideKey } from '../../data/inbox-choices.ts';
import type { OutsideRow } from '../../data/outside-mail.ts';
import type { Page } from '../../data/paging.ts';
import type { ReplyRow } from '../../data/replies.ts';
import { formatCount, plural } from '../../shared/format.ts';
import { FailureCard, StateCard } from '../../shared/StateCard.tsx';
import { Button } from '../../ui/button.tsx';
import { EntryList, HitEntry, LoadingEntries, OutsideEntry, ReplyEntry } from './EntryList.tsx';

export interface ListProps {
  current: string | undefined;
  onOpen: (id: string) => void;
  onFocus: (id: string) => void;
  onMore: () => void;
  /** Operators who look at all clients see the client of each row. */
  withClients: boolean;
}

/** What a list is while it has no rows to show: broken, loading, or empty. Undefined: it has some. */
function placeholder(
  query: { error: unknown; refetch: () => unknown },
  rows: readonly unknown[] | undefined,
  empty: ReactNode,
): ReactNode {
  if (query.error && !rows) return <FailureCard error={query.error} onRetry={() => void query.refetch()} />;
  if (!rows) return <LoadingEntries />;
  return rows.length === 0 ? empty : undefined;
}

/** The newest entries, and more of them on request. */
export function PagedEntries<Row>(
  { query, rows, empty, count, first = 'The newest', onMore, children, ...list }:
    & Omit<ListProps, 'withClients'>
    & {
      query: UseInfiniteQueryResult<InfiniteData<Page<Row>>>;
      rows: readonly Row[] | undefined;
      empty: ReactNode;
      label: string;
      idOf: (row: Row) => string;
      /** "3 replies" */
      count: (rows: number) => string;
      /** Before the number of a list with more pages: "The newest". */
      first?: string;
      children: (row: Row) => ReactNode;
    },
) {
  return placeholder(query, rows, empty) ?? (
    <>
      <EntryList {...list} entries={rows!} isBusy={query.isPlaceholderData}>{children}</EntryList>
      <Footer
        text={query.hasNextPage ? `${first} ${formatCount(rows!.length)}` : count(rows!.length)}
        onMore={query.hasNextPage ? onMore : undefined}
        isLoading={query.isFetchingNextPage}
      />
    </>
  );
}

export function ReplyList(
  { rows, isWaitingOnly, isFiltered, onShowAll, withClients, ...list }: ListProps & {
    query: UseInfiniteQueryResult<InfiniteData<Page<ReplyRow>>>;
    rows: readonly ReplyRow[] | undefined;
    /** The list shows replies without a verdict, and nothing else narrows it down. */
    isWaitingOnly: boolean;
    isFiltered: boolean;
    onShowAll: () => void;
  },
) {
  return (
    <PagedEntries
      {...list}
      rows={rows}
      label='Replies'
      idOf={(row) => row.message_id}
      count={(some) => plural(some, 'reply', 'replies')}
      empty={
        <StateCard
          kind='empty'
          title={isWaitingOnly
            ? 'No replies to review'
            : isFiltered
            ? 'No matching replies'
            : 'No replies yet'}
          advice={isWaitingOnly
            ? 'New replies appear here seconds after they arrive.'
            : isFiltered
            ? 'Try other filters, or show all replies.'
            : 'They appear here seconds after they arrive.'}
          action={isFiltered && <Button onClick={onShowAll}>Show all replies</Button>}
        />
      }
    >
      {(row) => <ReplyEntry row={row} withClient={withClients} />}
    </PagedEntries>
  );
}

export function OutsideList(
  { rows, isNarrowed, onShowReplies, withClients, ...list }: ListProps & {
    query: UseInfiniteQueryResult<InfiniteData<Page<OutsideRow>>>;
    rows: readonly OutsideRow[] | undefined;
    /** A period is chosen. */
    isNarrowed: boolean;
    onShowReplies: () => void;
  },
) {
  return (
    <PagedEntries
      {...list}
      rows={rows}
      label='Mail outside campaigns'
      idOf={(row) => outsideKey(row.id)}
      count={(some) => plural(some, 'email')}
      empty={
        <StateCard
          kind='empty'
          title={isNarrowed ? 'No mail outside campaigns in this period' : 'No mail outside campaigns'}
          advice={isNarrowed
            ? 'Try another period.'
            : 'Mail from people who were never contacted appears here within a minute, if the provider reports it.'}
          action={<Button onClick={onShowReplies}>Show replies</Button>}
        />
      }
    >
      {(row) => <OutsideEntry row={row} withClient={withClients} />}
    </PagedEntries>
  );
}

export function HitList({ hits, query, page, onMore, withClients, ...list }: ListProps & {
  hits: UseQueryResult<SearchHit[]>;
  query: string;
  page: number;
}) {
  const names = useQuery({ ...clientNamesQuery, enabled: withClients });
  const clientNames = useMemo(() => new Map((names.data ?? []).map(({ id, name }) => [id, name])), [
    names.data,
  ]);
  const size = Math.min(maxSearchHits, page * searchPageSize);
  const found = hits.data?.length ?? 0;
  const isCut = found >= maxSearchHits;
  const empty = (
    <StateCard
      kind='empty'
      title={`No results for “${query}”`}
      advice='Every word must match. Try fewer words, the beginning of a word, or part of an address.'
    />
  );
  return placeholder(hits, hits.data, empty) ?? (
    <>
      <EntryList
        {...list}
        label='Search results'
        entries={hits.data!}
        idOf={(hit) => hit.message_id}
        isBusy={hits.isPlaceholderData}
      >
        {(hit) => (
          <HitEntry
            hit={hit}
            clientName={withClients ? clientNames.get(hit.client_id) : undefined}
          />
        )}
      </EntryList>
      <Footer
        text={found < size
          ? plural(found, 'message')
          : isCut
          ? `Showing the first ${formatCount(maxSearchHits)}; refine your search`
          : `The best ${formatCount(found)}`}
        onMore={found === size && !isCut ? onMore : undefined}
        isLoading={hits.isPlaceholderData}
      />
    </>
  );
}

function Footer({ text, onMore, isLoading }: {
  text: string;
  onMore: (() => void) | undefined;
  isLoading: boolean;
}) {
  return (
    <div className='flex items-center justify-between gap-3 px-5 py-3 text-sm text-ink-soft'>
      <span role='status'>{text}</span>
      {onMore && (
        <Button size='small' onClick={onMore} disabled={isLoading}>
          {isLoading ? 'Loading …' : 'Load more'}
        </Button>
      )}
    </div>
  );
}
