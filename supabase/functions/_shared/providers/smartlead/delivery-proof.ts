import { createHmac, timingSafeEqual } from 'node:crypto';
import type { DeliveryProof } from '../../events/delivery-proof.ts';
import { asText } from '../custom-fields.ts';
import { tokenParameter } from './webhooks.ts';

/** The header with `sha256=<hex HMAC of the raw body>`; documented, but not sent to every account. */
const signatureHeader = 'x-smartlead-signature';

const secretField = '"secret_key"';
/** What follows the field's name in the raw text: parsing megabytes from a stranger costs more than searching. */
const secretValue = /\s*:\s*("(?:[^"\\]|\\.){1,300}")/y;

/** A lead may have fields of this name, even thousands: the first and last few are checked. */
const maxPresented = 4;

/** Milliseconds that a key is cached per connection. */
const rememberFor = 60_000;

/** The key with which Smartlead signs for a connection; undefined when none is saved. */
export type ReadSignatureKey = (connectionId: string) => Promise<string | undefined>;

/**
 * How Smartlead authenticates: our token in the URL, or its own `secret_key` in the body, if it was saved for the connection
 * (the test delivery of Smartlead's own pages has a placeholder there, so it needs the token). A signature is checked when
 * present and its key is known; it is never required.
 */
export function smartleadProof(readKey: ReadSignatureKey, now: () => number = Date.now): DeliveryProof {
  const keys = new Map<string, { key: string | undefined; until: number }>();

  async function keyOf(connectionId: string): Promise<string | undefined> {
    const known = keys.get(connectionId);
    if (known && now() < known.until) return known.key;
    const key = await readKey(connectionId);
    if (keys.size > 1000) keys.clear();
    keys.set(connectionId, { key, until: now() + rememberFor });
    return key;
  }

  return {
    place: `in the parameter "${tokenParameter}" of the address, or as "secret_key" in the body`,
    fromRequest: (request) => new URL(request.url).searchParams.get(tokenParameter),
    fromText: (text) => {
      const places = new Set<number>();
      for (let at = -1, n = 0; n < maxPresented && (at = text.indexOf(secretField, at + 1)) >= 0; n++) {
        places.add(at);
      }
      for (let at = text.length, n = 0; n < maxPresented && at > 0; n++) {
        at = text.lastIndexOf(secretField, at - 1);
        if (at < 0) break;
        places.add(at);
      }
      const found = [...places].map((at) => readSecretAt(text, at + secretField.length));
      return [...new Set(found.filter((secret) => secret !== null))];
    },
    fromBody: (body) =>
      body !== null && typeof body === 'object'
        ? asText((body as Record<string, unknown>)['secret_key'])
        : null,
    verifySignature: async (request, text, connectionId) => {
      const signature = request.headers.get(signatureHeader);
      if (signature === null) return true;
      const key = await keyOf(connectionId);
      return key === undefined || isSignatureOf(text, key, signature);
    },
  };
}

function readSecretAt(text: string, at: number): string | null {
  secretValue.lastIndex = at;
  const quoted = secretValue.exec(text)?.[1];
  if (quoted === undefined) return null;
  try {
    return asText(JSON.parse(quoted));
  } catch {
    return null;
  }
}

function isSignatureOf(text: string, key: string, signature: string): boolean {
  const expected = createHmac('sha256', key).update(text).digest('hex');
  const given = signature.trim().toLowerCase().replace(/^sha256=/, '');
  return given.length === expected.length &&
    timingSafeEqual(new TextEncoder().encode(given), new TextEncoder().encode(expected));
}
