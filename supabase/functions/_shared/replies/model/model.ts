// A linear model over the words of a reply: how likely each class is. It knows what no phrase says, and it says how sure it is.
import { replyClasses } from '../reply-class.ts';
import { packed, scale } from './weights.ts';

/** One weight for each place; a feature has its own place for each class, and features may share places. */
export interface Model {
  weights: ArrayLike<number>;
  scale: number;
}

/** The place of a feature's weight for a class. */
export const placeOf = (feature: number, index: number, places: number): number =>
  (Math.imul(feature ^ Math.imul(index + 1, 0x9e3779b1), 0x85ebca6b) >>> 0) % places;

/** The probability of each class, in the order of `replyClasses`. */
export function probabilities({ weights, scale }: Model, features: readonly number[]): number[] {
  const share = scale / Math.sqrt(features.length);
  const scores = replyClasses.map((_, index) => {
    let sum = 0;
    for (const feature of features) sum += weights[placeOf(feature, index, weights.length)] ?? 0;
    return sum * share;
  });
  return softmax(scores);
}

export function softmax(scores: readonly number[]): number[] {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** Two weights a byte: -7 … 7, kept as 1 … 15. */
function unpack(text: string): Int8Array {
  const bytes = atob(text);
  const weights = new Int8Array(bytes.length * 2);
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes.charCodeAt(index);
    weights[index * 2] = (byte >> 4) - 8;
    weights[index * 2 + 1] = (byte & 15) - 8;
  }
  return weights;
}

export const trained: Model = { weights: unpack(packed), scale };
