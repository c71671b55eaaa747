// Leads: addresses of campaigns, before their export and after.
import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { functionFailure, read } from './failure.ts';
import { anywhere, cut, type PageRequest, where } from './paging.ts';
import { type Enums, type Filled, supabase, type Views } from './supabase.ts';

export type LeadRow = Filled<
  Views['client_leads']['Row'],
  | 'email'
  | 'email_as_written'
  | 'business_id'
  | 'recipient'
  | 'lead_id'
  | 'first_name'
  | 'last_name'
  | 'company_name'
  | 'job_title'
  | 'website'
  | 'phone'
  | 'city'
  | 'verification'
  | 'import_id'
  | 'sent_count'
  | 'open_count'
  | 'click_count'
  | 'reply_count'
  | 'interest_status'
  | 'last_event_at'
  | 'suppressed_reason'
  | 'suppressed_at'
  | 'suppressed_note'
  | 'suppressed_entry'
  | 'suppressed_for_all'
>;

export type Verification = Enums['email_deliverability'];

export const leadStates = {
  not_exported: { label: 'Not exported', tone: 'neutral' },
  not_yet_emailed: { label: 'Not emailed yet', tone: 'brand' },
  emailed: { label: 'Emailed', tone: 'brand' },
  replied: { label: 'Replied', tone: 'good' },
  bounced: { label: 'Bounced', tone: 'bad' },
  unsubscribed: { label: 'Unsubscribed', tone: 'warm' },
  removed: { label: 'Removed', tone: 'neutral' },
} as const;

export type LeadState = keyof typeof leadStates;

export const verifications = {
  deliverable: { label: 'Deliverable', tone: 'good' },
  risky: { label: 'Risky', tone: 'warm' },
  undeliverable: { label: 'Undeliverable', tone: 'bad' },
  unknown: { label: 'Unknown', tone: 'neutral' },
  unverified: { label: 'Not verified', tone: 'neutral' },
  not_found: { label: 'No address found', tone: 'neutral' },
} as const satisfies Record<Verification, { label: string; tone: string }>;

export interface LeadFilter {
  clientId: string;
  text: string | undefined;
  campaignId: string | undefined;
  importId: string | undefined;
  verification: Verification | undefined;
  state: LeadState | undefined;
  isSuppressed: boolean | undefined;
}

/** What tells a row from every other, in this order. */
const ties = ['business_id', 'recipient', 'lead_id'];

export async function readLeads(filter: LeadFilter, page: PageRequest): Promise<LeadRow[]> {
  let request = where(supabase().from('client_leads').select('*'), {
    client_id: filter.clientId,
    campaign_id: filter.campaignId,
    import_id: filter.importId,
    verification: filter.verification,
    state: filter.state,
  });
  if (filter.isSuppressed !== undefined) request = request.is('is_suppressed', filter.isSuppressed);
  if (filter.text) {
    const pattern = `"${anywhere(filter.text.trim()).replaceAll(/[\\"]/g, String.raw`\$&`)}"`;
    request = request.or(
      ['email_as_written', 'company_name', 'first_name', 'last_name'].map((column) =>
        `${column}.ilike.${pattern}`
      ).join(','),
    );
  }
  return await read(cut(request, page, ...ties)) as LeadRow[];
}

/** A person's leads, one per campaign, the newest first. */
export const leadQuery = (clientId: string, email: string) =>
  queryOptions({
    queryKey: ['lead', clientId, email],
    queryFn: async () =>
      await read(
        supabase().from('client_leads').select('*').eq('client_id', clientId).eq('email', email)
          .order('created_at', { ascending: false }).limit(200),
      ) as LeadRow[],
  });

export const leadKey = (row: LeadRow): string => row.lead_id ?? `${row.business_id} ${row.recipient}`;

const removal = z.object({ removed: z.number(), kept: z.number() });

/** Deletes leads that were never exported. */
export async function removeBusinesses(ids: readonly string[]): Promise<z.infer<typeof removal>> {
  return removal.parse(await read(supabase().rpc('remove_businesses', { target_ids: [...ids] })));
}

/** Deletes a lead at the provider; it stays here, as removed, with its history. */
export async function removeAtProvider(row: LeadRow): Promise<void> {
  const { error } = await supabase().functions.invoke('campaign', {
    body: { action: 'remove_lead', campaign_id: row.campaign_id, lead_id: row.lead_id },
  });
  if (error) throw await functionFailure(error);
}

export interface LeadOrigin {
  import_id: string;
  row_number: number;
  file_name: string;
  created_at: string;
  /** On what grounds these people are emailed, with the note about it. */
  consent: string;
}

/** The imports that brought these businesses, the newest first. */
export const originQuery = (businessIds: readonly string[]) =>
  queryOptions({
    queryKey: ['lead', 'origin', ...businessIds],
    queryFn: async (): Promise<LeadOrigin[]> => {
      const rows = await read(
        supabase().from('import_rows')
          .select('import_id, row_number, imports(file_name, created_at, consent_source, consent_note)')
          .in('business_id', [...businessIds]).limit(50),
      );
      return rows.map(({ import_id, row_number, imports }) => ({
        import_id,
        row_number,
        file_name: imports.file_name,
        created_at: imports.created_at,
        consent: [imports.consent_source, imports.consent_note].filter(Boolean).join(': '),
      })).sort((first, second) => first.created_at < second.created_at ? 1 : -1);
    },
    enabled: businessIds.length > 0,
  });
