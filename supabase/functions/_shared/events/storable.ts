import { sha256Hex } from '../platform/digest.ts';
import {
  cleanText,
  isContainer,
  isTooDeep,
  mayHoldOddCharacters,
  tooDeep,
  withoutOddCharacters,
} from '../platform/odd-characters.ts';
import { mayHoldSecrets, withoutSecrets, withoutSecretsInText } from '../platform/redaction.ts';

/** Characters of unreadable content that are kept for inspection. */
const maxUnreadable = 512 * 1024;

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

export interface Storable {
  value: unknown;
  /** Set when the content had to be wrapped and cannot be read as an event. */
  reason?: string;
}

/** What is kept of a payload that cannot be kept as JSON: its text; a very long one is cut but keeps its digest. */
export function asUnreadable(value: unknown): { unreadable: string; characters?: number; sha256?: string } {
  const text = cleanText(withoutSecretsInText(deepJson(value)));
  if (text.length <= maxUnreadable) return { unreadable: text };
  const beginning = text.slice(0, maxUnreadable).toWellFormed();
  return { unreadable: beginning, characters: text.length, sha256: sha256Hex(text) };
}

/** A payload in a form that the database accepts, without its secrets; `text` is the payload as JSON. */
export function toStorable(value: unknown, text: string): Storable {
  if (isTooDeep(value)) return { value: asUnreadable(value), reason: tooDeep };
  const shown = mayHoldSecrets(text) ? withoutSecrets(value) : value;
  return { value: mayHoldOddCharacters(text) ? withoutOddCharacters(shown) : shown };
}
