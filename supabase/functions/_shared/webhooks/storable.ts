/** Postgres takes no NUL and no half surrogate in jsonb, and gives up on deep nesting; a delivery must fit anyway. */
const deepest = 200;

function depthOf(value: unknown, limit: number): number {
  if (value === null || typeof value !== 'object' || limit === 0) return 0;
  let deepestChild = 0;
  for (const child of Object.values(value)) deepestChild = Math.max(deepestChild, depthOf(child, limit - 1));
  return deepestChild + 1;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(clean);
  if (value !== null && typeof value === 'object') {
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

/**
 * A payload as the database can hold it. `text` is the body as it came: the deep walk runs only where an escape
 * sequence could hide something; all others cost one search.
 */
export function toStorable(value: unknown, text: string): Storable {
  if (depthOf(value, deepest + 1) > deepest) {
    return {
      value: { unreadable: cleanText(text) },
      reason: `The content is nested deeper than ${deepest} levels`,
    };
  }
  return { value: text.includes('\\u') || !text.isWellFormed() ? clean(value) : value };
}
