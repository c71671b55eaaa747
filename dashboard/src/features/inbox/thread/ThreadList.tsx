import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { Page } from '../../../data/paging.ts';
import type { ThreadShow } from '../../../data/inbox-choices.ts';
import type { Thread } from '../../../data/threads.ts';
import { plural } from '../../../shared/format.ts';
import { StateCard } from '../../../shared/StateCard.tsx';
import { Button } from '../../../ui/button.tsx';
import { type ListProps, PagedEntries } from '../lists.tsx';
import { ThreadEntry } from './ThreadEntry.tsx';

const nothing: Record<ThreadShow, { title: string; advice: string }> = {
  waiting: { title: 'Everybody is answered', advice: 'New replies appear here seconds after they arrive.' },
  mine: {
    title: 'Nothing assigned to you waits',
    advice: 'Conversations that a colleague gives you appear here.',
  },
  snoozed: { title: 'Nothing is snoozed', advice: 'What you put off is kept here until it is due.' },
  answered: { title: 'Nothing answered yet', advice: 'Answered and finished conversations appear here.' },
  conversations: { title: 'No conversations yet', advice: 'They begin with the first reply.' },
};

/** Conversations, in the order in which they deserve an answer. */
export function ThreadList({ rows, show, isFiltered, onShowAll, withClients, ...list }: ListProps & {
  query: UseInfiniteQueryResult<InfiniteData<Page<Thread>>>;
  rows: readonly Thread[] | undefined;
  show: ThreadShow;
  isFiltered: boolean;
  onShowAll: () => void;
}) {
  return (
    <PagedEntries
      {...list}
      rows={rows}
      label='Conversations'
      idOf={(row) => row.message_id}
      count={(some) => plural(some, 'conversation')}
      first='The first'
      empty={
        <StateCard
          kind='empty'
          title={isFiltered ? 'No matching conversations' : nothing[show].title}
          advice={isFiltered ? 'Try other filters, or show all conversations.' : nothing[show].advice}
          action={(isFiltered || show !== 'conversations') && (
            <Button onClick={onShowAll}>Show all conversations</Button>
          )}
        />
      }
    >
      {(row) => <ThreadEntry row={row} withClient={withClients} />}
    </PagedEntries>
  );
}
