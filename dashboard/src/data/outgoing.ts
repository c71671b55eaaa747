// Endpoints to which events are posted, and what was sent to them. Operators only; the function outgoing checks.
import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { functionFailure, read } from './failure.ts';
import { cut, type PageRequest, readList, where } from './paging.ts';
import { type Enums, type Filled, supabase, type Tables, type Views } from './supabase.ts';

export type Endpoint = Tables['outgoing_endpoints']['Row'];
export type EventType = Exclude<Enums['outgoing_event_type'], 'test'>;
export type Format = Enums['endpoint_format'];

export type DeliveryRow = Filled<
  Views['outgoing_log']['Row'],
  | 'client_id'
  | 'client_name'
  | 'last_attempt_at'
  | 'next_attempt_at'
  | 'duration_ms'
  | 'last_status'
  | 'last_answer'
  | 'last_error'
  | 'delivered_at'
>;

export const eventNames: Record<EventType, string> = {
  'reply.positive': 'Positive reply',
  'meeting.booked': 'Meeting booked',
  'meeting.held': 'Meeting held',
  'meeting.won': 'Deal won',
  'reply.verdict': 'Verdict on a reply',
  'lead.unsubscribed': 'Unsubscribed',
  'email.bounced': 'Bounce',
  'approval.requested': 'Approval requested',
  'approval.answered': 'Approval answered',
  'export.finished': 'Export finished',
  'goal.behind': 'Behind the goal',
  'mailbox.disconnected': 'Mailbox disconnected',
  'domain.unhealthy': 'Sending domain unhealthy',
  'campaign.bounce_rate_high': 'Bounce rate too high',
  'connection.unhealthy': 'Connection unhealthy',
};

export const deliveryStates = {
  waiting: { label: 'Waiting', tone: 'brand' },
  delivered: { label: 'Delivered', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
} as const satisfies Record<DeliveryRow['state'], { label: string; tone: string }>;

export const eventTypes = Object.keys(eventNames) as EventType[];

/** The agency's own business: no client gets these. */
export const agencyEvents: readonly EventType[] = ['goal.behind', 'connection.unhealthy', 'domain.unhealthy'];

export const eventName = (type: Enums['outgoing_event_type']): string =>
  type === 'test' ? 'Test' : eventNames[type];

export const formatNames: Record<Format, string> = {
  json: 'JSON (CRM, Zapier, Make, n8n)',
  slack: 'Slack',
  teams: 'Microsoft Teams',
};

export const endpointsQuery = queryOptions({
  queryKey: ['outgoing-endpoints'],
  queryFn: () =>
    readList(
      async (page) => await read(cut(supabase().from('outgoing_endpoints').select('*'), page, 'id')),
      { id: 'name', desc: false },
    ),
});

export interface DeliveryFilter {
  endpointId: string | undefined;
  clientId: string | undefined;
  state: string | undefined;
}

export async function readDeliveries(filter: DeliveryFilter, page: PageRequest): Promise<DeliveryRow[]> {
  const request = where(supabase().from('outgoing_log').select('*'), {
    endpoint_id: filter.endpointId,
    client_id: filter.clientId,
    state: filter.state,
  });
  return await read(cut(request, page, 'event_id', 'endpoint_id')) as DeliveryRow[];
}

const saved = z.object({
  endpoint: z.looseObject({ id: z.string() }),
  secret: z.optional(z.nullable(z.string())),
});
const tested = z.object({
  delivered: z.boolean(),
  status: z.nullable(z.number()),
  answer: z.nullable(z.string()),
  error: z.nullable(z.string()),
  duration_ms: z.number(),
});
const replayed = z.object({ replayed: z.number() });

export type Tested = z.infer<typeof tested>;

export interface EndpointInput {
  name: string;
  url: string;
  format: Format;
  events: EventType[];
}

/** The secret, which is shown this once; null for a chat. */
export async function addEndpoint(
  input: EndpointInput & { clientId: string | null },
): Promise<string | null> {
  const { clientId, ...rest } = input;
  return saved.parse(await invoke({ action: 'add', client_id: clientId, ...rest })).secret ?? null;
}

export const changeEndpoint = async (id: string, input: EndpointInput): Promise<void> =>
  void await invoke({ action: 'change', endpoint_id: id, ...input });

export const rotateSecret = async (id: string): Promise<string | null> =>
  saved.parse(await invoke({ action: 'rotate_secret', endpoint_id: id })).secret ?? null;

export const switchEndpoint = async (id: string, on: boolean): Promise<void> =>
  void await invoke({ action: 'switch', endpoint_id: id, on });

export const removeEndpoint = async (id: string): Promise<void> =>
  void await invoke({ action: 'remove', endpoint_id: id });

export const testEndpoint = async (id: string): Promise<Tested> =>
  tested.parse(await invoke({ action: 'test', endpoint_id: id }));

export const replayDelivery = async (row: Pick<DeliveryRow, 'endpoint_id' | 'event_id'>): Promise<number> =>
  replayed.parse(await invoke({ action: 'replay', endpoint_id: row.endpoint_id, event_id: row.event_id }))
    .replayed;

export const replayFailed = async (id: string, since: Date): Promise<number> =>
  replayed.parse(await invoke({ action: 'replay_failed', endpoint_id: id, since: since.toISOString() }))
    .replayed;

async function invoke(body: Record<string, unknown>): Promise<unknown> {
  const { data, error } = await supabase().functions.invoke<unknown>('outgoing', { body });
  if (error) throw await functionFailure(error);
  return data;
}
