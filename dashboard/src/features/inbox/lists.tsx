// The three things the left side can show, each with its states.
import type { InfiniteData, UseInfiniteQueryResult, UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { clientNamesQuery } from '../../data/clients.ts';
import { longestSearch, type SearchHit, searchPageSize } from '../../data/messages.ts';
import { outsideKey, type OutsidePage, type OutsideRow } from '../../data/outside-mail.ts';
import type { ReplyPage, ReplyRow } from '../../data/replies.ts';
import { formatCount, plural } from '../../shared/format.ts';
import { FailureCard, StateCard } from '../../shared/StateCard.tsx';
import { Button } from '../../ui/button.tsx';
import { EntryList, HitEntry, LoadingEntries, OutsideEntry, ReplyEntry } from './EntryList.tsx';

interface ListProps {
  current: string | undefined;
  onOpen: (id: string) => void;
  onFocus: (id: string) => void;
  onMore: () => void;
  /** Operators over all clients see whose each row is. */
  withClients: boolean;
}

export function ReplyList(
  { replies, rows, isWaitingOnly, isFiltered, onShowAll, onMore, withClients, ...list }:
    & ListProps
    & {
      replies: UseInfiniteQueryResult<InfiniteData<ReplyPage>>;
      rows: readonly ReplyRow[] | undefined;
      /** Nothing narrows the list down but that somebody should look. */
      isWaitingOnly: boolean;
      isFiltered: boolean;
      onShowAll: () => void;
    },
) {
  if (replies.error && !rows) {
    return <FailureCard error={replies.error} onRetry={() => void replies.refetch()} />;
  }
  if (!rows) return <LoadingEntries />;
  if (rows.length === 0) {
    return (
      <StateCard
        kind='empty'
        title={isWaitingOnly ? 'No reply waits for you' : isFiltered ? 'No reply matches' : 'No replies yet'}
        advice={isWaitingOnly
          ? 'New replies appear here seconds after they arrive.'
          : isFiltered
          ? 'Choose other filters, or look at all replies.'
          : 'They appear here seconds after somebody answers.'}
        action={isFiltered && <Button onClick={onShowAll}>Show all replies</Button>}
      />
    );
  }
  return (
    <>
      <EntryList
        {...list}
        label='Replies'
        entries={rows}
        idOf={(row) => row.message_id}
        isBusy={replies.isPlaceholderData}
      >
        {(row) => <ReplyEntry row={row} withClient={withClients} />}
      </EntryList>
      <Footer
        text={replies.hasNextPage
          ? `The newest ${formatCount(rows.length)}`
          : plural(rows.length, 'reply', 'replies')}
        onMore={replies.hasNextPage ? onMore : undefined}
        isLoading={replies.isFetchingNextPage}
      />
    </>
  );
}

export function OutsideList(
  { mails, rows, isNarrowed, onShowReplies, onMore, withClients, ...list }: ListProps & {
    mails: UseInfiniteQueryResult<InfiniteData<OutsidePage>>;
    rows: readonly OutsideRow[] | undefined;
    /** Only the mail of some days is asked for. */
    isNarrowed: boolean;
    onShowReplies: () => void;
  },
) {
  if (mails.error && !rows) {
    return <FailureCard error={mails.error} onRetry={() => void mails.refetch()} />;
  }
  if (!rows) return <LoadingEntries />;
  if (rows.length === 0) {
    return (
      <StateCard
        kind='empty'
        title={isNarrowed ? 'No mail from outside in these days' : 'No mail from outside the campaigns'}
        advice={isNarrowed
          ? 'Choose other days.'
          : 'Mail of people whom no campaign wrote to appears here within a minute, where the provider tells of it.'}
        action={<Button onClick={onShowReplies}>Show the replies</Button>}
      />
    );
  }
  return (
    <>
      <EntryList
        {...list}
        label='Mail outside campaigns'
        entries={rows}
        idOf={(row) => outsideKey(row.id)}
        isBusy={mails.isPlaceholderData}
      >
        {(row) => <OutsideEntry row={row} withClient={withClients} />}
      </EntryList>
      <Footer
        text={mails.hasNextPage ? `The newest ${formatCount(rows.length)}` : plural(rows.length, 'mail')}
        onMore={mails.hasNextPage ? onMore : undefined}
        isLoading={mails.isFetchingNextPage}
      />
    </>
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
  if (hits.error && !hits.data) {
    return <FailureCard error={hits.error} onRetry={() => void hits.refetch()} />;
  }
  if (!hits.data) return <LoadingEntries />;
  if (hits.data.length === 0) {
    return (
      <StateCard
        kind='empty'
        title={`Nothing has “${query}” in it`}
        advice='All words must be there. Try fewer of them, the beginning of one, or a part of the address.'
      />
    );
  }
  const size = Math.min(longestSearch, page * searchPageSize);
  const isCut = hits.data.length >= longestSearch;
  return (
    <>
      <EntryList
        {...list}
        label='Search results'
        entries={hits.data}
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
        text={hits.data.length < size
          ? plural(hits.data.length, 'message')
          : isCut
          ? `Showing the first ${formatCount(longestSearch)}; narrow the search`
          : `The best ${formatCount(hits.data.length)}`}
        onMore={hits.data.length === size && !isCut ? onMore : undefined}
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
