// Meetings that came of the replies, and what they brought.
import { queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { anywhere, cut, type PageRequest } from './paging.ts';
import { type Enums, type Filled, supabase, type Views } from './supabase.ts';

export type MeetingStatus = Enums['meeting_status'];

export const meetingStatuses = {
  booked: { label: 'Booked', tone: 'brand' },
  held: { label: 'Held', tone: 'good' },
  no_show: { label: 'No-show', tone: 'warm' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
  won: { label: 'Won', tone: 'good' },
  lost: { label: 'Lost', tone: 'bad' },
} as const satisfies Record<MeetingStatus, { label: string; tone: string }>;

export const meetingSources: Record<Enums['meeting_source'], string> = {
  provider: 'Label',
  person: 'By hand',
  crm: 'CRM',
};

export type MeetingRow = Filled<
  Views['client_meetings']['Row'],
  | 'first_name'
  | 'last_name'
  | 'company_name'
  | 'held_at'
  | 'won_at'
  | 'occurs_at'
  | 'value'
  | 'note'
  | 'step'
  | 'variant'
>;

export interface MeetingFilter {
  clientId: string | undefined;
  text: string | undefined;
  status: MeetingStatus | undefined;
}

export async function readMeetings(filter: MeetingFilter, page: PageRequest): Promise<MeetingRow[]> {
  let request = supabase().from('client_meetings').select('*');
  if (filter.clientId) request = request.eq('client_id', filter.clientId);
  if (filter.text) request = request.ilike('email', anywhere(filter.text));
  if (filter.status) request = request.eq('status', filter.status);
  return await read(cut(request, page, 'meeting_id')) as MeetingRow[];
}

/** Of one person, the newest first. */
export const leadMeetingsQuery = (leadIds: readonly string[]) =>
  queryOptions({
    queryKey: ['meetings', ...leadIds],
    queryFn: async () =>
      await read(
        supabase().from('client_meetings').select('*').in('lead_id', leadIds)
          .order('booked_at', { ascending: false }).limit(50),
      ) as MeetingRow[],
  });

export type PipelineRow = Filled<
  Views['client_pipeline']['Row'],
  'campaign_id' | 'booked_rate' | 'held_rate' | 'won_rate' | 'cost' | 'cost_per_meeting_held' | 'cost_per_won'
>;

export const pipelineCuts = {
  campaign: 'Campaign',
  industry: 'Industry',
  job_title: 'Job title',
  company_size: 'Company size',
} as const;
export type PipelineCut = keyof typeof pipelineCuts;

export const maxPipelineRows = 200;

/** The whole of a client or a campaign. */
export const pipelineQuery = (clientId: string, campaignId?: string) =>
  queryOptions({
    queryKey: ['pipeline', clientId, campaignId],
    queryFn: async () => {
      const request = supabase().from('client_pipeline').select('*').eq('client_id', clientId);
      return await read(
        campaignId
          ? request.eq('dimension', 'campaign').eq('campaign_id', campaignId)
          : request.eq('dimension', 'client'),
      ) as PipelineRow[];
    },
    staleTime: 60_000,
  });

/** By campaign or segment, the most meetings first. */
export const pipelineCutQuery = (clientId: string, by: PipelineCut) =>
  queryOptions({
    queryKey: ['pipeline', clientId, 'by', by],
    queryFn: async () =>
      await read(
        supabase().from('client_pipeline').select('*').eq('client_id', clientId).eq('dimension', by)
          .order('booked', { ascending: false }).order('positive', { ascending: false }).order('segment')
          .limit(maxPipelineRows),
      ) as PipelineRow[],
    staleTime: 60_000,
  });

export interface MeetingChange {
  leadId: string;
  /** Undefined: a new one. */
  meetingId: string | undefined;
  status: MeetingStatus;
  /** Since when it is so; undefined = now. */
  since: string | undefined;
  occursAt: string | undefined;
  value: number | undefined;
  note: string;
}

export async function recordMeeting(change: MeetingChange): Promise<void> {
  const note = change.note.trim();
  const cleared = [
    change.occursAt === undefined ? 'occurs_at' : '',
    change.value === undefined ? 'value' : '',
    note === '' ? 'note' : '',
  ].filter(Boolean);
  await read(
    supabase().rpc('record_meeting', {
      target_lead_id: change.leadId,
      new_status: change.status,
      ...(change.meetingId ? { target_meeting_id: change.meetingId } : { is_another: true }),
      ...(change.since ? { happened_at: change.since } : {}),
      ...(change.occursAt ? { occurs_at: change.occursAt } : {}),
      ...(change.value === undefined ? {} : { deal_value: change.value }),
      ...(note === '' ? {} : { note }),
      cleared,
    }),
  );
}

export async function removeMeeting(meetingId: string): Promise<void> {
  await read(supabase().rpc('remove_meeting', { target_meeting_id: meetingId }));
}
