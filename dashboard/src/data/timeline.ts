// Everything that happened with a person.
import { queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { type Filled, supabase, type Views } from './supabase.ts';

export type TimelineRow = Filled<
  Views['lead_timeline']['Row'],
  | 'provider'
  | 'label'
  | 'step'
  | 'variant'
  | 'email_account'
  | 'message_id'
  | 'subject'
  | 'snippet'
  | 'written_by'
  | 'answered_in'
>;

/** Far more than a cold campaign makes of one person. */
export const maxTimelineEntries = 500;

/** Everything that happened with a person (an address within a client), newest first. */
export const timelineQuery = (clientId: string, email: string) =>
  queryOptions({
    queryKey: ['timeline', clientId, email],
    queryFn: async () =>
      await read(
        supabase().from('lead_timeline').select('*').eq('client_id', clientId).eq('email', email)
          .order('position', { ascending: false }).limit(maxTimelineEntries),
      ) as TimelineRow[],
  });
