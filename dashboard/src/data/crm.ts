// CRM accounts, what was pushed to them, and where a lead is there. Operators only; the function crm checks.
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import {
  type CrmEvent,
  crmEvents,
  type CrmField,
  type StageStatus,
  stageStatuses,
} from '../../../supabase/functions/_shared/crm/choices.ts';
import { describeFailure, functionFailure, read, toFailure } from './failure.ts';
import { cut, type PageRequest, readList, where } from './paging.ts';
import { type Enums, type Filled, supabase, type Tables, type Views } from './supabase.ts';

const stages = z.array(
  z.object({ id: z.string(), name: z.string(), status: z.nullable(z.enum(stageStatuses)) }),
);
const mapping = z.record(z.string(), z.string());

export type SavedStage = z.infer<typeof stages>[number];

type Row = Tables['crm_connections']['Row'];
export type CrmConnection = Omit<Row, 'events' | 'mapping' | 'stages'> & {
  events: CrmEvent[];
  mapping: Partial<Record<CrmField, string>>;
  stages: SavedStage[];
};

const toConnection = (row: Row): CrmConnection => ({
  ...row,
  events: row.events.filter((event) => crmEvents.includes(event as CrmEvent)) as CrmEvent[],
  mapping: mapping.parse(row.mapping) as CrmConnection['mapping'],
  stages: stages.parse(row.stages),
});

export const crmConnectionsQuery = queryOptions({
  queryKey: ['crm', 'connections'],
  queryFn: async () => {
    const rows = await readList(
      async (page) => await read(cut(supabase().from('crm_connections').select('*'), page, 'id')),
      { id: 'created_at', desc: false },
    );
    return rows.map(toConnection);
  },
  // It pushes and reads while the page is open.
  refetchInterval: 15_000,
});

/** How much waits, and how much was given up, in the last 30 days. */
export const crmCountsQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ['crm', 'counts', connectionId],
    queryFn: async () => {
      const count = async (state: Enums['outgoing_state']) => {
        const request = supabase().from('crm_log').select('push_id', { count: 'exact', head: true })
          .eq('connection_id', connectionId).eq('state', state);
        const answer = await request;
        await read(Promise.resolve(answer));
        return answer.count ?? 0;
      };
      const [waiting, failed] = await Promise.all([count('waiting'), count('failed')]);
      return { waiting, failed };
    },
    refetchInterval: 15_000,
  });

export type PushRow = Filled<
  Views['crm_log']['Row'],
  | 'last_attempt_at'
  | 'next_attempt_at'
  | 'duration_ms'
  | 'last_status'
  | 'last_answer'
  | 'last_error'
  | 'note'
  | 'sent'
  | 'delivered_at'
>;

export interface PushFilter {
  clientId: string | undefined;
  connectionId: string | undefined;
  state: string | undefined;
}

export async function readPushes(filter: PushFilter, page: PageRequest): Promise<PushRow[]> {
  const request = where(supabase().from('crm_log').select('*'), {
    client_id: filter.clientId,
    connection_id: filter.connectionId,
    state: filter.state,
  });
  return await read(cut(request, page, 'push_id')) as PushRow[];
}

/** After a push was asked for: the log and the counts are read again. */
export const refreshPushes = (client: QueryClient): Promise<unknown> =>
  Promise.all([
    client.invalidateQueries({ queryKey: ['list', 'crm-log'] }),
    client.invalidateQueries({ queryKey: ['crm'] }),
  ]);

export type CrmLead = Filled<
  Views['crm_leads']['Row'],
  | 'switched_off_at'
  | 'contact_id'
  | 'deal_id'
  | 'stage_id'
  | 'stage_name'
  | 'stage_at'
  | 'amount'
  | 'currency'
  | 'reported_status'
  | 'deal_gone_at'
  | 'last_state'
  | 'last_error'
  | 'last_note'
  | 'last_wanted_at'
  | 'pushed_at'
>;

