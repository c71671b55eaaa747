import { z } from 'zod';
import { callFunction, DatabaseError, type ServiceClient } from '../database.ts';
import { businessKey } from './business-key.ts';
import { type Coalescer, createCoalescer } from './coalescer.ts';
import { toStorable } from './storable.ts';
import type { WebhookEvent, WebhookReading } from './webhook-event.ts';

/** One event of a delivery, ready to be stored. */
export interface StoredEvent {
  key: string;
  provider_campaign_id: string | null;
  event: WebhookEvent | null;
  reason?: string;
  /** The provider's own test of the webhook: kept, and never projected. */
  is_test?: true;
  payload: unknown;
}

/** One HTTP delivery: whose it says it is, the digest of the secret that it brought, and its events. */
export interface Delivery {
  provider: string;
  connection_id: string;
  secret_digest: string;
  events: StoredEvent[];
}

/** Reads one payload: what is stored is the same whether it was delivered, replayed from a log or found in an inbox. */
export function prepareEvent(
  provider: string,
  readWebhook: (payload: unknown) => WebhookReading,
  payload: unknown,
  /** The payload as it came, or as JSON. */
  text: string,
): StoredEvent {
  const storable = toStorable(payload, text);
  const reading: WebhookReading = storable.reason === undefined
    ? readWebhook(storable.value)
    : { reason: storable.reason };
  const prepared: StoredEvent = {
    key: businessKey(provider, reading.event, storable.value),
    provider_campaign_id: reading.event?.provider_campaign_ids[0] ?? null,
    event: reading.event ?? null,
    payload: storable.value,
  };
  if (reading.reason !== undefined) prepared.reason = reading.reason;
  if (reading.isTest) prepared.is_test = true;
  return prepared;
}

const outcome = z.object({
  accepted: z.boolean(),
  received: z.number(),
  stored: z.number(),
  duplicate: z.number(),
});

export type IngestOutcome = z.infer<typeof outcome>;

/** Postgres class 22: the data itself is the problem, so one delivery must not take the others of its call with it. */
export function isDataError(error: unknown): boolean {
  return error instanceof DatabaseError && (error.sqlState.startsWith('22') || error.sqlState === '54001');
}

/** Conflicts with another writer, and connections that broke: the same call may simply run again. */
function isPassing(error: unknown): boolean {
  return error instanceof DatabaseError && ['40P01', '40001', ''].includes(error.sqlState);
}

/** What the database cannot take as JSON is kept as text, as a dead letter with the reason. */
export function asDeadLetter(event: StoredEvent): StoredEvent {
  return {
    key: event.key,
    provider_campaign_id: null,
    event: null,
    reason: 'The database cannot hold this content as JSON',
    payload: { unreadable: JSON.stringify(event.payload) },
  };
}

/**
 * Stores deliveries, many per round trip: through the API a call takes 4 ms with one delivery and 7 ms with 64 (two cores,
 * everything on one machine; `npm run bench -- ingest`). Resolves after commit.
 */
export function createIngest(database: () => ServiceClient): Coalescer<Delivery, IngestOutcome> {
  async function store(deliveries: Delivery[]): Promise<IngestOutcome[]> {
    return await callFunction(database(), 'ingest_webhook_events', { deliveries }, z.array(outcome));
  }

  async function send(deliveries: Delivery[], again = true): Promise<IngestOutcome[]> {
    try {
      return await store(deliveries);
    } catch (error) {
      if (again && isPassing(error)) return await send(deliveries, false);
      if (!isDataError(error)) throw error;
      const outcomes: IngestOutcome[] = [];
      for (const delivery of deliveries) {
        try {
          outcomes.push(...await store([delivery]));
        } catch (alone) {
          if (!isDataError(alone)) throw alone;
          outcomes.push(...await store([{ ...delivery, events: delivery.events.map(asDeadLetter) }]));
        }
      }
      return outcomes;
    }
  }

  return createCoalescer({
    send: (deliveries) => send(deliveries),
    maxItems: 200,
    maxInFlight: 3,
    worthACall: 32,
    longestWait: 20,
  });
}
