import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { campaignMessagesQuery, type MessageRow, readAllMessages } from '../../data/campaign-messages.ts';
import { momentColumn, type State, stateColumn } from '../../shared/columns.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import type { Column } from '../../shared/table-types.ts';
import { Card } from '../../ui/card.tsx';
import { Select } from '../../ui/select.tsx';
import { CursorTable } from '../../shared/CursorTable.tsx';
import { usePosition } from './use-position.ts';
import { stepText } from './step-text.ts';

const route = getRouteApi('/shell/campaigns/$campaignId');

/** Emails sent and received, newest first, a hundred at a time. */
export function MessagesTab(
  { clientId, campaignId, campaignName }: { clientId: string; campaignId: string; campaignName: string },
) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [below, moveTo] = usePosition(/^.{36}$/);
  const filter = { clientId, campaignId, direction: search.direction };
  const messages = useQuery(campaignMessagesQuery({ ...filter, below }));

  return (
    <Card className='pt-4'>
      <CursorTable
        label='Messages'
        columns={columns}
        query={messages}
        isFirst={!search.below}
        onMove={moveTo}
        rowKey={(row) => row.id}
        csvName={`messages of ${campaignName}`}
        readWhole={() => readAllMessages(filter)}
        toolbar={
          <Select
            aria-label='Direction'
            value={search.direction ?? ''}
            onValueChange={(next) =>
              void navigate({
                search: (kept) => ({ ...kept, direction: next || undefined, below: undefined }),
                replace: true,
              })}
            choices={[
              { value: '', label: 'Sent and received' },
              { value: 'received', label: 'Received' },
              { value: 'sent', label: 'Sent' },
            ]}
          />
        }
        empty={
          <StateCard
            kind='empty'
            title={search.direction ? 'No messages' : 'No messages yet'}
            advice={search.direction
              ? 'Show sent and received messages.'
              : 'Replies appear seconds after they arrive. Sent emails appear where the provider includes their text.'}
          />
        }
      />
    </Card>
  );
}

const kind = (row: MessageRow): State =>
  row.direction === 'sent'
    ? { label: 'Sent', tone: 'brand' }
    : row.is_auto_reply
    ? { label: 'Automatic reply', tone: 'neutral' }
    : { label: 'Reply', tone: 'warm' };

const verdicts = { qualified: 'Qualified', not_interested: 'Not interested', neutral: 'Neutral' };

const columns: Column<MessageRow>[] = [
  stateColumn('kind', 'Type', kind, { onPhone: 'wide', sortable: false }),
  {
    id: 'email',
    header: 'Lead',
    value: (row) => row.email,
    sortable: false,
    onPhone: 'title',
    cell: (row) => (
      <Link
        to='/inbox'
        search={{ message: row.id }}
        className='font-medium underline-offset-4 hover:underline'
      >
        {row.email}
      </Link>
    ),
  },
  {
    id: 'subject',
    header: 'Subject',
    onPhone: 'text',
    value: (row) => row.subject,
    sortable: false,
    cell: (row) => (
      <span className='block md:max-w-md'>
        <span className='block truncate' title={row.subject ?? undefined}>{row.subject ?? 'No subject'}</span>
        {row.snippet && (
          <span className='block truncate text-xs text-ink-soft max-md:hidden'>{row.snippet}</span>
        )}
      </span>
    ),
  },
  { id: 'step', header: 'Step', value: stepText, sortable: false, align: 'right', onPhone: 'hidden' },
  {
    id: 'verdict',
    header: 'Verdict',
    value: (row) => row.verdict && verdicts[row.verdict],
    sortable: false,
    onPhone: 'hidden',
  },
  momentColumn('occurred_at', 'Time', { sortable: false }),
];
