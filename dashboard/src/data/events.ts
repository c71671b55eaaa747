import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { longestAnswer } from './paging.ts';
import type { Period } from './range.ts';
import { type Enums, supabase } from './supabase.ts';

export type EventType = Enums['email_event_type'];

export const eventPageSize = 100;

/** Where a page ends: the next one starts below it. As fast on the last page as on the first. */
export interface EventPosition {
  occurred_at: string;
  id: number;
}

export interface EventFilter {
  campaignId: string;
  type: EventType | undefined;
  /** A part of the lead's address. */
  lead: string | undefined;
  period: Period | null;
}

export interface EventQuestion extends EventFilter {
  below: EventPosition | undefined;
}

const columns =
  'id, occurred_at, received_at, type, label, email, email_account, step, variant, lead_id, is_inferred';

export const eventsQuery = (question: EventQuestion) =>
  queryOptions({
    queryKey: ['events', question],
    queryFn: async () => {
      const leads = question.lead
        ? await findLeads(question.campaignId, question.lead, undefined)
        : undefined;
      // One more than is shown tells whether there is a next page.
      const rows = await readEvents(question, leads, question.below, eventPageSize + 1);
      return {
        rows: rows.slice(0, eventPageSize),
        hasMore: rows.length > eventPageSize,
        leads: leads?.length,
      };
    },
    placeholderData: keepPreviousData,
    // Only the newest page moves.
    refetchInterval: question.below ? false : 15_000,
  });

async function readEvents(
  { campaignId, type, period }: EventFilter,
  leads: readonly string[] | undefined,
  below: EventPosition | undefined,
  size: number,
) {
  let request = supabase().from('email_events').select(columns).eq('campaign_id', campaignId);
  if (type) request = request.eq('type', type);
  if (leads) request = request.in('lead_id', [...leads]);
  if (period) {
    request = request.gte('occurred_at', `${period.from}T00:00:00Z`)
      .lte('occurred_at', `${period.to}T23:59:59.999999Z`);
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
  for await (const leads of filter.lead ? everyLead(filter.campaignId, filter.lead) : [undefined]) {
    let below: EventPosition | undefined;
    for (;;) {
      const rows: EventRow[] = await readEvents(filter, leads, below, longestAnswer);
      if (rows.length === 0) break;
      yield rows;
      below = rows.at(-1);
    }
  }
}

async function* everyLead(campaignId: string, part: string): AsyncGenerator<string[]> {
  let after: string | undefined;
  for (;;) {
    const ids: string[] = await findLeads(campaignId, part, after);
    if (ids.length === 0) return;
    yield ids;
    after = ids.at(-1);
  }
}

/** An address holds no month, and events are kept by month: the leads are found first, and their events by them. */
async function findLeads(campaignId: string, part: string, after: string | undefined): Promise<string[]> {
  let request = supabase().from('synced_leads').select('id').eq('campaign_id', campaignId)
    .ilike('email', `%${literal(part)}%`);
  if (after) request = request.gt('id', after);
  const rows = await read(request.order('id').limit(mostLeads));
  return rows.map((row) => row.id);
}

export const mostLeads = 100;

/** The text itself, without a meaning for `like`. */
export const literal = (text: string): string => text.trim().replaceAll(/[\\%_*]/g, '\\$&');

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
  lead_no_show: 'Did not show up',
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
  untracked_reply: 'Mail from outside',
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
