import { sha256Hex } from '../platform/digest.ts';
import { mayHoldSecrets, withoutSecrets, withoutSecretsInText } from '../platform/redaction.ts';

/** jsonb allows no NUL, no lone surrogate and no very deep nesting; every delivery must be storable anyway. */
const maxDepth = 200;

/** Characters of unreadable content that are kept for inspection. */
const maxUnreadable = 512 * 1024;

type Container = unknown[] | Record<string, unknown>;

function isContainer(value: unknown): value is Container {
  return value !== null && typeof value === 'object';
}

/** True for nesting too deep for recursion; checks level by level. */
export function isTooDeep(value: unknown): boolean {
  let level: Container[] = isContainer(value) ? [value] : [];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > maxDepth) return true;
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

/** A value of any depth as JSON; JSON.stringify would overflow the stack. */
function deepJson(value: unknown): string {
  let text = '';
  // A stack of what is still to be written; a bare string is written as it is.
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

/** NUL and lone surrogates become U+FFFD, the replacement character. */
function cleanText(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/\u0000/g, '\uFFFD').toWellFormed();
}

export interface Storable {
  value: unknown;
  /** Set when the content had to be wrapped and cannot be read as an event. */
  reason?: string;
}

/** A payload that cannot be kept as JSON, as text; a very long one is cut but keeps its digest. */
export function asUnreadable(
  value: unknown,
  reason: string,
): Storable {
  const text = cleanText(withoutSecretsInText(deepJson(value)));
  if (text.length <= maxUnreadable) return { value: { unreadable: text }, reason };
  const beginning = text.slice(0, maxUnreadable).toWellFormed();
  return { value: { unreadable: beginning, characters: text.length, sha256: sha256Hex(text) }, reason };
}

export const tooDeep = `The content is nested deeper than ${maxDepth} levels`;

/** True when an escape sequence could hide what Postgres cannot hold; checked once per body. */
export function mayHoldOddCharacters(text: string): boolean {
  return text.includes('\\u') || !text.isWellFormed();
}

/** A payload, not too deep, with U+FFFD for what Postgres cannot hold. */
export function withoutOddCharacters(value: unknown): unknown {
  return clean(value);
}

/** A payload in a form that the database accepts, without its secrets; `text` is the payload as JSON. */
export function toStorable(value: unknown, text: string): Storable {
  if (isTooDeep(value)) return asUnreadable(value, tooDeep);
  const shown = mayHoldSecrets(text) ? withoutSecrets(value) : value;
  return { value: mayHoldOddCharacters(text) ? clean(shown) : shown };
}
