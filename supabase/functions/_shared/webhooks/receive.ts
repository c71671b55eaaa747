import { AppError } from '../platform/errors.ts';
import { type DeliveryProof, secretHeader } from '../events/delivery-proof.ts';
import { sha256Hex } from '../platform/digest.ts';
import { jsonResponse, parseJson, readText, requireMethod } from '../platform/http.ts';
import { type ByteBudget, createByteBudget } from './byte-budget.ts';
import { prepareStorable, type StoredEvent } from '../events/prepared-event.ts';
import { type Delivery, type IngestOutcome } from './ingest.ts';
import type { SecretCheck } from './secret-check.ts';
import { mayHoldSecrets, withoutSecrets } from '../platform/redaction.ts';
import { maxPayload, shorten } from './shorten.ts';
import { asUnreadable } from '../events/storable.ts';
import {
  isTooDeep,
  mayHoldOddCharacters,
  tooDeep,
  withoutOddCharacters,
} from '../platform/odd-characters.ts';
import type { WebhookReading } from '../events/webhook-event.ts';

/** Bytes; larger than any recorded delivery of Instantly (a long reply with its thread). */
const usualBodyLimit = 1024 * 1024;

const maxEvents = 1000;

/** Bytes; larger bodies queue, smaller ones do not. */
const largeBody = 64 * 1024;
/** Bytes of large bodies that are processed at once: from verified senders, and from those still to be verified. */
const maxVerifiedBytes = 8 * 1024 * 1024;
const maxUnverifiedBytes = 8 * 1024 * 1024;
/** Milliseconds within which an unverified sender's body must arrive. */
const bodyTimeout = 10_000;

const uuidAtEnd = /\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\/?$/i;

export interface ReceiverOptions {
  provider: string;
  /** @default the header x-webhook-secret */
  proof?: DeliveryProof;
  /** The largest body in bytes. @default 1 MiB */
  bodyLimit?: number;
  /** Fields of a payload that are cut last when it is too large. */
  neededFields?: ReadonlySet<string>;
  readWebhook: (payload: unknown) => WebhookReading;
  secretCheck: SecretCheck;
  /** Counts a delivery whose secret is not valid; throws TooManyRequests for one too many. */
  countRefusal: (request: Request, connectionId: string) => Promise<void>;
  ingest: (delivery: Delivery) => Promise<IngestOutcome>;
  /** Called after something new was stored. */
  wakeProjector: (connectionId: string) => void;
}

const headerProof: DeliveryProof = {
  fromRequest: (request) => request.headers.get(secretHeader),
  place: `in the header "${secretHeader}"`,
};

/**
 * Receives deliveries of one provider: checks the secret, reads, stores, answers after commit, and leaves the rest to the
 * projector. Nothing is parsed without a valid secret. 401 wrong or missing secret, 429 too many of them, 413 too large, 415 unknown encoding,
 * 400 not JSON, 5xx only when nothing could be stored.
 */
export function createWebhookReceiver(options: ReceiverOptions): (request: Request) => Promise<Response> {
  const { provider, secretCheck } = options;
  const proof = options.proof ?? headerProof;
  const limit = options.bodyLimit ?? usualBodyLimit;
  const verified = createByteBudget(maxVerifiedBytes);
  const unverified = createByteBudget(maxUnverifiedBytes);
  const prepare = preparation(options);
  const invalidSecret = () =>
    new AppError(
      'INVALID_SIGNATURE',
      `The webhook secret is missing or wrong for this connection; send the current one ${proof.place}`,
    );

  /** After the look-up, never before it: a valid secret is taken however many wrong ones come from the same address. */
  async function refused(request: Request, connectionId: string): Promise<AppError> {
    await options.countRefusal(request, connectionId);
    return invalidSecret();
  }

  /** Without a secret outside the body, one inside has to be valid before it is parsed. */
  async function requireSecretInText(request: Request, text: string, connection_id: string): Promise<void> {
    const answers = await Promise.all(
      (proof.fromText?.(text) ?? []).map((secret) =>
        secretCheck.isValid({ provider, connection_id, secret_digest: sha256Hex(secret) })
      ),
    );
    if (!answers.includes(true)) throw await refused(request, connection_id);
  }

  return async (request) => {
    requireMethod(request, 'POST');
    // Unknown connection and wrong secret give the same answer, so that it does not reveal which connections exist.
    const connectionId = uuidAtEnd.exec(new URL(request.url).pathname)?.[1];
    const beside = proof.fromRequest(request);
    if (connectionId === undefined || (!beside && !proof.fromBody)) throw invalidSecret();
    const presented = {
      provider,
      connection_id: connectionId,
      secret_digest: beside ? sha256Hex(beside) : null,
    };
    if (!await secretCheck.isValid(presented)) throw await refused(request, connectionId);

    const release = await waitForTurn(request, beside ? verified : unverified, limit);
    try {
      const text = await readText(request, limit, beside ? undefined : bodyTimeout);
      if (!beside) await requireSecretInText(request, text, connectionId);
      const body = parseJson(text);
      const payloads: unknown[] = Array.isArray(body) ? body : [body];
      if (payloads.length > maxEvents) {
        throw new AppError(
          'PAYLOAD_TOO_LARGE',
          `The body holds more than ${maxEvents} events; send fewer at once`,
        );
      }
      const secret = beside || proof.fromBody?.(payloads[0]);
      if (!secret || await proof.verifySignature?.(request, text, connectionId) === false) {
        throw await refused(request, connectionId);
      }

      const secret_digest = sha256Hex(secret);
      const outcome = await options.ingest({
        provider,
        connection_id: connectionId,
        secret_digest,
        events: prepare(payloads, text),
        size: text.length,
      });
      if (!outcome.accepted) {
        secretCheck.forget({ provider, connection_id: connectionId, secret_digest });
        throw invalidSecret();
      }
      if (outcome.stored > 0) options.wakeProjector(connectionId);
      return jsonResponse({
        received: outcome.received,
        stored: outcome.stored,
        duplicate: outcome.duplicate,
      });
    } finally {
      release?.();
    }
  };
}

/** Waits for a place among the large bodies; a small body needs none. */
async function waitForTurn(
  request: Request,
  budget: ByteBudget,
  limit: number,
): Promise<(() => void) | undefined> {
  const declared = Number(request.headers.get('content-length') ?? '');
  const isPlain = request.headers.get('content-encoding') === null;
  if (declared > limit || (declared > 0 && declared <= largeBody && isPlain)) return undefined;
  return await budget.take(declared > 0 && isPlain ? declared : limit);
}

/** Turns the payloads of one body into events, one by one, so that an odd one does not affect the others. */
function preparation(options: ReceiverOptions): (payloads: unknown[], text: string) => StoredEvent[] {
  const { provider, readWebhook } = options;
  const needed = options.neededFields ?? new Set<string>();
  return (payloads, text) => {
    const isOdd = mayHoldOddCharacters(text);
    const isLarge = text.length > maxPayload;
    const isSecretive = mayHoldSecrets(text);
    return payloads.map((payload) => {
      if (isTooDeep(payload)) {
        return prepareStorable(provider, readWebhook, { value: asUnreadable(payload), reason: tooDeep });
      }
      let value = isSecretive ? withoutSecrets(payload) : payload;
      if (isLarge) value = shorten(value, needed);
      if (isOdd) value = withoutOddCharacters(value);
      return prepareStorable(provider, readWebhook, { value });
    });
  };
}
