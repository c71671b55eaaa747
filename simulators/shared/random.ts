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

export const between = (random: Random, low: number, high: number): number => low + random() * (high - low);

export const pick = <Choice>(random: Random, choices: readonly Choice[]): Choice | undefined =>
  choices[Math.floor(random() * choices.length)];

/** Picks a key by weight; weights need not add up to one. */
export function pickWeighted(random: Random, weights: Readonly<Record<string, number>>): string | undefined {
  const choices = Object.entries(weights);
  let remaining = random() * choices.reduce((sum, [, weight]) => sum + weight, 0);
  return (choices.find(([, weight]) => (remaining -= weight) < 0) ?? choices.at(-1))?.[0];
}

export const hexadecimal = (value: number, width: number): string => value.toString(16).padStart(width, '0');

/** A UUID made from a text, so that the same run gives the same ids; of version 4, unless its first half is given. */
export function uuidFrom(text: string, firstHalf?: string): string {
  const random = createRandom(hashText(text) ^ hashText(`${text}.`));
  const part = (width: number) => hexadecimal(Math.floor(random() * 16 ** width), width);
  const start = firstHalf ?? `${part(8)}-${part(4)}-4${part(3)}`;
  const variant = hexadecimal(8 + Math.floor(random() * 4), 1);
  return `${start}-${variant}${part(3)}-${part(6)}${part(6)}`;
}