/** Where leads are in the CRM of their client; nothing without one. */
export const crmLeadsQuery = (leadIds: readonly string[]) =>
  queryOptions({
    queryKey: ['crm', 'leads', leadIds],
    queryFn: async () =>
      leadIds.length === 0
        ? []
        : await read(supabase().from('crm_leads').select('*').in('lead_id', leadIds)) as CrmLead[],
    // One that is on its way is there in a moment.
    refetchInterval: ({ state }) => state.data?.some((row) => row.last_state === 'waiting') ? 2_000 : false,
  });

/** Pages of HubSpot's app; the numbers are its own for contacts and deals. */
export const contactAddress = (of: Pick<CrmLead, 'account_host' | 'account_id'>, id: string): string =>
  `https://${of.account_host}/contacts/${of.account_id}/record/0-1/${encodeURIComponent(id)}`;
export const dealAddress = (of: Pick<CrmLead, 'account_host' | 'account_id'>, id: string): string =>
  `https://${of.account_host}/contacts/${of.account_id}/record/0-3/${encodeURIComponent(id)}`;

const offer = z.object({
  account: z.object({
    id: z.string(),
    host: z.string(),
    currency: z.nullable(z.string()),
    missingScopes: z.nullable(z.array(z.string())),
  }),
  pipelines: z.array(z.object({
    id: z.string(),
    name: z.string(),
    stages,
  })),
  properties: z.array(z.object({ name: z.string(), label: z.string(), kind: z.enum(['text', 'flag']) })),
});
/** What an account has to choose from. */
export type Offer = z.infer<typeof offer>;
export type Pipeline = Offer['pipelines'][number];

export interface CrmSettings {
  events: CrmEvent[];
  pipeline_id: string;
  lead_stage_id: string;
  meeting_stage_id: string | null;
  unsubscribed_property: string | null;
  mapping: Partial<Record<CrmField, string>>;
  statuses: Record<string, StageStatus>;
}

export const lookWithToken = async (token: string): Promise<Offer> =>
  offer.parse(await invoke({ action: 'look', token }));

export const offerQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ['crm', 'offer', connectionId],
    queryFn: async () => offer.parse(await invoke({ action: 'look_again', connection_id: connectionId })),
    // Somebody who comes back may have added a property meanwhile.
    gcTime: 0,
    retry: false,
  });

export const connectCrm = async (
  clientId: string | null,
  token: string,
  settings: CrmSettings,
): Promise<void> => void await invoke({ action: 'connect', client_id: clientId, token, ...settings });

export const changeCrm = async (id: string, settings: CrmSettings, token?: string): Promise<void> =>
  void await invoke({ action: 'change', connection_id: id, ...settings, ...(token ? { token } : {}) });

export const switchCrm = async (id: string, on: boolean): Promise<void> =>
  void await invoke({ action: 'switch', connection_id: id, on });

export const disconnectCrm = async (id: string): Promise<void> =>
  void await invoke({ action: 'disconnect', connection_id: id });

export const pushLead = async (leadId: string): Promise<void> =>
  void await invoke({ action: 'push', lead_id: leadId });

const retried = z.object({ retried: z.number() });

export const retryPush = async (row: Pick<PushRow, 'connection_id' | 'push_id'>): Promise<number> =>
  retried.parse(await invoke({ action: 'retry', connection_id: row.connection_id, push_id: row.push_id }))
    .retried;

export const retryFailed = async (id: string, since: Date): Promise<number> =>
  retried.parse(await invoke({ action: 'retry_failed', connection_id: id, since: since.toISOString() }))
    .retried;

async function invoke(body: Record<string, unknown>): Promise<unknown> {
  const { data, error } = await supabase().functions.invoke<unknown>('crm', { body });
  if (error) throw await functionFailure(error);
  return data;
}

/** Why HubSpot did not do it, in its own words where there are any. */
export function describeCrmFailure(error: unknown): { title: string; advice: string; code: string } {
  const failure = toFailure(error);
  if (failure.code === 'API_UNAVAILABLE') {
    return {
      code: failure.code,
      title: failure.message,
      advice: 'Nothing was changed. Wait a minute and try again.',
    };
  }
  if (failure.code === 'VALIDATION_FAILED') {
    return { code: failure.code, title: failure.message, advice: 'Nothing was saved.' };
  }
  return describeFailure(error);
}
