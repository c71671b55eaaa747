/** A payload ready to be stored: read, with its key, in a form that the database accepts. */
import { describeError } from '../platform/errors.ts';
import { businessKey } from './business-key.ts';
import { asUnreadable, type Storable, toStorable } from './storable.ts';
import type { WebhookEvent, WebhookReading } from './webhook-event.ts';

/** One event of a delivery, ready to be stored. */
export interface StoredEvent {
  key: string;
  provider_campaign_id: string | null;
  event: WebhookEvent | null;
  reason?: string;
  /** The provider's own test delivery: kept, never projected. */
  is_test?: true;
  payload: unknown;
}

/** Reads one payload, identically whether it was delivered, replayed from a log or found in an inbox. */
export function prepareEvent(
  provider: string,
  readWebhook: (payload: unknown) => WebhookReading,
  payload: unknown,
  /** The payload as JSON. */
  text: string,
): StoredEvent {
  return prepareStorable(provider, readWebhook, toStorable(payload, text));
}

/** The same for a payload that the database already accepts. */
export function prepareStorable(
  provider: string,
  readWebhook: (payload: unknown) => WebhookReading,
  storable: Storable,
): StoredEvent {
  const reading: WebhookReading = storable.reason === undefined
    ? readOrExplain(readWebhook, storable.value)
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

/** A payload that breaks its reader becomes a dead letter; the others of its body are still read. */
function readOrExplain(readWebhook: (payload: unknown) => WebhookReading, payload: unknown): WebhookReading {
  try {
    return readWebhook(payload);
  } catch (error) {
    const why = describeError(error);
    console.error(JSON.stringify({ message: 'A delivery could not be read', error: why }));
    return { reason: `Reading the content failed: ${why.slice(0, 300)}` };
  }
}

/** What the database refuses as JSON is kept as text, as a dead letter with the reason. */
export function asDeadLetter(event: StoredEvent): StoredEvent {
  return {
    key: event.key,
    provider_campaign_id: null,
    event: null,
    reason: 'The database cannot hold this content as JSON',
    payload: asUnreadable(event.payload),
  };
}
