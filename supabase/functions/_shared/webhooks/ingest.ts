import { z } from 'zod';
import { callFunction, DatabaseError, retryPassing, type ServiceClient } from '../database.ts';
import { describeError } from '../errors.ts';
import { businessKey } from './business-key.ts';
import { type Coalescer, createCoalescer } from './coalescer.ts';
import { asUnreadable, type Storable, toStorable } from './storable.ts';
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
  /** About how many characters it is as JSON. */
  size: number;
}

/** Reads one payload: what is stored is the same whether it was delivered, replayed from a log or found in an inbox. */
export function prepareEvent(
  provider: string,
  readWebhook: (payload: unknown) => WebhookReading,
  payload: unknown,
  /** The payload as JSON. */
  text: string,
): StoredEvent {
  return prepareStorable(provider, readWebhook, toStorable(payload, text));
}

/** The same for a payload that fits the database already. */
export function prepareStorable(
  provider: string,
  readWebhook: (payload: unknown) => WebhookReading,
  storable: Storable,
): StoredEvent {
  const reading: WebhookReading = storable.reason === undefined
    ? readOrSayWhy(readWebhook, storable.value)
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

/** A payload that breaks its reader is a dead letter, and the others of its body are read. */
function readOrSayWhy(readWebhook: (payload: unknown) => WebhookReading, payload: unknown): WebhookReading {
  try {
    return readWebhook(payload);
  } catch (error) {
    const why = describeError(error);
    console.error(JSON.stringify({ message: 'A delivery could not be read', error: why }));
    return { reason: `Reading the content failed: ${why.slice(0, 300)}` };
  }
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

/** What the database cannot take as JSON is kept as text, as a dead letter with the reason. */
export function asDeadLetter(event: StoredEvent): StoredEvent {
  return {
    key: event.key,
    provider_campaign_id: null,
    event: null,
    reason: 'The database cannot hold this content as JSON',
    payload: asUnreadable(event.payload, '').value,
  };
}

/** A call that was too large: what it held may fit when it is taken apart. */
function isTooLarge(error: unknown): boolean {
  return error instanceof DatabaseError && (error.httpStatus === 413 || error.sqlState.startsWith('54'));
}

/** One call holds about so many characters of JSON; only a single delivery may be larger. */
const mostPerCall = 2 * 1024 * 1024;

/**
 * Stores deliveries, many per round trip: through the API a call takes 4 ms with one delivery and 7 ms with 64 (two cores,
 * everything on one machine; `npm run bench -- ingest`). Resolves after commit.
 */
export function createIngest(database: () => ServiceClient): Coalescer<Delivery, IngestOutcome> {
  async function store(deliveries: Delivery[]): Promise<IngestOutcome[]> {
    const stripped = deliveries.map(({ size: _, ...delivery }) => delivery);
    return await retryPassing(() =>
      callFunction(database(), 'ingest_webhook_events', { deliveries: stripped }, z.array(outcome))
    );
  }

  async function send(deliveries: Delivery[]): Promise<IngestOutcome[]> {
    try {
      return await store(deliveries);
    } catch (error) {
      if (isTooLarge(error) || isDataError(error)) return await sendInParts(deliveries, error);
      throw error;
    }
  }

  /** Halves a call that was refused until what is refused stands alone: it must not take the others with it. */
  async function sendInParts(deliveries: Delivery[], error: unknown): Promise<IngestOutcome[]> {
    if (deliveries.length > 1) {
      const middle = Math.ceil(deliveries.length / 2);
      return [...await send(deliveries.slice(0, middle)), ...await send(deliveries.slice(middle))];
    }
    return await Promise.all(deliveries.map((delivery) => sendEvents(delivery, error)));
  }

  async function sendEvents(delivery: Delivery, error: unknown): Promise<IngestOutcome> {
    const { events } = delivery;
    const [first] = events;
    if (first === undefined) throw error;
    if (events.length === 1) {
      const [stored] = await store([{ ...delivery, events: [asDeadLetter(first)] }]);
      if (stored === undefined) throw error;
      return stored;
    }
    const middle = Math.ceil(events.length / 2);
    const outcomes = [
      ...await send([{ ...delivery, events: events.slice(0, middle) }]),
      ...await send([{ ...delivery, events: events.slice(middle) }]),
    ];
    return {
      accepted: outcomes.every((one) => one.accepted),
      received: sum(outcomes.map((one) => one.received)),
      stored: sum(outcomes.map((one) => one.stored)),
      duplicate: sum(outcomes.map((one) => one.duplicate)),
    };
  }

  return createCoalescer({
    send: (deliveries) => send(deliveries),
    maxItems: 200,
    sizeOf: (delivery) => delivery.size,
    maxSize: mostPerCall,
    maxInFlight: 3,
    worthACall: 32,
    longestWait: 20,
  });
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
