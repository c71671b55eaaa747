/** Small seeded pseudo random numbers, so a run can be repeated exactly. */
export type Random = () => number;

/** mulberry32: 32 bits of state, good enough for a simulator and easy to check. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** FNV-1a of a text, used to give every lead its own stream of numbers. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

export function between(random: Random, low: number, high: number): number {
  return low + random() * (high - low);
}

/** Picks a key by weight; weights need not add up to one. */
export function pickWeighted<Choice>(
  random: Random,
  choices: ReadonlyArray<readonly [Choice, number]>,
): Choice {
  const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
  let remaining = random() * total;
  for (const [choice, weight] of choices) {
    remaining -= weight;
    if (remaining < 0) return choice;
  }
  const last = choices.at(-1);
  if (last === undefined) throw new Error('pickWeighted needs at least one choice');
  return last[0];
}

export const hexadecimal = (value: number, width: number): string => value.toString(16).padStart(width, '0');
