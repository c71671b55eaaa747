import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import {
  eventLabels,
  type EventRow,
  eventsQuery,
  eventTone,
  type EventType,
  maxLeads,
  readAllEvents,
} from '../../data/events.ts';
import { useRange } from '../../routing/use-range.ts';
import { momentColumn } from '../../shared/columns.tsx';
import { periodName } from '../../shared/csv-name.ts';
import { CutNote } from '../../shared/CutNote.tsx';
import { RangePicker } from '../../shared/RangePicker.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import type { Column } from '../../shared/table-types.ts';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { Select } from '../../ui/select.tsx';
import { AddressFilter } from './AddressFilter.tsx';
import { CursorTable } from '../../shared/CursorTable.tsx';
import { usePosition } from './use-position.ts';
import { stepText } from './step-text.ts';

const route = getRouteApi('/shell/campaigns/$campaignId');

/** Everything that happened, newest first, a hundred at a time. */
export function EventsTab(
  { clientId, campaignId, campaignName }: { clientId: string; campaignId: string; campaignName: string },
) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [range, setRange] = useRange({ clientId });
  const [below, moveTo] = usePosition(/^\d+$/);
  const type = isEventType(search.type) ? search.type : undefined;
  const filter = { clientId, campaignId, type, lead: search.lead?.trim() || undefined, period: range.period };
  const events = useQuery(eventsQuery({ ...filter, below }));

  return (
    <Card className='pt-4'>
      <CursorTable
        label='Events'
        columns={columns}
        query={events}
        isFirst={!search.below}
        onMove={moveTo}
        rowKey={(row) => String(row.id)}
        csvName={`events of ${campaignName}`}
        csvPeriod={periodName(range.period)}
        readWhole={() => readAllEvents(filter)}
        toolbar={
          <>
            <Select
              aria-label='Event type'
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
              ? 'Try a longer period, all event types, or another lead.'
              : 'Events appear seconds after they happen at the provider.'}
          />
        }
      />
      <CutNote read={events.data?.leads} limit={maxLeads} className='border-t border-line px-5 py-3'>
        enter more of the address to see the events of other leads.
      </CutNote>
    </Card>
  );
}

const isEventType = (text: string | undefined): text is EventType =>
  text !== undefined && Object.hasOwn(eventLabels, text);

const columns: Column<EventRow>[] = [
  {
    id: 'type',
    header: 'Event',
    value: (row) =>
      row.is_inferred ? `${eventLabels[row.type]} (observed by the sync)` : eventLabels[row.type],
    sortable: false,
    onPhone: 'title',
    cell: (row) => (
      <span className='inline-flex items-center gap-2'>
        <Badge tone={eventTone(row.type)}>{eventLabels[row.type]}</Badge>
        {row.label && <span className='text-xs text-ink-soft'>{row.label}</span>}
        {row.is_inferred && (
          <span
            className='text-xs text-ink-soft'
            title='No webhook reported this event; the sync inferred it from the counters. Its time is an estimate.'
          >
            observed by the sync
          </span>
        )}
      </span>
    ),
  },
  { id: 'email', header: 'Lead', value: (row) => row.email, sortable: false, onPhone: 'wide' },
  momentColumn('occurred_at', 'Time', { sortable: false }),
  {
    id: 'step',
    header: 'Step',
    value: (row) => row.step,
    cell: stepText,
    sortable: false,
    align: 'right',
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
