// What a campaign is made of before it is exported, and what is done to it afterwards.
import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { functionFailure, read } from './failure.ts';
import { type LeadRow, readLeads } from './leads.ts';
import { supabase, type Tables } from './supabase.ts';

export interface Mail {
  subject: string;
  body: string;
}

export interface Step extends Mail {
  delay_days: number;
  variants?: Mail[];
}

export type Sequence = Step[];

const mailSchema = z.object({ subject: z.string(), body: z.string() });
const sequenceSchema = z.array(z.object({
  delay_days: z._default(z.number(), 0),
  subject: z.string(),
  body: z.string(),
  variants: z.optional(z.array(mailSchema)),
}));

/** A stored sequence; null = the default one, or one of an unknown shape. */
export function readSequence(stored: unknown): Sequence | null {
  const parsed = sequenceSchema.safeParse(stored);
  return parsed.success
    ? parsed.data.map(({ variants, ...own }) => ({ ...own, ...(variants ? { variants } : {}) }))
    : null;
}

export type Country = 'NL' | 'DE' | 'BE' | 'UK' | 'US';
export const countries: Record<Country, string> = {
  NL: 'Netherlands',
  DE: 'Germany',
  BE: 'Belgium',
  UK: 'United Kingdom',
  US: 'United States',
};

type CampaignTable = Tables['campaigns']['Row'];

/** The settings that people change, under the names of the columns. */
export type CampaignSettings =
  & Pick<
    CampaignTable,
    | 'name'
    | 'time_zone'
    | 'sending_days'
    | 'sending_from'
    | 'sending_to'
    | 'daily_limit'
    | 'start_on'
    | 'end_on'
    | 'holiday_countries'
    | 'sending_accounts'
    | 'sending_account_tags'
    | 'footer'
    | 'unsubscribe_header'
    | 'unsubscribe_text'
    | 'stop_on_reply'
    | 'stop_for_company'
    | 'track_opens'
    | 'track_clicks'
    | 'plain_text'
  >
  & { sequence: Sequence | null };

export type SetupRow =
  & CampaignSettings
  & Pick<CampaignTable, 'id' | 'client_id' | 'connection_id' | 'provider' | 'provider_status'>;

export const setupQuery = (campaignId: string) =>
  queryOptions({
    queryKey: ['campaign-setup', campaignId],
    queryFn: async (): Promise<SetupRow> => {
      const row = await read(supabase().from('campaigns').select('*').eq('id', campaignId).single());
      return {
        ...row,
        sending_from: row.sending_from.slice(0, 5),
        sending_to: row.sending_to.slice(0, 5),
        sequence: readSequence(row.sequence),
      };
    },
    // Somebody types into what it filled.
    refetchInterval: false,
    refetchOnWindowFocus: false,
  });

const made = z.object({ campaign_id: z.string(), name: z.string() });

export async function createCampaign(input: {
  clientId: string;
  connectionId: string;
  name: string;
  settings: Partial<CampaignSettings>;
}): Promise<string> {
  const answer = await read(
    supabase().rpc('create_campaign', {
      target_client_id: input.clientId,
      target_connection_id: input.connectionId,
      name: input.name,
      settings: JSON.parse(JSON.stringify(input.settings)),
    }),
  );
  return made.parse(answer).campaign_id;
}

export async function changeCampaign(campaignId: string, settings: Partial<CampaignSettings>): Promise<void> {
  await read(
    supabase().rpc('change_campaign', {
      target_campaign_id: campaignId,
      settings: JSON.parse(JSON.stringify(settings)),
    }),
  );
}

export const duplicateCampaign = async (campaignId: string): Promise<string> =>
  made.parse(await read(supabase().rpc('duplicate_campaign', { target_campaign_id: campaignId })))
    .campaign_id;

export async function deleteCampaign(campaignId: string): Promise<void> {
  await read(supabase().rpc('delete_campaign', { target_campaign_id: campaignId }));
}

