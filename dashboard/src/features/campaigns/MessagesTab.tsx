import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import {
  campaignMessagesQuery,
  type MessagePosition,
  type MessageRow,
  readAllMessages,
} from '../../data/campaign-messages.ts';
import { DataTable } from '../../shared/DataTable.tsx';
import type { Column } from '../../shared/table-types.ts';
import { formatMoment } from '../../shared/format.ts';
import { PageLink } from '../../shared/PageLink.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { Select } from '../../ui/select.tsx';
import { NewerOlder } from './NewerOlder.tsx';
import { stepText } from './step-text.ts';

const route = getRouteApi('/shell/campaigns/$campaignId');

/** The mails that went out and came in, newest first, a hundred at a time. */
export function MessagesTab({ campaignId, campaignName }: { campaignId: string; campaignName: string }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const messages = useQuery(
    campaignMessagesQuery({ campaignId, direction: search.direction, below: parseMessage(search.below) }),
  );
  const page = messages.data;
  const last = page?.rows.at(-1);
  const goTo = (below: MessagePosition | undefined) =>
    void navigate({ search: (kept) => ({ ...kept, below: below && `${below.occurred_at}~${below.id}` }) });

  return (
    <Card className='pt-4'>
      <DataTable
        label='Messages'
        columns={columns}
        rows={page?.rows}
        rowKey={(row) => row.id}
        error={messages.error}
        onRetry={() => void messages.refetch()}
        csvName={`messages of ${campaignName}`}
        readWhole={() => readAllMessages({ campaignId, direction: search.direction })}
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
            title={search.direction ? 'No such message' : 'No messages yet'}
            advice={search.direction
              ? 'Choose both directions.'
              : 'Replies appear seconds after they arrive; a sent mail where its text came with the event.'}
          />
        }
        footer={(search.below || page?.hasMore) && (
          <NewerOlder
            isFirst={!search.below}
            hasMore={page?.hasMore === true && last !== undefined}
            onNewest={() => goTo(undefined)}
            onOlder={() => last && goTo(last)}
          />
        )}
      />
    </Card>
  );
}

export function parseMessage(text: string | undefined): MessagePosition | undefined {
  const [occurred_at, id] = text?.split('~') ?? [];
  return occurred_at && id && id.length === 36 && !Number.isNaN(Date.parse(occurred_at))
    ? { occurred_at, id }
    : undefined;
}

const kind = (row: MessageRow): { label: string; tone: 'neutral' | 'warm' | 'brand' } =>
  row.direction === 'sent'
    ? { label: 'Sent', tone: 'brand' }
    : row.is_auto_reply
    ? { label: 'Automatic reply', tone: 'neutral' }
    : { label: 'Reply', tone: 'warm' };

const verdicts = { qualified: 'Qualified', not_interested: 'Not interested', neutral: 'Neutral' };

const columns: Column<MessageRow>[] = [
  {
    id: 'kind',
    header: 'Mail',
    onPhone: 'wide',
    value: (row) => kind(row).label,
    sortable: false,
    cell: (row) => <Badge tone={kind(row).tone}>{kind(row).label}</Badge>,
  },
  {
    id: 'email',
    header: 'Lead',
    value: (row) => row.email,
    sortable: false,
    onPhone: 'title',
    cell: (row) => (
      <PageLink
        to='/inbox'
        search={{ message: row.id }}
        className='font-medium underline-offset-4 hover:underline'
      >
        {row.email}
      </PageLink>
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
  {
    id: 'occurred_at',
    header: 'Time (UTC)',
    onPhone: 'wide',
    value: (row) => row.occurred_at,
    sortable: false,
    cell: (row) => (
      <time dateTime={row.occurred_at} className='whitespace-nowrap'>{formatMoment(row.occurred_at)}</time>
    ),
  },
];
