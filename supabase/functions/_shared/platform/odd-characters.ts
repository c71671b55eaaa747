// What Postgres cannot hold as JSON, in whatever a stranger sends.

/** jsonb allows no NUL, no lone surrogate and no very deep nesting. */
const maxDepth = 200;

export const tooDeep = `The content is nested deeper than ${maxDepth} levels`;

export type Container = unknown[] | Record<string, unknown>;

export function isContainer(value: unknown): value is Container {
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

/** NUL and lone surrogates become U+FFFD, the replacement character. */
export function cleanText(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/\u0000/g, '\uFFFD').toWellFormed();
}

/** True when an escape sequence could hide what Postgres cannot hold; checked once per body. */
export function mayHoldOddCharacters(text: string): boolean {
  return text.includes('\\u') || !text.isWellFormed();
}

/** A value, not too deep, with U+FFFD for what Postgres cannot hold. */
export function withoutOddCharacters(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(withoutOddCharacters);
  if (isContainer(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [cleanText(name), withoutOddCharacters(item)]),
    );
  }
  return value;
}
