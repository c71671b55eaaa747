import { z } from 'zod';
import { callFunction, retryPassing, type ServiceClient } from '../platform/database.ts';
import { createCoalescer } from './coalescer.ts';

/** Who says that he may deliver. */
export interface Presented {
  provider: string;
  connection_id: string;
  /** SHA-256 of the secret as hex; null asks whether the connection has a secret that travels in the body. */
  secret_digest: string | null;
}

export interface SecretCheck {
  isValid(presented: Presented): Promise<boolean>;
  /** Storing has refused a secret that was valid a moment ago: it was taken back. */
  forget(presented: Presented): void;
}

/** How long an answer holds, in milliseconds. A secret that is refused may be saved the next moment. */
const validFor = 10_000;
const invalidFor = 1_000;

/** So many answers are remembered of each kind; beyond that all are asked anew. */
const maxRemembered = 5_000;

/**
 * Looks at the secret before anybody reads the body: a stranger's megabyte must cost nothing. The answer is remembered
 * for seconds, so that a valid sender pays one look-up for thousands of deliveries; what was taken back meanwhile is
 * refused all the same, because storing checks the secret again in the same statement.
 */
export function createSecretCheck(database: () => ServiceClient, now: () => number = Date.now): SecretCheck {
  const valid = new Map<string, number>();
  const invalid = new Map<string, number>();
  const asked = new Map<string, Promise<boolean>>();
  // However many strangers knock at the same moment, they are one call.
  const lookUp = createCoalescer<Presented, boolean>({
    send: (presented) =>
      retryPassing(() =>
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
      // Deliveries come before somebody saves the secret that they carry, and have to pass right afterwards.
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
