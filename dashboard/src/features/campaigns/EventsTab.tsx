import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useRange } from '../../app/use-range.ts';
import {
  eventLabels,
  type EventPosition,
  type EventRow,
  eventsQuery,
  eventTone,
  type EventType,
  mostLeads,
  readAllEvents,
} from '../../data/events.ts';
import { DataTable } from '../../shared/DataTable.tsx';
import { periodName } from '../../shared/csv-name.ts';
import type { Column } from '../../shared/table-types.ts';
import { CutNote } from '../../shared/CutNote.tsx';
import { formatMoment } from '../../shared/format.ts';
import { RangePicker } from '../../shared/RangePicker.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { Select } from '../../ui/select.tsx';
import { AddressFilter } from './AddressFilter.tsx';
import { NewerOlder } from './NewerOlder.tsx';
import { stepText } from './step-text.ts';

const route = getRouteApi('/shell/campaigns/$campaignId');

/** Everything that happened, newest first, a hundred at a time. */
export function EventsTab({ campaignId, campaignName }: { campaignId: string; campaignName: string }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [range, setRange] = useRange();
  const type = isEventType(search.type) ? search.type : undefined;
  const filter = { campaignId, type, lead: search.lead?.trim() || undefined, period: range.period };
  const events = useQuery(eventsQuery({ ...filter, below: parsePosition(search.below) }));
  const page = events.data;
  const last = page?.rows.at(-1);
  const goTo = (below: EventPosition | undefined) =>
    void navigate({ search: (kept) => ({ ...kept, below: below && `${below.occurred_at}~${below.id}` }) });

  return (
    <Card className='pt-4'>
      <DataTable
        label='Events'
        columns={columns}
        rows={page?.rows}
        rowKey={(row) => String(row.id)}
        error={events.error}
        onRetry={() => void events.refetch()}
        csvName={`events of ${campaignName}`}
        csvPeriod={periodName(range.period)}
        readWhole={() => readAllEvents(filter)}
        toolbar={
          <>
            <Select
              aria-label='Kind of event'
              value={type ?? ''}
              onValueChange={(next) =>
                void navigate({
                  search: (kept) => ({ ...kept, type: next || undefined, below: undefined }),
                  replace: true,
                })}
              choices={[
                { value: '', label: 'All events' },
                ...Object.entries(eventLabels).map(([value, label]) => ({ value, label })),
              ]}
            />
            <AddressFilter
              key={search.lead ?? ''}
              label='Lead'
              placeholder='Lead’s address'
              value={search.lead ?? ''}
              onChange={(lead) =>
                void navigate({
                  search: (kept) => ({ ...kept, lead: lead || undefined, below: undefined }),
                  replace: true,
                })}
            />
            <RangePicker range={range} onChange={setRange} canCompare={false} />
          </>
        }
        empty={
          <StateCard
            kind='empty'
            title='No events'
            advice={type || search.lead || range.period
              ? 'Choose a longer period, all kinds of events, or another lead.'
              : 'They appear seconds after something happens at the provider.'}
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
      <CutNote read={page?.leads} limit={mostLeads} className='border-t border-line px-5 py-3'>
        their events stand here. Write more of the address to see others.
      </CutNote>
    </Card>
  );
}

const isEventType = (text: string | undefined): text is EventType =>
  text !== undefined && Object.hasOwn(eventLabels, text);

export function parsePosition(text: string | undefined): EventPosition | undefined {
  const [occurred_at, id] = text?.split('~') ?? [];
  return occurred_at && id && !Number.isNaN(Date.parse(occurred_at))
    ? { occurred_at, id: Number(id) }
    : undefined;
}

const columns: Column<EventRow>[] = [
  {
    id: 'type',
    header: 'Event',
    value: (row) => row.is_inferred ? `${eventLabels[row.type]} (seen by the sync)` : eventLabels[row.type],
    sortable: false,
    onPhone: 'title',
    cell: (row) => (
      <span className='inline-flex items-center gap-2'>
        <Badge tone={eventTone(row.type)}>{eventLabels[row.type]}</Badge>
        {row.label && <span className='text-xs text-ink-soft'>{row.label}</span>}
        {row.is_inferred && (
          <span
            className='text-xs text-ink-soft'
            title='Nobody told of this single fact while the webhook was off; its time is an estimate from the counters.'
          >
            seen by the sync
          </span>
        )}
      </span>
    ),
  },
  { id: 'email', header: 'Lead', value: (row) => row.email, sortable: false, onPhone: 'wide' },
  {
    id: 'occurred_at',
    header: 'Time (UTC)',
    onPhone: 'wide',
    value: (row) => row.occurred_at,
    sortable: false,
    cell: (row) => <time dateTime={row.occurred_at}>{formatMoment(row.occurred_at)}</time>,
  },
  {
    id: 'step',
    header: 'Step',
    value: (row) => row.step,
    sortable: false,
    align: 'right',
    cell: (row) => stepText(row),
    onPhone: 'hidden',
  },
  {
    id: 'email_account',
    header: 'Mailbox',
    value: (row) => row.email_account,
    sortable: false,
    onPhone: 'hidden',
  },
];