/** How many leads a preview offers. */
const offeredLeads = 25;

/**
 * Leads to preview an email with: only such as an export sends to, so that no mail is approved that is never sent.
 * The rule is that of `private.plan_export`; LinkedIn contacts, which have a name of their own, are not offered.
 */
export const sampleLeadsQuery = (campaignId: string, clientId: string) =>
  queryOptions({
    queryKey: ['sample-leads', campaignId],
    queryFn: async () => {
      const listed = await readLeads(
        {
          clientId,
          campaignId,
          verification: 'deliverable',
          isSuppressed: false,
          text: undefined,
          importId: undefined,
          state: undefined,
        },
        undefined,
        2 * offeredLeads,
      );
      const ids = writableBusinesses(listed).slice(0, offeredLeads);
      if (ids.length === 0) return [];
      return await read(
        supabase().from('businesses').select('*').in('id', ids).order('created_at').order('id'),
      );
    },
    staleTime: 60_000,
    refetchInterval: false,
  });

/** What the list cannot ask for: addresses that both providers take, each once. */
export function writableBusinesses(
  leads: readonly Pick<LeadRow, 'business_id' | 'recipient' | 'email' | 'state'>[],
): string[] {
  const byAddress = new Map<string, string>();
  for (const { business_id, recipient, email, state } of leads) {
    // deno-lint-ignore no-control-regex
    if (email === null || !/^[\u0001-\u007f]+$/.test(email) || state === 'removed') continue;
    if (business_id !== null && recipient === 'business') byAddress.set(email, business_id);
  }
  return [...byAddress.values()];
}

export type SampleLead = Tables['businesses']['Row'];

/** Mailboxes of a workspace with their last 30 days. */
export const mailboxesQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ['campaign-mailboxes', connectionId],
    queryFn: async () =>
      await read(
        supabase().from('email_account_health').select(
          'account_id, email, status, status_reason, daily_limit, sent_today, bounce_rate, is_bouncing, warmup_score, tags',
        ).eq('connection_id', connectionId).order('email').limit(500),
      ),
    staleTime: 60_000,
    // The first sync of a new connection finds them while its first campaign is written.
    refetchInterval: (query) => query.state.data?.length === 0 ? 5_000 : 60_000,
  });

export const holidaysQuery = (chosen: readonly string[], from: string, to: string) =>
  queryOptions({
    queryKey: ['holidays', [...chosen].sort(), from, to],
    queryFn: async () =>
      await read(
        supabase().rpc('holidays_between', { countries: [...chosen], from_day: from, to_day: to }),
      ),
    enabled: chosen.length > 0,
    staleTime: Infinity,
    refetchInterval: false,
  });

const acted = z.object({ campaign_id: z.string(), status: z.enum(['paused', 'active']) });
const linked = z.object({ link: z.string() });
const why = z.object({
  is_sending: z.boolean(),
  reasons: z.array(z.object({ code: z.string(), message: z.string() })),
  since: z.nullable(z.string()),
  last_sent_at: z.nullable(z.string()),
  asked_provider: z.boolean(),
});

async function act(body: Record<string, unknown>): Promise<unknown> {
  const { data, error } = await supabase().functions.invoke<unknown>('campaign', { body });
  if (error) throw await functionFailure(error);
  return data;
}

export const pauseOrResume = async (campaignId: string, action: 'pause' | 'resume') =>
  acted.parse(await act({ action, campaign_id: campaignId })).status;

export const campaignLink = async (campaignId: string): Promise<string> =>
  linked.parse(await act({ action: 'link', campaign_id: campaignId })).link;

export const whyQuery = (campaignId: string) =>
  queryOptions({
    queryKey: ['why-not-sending', campaignId],
    queryFn: async () => why.parse(await act({ action: 'why', campaign_id: campaignId })),
    staleTime: 0,
    gcTime: 0,
    refetchInterval: false,
    retry: false,
  });
