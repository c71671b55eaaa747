import { z } from 'zod';
import { callFunction, retryTransient, type ServiceClient } from '../platform/database.ts';
import { createCoalescer } from './coalescer.ts';

/** A sender's claim that it may deliver. */
export interface Presented {
  provider: string;
  connection_id: string;
  /** SHA-256 of the secret as hex; null asks whether the connection accepts a secret in the body. */
  secret_digest: string | null;
}

export interface SecretCheck {
  isValid(presented: Presented): Promise<boolean>;
  /** Storing refused a secret that was valid a moment ago: it was revoked. */
  forget(presented: Presented): void;
}

/** Milliseconds that an answer is cached; shorter for a refused secret, which may be saved the next moment. */
const validFor = 10_000;
const invalidFor = 1_000;

/** Cached answers of each kind; beyond that the cache is cleared. */
const maxRemembered = 5_000;

/**
 * Checks the secret before the body is read: a stranger's megabyte must cost nothing. The answer is cached for seconds, so a
 * valid sender costs one look-up for thousands of deliveries; a secret revoked meanwhile is still refused, because storing
 * checks it again in the same statement.
 */
export function createSecretCheck(database: () => ServiceClient, now: () => number = Date.now): SecretCheck {
  const valid = new Map<string, number>();
  const invalid = new Map<string, number>();
  const asked = new Map<string, Promise<boolean>>();
  // Any number of simultaneous look-ups is one call.
  const lookUp = createCoalescer<Presented, boolean>({
    send: (presented) =>
      retryTransient(() =>
        callFunction(database(), 'check_webhook_secrets', { presented }, z.array(z.boolean()))
      ),
    maxItems: 200,
    maxInFlight: 2,
    minBatchSize: 50,
    maxWait: 20,
  });

  async function ask(key: string, presented: Presented): Promise<boolean> {
    try {
      const isValid = await lookUp.add(presented);
      // Deliveries may arrive before their secret is saved, and must be accepted right afterwards.
      if (!isValid && presented.secret_digest === null) return false;
      const answers = isValid ? valid : invalid;
      if (answers.size >= maxRemembered) answers.clear();
      answers.set(key, now() + (isValid ? validFor : invalidFor));
      return isValid;
    } finally {
      asked.delete(key);
    }
  }

  return {
    isValid: (presented) => {
      const key = keyOf(presented);
      const at = now();
      if ((valid.get(key) ?? 0) > at) return Promise.resolve(true);
      if ((invalid.get(key) ?? 0) > at) return Promise.resolve(false);
      let answer = asked.get(key);
      if (answer === undefined) {
        answer = ask(key, presented);
        asked.set(key, answer);
      }
      return answer;
    },
    forget: (presented) => void valid.delete(keyOf(presented)),
  };
}

function keyOf({ provider, connection_id, secret_digest }: Presented): string {
  return `${provider} ${connection_id.toLowerCase()} ${secret_digest ?? ''}`;
}
