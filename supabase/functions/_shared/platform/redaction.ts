export type Redact = (text: string) => string;

/** Removes the key from a text, plain and URL-encoded, and any other value of `api_key`. */
export function createRedaction(apiKey: string): Redact {
  const forms = [
    ...new Set([apiKey, encodeURIComponent(apiKey), new URLSearchParams({ k: apiKey }).toString().slice(2)]),
  ];
  return (text) =>
    forms.reduce((clean, form) => clean.replaceAll(form, '[redacted]'), text)
      .replace(/(api_key=)[^&\s"')]+/gi, '$1[redacted]');
}

/**
 * Fields of a delivery that contain a secret, in lower case and without punctuation, so that `secret_key`, `secretKey` and
 * `SECRET-KEY` are equal. Smartlead repeats our URL with its token in every body.
 */
const secretNames = new Set([
  'secretkey',
  'webhooksecret',
  'xwebhooksecret',
  'webhookurl',
  'apikey',
  'xapikey',
  'accesstoken',
  'refreshtoken',
  'clientsecret',
  'authorization',
  'password',
]);

function isSecretName(name: string): boolean {
  return secretNames.has(name.toLowerCase().replace(/[^a-z0-9]/g, ''));
}

/** Replaces the secret in a test delivery of Smartlead's own pages; kept, because it identifies a test. */
const placeholder = 'secretkey';

/** The characters of a name with any punctuation between them: `secret_key`, `Secret-Key`. */
const anyName = [...secretNames].map((name) => [...name].join('[^a-z0-9"\\\\]*')).join('|');
const namedInText = new RegExp(
  `("[^a-z0-9"\\\\]*(?:${anyName})[^a-z0-9"\\\\]*"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`,
  'gi',
);
const secretParameter = /([?&](?:token|api_key|apikey|secret)=)[^&\s"'<>)\\]+/gi;

/** Whether a body may hold a secret at all: for most deliveries one search is enough. */
const suspicious = /secret|webhook|api.?key|token|authorization|password|\\u/i;

export function mayHoldSecrets(text: string): boolean {
  return suspicious.test(text);
}

/** A delivery without its secrets, at any depth, so that operators may see what is stored. */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return withoutSecretsInText(value);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, item]) => !isSecretName(name) || item === placeholder)
      .map(([name, item]) => [name, withoutSecrets(item)]),
  );
}

/** The same for a delivery kept as text. */
export function withoutSecretsInText(text: string): string {
  return mayHoldSecrets(text)
    ? text.replace(namedInText, '$1"[redacted]"').replace(secretParameter, '$1[redacted]')
    : text;
}
