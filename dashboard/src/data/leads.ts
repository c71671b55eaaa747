// Leads: addresses of campaigns, before their export and after.
import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { functionFailure, read } from './failure.ts';
import { listPageSize, maxRows, readBelow, toPage } from './paging.ts';
import { type Enums, type Functions, supabase } from './supabase.ts';

/** The nulls that the generator does not know of. */
type Nullable =
  | 'business_id'
  | 'recipient'
  | 'lead_id'
  | 'import_id'
  | 'email'
  | 'email_as_written'
  | 'first_name'
  | 'last_name'
  | 'company_name'
  | 'job_title'
  | 'website'
  | 'phone'
  | 'city'
  | 'verification'
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
  | 'suppressed_for_all';

type Listed = Functions['list_leads']['Returns'][number];
export type LeadRow = {
  [Column in keyof Listed]: Column extends Nullable ? Listed[Column] | null : Listed[Column];
};

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

/** Where a page ends: the next one is below it. */
export type LeadPosition = Pick<LeadRow, 'created_at' | 'key'>;

export async function readLeads(
  filter: LeadFilter,
  below: LeadPosition | undefined,
  rows: number,
): Promise<LeadRow[]> {
  return await read(
    supabase().rpc('list_leads', {
      target_client_id: filter.clientId,
      page_size: rows,
      ...given({
        search: filter.text,
        target_campaign_id: filter.campaignId,
        target_import_id: filter.importId,
        with_verification: filter.verification,
        with_state: filter.state,
        with_suppressed: filter.isSuppressed,
        older_than: below?.created_at,
        below_key: below?.key,
      }),
    }),
  );
}

/** A page of the list, newest first. */
export const leadsQuery = (filter: LeadFilter, below: LeadPosition | undefined) =>
  queryOptions({
    queryKey: ['leads', filter, below],
    queryFn: async () => toPage(await readLeads(filter, below, listPageSize + 1), listPageSize),
  });

/** All of them, for a file. */
export const readAllLeads = (filter: LeadFilter): AsyncGenerator<LeadRow[]> =>
  readBelow<LeadRow>((last) => readLeads(filter, last, maxRows));

/** Names of the custom variables that the leads of such a list have. */
export const leadVariablesQuery = (
  { clientId, campaignId, importId }: Pick<LeadFilter, 'clientId' | 'campaignId' | 'importId'>,
) =>
  queryOptions({
    queryKey: ['leads', 'variables', clientId, campaignId, importId],
    queryFn: async (): Promise<string[]> => {
      const rows = await read(
        supabase().rpc('list_lead_variables', {
          target_client_id: clientId,
          ...given({ target_campaign_id: campaignId, target_import_id: importId }),
        }),
      );
      return rows.map(({ name }) => name);
    },
    staleTime: 60_000,
  });

/** A custom variable of a lead; its name is a stranger's word, so only what the lead itself has counts. */
export function variableValue({ custom_variables: all }: LeadRow, name: string): string | null {
  if (all === null || typeof all !== 'object' || Array.isArray(all) || !Object.hasOwn(all, name)) return null;
  const value = all[name];
  return value === null || value === undefined
    ? null
    : typeof value === 'object'
    ? JSON.stringify(value)
    : String(value);
}

/** A person's leads, one per campaign, the newest first. */
export const leadQuery = (clientId: string, email: string) =>
  queryOptions({
    queryKey: ['lead', clientId, email],
    queryFn: async (): Promise<LeadRow[]> =>
      await read(supabase().rpc('list_leads', { target_client_id: clientId, target_email: email })),
  });

/** Without what is undefined: a parameter that is not sent has its default. */
const given = <Parameters extends object>(parameters: Parameters) =>
  Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Parameters]?: Exclude<Parameters[Name], undefined>;
  };

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
