export type Redact = (text: string) => string;

/** Takes the key out of a text, as it is and as it stands in an address; also any other value of `api_key`. */
export function createRedaction(apiKey: string): Redact {
  const forms = [
    ...new Set([apiKey, encodeURIComponent(apiKey), new URLSearchParams({ k: apiKey }).toString().slice(2)]),
  ];
  return (text) =>
    forms.reduce((clean, form) => clean.replaceAll(form, '[redacted]'), text)
      .replace(/(api_key=)[^&\s"')]+/gi, '$1[redacted]');
}

/** Fields of a delivery that are secrets or hold one: Smartlead repeats our address with its token in every body. */
const secretFields = new Set(['secret_key', 'webhook_url']);

/** Stands where the secret would be in a test of Smartlead's screens: it is none, and says that it is a test. */
const placeholder = 'secretkey';

/** A delivery without the secrets that travel in it: what is stored can be shown to an operator. */
export function withoutSecrets(payload: unknown): unknown {
  if (payload === null || typeof payload !== 'object' || Array.isArray(payload)) return payload;
  return Object.fromEntries(
    Object.entries(payload).filter(([name, value]) => !secretFields.has(name) || value === placeholder),
  );
}

const secretsInText = new RegExp(
  `("(?:${[...secretFields].join('|')})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`,
  'gi',
);

/** The same for a delivery that can only be kept as text. */
export function withoutSecretsInText(text: string): string {
  return text.replace(secretsInText, '$1"[redacted]"');
}
