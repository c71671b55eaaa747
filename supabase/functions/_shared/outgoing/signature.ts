/** Signatures after the specification of Standard Webhooks (standardwebhooks.com), so that receivers verify with its libraries. */

const prefix = 'whsec_';

const toBytes = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
const toBase64 = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

/** A new secret: 32 random bytes, as receivers paste it. */
export const makeSecret = (): string => `${prefix}${toBase64(crypto.getRandomValues(new Uint8Array(32)))}`;

export interface Signed {
  /** Names the event; the same at every attempt, so that a receiver can drop what it has. */
  id: string;
  sentAt: Date;
  body: string;
}

/** The three headers; with two secrets two signatures, of which a receiver has to know one. */
export async function signatureHeaders(
  { id, sentAt, body }: Signed,
  secrets: string[],
): Promise<Record<string, string>> {
  const seconds = Math.floor(sentAt.getTime() / 1000);
  const content = new TextEncoder().encode(`${id}.${seconds}.${body}`);
  const signatures = await Promise.all(secrets.map(async (secret) => {
    const key = await crypto.subtle.importKey(
      'raw',
      toBytes(secret.slice(prefix.length)),
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['sign'],
    );
    return `v1,${toBase64(new Uint8Array(await crypto.subtle.sign('HMAC', key, content)))}`;
  }));
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatures.join(' '),
  };
}
