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

/**
 * Fields of a delivery that are secrets or hold one, in lower case and without punctuation, so that `secret_key`,
 * `secretKey` and `SECRET-KEY` are the same. Smartlead repeats our address with its token in every body.
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

/** Stands where the secret would be in a test of Smartlead's screens: it is none, and says that it is a test. */
const placeholder = 'secretkey';

/** The letters of a name with anything between them that is no letter: `secret_key`, `Secret-Key`. */
const anyName = [...secretNames].map((name) => [...name].join('[^a-z0-9"\\\\]*')).join('|');
const namedInText = new RegExp(
  `("[^a-z0-9"\\\\]*(?:${anyName})[^a-z0-9"\\\\]*"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`,
  'gi',
);
const secretParameter = /([?&](?:token|api_key|apikey|secret)=)[^&\s"'<>)\\]+/gi;

/** What may hold a secret at all; asked once for a whole body, so that the usual delivery costs one search. */
const suspicious = /secret|webhook|api.?key|token|authorization|password|\\u/i;

export function mayHoldSecrets(text: string): boolean {
  return suspicious.test(text);
}

/** A delivery without the secrets that travel in it, however deep: what is stored can be shown to an operator. */
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

/** The same for a delivery that can only be kept as text. */
export function withoutSecretsInText(text: string): string {
  return mayHoldSecrets(text)
    ? text.replace(namedInText, '$1"[redacted]"').replace(secretParameter, '$1[redacted]')
    : text;
}
