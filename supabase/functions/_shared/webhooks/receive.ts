import { AppError } from '../errors.ts';
import { sha256Hex } from '../digest.ts';
import { jsonResponse, parseJson, readText, requireMethod } from '../http.ts';
import { type Delivery, type IngestOutcome, prepareEvent } from './ingest.ts';
import type { WebhookReading } from './webhook-event.ts';

/** The static header in which a provider presents the connection's secret. */
export const secretHeader = 'x-webhook-secret';

/** Larger than any delivery on record (a long reply with its thread); what is above is no delivery. */
const bodyLimit = 1024 * 1024;

const mostEvents = 1000;

const uuidAtEnd = /\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\/?$/i;

export interface ReceiverOptions {
  provider: string;
  readWebhook: (payload: unknown) => WebhookReading;
  ingest: (delivery: Delivery) => Promise<IngestOutcome>;
  /** Called after something new was stored. */
  wakeProjector: () => void;
}

function invalidSecret(): AppError {
  return new AppError(
    'INVALID_SIGNATURE',
    `The webhook secret is missing or wrong for this connection; send the current one in the header "${secretHeader}"`,
  );
}

/**
 * Receives deliveries of one provider: stores them, answers after commit, and leaves the thinking to the projector.
 * 401 wrong or missing secret, 413 too large, 400 not JSON, 5xx only when nothing could be stored.
 */
export function createWebhookReceiver(options: ReceiverOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    requireMethod(request, 'POST');
    // Unknown connection and wrong secret give the same answer, so that nobody learns which connections exist.
    const connectionId = uuidAtEnd.exec(new URL(request.url).pathname)?.[1];
    const secret = request.headers.get(secretHeader);
    if (connectionId === undefined || !secret) throw invalidSecret();

    const text = await readText(request, bodyLimit);
    const body = parseJson(text);
    const payloads: unknown[] = Array.isArray(body) ? body : [body];
    if (payloads.length > mostEvents) {
      throw new AppError(
        'PAYLOAD_TOO_LARGE',
        `The body holds more than ${mostEvents} events; send fewer at once`,
      );
    }

    const outcome = await options.ingest({
      provider: options.provider,
      connection_id: connectionId,
      secret_digest: sha256Hex(secret),
      events: payloads.map((payload) => prepareEvent(options.provider, options.readWebhook, payload, text)),
    });
    if (!outcome.accepted) throw invalidSecret();
    if (outcome.stored > 0) options.wakeProjector();
    return jsonResponse({ received: outcome.received, stored: outcome.stored, duplicate: outcome.duplicate });
  };
}
