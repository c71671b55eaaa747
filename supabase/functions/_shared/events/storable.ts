import { sha256Hex } from '../platform/digest.ts';
import { mayHoldSecrets, withoutSecrets, withoutSecretsInText } from '../platform/redaction.ts';

/** Postgres takes no NUL and no half surrogate in jsonb, and gives up on deep nesting; a delivery must fit anyway. */
const deepest = 200;

/** So much of content that nobody can read is kept for whoever looks into it, in characters. */
const maxUnreadable = 512 * 1024;

type Container = unknown[] | Record<string, unknown>;

function isContainer(value: unknown): value is Container {
  return value !== null && typeof value === 'object';
}

/** True for nesting that a recursive walk must never enter; goes level by level itself, and stops where it is known. */
export function isTooDeep(value: unknown): boolean {
  let level: Container[] = isContainer(value) ? [value] : [];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > deepest) return true;
    const next: Container[] = [];
    for (const container of level) {
      for (const child of Array.isArray(container) ? container : Object.values(container)) {
        if (isContainer(child)) next.push(child);
      }
    }
    level = next;
  }
  return false;
}

/** A value as JSON, however deep it is: JSON.stringify would run out of stack. */
function deepJson(value: unknown): string {
  let text = '';
  // What is still to be written, the next one last; a bare string is written as it is.
  const rest: (string | { value: unknown })[] = [{ value }];
  for (let part = rest.pop(); part !== undefined; part = rest.pop()) {
    if (typeof part === 'string') {
      text += part;
    } else if (!isContainer(part.value)) {
      text += JSON.stringify(part.value) ?? 'null';
    } else {
      const isArray = Array.isArray(part.value);
      text += isArray ? '[' : '{';
      rest.push(isArray ? ']' : '}');
      const entries = Object.entries(part.value);
      for (let index = entries.length - 1; index >= 0; index--) {
        const [name, child] = entries[index] as [string, unknown];
        const comma = index === 0 ? '' : ',';
        rest.push({ value: child }, isArray ? comma : `${comma}${JSON.stringify(name)}:`);
      }
    }
  }
  return text;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(clean);
  if (isContainer(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [cleanText(name), clean(item)]));
  }
  return value;
}

/** NUL and half surrogates become U+FFFD, the character for "could not be read". */
function cleanText(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/\u0000/g, '\uFFFD').toWellFormed();
}

export interface Storable {
  value: unknown;
  /** Set when the content had to be wrapped and cannot be read as an event. */
  reason?: string;
}

/** A payload that cannot be kept as JSON, as text; a very long one is cut, and its digest still tells it from others. */
export function asUnreadable(
  value: unknown,
  reason: string,
): Storable {
  const text = cleanText(withoutSecretsInText(deepJson(value)));
  if (text.length <= maxUnreadable) return { value: { unreadable: text }, reason };
  const beginning = text.slice(0, maxUnreadable).toWellFormed();
  return { value: { unreadable: beginning, characters: text.length, sha256: sha256Hex(text) }, reason };
}

export const tooDeep = `The content is nested deeper than ${deepest} levels`;

/** True when an escape sequence in a text could hide what Postgres cannot hold; asked once for a whole body. */
export function mayHoldOddCharacters(text: string): boolean {
  return text.includes('\\u') || !text.isWellFormed();
}

/** A payload that is not too deep, with U+FFFD in place of what Postgres cannot hold. */
export function withoutOddCharacters(value: unknown): unknown {
  return clean(value);
}

/** A payload as the database can hold it, without the secrets in it; `text` is the payload as JSON. */
export function toStorable(value: unknown, text: string): Storable {
  if (isTooDeep(value)) return asUnreadable(value, tooDeep);
  const shown = mayHoldSecrets(text) ? withoutSecrets(value) : value;
  return { value: mayHoldOddCharacters(text) ? clean(shown) : shown };
}
