/** Characters; a larger payload is cut down to what is needed. */
export const maxPayload = 512 * 1024;

interface Limits {
  /** Characters kept of a text. */
  text: number;
  /** Items kept of a list, or fields of an object. */
  items: number;
}

/** Tried in this order until the payload is small enough: fields that are not needed are cut first. */
const attempts: readonly { needed: Limits; other: Limits }[] = [
  { needed: { text: 128 * 1024, items: 1000 }, other: { text: 16 * 1024, items: 100 } },
  { needed: { text: 128 * 1024, items: 1000 }, other: { text: 2048, items: 20 } },
  { needed: { text: 64 * 1024, items: 200 }, other: { text: 200, items: 3 } },
  { needed: { text: 16 * 1024, items: 50 }, other: { text: 200, items: 1 } },
  { needed: { text: 1024, items: 20 }, other: { text: 100, items: 1 } },
];

/** How many of the cut places are listed. */
const maxNamed = 20;

/** The field of the stored payload that lists what was cut. */
const mark = '_shortened';

/**
 * A payload of reasonable size: long texts and lists are cut, first those outside the needed fields, and `_shortened` records
 * the original size and the cut places. A small payload is unchanged. Cutting is deterministic, so that a repeated delivery
 * stays identical.
 */
export function shorten(payload: unknown, needed: ReadonlySet<string>): unknown {
  if (payload === null || typeof payload !== 'object' || Array.isArray(payload)) return payload;
  const characters = lengthOf(payload);
  if (characters <= maxPayload) return payload;
  const entries = Object.entries(payload);
  let shortened: unknown;
  for (const limits of attempts) {
    const places: string[] = [];
    const fields = entries.slice(0, 2 * limits.needed.items).map(([name, value]) => [
      name,
      cut(value, needed.has(name) ? limits.needed : limits.other, name, places),
    ]);
    shortened = {
      ...Object.fromEntries(fields) as Record<string, unknown>,
      [mark]: { characters, places: places.slice(0, maxNamed) },
    };
    if (lengthOf(shortened) <= maxPayload) break;
  }
  return shortened;
}

function cut(value: unknown, limits: Limits, place: string, places: string[]): unknown {
  if (typeof value === 'string') {
    if (value.length <= limits.text) return value;
    places.push(place);
    return value.slice(0, limits.text).toWellFormed();
  }
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  if (entries.length > limits.items) places.push(place);
  const kept = entries.slice(0, limits.items).map(([name, child]): [string, unknown] => [
    name,
    cut(child, limits, `${place}.${name}`, places),
  ]);
  return Array.isArray(value) ? kept.map(([, child]) => child) : Object.fromEntries(kept);
}

/** Approximate number of characters as JSON. */
function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (value === null || typeof value !== 'object') return 6;
  let length = 2;
  for (const [name, child] of Object.entries(value)) length += name.length + 4 + lengthOf(child);
  return length;
}
