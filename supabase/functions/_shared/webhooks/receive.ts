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

/** How a provider shows that a delivery is its own. */
export interface DeliveryProof {
  /** The secret that came beside the body. */
  fromRequest: (request: Request) => string | null;
  /** The secret in the body, for a request that brought none beside it. */
  fromBody?: (body: unknown) => string | null;
  /** Looks at the signature, where there is one and its key is known; false refuses the delivery. */
  verifySignature?: (request: Request, text: string, connectionId: string) => Promise<boolean>;
  /** Where the sender has to put the secret, for the answer to one who did not. */
  place: string;
}

export interface ReceiverOptions {
  provider: string;
  /** @default the header x-webhook-secret */
  proof?: DeliveryProof;
  /** Takes out of a payload what must not be stored. */
  withoutSecrets?: (payload: unknown) => unknown;
  readWebhook: (payload: unknown) => WebhookReading;
  ingest: (delivery: Delivery) => Promise<IngestOutcome>;
  /** Called after something new was stored. */
  wakeProjector: () => void;
}

const headerProof: DeliveryProof = {
  fromRequest: (request) => request.headers.get(secretHeader),
  place: `in the header "${secretHeader}"`,
};

/**
 * Receives deliveries of one provider: stores them, answers after commit, and leaves the thinking to the projector.
 * 401 wrong or missing secret, 413 too large, 400 not JSON, 5xx only when nothing could be stored.
 */
export function createWebhookReceiver(options: ReceiverOptions): (request: Request) => Promise<Response> {
  const proof = options.proof ?? headerProof;
  const invalidSecret = () =>
    new AppError(
      'INVALID_SIGNATURE',
      `The webhook secret is missing or wrong for this connection; send the current one ${proof.place}`,
    );
  const prepare = (payload: unknown, text: string) => {
    if (options.withoutSecrets === undefined) {
      return prepareEvent(options.provider, options.readWebhook, payload, text);
    }
    const clean = options.withoutSecrets(payload);
    return prepareEvent(options.provider, options.readWebhook, clean, JSON.stringify(clean));
  };
  return async (request) => {
    requireMethod(request, 'POST');
    // Unknown connection and wrong secret give the same answer, so that nobody learns which connections exist.
    const connectionId = uuidAtEnd.exec(new URL(request.url).pathname)?.[1];
    const secretBeside = proof.fromRequest(request);
    if (connectionId === undefined || (!secretBeside && !proof.fromBody)) throw invalidSecret();

    const text = await readText(request, bodyLimit);
    const body = parseJson(text);
    const payloads: unknown[] = Array.isArray(body) ? body : [body];
    if (payloads.length > mostEvents) {
      throw new AppError(
        'PAYLOAD_TOO_LARGE',
        `The body holds more than ${mostEvents} events; send fewer at once`,
      );
    }

    const secret = secretBeside || proof.fromBody?.(payloads[0]);
    if (!secret || await proof.verifySignature?.(request, text, connectionId) === false) {
      throw invalidSecret();
    }

    const outcome = await options.ingest({
      provider: options.provider,
      connection_id: connectionId,
      secret_digest: sha256Hex(secret),
      events: payloads.map((payload) => prepare(payload, text)),
    });
    if (!outcome.accepted) throw invalidSecret();
    if (outcome.stored > 0) options.wakeProjector();
    return jsonResponse({ received: outcome.received, stored: outcome.stored, duplicate: outcome.duplicate });
  };
}
