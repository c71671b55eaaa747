import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { anywhere, maxRows, type Position, readBelow, toPage } from './paging.ts';
import { endOf, type Period, startOf } from './range.ts';
import { type Enums, supabase } from './supabase.ts';

export type EventType = Enums['email_event_type'];

export const eventPageSize = 100;

export interface EventFilter {
  /** Whose campaign it is, for the database: as an operator of 1,000 clients, 50 million events took 2 s without it, and 20 ms with it. */
  clientId: string;
  campaignId: string;
  type: EventType | undefined;
  /** A part of the lead's address. */
  lead: string | undefined;
  period: Period | null;
}

export interface EventsRequest extends EventFilter {
  below: Position | undefined;
}

const columns =
  'id, occurred_at, received_at, type, label, email, email_account, step, variant, lead_id, is_inferred';

export const eventsQuery = (request: EventsRequest) =>
  queryOptions({
    queryKey: ['events', request],
    queryFn: async () => {
      const leads = request.lead ? await findLeads(request, request.lead, undefined) : undefined;
      const rows = await readEvents(request, leads, request.below, eventPageSize + 1);
      return { ...toPage(rows, eventPageSize), leads: leads?.length };
    },
    placeholderData: keepPreviousData,
    // Only the newest page moves.
    refetchInterval: request.below ? false : 15_000,
  });

async function readEvents(
  { clientId, campaignId, type, period }: EventFilter,
  leads: readonly string[] | undefined,
  below: Position | undefined,
  size: number,
) {
  let request = supabase().from('email_events').select(columns)
    .eq('client_id', clientId).eq('campaign_id', campaignId);
  if (type) request = request.eq('type', type);
  if (leads) request = request.in('lead_id', [...leads]);
  if (period) {
    request = request.gte('occurred_at', startOf(period)).lt('occurred_at', endOf(period));
  }
  if (below) {
    request = request.or(
      `occurred_at.lt."${below.occurred_at}",and(occurred_at.eq."${below.occurred_at}",id.lt.${below.id})`,
    );
  }
  return await read(
    request.order('occurred_at', { ascending: false }).order('id', { ascending: false }).limit(size),
  );
}

/** Every event that the filters leave, for a file, newest first; of some leads only, theirs one after another. */
export async function* readAllEvents(filter: EventFilter): AsyncGenerator<EventRow[]> {
  const { lead } = filter;
  const leadPages = lead ? readBelow<string>((after) => findLeads(filter, lead, after)) : [undefined];
  for await (const leads of leadPages) {
    yield* readBelow<EventRow>((below) => readEvents(filter, leads, below, maxRows));
  }
}

/** Events are partitioned by month, which an address does not give: the leads are found first, then their events. */
async function findLeads(
  { clientId, campaignId }: EventFilter,
  part: string,
  after: string | undefined,
): Promise<string[]> {
  let request = supabase().from('synced_leads').select('id')
    .eq('client_id', clientId).eq('campaign_id', campaignId)
    .ilike('email', anywhere(part.trim()));
  if (after) request = request.gt('id', after);
  const rows = await read(request.order('id').limit(maxLeads));
  return rows.map((row) => row.id);
}

export const maxLeads = 100;

export type EventRow = Awaited<ReturnType<typeof readEvents>>[number];

export const eventLabels: Record<EventType, string> = {
  email_sent: 'Sent',
  email_delivered: 'Delivered',
  email_opened: 'Opened',
  email_clicked: 'Clicked',
  reply_received: 'Replied',
  auto_reply_received: 'Automatic reply',
  email_bounced: 'Bounced',
  email_spam_reported: 'Reported as spam',
  lead_unsubscribed: 'Unsubscribed',
  lead_interested: 'Interested',
  lead_meeting_booked: 'Meeting booked',
  lead_meeting_completed: 'Meeting held',
  lead_closed: 'Won',
  lead_not_interested: 'Not interested',
  lead_wrong_person: 'Wrong person',
  lead_lost: 'Lost',
  lead_neutral: 'Neutral',
  lead_out_of_office: 'Out of office',
  lead_no_show: 'No-show',
  lead_labelled: 'Labelled',
  lead_completed: 'Sequence completed',
  lead_error: 'Lead error',
  campaign_started: 'Campaign started',
  campaign_paused: 'Campaign paused',
  campaign_completed: 'Campaign completed',
  account_error: 'Mailbox error',
  account_suspended: 'Mailbox suspended',
  enrichment_completed: 'Enrichment completed',
  bounce_threshold_reached: 'Too many bounces',
  untracked_reply: 'Mail outside campaigns',
  unknown: 'Unknown',
};

export function eventTone(type: EventType): 'neutral' | 'good' | 'warm' | 'bad' | 'brand' {
  if (['lead_interested', 'lead_meeting_booked', 'lead_meeting_completed', 'lead_closed'].includes(type)) {
    return 'good';
  }
  if (type === 'reply_received') return 'warm';
  if (
    [
      'email_bounced',
      'email_spam_reported',
      'lead_unsubscribed',
      'lead_error',
      'account_error',
      'account_suspended',
      'bounce_threshold_reached',
    ]
      .includes(type)
  ) return 'bad';
  if (['email_opened', 'email_clicked'].includes(type)) return 'brand';
  return 'neutral';
}
